"""What `source.yml` may say: the edge where people write, checked whole and told all at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from essaim.errors import SourceError
from essaim.model.properties import BY_KIND

PACKAGED = Path(__file__).resolve().parent.parent / "sources"


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Publisher(_Written):
    """Who publishes the source."""

    name: str
    country: str = ""
    is_official: bool = False


class Licence(_Written):
    """Under what licence, where it stands, what it permits in one sentence."""

    id: str
    url: str = ""
    permits: str = ""


class Place(_Written):
    """Where the bytes are: a file beside source.yml, or an address."""

    file: str = ""
    url: str = ""

    @model_validator(mode="after")
    def _one_of_both(self) -> Place:
        if bool(self.file) == bool(self.url):
            raise ValueError("data names either a file or a url")
        return self


class Options(_Written):
    """How to read the bytes; empty means: look at them."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 1
    header_rows: int = 1
    has_section_rows: bool = False
    has_merged_cells: bool = False
    path: str = ""
    profile: str = ""


class PersonalData(_Written):
    """Whether the source holds personal data, and which fields are dropped before anything is kept."""

    is_present: bool = False
    dropped: tuple[str, ...] = ()


class Expected(_Written):
    """Expected counts: too few stops publishing the source, too many only warns."""

    at_least: int = 0
    at_most: int | None = None


def _short_form(value: Any) -> Any:
    return {"from": value} if isinstance(value, str) else value


class ValueRule(_Written):
    """How one property is taken from a row.

    Attributes:
        from_: dotted path of the field; a list is followed into each of its items.
        language: BCP 47 tag of the value, when all rows have one.
        language_from: field that holds the language.
        languages: `keys` when the field is a mapping language -> value.
        values: the source's word -> our code; a word that is neither is set aside, never guessed.
        separator: sign between several values in one field.
        unit, unit_from: unit, currency or scheme.
        schemes: the source's key -> identifier scheme, for a mapping of identifiers.
        since_from, until_from, note_from: fields beside the value.
        source: for a reference to another record, the source id that the record id belongs to.
        constant: a value that every record has.
        day_first: True when 03/05 is the third of May.
        certainty: what the source itself holds of this field.
    """

    from_: str = Field("", alias="from")
    language: str = ""
    language_from: str = ""
    languages: Literal["", "keys"] = ""
    values: dict[str, str] = {}
    separator: str = ""
    unit: str = ""
    unit_from: str = ""
    schemes: dict[str, str] = {}
    since_from: str = ""
    until_from: str = ""
    note_from: str = ""
    source: str = ""
    constant: str = ""
    day_first: bool | None = None
    certainty: Literal["sourced", "unverified"] = "sourced"

    @model_validator(mode="after")
    def _from_or_constant(self) -> ValueRule:
        if bool(self.from_) == bool(self.constant):
            raise ValueError("a value is taken 'from' a field or is a 'constant', one of both")
        return self


Rules = Annotated[ValueRule, BeforeValidator(_short_form)]


class RecordMapping(_Written):
    """How rows become records of one kind.

    Attributes:
        id: fields whose values, joined by `-`, are the record id; a row that lacks one of them is set aside.
        id_also: fields that tell apart records of the same id where they are filled, such as a date.
        values: property -> rule, or several rules.
        unverified: fields that list the properties (or source fields) a row itself holds to be unverified.
        renames: source field -> property, to read `unverified` and `conflicts` by.
        evidence: fields with the addresses at which the row was seen.
        evidence_host: field that marks a copy.
        when: field -> words; only rows whose field has one of the words are taken.
    """

    id: tuple[str, ...]
    id_also: tuple[str, ...] = ()
    values: dict[str, Rules | tuple[Rules, ...]]
    unverified: tuple[str, ...] = ()
    renames: dict[str, str] = {}
    evidence: tuple[str, ...] = ()
    evidence_host: str = ""
    when: dict[str, tuple[str, ...]] = {}

    def rules(self) -> Iterator[tuple[str, ValueRule]]:
        """Yield each property with each of its rules."""
        for name, rules in self.values.items():
            for rule in rules if isinstance(rules, tuple) else (rules,):
                yield name, rule


class SourceFile(_Written):
    """The whole of source.yml: everything about a source that is not code."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    title: dict[str, str]
    summary: dict[str, str]
    publisher: Publisher
    page: str = ""
    data: Place
    format: str
    options: Options = Options()
    language: str = ""
    licence: Licence
    cadence: Literal["with_the_package", "daily", "weekly", "monthly", "quarterly", "yearly", "once"]
    personal_data: PersonalData = PersonalData()
    expected: Expected = Expected()
    rank: int = 50
    country: str = ""
    tried_on: Literal["real_file", "documentation", "own_data"] = "own_data"
    organisation: RecordMapping | None = None
    membership: RecordMapping | None = None
    work: RecordMapping | None = None
    ignored: tuple[str, ...] = ()
    folder: Path = Field(default=Path(), exclude=True)

    @model_validator(mode="after")
    def _known_properties(self) -> SourceFile:
        faults = [
            f"{kind}: unknown property {name!r} (known: {', '.join(BY_KIND[kind])})"
            for kind, mapping in self.mappings().items()
            for name in mapping.values
            if name not in BY_KIND[kind]
        ]
        if not self.mappings():
            faults.append("none of organisation, membership, work is mapped")
        if faults:
            raise ValueError("; ".join(faults))
        return self

    def mappings(self) -> dict[str, RecordMapping]:
        """Return kind -> mapping, for the kinds that this source yields."""
        found = {"organisation": self.organisation, "membership": self.membership, "work": self.work}
        return {kind: mapping for kind, mapping in found.items() if mapping is not None}

    @property
    def place(self) -> str:
        """The file's path or the address."""
        return str(self.folder / self.data.file) if self.data.file else self.data.url


def load_source(file: Path) -> SourceFile:
    """Read one source.yml.

    Raises:
        SourceError: the file is not YAML, or says what a source cannot be; every fault is told at once.
    """
    where = f"{file.parent.name}/{file.name}"
    try:
        written = yaml.safe_load(file.read_text("utf-8"))
    except (yaml.YAMLError, UnicodeDecodeError, OSError) as error:
        raise SourceError(f"cannot be read as YAML ({error})", where, next_step="Mend the file") from error
    if not isinstance(written, dict):
        raise SourceError("holds no mapping", where, type(written).__name__, "a mapping of settings")
    try:
        return SourceFile.model_validate(written | {"folder": file.parent})
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in error.errors())
        raise SourceError(
            f"has {error.error_count()} faults: {faults}", where, next_step="See docs/reference/source.md"
        ) from error


def find_sources(*folders: Path) -> dict[str, SourceFile]:
    """Load every source under the folders, by id.

    Args:
        folders: searched at any depth for `source.yml`; those that do not exist hold none.

    Raises:
        SourceError: two sources have one id, or one cannot be loaded.
    """
    found: dict[str, SourceFile] = {}
    for folder in folders:
        for file in sorted(folder.rglob("source.yml")):
            source = load_source(file)
            if source.id in found:
                raise SourceError(
                    "two sources have one id", str(file), source.id, next_step=f"Rename one; see {found[source.id].folder}"
                )
            found[source.id] = source
    return found
