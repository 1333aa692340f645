"""The profiles of `rdf_profiles.yaml` applied to a graph: which subjects are organisations, and what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import yaml

FILE = Path(__file__).with_suffix(".yaml")
TYPE = "rdf:type"
SHAPES = ("words", "texts", "things", "text")


class Node(NamedTuple):
    """A term of a graph: its text, and for a literal its language."""

    kind: Literal["iri", "blank", "literal"]
    text: str
    language: str = ""


@dataclass(frozen=True)
class Key:
    """One key of a row: its shape and the ways (predicates one after the other; `^` walks backwards) to its values."""

    shape: str
    ways: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Profile:
    """How one vocabulary describes organisations."""

    name: str
    classes: Sequence[str]
    keys: Mapping[str, Key]


@lru_cache(maxsize=1)
def _file() -> dict[str, Any]:
    written: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return written


@lru_cache(maxsize=1)
def profiles() -> dict[str, Profile]:
    """Return the profiles by name, in the order in which they are tried."""
    return {
        name: Profile(name, each["classes"], {key: Key(said["shape"], said["ways"]) for key, said in each["keys"].items()})
        for name, each in _file()["profiles"].items()
    }


@lru_cache(maxsize=1)
def _namespaces() -> list[tuple[str, str]]:
    pairs = [(namespace, prefix) for prefix, some in _file()["prefixes"].items() for namespace in some]
    return sorted(pairs, key=lambda pair: -len(pair[0]))


@lru_cache(maxsize=65536)
def short(iri: str) -> str:
    """Return an IRI as prefix:name when a namespace of the file knows it; unchanged otherwise."""
    for namespace, prefix in _namespaces():
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace) :]}"
    return iri


@dataclass
class Graph:
    """Statements by subject, with predicates in short form, in the order in which they came."""

    said: dict[Node, dict[str, list[Node]]] = field(default_factory=dict)
    pointed: dict[Node, dict[str, list[Node]]] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)

    @staticmethod
    def contexts() -> dict[str, Any]:
        """Return the terms of each JSON-LD context that is known by its address."""
        known = _file()["contexts"]
        return dict.fromkeys(known["addresses"], known["terms"])

    def add(self, subject: Node, predicate: str, value: Node) -> None:
        """Add one statement."""
        name = short(predicate)
        values = self.said.setdefault(subject, {}).setdefault(name, [])
        if value not in values:
            values.append(value)
        if value.kind != "literal" and name != TYPE:
            self.pointed.setdefault(value, {}).setdefault(name, []).append(subject)
        if name == TYPE:
            self.classes.add(short(value.text))

    def subjects(self, profile: Profile) -> list[Node]:
        """Return the subjects of the profile's classes; blank nodes only where nobody points to them."""
        wanted = set(profile.classes)
        return [
            subject
            for subject, said in self.said.items()
            if any(short(kind.text) in wanted for kind in said.get(TYPE, []))
            and (subject.kind == "iri" or subject not in self.pointed)
        ]

    def fields(self, subject: Node, profile: Profile) -> dict[str, Any]:
        """Return what the profile finds of a subject: only keys that hold something, besides `id` and `type`."""
        found: dict[str, Any] = {
            "id": subject.text if subject.kind == "iri" else "",
            "type": [kind.text for kind in self.said[subject].get(TYPE, [])],
        }
        for name, key in profile.keys.items():
            value = self._shaped(key, self._values(subject, key))
            if value:
                found[name] = value
        return found

    def _values(self, subject: Node, key: Key) -> list[tuple[Node, str]]:
        """Return each value once, with the predicate that led to it."""
        found: dict[Node, str] = {}
        for way in key.ways:
            for value in self._walk([subject], way):
                found.setdefault(value, way[-1])
        return list(found.items())

    def _walk(self, nodes: list[Node], way: Sequence[str]) -> list[Node]:
        for step in way:
            nodes = [value for node in nodes for value in self._next(node, step)]
        return nodes

    def _next(self, node: Node, step: str) -> list[Node]:
        if step.startswith("^"):
            return self.pointed.get(node, {}).get(step[1:], [])
        return self.said.get(node, {}).get(step, [])

    def _shaped(self, key: Key, values: list[tuple[Node, str]]) -> Any:
        if key.shape == "words":
            return [{"value": node.text, "language": node.language} for node, _way in values if node.kind == "literal"]
        if key.shape == "things":
            return [self._thing(node, way) for node, way in values]
        texts = [node.text for node, _way in values if node.kind != "blank"]
        return texts if key.shape == "texts" else next(iter(texts), "")

    def _thing(self, node: Node, way: str) -> dict[str, str]:
        """Describe what is pointed to; a bare literal is a value whose scheme is the predicate that says it."""
        if node.kind == "literal":
            return {"id": "", "name": "", "scheme": way, "value": node.text}
        known = _file()["things"]
        said = {part: next(self._texts(node, known[part]), "") for part in ("name", "scheme", "value")}
        return {"id": node.text if node.kind == "iri" else "", **said}

    def _texts(self, node: Node, predicates: Sequence[str]) -> Iterator[str]:
        for predicate in predicates:
            yield from (value.text for value in self._next(node, predicate) if value.kind != "blank")
