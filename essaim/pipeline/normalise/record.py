"""One row to one record: its id, its statements, or the reason why it is set aside."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from essaim.errors import RecordError
from essaim.model.properties import BY_KIND, Property
from essaim.model.record import Aside, Row
from essaim.model.statement import Certainty, Statement
from essaim.pipeline.normalise.parse import Context, parse
from essaim.pipeline.normalise.take import Taken, Taker, as_text
from essaim.pipeline.source_file import RecordMapping, SourceFile, ValueRule
from essaim.reference import is_readers_link
from essaim.values import places


@dataclass(frozen=True)
class Evidence:
    """A page on which the source saw the record."""

    url: str
    is_shown: bool


@dataclass(frozen=True)
class Record:
    """One record: its key, where it stood, what it says.

    Attributes:
        key: `<source id>:<record id>`.
        kind: organisation, membership or work.
        position: where it stood.
        checksum: of the row as the source wrote it.
        statements: what it says, in the order of the mapping.
        evidence: the pages it was seen on.
    """

    key: str
    kind: str
    position: str
    checksum: str
    statements: tuple[Statement, ...]
    evidence: tuple[Evidence, ...]


@dataclass
class RecordMaker:
    """Makes the records of one kind of one source.

    Attributes:
        asides: what could not be used; a value that could not be used leaves its record in place.
        left_over: fields that no rule took and `ignored` does not name, with counts.
    """

    source: SourceFile
    kind: str
    mapping: RecordMapping
    seen: set[str] = field(default_factory=set)
    asides: list[Aside] = field(default_factory=list)
    left_over: Counter[str] = field(default_factory=Counter)

    def make(self, row: Row) -> Record | None:
        """Return the record of a row; None when it is set aside or is not of this kind."""
        taker = Taker({name: value for name, value in row.fields.items() if name not in self.source.personal_data.dropped})
        if not self._is_wanted(taker):
            return None
        parts = [taker.text(path) for path in self.mapping.id]
        if not all(parts):
            self._aside(row, "record_without_id", {"fields": ", ".join(self.mapping.id)})
            return None
        record_id = "-".join([*parts, *filter(None, (taker.text(path) for path in self.mapping.id_also))])
        if record_id in self.seen:
            self._aside(row, "record_duplicate_id", {"id": record_id})
            return None
        evidence = self._evidence(taker)
        statements = self._with_good_place(tuple(self._statements(taker, row, record_id, evidence)), row)
        self.left_over.update(taker.left() - set(self.source.ignored))
        needed = {"organisation": {"name", "acronym"}, "work": {"title"}, "membership": {"member"}}[self.kind]
        if not needed & {statement.property for statement in statements}:
            self._aside(row, "record_without_name", {"fields": ", ".join(sorted(needed))})
            return None
        self.seen.add(record_id)
        checksum = hashlib.sha256(json.dumps(row.fields, sort_keys=True, default=str).encode()).hexdigest()
        return Record(f"{self.source.id}:{record_id}", self.kind, row.position, checksum, statements, evidence)

    def _is_wanted(self, taker: Taker) -> bool:
        return all(taker.text(path) in words for path, words in self.mapping.when.items())

    def _aside(self, row: Row, code: str, parameters: dict[str, str]) -> None:
        self.asides.append(self.aside(row, code, parameters))

    def aside(self, row: Row, code: str, parameters: dict[str, str]) -> Aside:
        """Return what is kept of a row that could not be used: shortened, without personal data."""
        fields = {
            name: as_text(value)[:200]
            for name, value in list(row.fields.items())[:30]
            if name not in self.source.personal_data.dropped and value not in (None, "")
        }
        return Aside(self.source.id, row.position, code, parameters, fields)

    def _evidence(self, taker: Taker) -> tuple[Evidence, ...]:
        host = taker.text(self.mapping.evidence_host)
        urls = dict.fromkeys(as_text(url) for path in self.mapping.evidence for url in taker.at(path))
        # The mark speaks of the first address, the one at which the row was read.
        return tuple(Evidence(url, is_readers_link(url, host if number == 0 else "")) for number, url in enumerate(urls))

    def _statements(self, taker: Taker, row: Row, record_id: str, evidence: tuple[Evidence, ...]) -> Iterator[Statement]:
        doubts = read_doubts([as_text(word) for path in self.mapping.unverified for word in taker.at(path)], self.mapping)
        context = Context(country=self._country(taker), language=self.source.language)
        told: set[tuple[str, str, str, str]] = set()
        for name, rule in self.mapping.rules():
            property = BY_KIND[self.kind][name]
            for taken in taker.values(rule):
                try:
                    made = self._statement(property, rule, taken, context, record_id, evidence, doubts)
                except RecordError as error:
                    parameters = {
                        "property": name,
                        "found": error.found or taken.text,
                        "expected": error.expected,
                        "what": error.what,
                    }
                    self.asides.append(self.aside(row, "value_unusable", parameters))
                    continue
                if made is not None and (made.property, made.value, made.language, made.since) not in told:
                    told.add((made.property, made.value, made.language, made.since))
                    yield made

    def _with_good_place(self, statements: tuple[Statement, ...], row: Row) -> tuple[Statement, ...]:
        """Hold longitude and latitude against each other and the country; a pair that cannot be is set aside, never mended."""
        said = {statement.property: statement.value for statement in reversed(statements)}
        pair = {name: said.get(name, "") for name in ("longitude", "latitude")}
        if not any(pair.values()):
            return statements
        try:
            point = places.parse(pair["longitude"], pair["latitude"], country=said.get("country", ""))
        except RecordError as error:
            parameters = {"property": "place", "found": error.found, "expected": error.expected, "what": error.what}
            self.asides.append(self.aside(row, "value_unusable", parameters))
            return tuple(statement for statement in statements if statement.property not in pair)
        if point.fit == "outside":
            parameters = {"country": said.get("country", ""), "found": str(point)}
            self.asides.append(self.aside(row, "place_outside_country", parameters))
        fitting = {"longitude": str(point.longitude), "latitude": str(point.latitude)}
        return tuple(replace(one, value=fitting.get(one.property, one.value)) for one in statements)

    def _country(self, taker: Taker) -> str:
        rules = [rule for name, rule in self.mapping.rules() if name == "country"]
        for rule in rules:
            for taken in taker.values(rule):
                try:
                    return parse(BY_KIND["organisation"]["country"], rule, taken, Context()).value
                except RecordError:
                    continue
        return self.source.country

    def _statement(
        self,
        property: Property,
        rule: ValueRule,
        taken: Taken,
        context: Context,
        record_id: str,
        evidence: tuple[Evidence, ...],
        doubts: set[tuple[str, str]],
    ) -> Statement | None:
        parsed = parse(property, rule, taken, context)
        if not parsed.value:
            return None
        is_doubtful = (property.name, "") in doubts or (property.name, parsed.language) in doubts
        url_host = property.kind == "url" and not is_readers_link(parsed.value, "")
        shown = evidence[0] if evidence else Evidence("", True)
        return Statement(
            entity=f"{self.source.id}:{record_id}",
            property=property.name,
            value=parsed.value,
            source_id=self.source.id,
            record_id=record_id,
            language=parsed.language,
            since=parsed.since,
            until=parsed.until,
            certainty=Certainty.UNVERIFIED if is_doubtful or rule.certainty == "unverified" else Certainty.SOURCED,
            original="" if parsed.value == taken.text else taken.text,
            unit=parsed.unit,
            note=taken.note,
            evidence=shown.url,
            is_evidence_shown=shown.is_shown and not url_host,
        )


def read_doubts(words: list[str], mapping: RecordMapping) -> set[tuple[str, str]]:
    """Read what a row itself holds to be unverified, as (property, language or empty).

    Lists say it in several ways: `country`, `names.es`, `es acronyms`, or a bare language (`fr`) in a list that is about names.
    """
    doubts = set()
    for word in words:
        field_name, _, language = word.partition(".")
        if " " in word:
            language, _, field_name = word.partition(" ")
        if len(word) == 2 and "" in mapping.renames:
            field_name, language = "", word
        doubts.add((mapping.renames.get(field_name, field_name), language))
    return doubts
