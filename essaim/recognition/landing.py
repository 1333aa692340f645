"""What the landing page of recognition shows: the release's counts, each with what it covers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.utils.translation import gettext, pgettext

from essaim.pages.released.values import site_address
from essaim.pages.released.words import code_label
from essaim.pages.wording import number

if TYPE_CHECKING:
    from essaim.release import Release

Cell = dict[str, Any]


@dataclass(frozen=True)
class Landing:
    """The counts of a release on its organisations."""

    release: Release

    @cached_property
    def figures(self) -> dict[str, Any]:
        """Counts made when the release was."""
        return self.release.figures()

    @property
    def total(self) -> int:
        """How many organisations there are."""
        return int(self.figures["organisation"])

    @property
    def cards(self) -> list[Cell]:
        """The figures on top."""
        figures = self.figures
        placed = sum(figures["by_precision"].get(name, 0) for name in ("point", "town"))
        records = gettext("from {records} records of all sources").format(records=number(figures["record"]))
        memberships = gettext("{count} memberships").format(count=number(figures["membership"]))
        elsewhere = gettext("by town or address; the others are known to the country or less")
        return [
            _card(self.total, gettext("organisations"), records, "/organisations/"),
            _card(figures["country"], gettext("countries"), self.countries_coverage, "/countries/"),
            _card(placed, gettext("placed on the map"), elsewhere, "/map/"),
            _card(
                figures["network"],
                gettext("networks with members"),
                memberships,
                "/search/?kind=organisation&entity_type=network",
            ),
            _card(figures["disputed"], gettext("on which sources disagree"), gettext("every value stands beside the others")),
        ]

    @property
    def by_country(self) -> Mapping[str, int]:
        """Alpha-3 code to number of organisations."""
        counts: Mapping[str, int] = self.figures["by_country"]
        return counts

    @property
    def countries_coverage(self) -> str:
        """What the count by country covers."""
        known = self.total - self._without_country
        return gettext("{known} of {total} organisations name one").format(known=number(known), total=number(self.total))

    @property
    def _without_country(self) -> int:
        placed = sum(count for name, count in self.figures["by_precision"].items() if name != "unknown")
        return max(0, self.total - int(placed))

    @property
    def country_address(self) -> str:
        """Address of the search in a country."""
        return site_address("/search/?kind=organisation&country={country}")

    @property
    def types(self) -> dict[str, Any]:
        """Organisations by entity type, as a table."""
        return _table(
            gettext("By entity type"),
            gettext("Entity type"),
            [
                (code_label("entity_types", code), count, _search(entity_type=code))
                for code, count in self.figures["by_entity_type"].items()
            ],
        )

    @property
    def verdicts(self) -> dict[str, Any]:
        """Organisations by the answer of the UN definition, as a table."""
        words = {
            "yes": gettext("Yes"),
            "no": pgettext("the organisation is not part of the social and solidarity economy", "No"),
            "undetermined": gettext("Undetermined"),
            "no_rule_known": gettext("No rule known"),
        }
        answers = self.figures["by_un_answer"]
        return _table(
            gettext("By the UN definition"),
            gettext("Answer"),
            [(words.get(code, code), answers[code], "") for code in dict.fromkeys([*words, *answers]) if code in answers],
        )


def _card(value: int, label: str, coverage: str, path: str = "") -> Cell:
    return {"value": value, "label": label, "coverage": coverage, "address": site_address(path) if path else ""}


def _search(**asked: str) -> str:
    return site_address(f"/search/?{urlencode({'kind': 'organisation'} | asked)}")


def _table(caption: str, head: str, lines: list[tuple[str, int, str]]) -> dict[str, Any]:
    return {
        "caption": caption,
        "heads": [{"label": head}, {"label": gettext("Organisations"), "is_number": True}],
        "rows": [
            [{"text": label, "is_head": True, "address": address}, {"text": count, "is_number": True}]
            for label, count, address in lines
        ],
    }
