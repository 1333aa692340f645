"""What a source says in codes, in the reader's words: cadence, what it was tried on, kinds, repairs, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, gettext_lazy

from essaim.pages.wording import country_name, language_name, number

if TYPE_CHECKING:
    from essaim.pages.registry import Words

CADENCES: dict[str, Words] = {
    "with_the_package": gettext_lazy("comes with Essaim and changes with its versions"),
    "daily": gettext_lazy("every day"),
    "weekly": gettext_lazy("every week"),
    "monthly": gettext_lazy("every month"),
    "quarterly": gettext_lazy("every three months"),
    "yearly": gettext_lazy("every year"),
    "once": gettext_lazy("once: it does not change any more"),
}
TRIED_ON: dict[str, Words] = {
    "real_file": gettext_lazy("a file of the publisher"),
    "documentation": gettext_lazy("what the publisher documents; no file of it was at hand"),
    "own_data": gettext_lazy("the data itself, which was compiled for Essaim"),
}
KINDS: dict[str, Words] = {
    "organisation": gettext_lazy("organisations"),
    "work": gettext_lazy("works"),
    "membership": gettext_lazy("memberships"),
}
REPAIRS: dict[str, Words] = {
    "bom_removed": gettext_lazy("a mark at the head of the file was removed"),
    "encoding_guessed": gettext_lazy("the file is not in UTF-8; its encoding was guessed"),
    "stray_bytes_read_as": gettext_lazy("bytes of another encoding were read as what they mean"),
    "mojibake_mended": gettext_lazy("letters garbled before they reached us were put right"),
    "html_entity_decoded": gettext_lazy("signs written as HTML were turned back into signs"),
    "character_lost": gettext_lazy("signs were lost before they reached us, and stay so"),
    "row_too_short": gettext_lazy("rows with fewer cells than columns: the missing ones are empty"),
    "row_too_long": gettext_lazy("rows with more cells than columns: the surplus is kept apart"),
    "blank_row_skipped": gettext_lazy("empty rows were passed over"),
    "header_missing_named": gettext_lazy("columns without a name were numbered"),
    "header_duplicated_renamed": gettext_lazy("column names that came twice were numbered"),
    "header_spaces_collapsed": gettext_lazy("spaces in column names were tidied"),
    "cell_error_emptied": gettext_lazy("cells that held an error are read as empty"),
    "sheet_not_read": gettext_lazy("other sheets of the workbook were left aside"),
    "key_duplicated": gettext_lazy("keys that came twice in one item: the last one stands"),
    "item_without_keys": gettext_lazy("items without named fields"),
    "key_renamed": gettext_lazy("fields called like the place itself were renamed"),
    "geometry_not_a_point": gettext_lazy("shapes that are no points give no coordinates"),
    "point_unreadable": gettext_lazy("points that cannot be read give no coordinates"),
    "sheet_blank": gettext_lazy("sheets without anything in them were passed over"),
    "section_row": gettext_lazy("rows that name a section stand with each row below them"),
    "merged_cell_repeated": gettext_lazy("the value of merged cells was read for each of them"),
    "profile_recognised": gettext_lazy("the shape of a known kind of export was recognised"),
    "list_found_at": gettext_lazy("the only list in the file was read"),
    "named_graph_merged": gettext_lazy("named graphs were read as one"),
}
"""By the codes of `essaim.formats.repairs`."""

LICENCES: dict[str, Words] = {
    "CC0-1.0": gettext_lazy("anything, without conditions"),
    "PDDL-1.0": gettext_lazy("anything, without conditions"),
    "CC-BY-4.0": gettext_lazy("share and adapt, with attribution"),
    "ODC-By-1.0": gettext_lazy("share and adapt, with attribution"),
    "OGL-UK-3.0": gettext_lazy("share and adapt, with attribution"),
    "etalab-2.0": gettext_lazy("share and adapt, with attribution"),
    "CC-BY-SA-4.0": gettext_lazy("share and adapt, with attribution, under the same licence"),
    "ODbL-1.0": gettext_lazy("share and adapt, with attribution, under the same licence"),
    "MIT": gettext_lazy("anything, with the licence’s text beside it"),
}
"""What well-known licences (SPDX identifiers) permit, in a few words."""


def described(source: dict[str, Any]) -> dict[str, Any]:
    """Return the words for what a source says in codes, and its report as lines."""
    report, expected = source["report"], source["expected"]
    country = source["publisher"]["country"]
    return {
        "cadence": CADENCES.get(source["cadence"], source["cadence"]),
        "tried_on": TRIED_ON.get(source["tried_on"], source["tried_on"]),
        "publisher_country": country_name(country) if country else "",
        "language": language_name(source["language"]) if source["language"] else "",
        "expected": expected_words(expected["at_least"], expected["at_most"]),
        "permits": permits(source["licence"]),
        "is_address": source["place"].startswith("http"),
        "file_name": source["place"].rsplit("/", 1)[-1],
        "counts": [{"label": KINDS.get(kind, kind), "count": count} for kind, count in sorted(report["records"].items())],
        "repairs": [{"label": repair(code), "count": count} for code, count in sorted(report["repairs"].items())],
        "left_over": [
            {"name": name, "count": count} for name, count in sorted(report["left_over"].items(), key=lambda one: -one[1])
        ],
        "warnings": [text for text in map(warning, report["warnings"]) if text],
    }


def permits(licence: dict[str, str]) -> dict[str, str]:
    """Return what a licence permits: in our words when it is well known, else in those of source.yml, which are English."""
    known = LICENCES.get(licence["id"])
    return {"text": str(known), "language": ""} if known else {"text": licence["permits"], "language": "en"}


def expected_words(at_least: int, at_most: int | None) -> str:
    """Say how many records a source should give; empty when nothing is expected."""
    if at_least and at_most is not None:
        return gettext("from {least} to {most} records").format(least=number(at_least), most=number(at_most))
    if at_most is not None:
        return gettext("at most {most} records").format(most=number(at_most))
    return gettext("at least {least} records").format(least=number(at_least)) if at_least else ""


def repair(code: str) -> str:
    """Say what was repaired; a code may carry a detail behind a colon (`encoding_guessed:cp1252`)."""
    name, _, detail = code.partition(":")
    said = str(REPAIRS.get(name, name.replace("_", " ")))
    return f"{said} ({detail})" if detail else said


def warning(told: dict[str, Any]) -> str:
    """Say a warning; fields left over have a list of their own and give none."""
    parameters = told["parameters"]
    if told["code"] == "field_left_over":
        return ""
    if told["code"] == "more_than_expected":
        return gettext("More records than expected: {found} instead of {expected} at most.").format(
            found=number(int(parameters["found"])), expected=number(int(parameters["expected"]))
        )
    return f"{told['code']}: " + ", ".join(f"{name} {value}" for name, value in parameters.items())
