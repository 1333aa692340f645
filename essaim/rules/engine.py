"""Runs the rules on entity types: the UN definition for all, and the country's perimeter where one is on file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from essaim import reference
from essaim.errors import RuleError
from essaim.model.reason import Reason
from essaim.values.folding import fold

RULES = Path(reference.__file__).parent / "rules"
ANSWERS = ("yes", "no", "undetermined", "no_rule_known")


@dataclass(frozen=True)
class Facts:
    """What a rule may ask of an organisation; empty text means not known.

    Attributes:
        kind: organisation, federation, network, intergovernmental.
        entity_type: a type of the UN definition, or network.
        entity_type_certainty: sourced, unverified or disputed.
        country: ISO 3166-1 alpha-3.
        country_certainty: sourced, unverified or disputed.
        region: part of the country, as the source writes it.
        legal_form: as the source names it.
        legal_form_code: the national code, where known.
    """

    kind: str = ""
    entity_type: str = ""
    entity_type_certainty: str = ""
    country: str = ""
    country_certainty: str = ""
    region: str = ""
    legal_form: str = ""
    legal_form_code: str = ""


@dataclass(frozen=True)
class Answer:
    """One framework's answer, with the rule that gave it and why."""

    framework: str
    answer: str
    rule: str
    rule_version: str
    reasons: tuple[Reason, ...] = field(default_factory=tuple)


def answer_all(facts: Facts) -> list[Answer]:
    """Return the UN answer and, where the country is known, the national one."""
    answers = [answer_un(facts)]
    if facts.country and facts.kind != "intergovernmental":
        answers.append(answer_national(facts))
    return answers


def answer_un(facts: Facts) -> Answer:
    """Answer by the UN definition's list of entity types."""
    rule = load_un_rule()
    facts, from_code = typed_by_code(facts)
    case = next((case for case in rule["cases"] if _fits(case["fits"], facts)), rule["otherwise"])
    reasons = [Reason(case["reason"], {"entity_type": facts.entity_type}), *from_code]
    if case["answer"] == "yes":
        reasons.append(Reason("criteria_not_examined"))
    return Answer("un", case["answer"], rule["id"], rule["version"], tuple(reasons))


def typed_by_code(facts: Facts) -> tuple[Facts, list[Reason]]:
    """Where no source says the entity type, read it from the national code of the legal form, and say so.

    The sorting of codes into families is our own, from their labels (legal_forms.yaml); doubtful ones tell no type.
    """
    if facts.entity_type or not facts.legal_form_code:
        return facts, []
    family, label = load_form_codes().get((facts.country, facts.legal_form_code), ("", ""))
    told = {"code": facts.legal_form_code, "form": label, "entity_type": family}
    if not family:
        return facts, []
    if family == "to_check":
        return facts, [Reason("form_code_doubtful", told)]
    return replace(facts, entity_type=family, entity_type_certainty="sourced"), [Reason("type_from_form_code", told)]


def answer_national(facts: Facts) -> Answer:
    """Answer by the legal forms that the country's law lists, as far as the facts on file carry."""
    framework = f"national:{facts.country}"
    facts, from_code = typed_by_code(facts)
    perimeter, parts = perimeter_for(facts)
    if perimeter is None and not parts:
        return Answer(framework, "no_rule_known", "", "", (Reason("no_perimeter_on_file", {"country": facts.country}),))
    if perimeter is None:
        told = {"country": facts.country, "places": ", ".join(part["jurisdiction"] for part in parts)}
        return Answer(framework, "undetermined", parts[0]["law"], "1", (Reason("law_of_a_part", told),))
    law = str(perimeter.get("law", ""))
    word, reason = _by_forms(facts, perimeter)
    told = {"country": facts.country, "law": law, "entity_type": facts.entity_type}
    reasons = [Reason(reason.code, told | dict(reason.parameters)), *from_code]
    if word == "yes" and facts.country_certainty in ("unverified", "disputed"):
        word, reasons = "undetermined", [Reason("country_unverified", told), *reasons]
    return Answer(framework, word, law or f"perimeter-{facts.country}", "1", tuple(reasons))


def _by_forms(facts: Facts, perimeter: Mapping[str, Any]) -> tuple[str, Reason]:
    """Answer by one perimeter's list of forms."""
    if facts.legal_form in public_forms():
        return "no", Reason("public_body")
    if not facts.entity_type or facts.entity_type == "network":
        return "undetermined", Reason("entity_type_unknown" if not facts.entity_type else "network_by_its_members")
    if facts.entity_type_certainty in ("unverified", "disputed"):
        return "undetermined", Reason("entity_type_unverified")
    named = [form for form in perimeter.get("forms", ()) if facts.legal_form and fold(facts.legal_form) in _folded_names(form)]
    forms = named or [form for form in perimeter.get("forms", ()) if form.get("maps_to") == facts.entity_type]
    if not forms:
        return "undetermined", Reason("form_not_listed")
    if perimeter.get("approach") == "criteria":
        return "undetermined", Reason("law_asks_criteria", {"form": _form_name(forms[0])})
    free = [form for form in forms if not form.get("criteria")]
    if not free:
        told = {"form": _form_name(forms[0]), "criteria": str(forms[0]["criteria"])}
        return "undetermined", Reason("form_has_criteria", told)
    # A type such as "association" may cover several forms of the law; one without a test of its own is enough where it stands for
    # the whole type, or where the source names that very form.
    if named or facts.entity_type in ("cooperative", "mutual", "foundation", "association"):
        return "yes", Reason("form_listed", {"form": _form_name(free[0])})
    return "undetermined", Reason("form_needs_proof", {"form": _form_name(free[0])})


def public_forms() -> list[str]:
    """Return the words for public bodies that the UN rule knows."""
    return [word for case in load_un_rule()["cases"] if case["reason"] == "public_body" for word in case["fits"]["legal_form"]]


def perimeter_for(facts: Facts) -> tuple[dict[str, Any] | None, list[dict[str, Any]]]:
    """Return the perimeter that applies, and those of parts of the country.

    A law of a part (Quebec, Wallonia) applies only to what a source places there; it is never stretched over the country.
    """
    on_file = load_perimeters().get(facts.country, [])
    parts = [entry for entry in on_file if entry.get("jurisdiction")]
    here = [entry for entry in parts if facts.region and fold(facts.region) == fold(entry["jurisdiction"])]
    whole = [entry for entry in on_file if not entry.get("jurisdiction")]
    return next(iter(here or whole), None), parts


def _folded_names(form: Mapping[str, Any]) -> set[str]:
    name = form.get("name", "")
    return {fold(str(text)) for text in (name.values() if isinstance(name, Mapping) else [name])}


def _form_name(form: Mapping[str, Any]) -> str:
    name = form.get("name", "")
    return str(next(iter(name.values()), "")) if isinstance(name, Mapping) else str(name)


def _fits(fits: Mapping[str, list[str]], facts: Facts) -> bool:
    return all(getattr(facts, name) in words for name, words in fits.items())


@lru_cache(maxsize=1)
def load_un_rule() -> dict[str, Any]:
    """Load the rule, with every fault of the file told at once.

    Raises:
        RuleError: the file names facts or answers that do not exist.
    """
    return check_rule(yaml.safe_load((RULES / "un.yaml").read_text("utf-8")), "reference/rules/un.yaml")


def check_rule(rule: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the rule if it can be run; raise a RuleError that lists every fault otherwise."""
    faults = [f"{key} is missing" for key in ("id", "version", "framework", "cases", "otherwise") if key not in rule]
    known = Facts.__dataclass_fields__.keys()
    for number, case in enumerate([*rule.get("cases", []), rule.get("otherwise", {})], 1):
        faults += [f"case {number}: unknown fact {name!r}" for name in case.get("fits", {}) if name not in known]
        if case.get("answer") not in ANSWERS:
            faults.append(f"case {number}: answer {case.get('answer')!r} is none of {', '.join(ANSWERS)}")
        if not case.get("reason"):
            faults.append(f"case {number}: no reason")
    if faults:
        raise RuleError(f"cannot be run: {'; '.join(faults)}", where, next_step="Mend the file")
    return rule


@lru_cache(maxsize=1)
def load_perimeters() -> dict[str, list[dict[str, Any]]]:
    """Return country -> its perimeters on file, those of its parts included."""
    found: dict[str, list[dict[str, Any]]] = {}
    for entry in reference.legal_forms():
        found.setdefault(entry["country"], []).append(entry)
    return found


@lru_cache(maxsize=1)
def load_form_codes() -> dict[tuple[str, str], tuple[str, str]]:
    """Return (country, national code) -> (family or `to_check`, label), from the lists of codes in legal_forms.yaml."""
    found: dict[tuple[str, str], tuple[str, str]] = {}
    for entry in reference.legal_forms():
        for family, forms in entry.get("insee_codes", {}).items():
            if isinstance(forms, list):
                found |= {(entry["country"], str(form["code"])): (family, str(form["label"])) for form in forms}
    return found
