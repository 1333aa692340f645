"""Reasons as sentences: why something was answered, set aside or matched, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy

from essaim.pages.released.values import titled
from essaim.pages.released.words import code_label, property_label
from essaim.pages.wording import country_name, listed

if TYPE_CHECKING:
    from essaim.pages.registry import Words

SENTENCES: dict[str, Words] = {
    # Answers by the UN definition (reference/rules/un.yaml).
    "body_of_states": gettext_lazy(
        "It is a body made of states, and the definition speaks of entities that people run together."
    ),
    "entity_type_listed": gettext_lazy("Its entity type, {entity_type}, is one that the definition lists."),
    "entity_type_unverified": gettext_lazy(
        "Its entity type is not verified, or sources disagree on it; once it is settled, the rule can answer."
    ),
    "entity_type_unknown": gettext_lazy("No source says which type of entity it is."),
    "entity_type_needs_proof": gettext_lazy(
        "It is of none of the types that the definition names; whether it follows the values and principles needs proof, such as "
        "its statutes."
    ),
    "network_by_its_members": gettext_lazy(
        "It is a network of entities of several types: whether it counts depends on what its members are."
    ),
    "criteria_not_examined": gettext_lazy(
        "The definition’s criteria (free cooperation, shared control, autonomy, people before capital…) were not examined one by "
        "one: this answer rests on the list of types alone."
    ),
    "sources_disagree": gettext_lazy(
        "By what one source says it is part of it, by what another says it is not; both stand below."
    ),
    # Answers by a country's law (rules/engine.py).
    "no_perimeter_on_file": gettext_lazy(
        "No list of legal forms that the law of {country} counts is known to us. That is not a no."
    ),
    "law_of_a_part": gettext_lazy(
        "The law on file holds for a part of the country only ({places}); no source says that the organisation is there."
    ),
    "country_unverified": gettext_lazy("That it is of {country} is not verified; once it is, the rule can answer."),
    "public_body": gettext_lazy(
        "It is a public body. The definition asks for autonomy, which is usually read as free of the State’s control."
    ),
    "type_from_form_code": gettext_lazy(
        "No source says its type; the code {code} of its legal form, “{form}”, is sorted under it. The sorting is ours."
    ),
    "form_code_doubtful": gettext_lazy("How the code {code} of its legal form, “{form}”, is to be sorted is in doubt."),
    "form_listed": gettext_lazy("The law’s list holds its type: {form}."),
    "form_not_listed": gettext_lazy(
        "The forms known to us from this law name none for its type, {entity_type}; the list on file may be incomplete."
    ),
    "form_needs_proof": gettext_lazy("The law lists a form of this type, {form}; whether it has that form needs proof."),
    "form_has_criteria": gettext_lazy(
        "The law counts the form {form} only on conditions, which were not examined here: {criteria}."
    ),
    "law_asks_criteria": gettext_lazy(
        "This law asks for criteria rather than a legal form, and they were not examined here. A form it names: {form}."
    ),
    "country_not_known": gettext_lazy("No country is known for it, so that no country’s law could be asked."),
    # Records set aside (pipeline/normalise and pipeline/publish).
    "record_without_id": gettext_lazy("The record has no identifier; expected in {fields}."),
    "record_duplicate_id": gettext_lazy("Another record before it has the same identifier, {id}."),
    "record_without_name": gettext_lazy("The record has none of what names a thing: {needed}."),
    "value_unusable": gettext_lazy(
        "A value of “{property}” could not be used and was left out; the rest of the record stands. Found: {found}."
    ),
    "place_outside_country": gettext_lazy(
        "The place, {found}, lies outside the country that the record names, {country}; both were kept as the source gives them."
    ),
    "membership_unknown_end": gettext_lazy("The membership names an organisation that no record holds: {found}."),
    "membership_of_itself": gettext_lazy("The membership makes an organisation a member of itself: {found}."),
}
"""Code -> sentence with the names of its parameters in braces."""


def sentence(code: str, parameters: Mapping[str, str]) -> str:
    """Return a reason's sentence; a code of a newer release that has none is said as it stands, never hidden."""
    template = SENTENCES.get(code)
    if template is None:
        return gettext("Reason “{code}”").format(code=code)
    words = {name: _WORDS[name](text) if text and name in _WORDS else text for name, text in parameters.items()}
    words["needed"] = _fields(parameters.get("fields", ""))
    said = str(template).format_map(_Gaps(words))
    expected = parameters.get("expected", "")
    return f"{said} {gettext('Expected: {expected}.').format(expected=expected)}" if expected else said


class _Gaps(dict[str, str]):
    """Parameters; one that a release does not give shows as a dash instead of breaking the page."""

    def __missing__(self, key: str) -> str:
        return "–"


def _fields(text: str) -> str:
    return listed([property_label(name) for name in text.split(", ")])


_WORDS: dict[str, Callable[[str], str]] = {
    "entity_type": lambda code: code_label("entity_types", code),
    "country": country_name,
    "property": property_label,
    "law": lambda id: titled("instrument", id),
}
