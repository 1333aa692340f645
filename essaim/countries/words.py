"""Words of this room: how the keys and codes of countries.yaml are said."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.pages.fact_sheet import Field

INDICATORS = {
    "adult_membership_share": _("Share of adults who are members"),
    "associations": _("Associations"),
    "common_initiative_groups": _("Common initiative groups"),
    "community_health_associations": _("Community health associations"),
    "cooperative_members": _("Members of cooperatives"),
    "cooperatives": _("Cooperatives"),
    "cooperatives_with_grants": _("Cooperatives that received grants"),
    "democratic_businesses": _("Democratic businesses"),
    "employees": _("Employees"),
    "employees_cooperatives": _("Employees of cooperatives"),
    "employees_declared": _("Declared employees"),
    "employees_nonprofits": _("Employees of non-profit bodies"),
    "employer_enterprises": _("Enterprises with employees"),
    "employer_establishments": _("Establishments with employees"),
    "gdp_social_economy": _("GDP of the social economy"),
    "income": _("Income"),
    "jobs": _("Jobs"),
    "jobs_associations_foundations": _("Jobs in associations and foundations"),
    "jobs_cooperatives": _("Jobs in cooperatives"),
    "jobs_cooperatives_mutuals": _("Jobs in cooperatives and mutual societies"),
    "jobs_direct_indirect": _("Direct and indirect jobs"),
    "jobs_mutuals": _("Jobs in mutual societies"),
    "jobs_social_enterprises": _("Jobs in social enterprises"),
    "members": _("Members"),
    "mutual_members": _("Members of mutual societies"),
    "mutuals": _("Mutual societies"),
    "ngos": _("Non-governmental organisations"),
    "nonprofits": _("Non-profit bodies"),
    "paid_jobs": _("Paid jobs"),
    "participants": _("People who take part"),
    "revenue": _("Revenue"),
    "savings_cooperatives": _("Savings and credit cooperatives"),
    "share_of_employed_population": _("Share of the employed population"),
    "share_of_employment": _("Share of employment"),
    "share_of_gdp": _("Share of GDP"),
    "share_of_gdp_nonprofits": _("Share of GDP of non-profit bodies"),
    "share_of_gva": _("Share of gross value added"),
    "share_of_paid_employment": _("Share of paid employment"),
    "share_of_private_employment": _("Share of private employment"),
    "share_of_value_added": _("Share of value added"),
    "social_contribution": _("Social contribution"),
    "social_cooperatives": _("Social cooperatives"),
    "social_enterprises": _("Social enterprises"),
    "solidarity_enterprises": _("Solidarity enterprises"),
    "sse_organisations": _("SSE organisations"),
    "third_sector_registered": _("Registered bodies of the third sector"),
    "turnover_share_of_gdp": _("Turnover as a share of GDP"),
    "unpaid_jobs": _("Unpaid jobs"),
    "value_added": _("Value added"),
    "volunteers": _("Volunteers"),
    "young_sse_entrepreneurs": _("Young SSE entrepreneurs"),
    "young_sse_entrepreneurs_supported": _("Young SSE entrepreneurs supported"),
}
BODY_KINDS = {
    "ministry": _("ministry"),
    "ministry department": _("department of a ministry"),
    "agency": _("agency"),
    "council": _("council"),
    "register": _("register"),
    "statistics office": _("statistics office"),
}
BASES = {
    "presented": _("presented"),
    "expected": _("expected, from a list made before the meeting"),
    "volunteered": _("volunteered, from a list made before the meeting"),
}


def indicator_word(code: str) -> str:
    """Say what a figure counts."""
    return str(INDICATORS.get(code, code))


def body_kind_word(code: str) -> str:
    """Say the kind of a public body."""
    return str(BODY_KINDS.get(code, code))


def basis_word(code: str) -> str:
    """Say what a review's year rests on."""
    return str(BASES.get(code, code))


FIELDS = {
    "name": Field(_("Name")),
    "official_languages": Field(_("Official languages"), "language"),
    "indicator": Field(_("What is counted"), "code", indicator_word),
    "value": Field(_("Value")),
    "unit": Field(_("Unit"), "own"),
    "year": Field(_("Year")),
    "scope": Field(_("Scope"), "own"),
    "publisher": Field(_("Publisher")),
    "doubtful": Field(_("Doubtful"), "flag"),
    "priority": Field(_("Priority"), "own"),
    "document": Field(_("Document")),
    "law": Field(_("Law"), "thing:instrument"),
    "role": Field(_("What it does"), "own"),
    "kind": Field(_("Kind"), "own"),
    "basis": Field(_("Basis"), "code", basis_word),
}
OWN_WORDS = frozenset({"unit", "scope", "priority", "role", "note", "partners.kind"})
