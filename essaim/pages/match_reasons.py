"""Why two records are held to be one, as sentences: each comparison, its outcome, and what it weighs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext, gettext_lazy

from essaim.pages.wording import number

if TYPE_CHECKING:
    from essaim.pages.registry import Words

COMPARISONS: dict[str, Words] = {
    "name": gettext_lazy("Names"),
    "rarest_shared_word": gettext_lazy("Rarest word they share"),
    "acronym": gettext_lazy("Acronyms"),
    "arm": gettext_lazy("Branch, foundation or other arm"),
    "place_in_name": gettext_lazy("Place named in the name"),
    "legal_form": gettext_lazy("Legal form in the name"),
    "place": gettext_lazy("Place"),
    "same_name_elsewhere": gettext_lazy("One name in two places"),
    "house": gettext_lazy("House and street"),
    "country": gettext_lazy("Country"),
    "domain": gettext_lazy("Website"),
    "phone": gettext_lazy("Telephone"),
    "identifier": gettext_lazy("Identifiers"),
    "source": gettext_lazy("Source"),
}
_SAME = gettext_lazy("the same")
_DIFFERENT = gettext_lazy("different")
_UNKNOWN = gettext_lazy("not known on one side")
OUTCOMES: dict[str, Words] = {
    "name.unknown": _UNKNOWN,
    "name.same_rare_full_name": gettext_lazy("the same whole name, which few others bear"),
    "name.same_rare_words": gettext_lazy("the same words apart from the legal form, which few others bear"),
    "name.same_common_full_name": gettext_lazy("the same whole name, which others bear too"),
    "name.same_common_words": gettext_lazy("the same words apart from the legal form, which others bear too"),
    "name.nearly_same_spelling": gettext_lazy("nearly the same spelling"),
    "name.nearly_same_words": gettext_lazy("nearly the same words"),
    "name.one_begins_the_other": gettext_lazy("one begins with the other"),
    "name.one_holds_the_other": gettext_lazy("one holds the other"),
    "name.close_spelling": gettext_lazy("close spelling"),
    "name.many_shared_words": gettext_lazy("many words shared"),
    "name.some_shared_words": gettext_lazy("some words shared"),
    "name.different": _DIFFERENT,
    "rarest_shared_word.unknown": _UNKNOWN,
    "rarest_shared_word.borne_by_two": gettext_lazy("no other record has it"),
    "rarest_shared_word.borne_by_few": gettext_lazy("a few records have it"),
    "rarest_shared_word.borne_by_some": gettext_lazy("some records have it"),
    "rarest_shared_word.borne_by_many": gettext_lazy("many records have it"),
    "rarest_shared_word.none_shared": gettext_lazy("they share no word"),
    "acronym.same": _SAME,
    "acronym.initials_of_the_other": gettext_lazy("one is made of the initials of the other’s name"),
    "acronym.unknown": _UNKNOWN,
    "acronym.different": _DIFFERENT,
    "arm.same": _SAME,
    "arm.different": gettext_lazy("only one of them is an arm, or another one"),
    "place_in_name.none": gettext_lazy("none named"),
    "place_in_name.same": _SAME,
    "place_in_name.town_of_the_other": gettext_lazy("one names the town of the other"),
    "place_in_name.only_one": gettext_lazy("only one names a place"),
    "place_in_name.different": _DIFFERENT,
    "legal_form.unknown": _UNKNOWN,
    "legal_form.same": _SAME,
    "legal_form.different": _DIFFERENT,
    "place.same_street_and_town": gettext_lazy("the same street in the same town"),
    "place.same_street": gettext_lazy("the same street"),
    "place.within_150_m": gettext_lazy("within 150 m of each other"),
    "place.same_postcode": gettext_lazy("the same postcode"),
    "place.within_2_km": gettext_lazy("within 2 km of each other"),
    "place.same_town": gettext_lazy("the same town"),
    "place.within_20_km": gettext_lazy("within 20 km of each other"),
    "place.other_town": gettext_lazy("another town"),
    "place.further_than_20_km": gettext_lazy("more than 20 km apart"),
    "place.other_postcode": gettext_lazy("another postcode"),
    "place.unknown": _UNKNOWN,
    "same_name_elsewhere.rare_name": gettext_lazy("the same name, which few bear, in places far apart"),
    "same_name_elsewhere.usual_name": gettext_lazy("the same usual name in places far apart"),
    "same_name_elsewhere.no": gettext_lazy("not the case"),
    "house.unknown": _UNKNOWN,
    "house.same": _SAME,
    "house.alike": gettext_lazy("nearly the same"),
    "house.different": _DIFFERENT,
    "country.unknown": _UNKNOWN,
    "country.same": _SAME,
    "country.different": _DIFFERENT,
    "domain.unknown": _UNKNOWN,
    "domain.same": _SAME,
    "domain.different": _DIFFERENT,
    "phone.unknown": _UNKNOWN,
    "phone.same": _SAME,
    "phone.different": _DIFFERENT,
    "identifier.same": gettext_lazy("one they share"),
    "identifier.one_sign_apart": gettext_lazy("all but one sign the same"),
    "identifier.clash": gettext_lazy("of the same register, but not the same"),
    "identifier.unknown": gettext_lazy("none of the same register"),
    "source.another": gettext_lazy("two different ones"),
    "source.same": gettext_lazy("both from the same one"),
}


def comparison_label(code: str) -> str:
    """Name what was compared; an unknown code is said as it stands."""
    return str(COMPARISONS.get(code, code.replace("_", " ")))


def outcome_words(comparison: str, outcome: str) -> str:
    """Say what a comparison found; an unknown code is said as it stands."""
    return str(OUTCOMES.get(f"{comparison}.{outcome}", outcome.replace("_", " ")))


def bits(weight: float) -> str:
    """Write a weight in bits with its sign: one bit doubles the odds that both are one, minus one halves them."""
    rounded = round(weight, 1)
    sign = "+" if rounded > 0 else "−" if rounded < 0 else "±"
    return gettext("{bits} bits").format(bits=sign + number(abs(rounded)))


def chance(probability: float) -> str:
    """Write a probability as per cent, never as a certainty that it is not."""
    if probability >= 0.9995:
        return gettext("more than {share} %").format(share=number(99.9))
    return gettext("{share} %").format(share=number(round(100 * probability, 1)))
