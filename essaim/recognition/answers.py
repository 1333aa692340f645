"""Is it part of the social and solidarity economy? The answers of a document, side by side, with rule and reasons."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext

from essaim.model.properties import ORGANISATION
from essaim.pages.reasons import sentence
from essaim.pages.released.values import Shown, join, shown, site_address, titled
from essaim.pages.released.words import property_label
from essaim.pages.wording import country_name
from essaim.rules.engine import load_un_rule

Document = Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """One framework's answer, named as `components/answer.html` names it.

    Attributes:
        framework: whose word it is.
        verdict: yes, no, undetermined or no_rule_known.
        reason: the sentences.
        rule: name of the rule; empty when there is none.
        rule_version: its version.
        rule_address: page of the text that the rule reads.
        data: (label, value) that the rule asked for.
        sources: numbers of the sources of that data.
    """

    framework: str
    verdict: str
    reason: str
    rule: str = ""
    rule_version: str = ""
    rule_address: str = ""
    data: tuple[tuple[str, Shown], ...] = ()
    sources: tuple[int, ...] = ()


def answers(document: Document) -> list[Answer]:
    """Return the UN answer and the national ones; where no country is known, that is an answer too."""
    found = [_answer(told) for told in document["classifications"]]
    is_of_states = any(value["value"] == "intergovernmental" for value in document["values"].get("kind", ()))
    if not any(told["framework"] != "un" for told in document["classifications"]) and not is_of_states:
        found.append(Answer(gettext("National law"), "no_rule_known", sentence("country_not_known", {})))
    return found


def _answer(told: Mapping[str, Any]) -> Answer:
    framework, _, country = told["framework"].partition(":")
    data = tuple(
        (property_label(value["property"]), _datum(value)) for value in told["data"] if value["property"] in ORGANISATION
    )
    asked = {number for _, value in data for number in value.sources}
    return Answer(
        framework=_framework(framework, country, told["rule"]),
        verdict=told["answer"],
        reason=join([sentence(reason["code"], reason["parameters"]) for reason in told["reasons"]], " "),
        rule=told["rule"],
        rule_version=told["rule_version"],
        rule_address=_rule_address(framework, told["rule"]),
        data=data,
        sources=tuple(sorted(asked)) if told["answer"] in ("yes", "no") else (),
    )


def _datum(value: Mapping[str, Any]) -> Shown:
    return shown(ORGANISATION[value["property"]], value)


def _framework(framework: str, country: str, rule: str) -> str:
    if framework == "un":
        return gettext("UN definition (A/RES/77/281)")
    law = titled("instrument", rule) if rule and not rule.startswith("perimeter-") else ""
    if law and law != rule:
        return format_html("{}, <cite>{}</cite>", gettext("Law of {country}").format(country=country_name(country)), law)
    return gettext("Law of {country}").format(country=country_name(country))


def _rule_address(framework: str, rule: str) -> str:
    if framework == "un":
        return site_address(f"/norms/{load_un_rule()['instrument']}")
    return site_address(f"/instruments/{rule}") if rule and not rule.startswith("perimeter-") else ""
