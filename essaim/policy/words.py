"""Words of this room: how the keys and codes of norms.yaml and laws.yaml are said."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from essaim.pages.fact_sheet import Field

NORM_KINDS = {
    "resolution": _("resolution"),
    "resolution and conclusions": _("resolution and conclusions"),
    "recommendation": _("recommendation"),
    "declaration": _("declaration"),
    "report": _("report"),
    "strategy": _("strategy"),
    "action plan": _("action plan"),
    "position paper": _("position paper"),
    "call to action": _("call to action"),
    "statistical guideline": _("statistical guideline"),
    "statistical handbook": _("statistical handbook"),
}
ADDRESSEES = {
    "member_states": _("member states"),
    "ilo_members": _("members of the ILO"),
    "eu_member_states": _("member states of the European Union"),
    "un_development_system": _("UN development system"),
    "financial_institutions": _("financial institutions"),
    "secretary_general": _("UN Secretary-General"),
    "untfsse": _("the task force (UNTFSSE)"),
}
TAGS = {
    "business_support": _("business support"),
    "capacity": _("capacity"),
    "education": _("education"),
    "finance": _("finance"),
    "fiscal": _("taxes"),
    "gender": _("gender"),
    "impact": _("impact"),
    "inclusion": _("inclusion"),
    "informality": _("informal economy"),
    "international": _("international cooperation"),
    "labour": _("labour"),
    "law": _("law"),
    "multilateral": _("multilateral forums"),
    "participation": _("participation"),
    "procurement": _("public procurement"),
    "report": _("reporting"),
    "research": _("research"),
    "scope": _("scope"),
    "skills": _("skills"),
    "statistics": _("statistics"),
    "strategy": _("strategy"),
    "support": _("support"),
    "technical_support": _("technical support"),
    "un_planning": _("UN planning"),
    "visibility": _("visibility"),
}
INSTRUMENT_KINDS = {
    "framework_law": _("framework law"),
    "sector_law": _("sector law"),
    "policy": _("policy"),
    "strategy": _("strategy"),
    "institution": _("institution"),
    "fund": _("fund"),
    "programme": _("programme"),
    "bill": _("bill"),
}
LEVELS = {"national": _("national"), "subnational": _("subnational"), "regional": _("several countries")}
STATUSES = {
    "in_force": _("in force"),
    "adopted": _("adopted"),
    "repealed": _("repealed"),
    "superseded": _("superseded"),
    "draft": _("draft"),
    "announced": _("announced"),
    "": _("not known"),
}
MODES = {"consensus": _("consensus")}


def norm_kind_word(code: str) -> str:
    """Say the kind of a norm."""
    return str(NORM_KINDS.get(code, code))


def addressee_word(code: str) -> str:
    """Say who is asked."""
    return str(ADDRESSEES.get(code, code))


def tag_word(code: str) -> str:
    """Say the subject of a call."""
    return str(TAGS.get(code, code))


def kind_word(code: str) -> str:
    """Say the kind of an instrument."""
    return str(INSTRUMENT_KINDS.get(code, code))


def level_word(code: str) -> str:
    """Say the level of an instrument."""
    return str(LEVELS.get(code, code))


def status_word(code: str) -> str:
    """Say the status of an instrument."""
    return str(STATUSES.get(code, code))


def mode_word(code: str) -> str:
    """Say how a text was adopted."""
    return str(MODES.get(code, code))


_shared = {
    "date": Field(_("Date"), "date"),
    "date_end": Field(_("Last day"), "date"),
    "published": Field(_("Published"), "date"),
    "where": Field(_("in")),
    "votes": Field(_("Votes")),
    "for": Field(_("for")),
    "against": Field(_("against")),
    "abstention": Field(_("abstentions")),
    "abstaining": Field(_("abstaining"), "country"),
    "period": Field(_("Period")),
    "from": Field(_("from"), "date"),
    "to": Field(_("to"), "date"),
    "country": Field(_("Country"), "country"),
    "countries": Field(_("countries"), "country"),
    "place": Field(_("place")),
    "body": Field(_("body")),
    "objectives": Field(_("Objectives"), "own"),
    "commitments": Field(_("Commitments"), "own"),
    "countries_covered": Field(_("Countries covered")),
    "seen": Field(_("Seen in"), "date"),
    "since": Field(_("Since"), "date"),
    "number": Field(_("number")),
    "year": Field(_("year")),
}
NORM_FIELDS = _shared | {
    "symbol": Field(_("Symbol")),
    "draft_symbol": Field(_("Symbol of the draft")),
    "issuer": Field(_("Issued by")),
    "kind": Field(_("Kind"), "code", norm_kind_word),
    "adoption": Field(_("Adoption")),
    "mode": Field(_("mode"), "code", mode_word),
    "committee": Field(_("In committee")),
    "sponsors_lead": Field(_("Led by"), "country"),
    "sponsors_first": Field(_("First sponsors")),
    "joined": Field(_("joined by"), "country"),
    "sponsors": Field(_("Sponsors"), "country"),
    "supported_by": Field(_("Supported by"), "country"),
    "presented_by": Field(_("Presented by"), "country"),
    "presented": Field(_("Presented")),
    "with": Field(_("with"), "country"),
    "prepared_with": Field(_("Prepared with"), "party"),
    "proposed_by": Field(_("Proposed by"), "party"),
    "proposal": Field(_("Proposal")),
    "proposal.issuer": Field(_("of"), "party"),
    "approved": Field(_("Approved")),
    "adopted_by": Field(_("Adopted by"), "own"),
    "text_agreed": Field(_("Text agreed")),
    "event": Field(_("Event"), "own"),
    "participants": Field(_("people")),
    "cities": Field(_("cities")),
    "event.countries": Field(_("countries")),
    "addressees": Field(_("Addressed to"), "code", addressee_word),
    "qualifier": Field(_("Qualifier"), "own"),
    "follows": Field(_("Continues"), "thing:norm"),
    "replaces": Field(_("Replaces")),
    "cited_by_laws": Field(_("Cited by"), "thing:instrument"),
    "contents": Field(_("Contents"), "own"),
    "themes": Field(_("Themes"), "own"),
    "provisions": Field(_("Provisions"), "own"),
    "areas": Field(_("Areas"), "own"),
    "issue_areas": Field(_("Issues"), "own"),
    "pillars": Field(_("Pillars"), "own"),
    "strategy_blocks": Field(_("Parts of a strategy"), "own"),
    "guiding_principles": Field(_("Guiding principles"), "own"),
    "member_states": Field(_("Member states")),
    "steps": Field(_("Steps")),
    "steps.event": Field(_("what happened"), "own"),
    "calls_gap": Field(_("What is missing here"), "own"),
    "celex": Field(_("CELEX number")),
    "eli": Field(_("European Legislation Identifier"), "url"),
    "evidence": Field(_("Evidence")),
    "par": Field(_("paragraph")),
    "wording": Field(_("wording")),
    "letter": Field(_("letter")),
    "part": Field(_("part")),
    "due": Field(_("due"), "date"),
}
INSTRUMENT_FIELDS = _shared | {
    "kind": Field(_("Kind"), "code", kind_word),
    "level": Field(_("Level"), "code", level_word),
    "region": Field(_("Region")),
    "jurisdiction": Field(_("Jurisdiction")),
    "title": Field(_("Title")),
    "title_en": Field(_("Title in English"), "own"),
    "former_names": Field(_("Former names")),
    "fr": Field(_("French")),
    "passed_by_parliament": Field(_("Passed by parliament"), "date"),
    "in_force": Field(_("In force since"), "date"),
    "status": Field(_("Status"), "code", status_word),
    "amended": Field(_("Amended by"), "date"),
    "versions": Field(_("Versions"), "date"),
    "parent": Field(_("Carries out"), "thing:instrument"),
    "ref": Field(_("See"), "thing:norm"),
    "cites": Field(_("Cites"), "thing:norm"),
    "articles": Field(_("Articles")),
    "articles_in_bill": Field(_("Articles in the bill")),
    "actions": Field(_("Actions")),
    "fields_of_action": Field(_("Fields of action")),
    "amount_eur": Field(_("Amount in euros")),
    "adopted_at": Field(_("Adopted at")),
    "origin": Field(_("Origin")),
    "founding_law": Field(_("Founding law")),
    "constitution": Field(_("Constitution"), "own"),
    "legal_forms": Field(_("Legal forms"), "own"),
    "mechanism": Field(_("Mechanism"), "own"),
    "criteria": Field(_("Criteria"), "own"),
    "principles": Field(_("Principles"), "own"),
    "axes": Field(_("Axes"), "own"),
    "measures": Field(_("Measures"), "own"),
    "proposed_content": Field(_("Proposed content"), "own"),
    "implementation": Field(_("Implementation"), "own"),
    "evaluation": Field(_("Evaluation"), "own"),
    "process": Field(_("Process"), "own"),
    "process.period": Field(_("period"), "own"),
    "workshops": Field(_("workshops")),
    "people": Field(_("people")),
    "organisations": Field(_("organisations")),
    "online_statements": Field(_("online statements")),
    "progress": Field(_("Progress")),
    "at": Field(_("on"), "date"),
    "scheduled_for_2024": Field(_("actions scheduled for 2024")),
    "commenced": Field(_("actions begun")),
    "figures": Field(_("Figures")),
    "registered_december_2021": Field(_("registered in December 2021")),
    "accredited_december_2021": Field(_("accredited in December 2021")),
    "with_ordinance": Field(_("with an ordinance")),
    "cities_and_counties": Field(_("cities and counties")),
    "social_enterprises": Field(_("social enterprises")),
    "income_eur": Field(_("income in euros")),
    "website": Field(_("Website"), "url"),
    "gazette": Field(_("Gazette")),
    "State Gazette number": Field(_("number in the State Gazette")),
}
OWN_WORDS = frozenset(
    {
        key.split(".")[-1]
        for table in (NORM_FIELDS, INSTRUMENT_FIELDS)
        for key, field in table.items()
        if field.shows == "own" and "." not in key
    }
    | {"action", "text", "what", "fact", "note", "notes", "process.period"}
)
"""Keys whose text is in our own English words."""
