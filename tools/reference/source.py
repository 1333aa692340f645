"""The page of source.yml, read from the models that check it and from the properties of each kind."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, get_args, get_origin

import yaml
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from essaim import reference
from essaim.formats import FORMATS
from essaim.model.properties import BY_KIND, Property
from essaim.pipeline import source_file
from tools.reference.markdown import GENERATED, attributes, code, sentence, table

SENTENCES: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "sentences.yaml").read_text("utf-8"))
MODELS: tuple[tuple[str, type[BaseModel]], ...] = (
    ("The file", source_file.SourceFile),
    ("publisher", source_file.Publisher),
    ("licence", source_file.Licence),
    ("data", source_file.Place),
    ("options", source_file.Options),
    ("personal_data", source_file.PersonalData),
    ("expected", source_file.Expected),
    ("organisation, membership, work", source_file.RecordMapping),
    ("A rule of values", source_file.ValueRule),
)
INTRODUCTION = """
A source is a folder with a `source.yml`; [add a source](../how-to/add-a-source.md) walks through one. The file is
checked whole when it is loaded and every fault is told at once; a field that is not on this page is a fault. Packaged
sources are under `essaim/sources/`, those of an installation under `$ESSAIM_HOME/sources/`.
"""
RULE = """
A rule says how one property is taken from a row. `town: city` is short for `town: {from: city}`; several rules for
one property are a list. A path may be dotted (`jobs.value`); a list on the way is followed into each item. A value
that cannot be read is set aside with its reason and leaves its record in place; a row without an id, or without a
name, is set aside whole.
"""
SINGLE = """
*Single* means that two different values of the same time are a disagreement of sources, shown side by side.
"""


def page() -> str:
    """Return the whole page."""
    lines = ["# source.yml", "", GENERATED, INTRODUCTION]
    for title, model in MODELS:
        lines += [f"## {title}", ""]
        lines += [RULE] if model is source_file.ValueRule else []
        lines += table(["field", "type", "says", "default"], [_field(model, name, field) for name, field in fields(model)])
    lines += ["## Formats", "", ", ".join(code(name) for name in FORMATS) + ".", "", SINGLE]
    for kind, properties in BY_KIND.items():
        rows = [_property(kind, property) for property in properties.values()]
        lines += [f"## Properties of a kind: {kind}", "", *table(["property", "kind of value", "single", "says"], rows)]
    return "\n".join(lines).rstrip() + "\n"


def fields(model: type[BaseModel]) -> list[tuple[str, FieldInfo]]:
    """Return the fields that a person may write."""
    return [(name, field) for name, field in model.model_fields.items() if not field.exclude]


def says(model: type[BaseModel], name: str) -> str:
    """Return the sentence on a field: the one kept beside this module, else the docstring's.

    Raises:
        KeyError: nobody says anything of it.
    """
    kept = SENTENCES.get(model.__name__, {})
    return kept[name] if name in kept else attributes(model)[name]


def _field(model: type[BaseModel], name: str, field: FieldInfo) -> list[str]:
    default = "required" if field.is_required() else "" if field.default in ("", (), {}, None) else _default(field.default)
    return [code(field.alias or name), _type(field.annotation), sentence(says(model, name)), default]


def _default(value: Any) -> str:
    if isinstance(value, BaseModel):
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else code(value)


def _type(kind: Any) -> str:
    """Return a type in words: texts, numbers, yes or no, one of several words, lists and mappings."""
    origin, inside = get_origin(kind), get_args(kind)
    if origin is Literal:
        return "one of " + ", ".join(code(word) for word in inside if word)
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return "mapping, see below"
    if origin is tuple:
        return "list of texts"
    if origin is dict:
        return (
            "text → text" if inside[1] is str else "text → list of texts" if get_origin(inside[1]) is tuple else "property → rule"
        )
    if type(None) in inside:
        return _type(next(one for one in inside if one is not type(None)))
    return {str: "text", int: "whole number", bool: "yes or no"}[kind]


def _property(kind: str, property: Property) -> list[str]:
    codes = reference.codes(property.code_list) if property.code_list else ()
    words = f": {', '.join(code(word) for word in codes)}" if 0 < len(codes) <= 30 else ""
    text = sentence(SENTENCES[kind][property.name])
    return [code(property.name), property.kind, "yes" if property.is_single else "", text.rstrip(".") + words + "."]
