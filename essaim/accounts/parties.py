"""Bodies named in the facts: found by acronym among the institutions, else shown by what they are called."""

from __future__ import annotations

from collections.abc import Callable

from essaim.accounts.kinds import address
from essaim.accounts.models import Institution
from essaim.pages.fact_sheet import Shown, no_party, site_path
from essaim.pages.served import served_release


def party_finder() -> Callable[[str], Shown]:
    """Return a function that shows a body by its acronym with the way to its page; the table is read once."""
    known = set(Institution.objects.values_list("id", flat=True))

    def show(name: str) -> Shown:
        return Shown(name, href=site_path(address(name))) if name in known else no_party(name)

    return show


def organisation_address(record_key: str) -> str:
    """Return the site path, with language, of the organisation that the served release knows by a record key, else nothing."""
    release = served_release()
    page = release.page("organisation", record_key) if release else None
    return site_path(f"/organisations/{page['id']}-{page['slug']}") if page else ""
