"""Runs the rules on entity types: the UN definition for all, and the country's perimeter where one is on file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from essaim import reference
from essaim.errors import RuleError
from essaim.model.reason import Reason

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
        legal_form_code: the national code, where known.
    """

    kind: str = ""
    entity_type: str = ""
    entity_type_certainty: str = ""
    country: str = ""
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
    case = next((case for case in rule["cases"] if _fits(case["fits"], facts)), rule["otherwise"])
    reasons = [Reason(case["reason"], {"entity_type": facts.entity_type})]
    if case["answer"] == "yes":
        reasons.append(Reason("criteria_not_examined"))
    return Answer("un", case["answer"], rule["id"], rule["version"], tuple(reasons))


def answer_national(facts: Facts) -> Answer:
    """Answer by the legal forms that the country's law lists, as far as the facts on file carry."""
    framework = f"national:{facts.country}"
    perimeter = load_perimeters().get(facts.country)
    if perimeter is None:
        return Answer(framework, "no_rule_known", "", "", (Reason("no_perimeter_on_file", {"country": facts.country}),))
    law = str(perimeter.get("law", ""))
    place = {"country": facts.country, "law": law, "entity_type": facts.entity_type}

    def say(answer: str, code: str, **more: str) -> Answer:
        return Answer(framework, answer, law or f"perimeter-{facts.country}", "1", (Reason(code, place | more),))

    if not facts.entity_type or facts.entity_type == "network":
        return say("undetermined", "entity_type_unknown" if not facts.entity_type else "network_by_its_members")
    if facts.entity_type_certainty in ("unverified", "disputed"):
        return say("undetermined", "entity_type_unverified")
    forms = [form for form in perimeter.get("forms", ()) if form.get("maps_to") == facts.entity_type]
    if not forms:
        return say("undetermined", "form_not_listed")
    free = [form for form in forms if not form.get("criteria")]
    # A type such as "association" may cover several forms of the law; one without a test of its own is enough only where the law
    # is a list of forms, or of forms and tests, and the form stands for the whole type.
    if perimeter.get("approach") == "criteria":
        return say("undetermined", "law_asks_criteria", form=_form_name(forms[0]))
    if free and facts.entity_type in ("cooperative", "mutual", "foundation", "association"):
        return say("yes", "form_listed", form=_form_name(free[0]))
    if free:
        return say("undetermined", "form_needs_proof", form=_form_name(free[0]))
    return say("undetermined", "form_has_criteria", form=_form_name(forms[0]), criteria=str(forms[0]["criteria"]))


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
def load_perimeters() -> dict[str, dict[str, Any]]:
    """Return country -> its perimeter, from legal_forms.yaml; the first entry of a country stands."""
    found: dict[str, dict[str, Any]] = {}
    for entry in reference.legal_forms():
        found.setdefault(entry["country"], entry)
    return found
