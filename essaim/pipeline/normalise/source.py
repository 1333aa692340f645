"""A whole source: its rows read, its records made, its counts held against what was expected."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from essaim import formats
from essaim.errors import SourceError
from essaim.model.record import Aside, Row
from essaim.pipeline.normalise.record import Record, RecordMaker
from essaim.pipeline.source_file import SourceFile


@dataclass
class Normalised:
    """What a source says, normalised.

    Attributes:
        records: in the order of the snapshot, kind after kind.
        asides: rows and values that could not be used.
        report: counts by kind, repairs, fields left over, warnings.
    """

    source_id: str
    records: list[Record] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    report: dict[str, Any] = field(default_factory=dict)


def normalise(source: SourceFile, file: Path, progress: Callable[[int], None] | None = None) -> Normalised:
    """Read a snapshot and make its records.

    Args:
        source: what source.yml says.
        file: the snapshot's bytes.
        progress: told the number of rows read, now and then.

    Raises:
        SourceError: the file's shape is not what the source says, or yields fewer records than expected.
    """
    done = Normalised(source.id)
    makers = [RecordMaker(source, kind, mapping) for kind, mapping in source.mappings().items()]
    repairs: Counter[str] = Counter()
    count = 0
    for count, row in enumerate(rows_of(source, file, repairs), 1):
        for maker in makers:
            record = maker.make(row)
            if record is not None:
                done.records.append(record)
        if progress and count % 200 == 0:
            progress(count)
    left = Counter(
        {name: number for name, number in makers[0].left_over.items() if all(name in maker.left_over for maker in makers)}
    )
    done.asides = [aside for maker in makers for aside in maker.asides]
    done.report = {
        "rows": count,
        "records": dict(Counter(record.kind for record in done.records)),
        "asides": dict(Counter(aside.reason_code for aside in done.asides)),
        "repairs": dict(repairs),
        "left_over": dict(left),
        "warnings": [],
    }
    _hold_against_expectation(source, done)
    return done


def rows_of(source: SourceFile, file: Path, repairs: Counter[str]) -> Iterator[Row]:
    """Yield the rows of a snapshot; several lists of one file are read one after the other."""
    written = source.options
    for path in [part.strip() for part in written.path.split(",")]:
        options = formats.ReadOptions(
            format=source.format,
            encoding=written.encoding,
            delimiter=written.delimiter,
            sheet=written.sheet,
            header_row=written.header_row,
            header_rows=written.header_rows,
            has_section_rows=written.has_section_rows,
            has_merged_cells=written.has_merged_cells,
            path=path,
            profile=written.profile,
        )
        reading = formats.read(file, options)
        for row in reading.rows:
            yield Row(f"{path} {row.position}".strip() if "," in written.path else row.position, row.fields)
        repairs.update(reading.repairs)


def _hold_against_expectation(source: SourceFile, done: Normalised) -> None:
    count = len(done.records)
    if count < max(source.expected.at_least, 1):
        raise SourceError(
            "yields fewer records than expected",
            source.id,
            str(count),
            f"at least {max(source.expected.at_least, 1)}",
            f"Look at what was set aside with: essaim source check {source.id}",
        )
    if source.expected.at_most is not None and count > source.expected.at_most:
        done.report["warnings"].append(
            {"code": "more_than_expected", "parameters": {"found": str(count), "expected": str(source.expected.at_most)}}
        )
    for name, number in sorted(done.report["left_over"].items()):
        done.report["warnings"].append({"code": "field_left_over", "parameters": {"field": name, "count": str(number)}})


def save(done: Normalised, folder: Path) -> None:
    """Keep a normalised source as plain files, so that a killed build resumes from it."""
    with (folder / "records.jsonl").open("w", encoding="utf-8") as stream:
        for record in done.records:
            stream.write(json.dumps(asdict(record), ensure_ascii=False) + "\n")
    with (folder / "asides.jsonl").open("w", encoding="utf-8") as stream:
        for aside in done.asides:
            stream.write(json.dumps(asdict(aside), ensure_ascii=False) + "\n")
    (folder / "report.json").write_text(
        json.dumps({"source_id": done.source_id, "report": done.report}, ensure_ascii=False), "utf-8"
    )


def load(folder: Path) -> Normalised:
    """Read back what `save` kept."""
    from essaim.model.statement import Certainty, Statement
    from essaim.pipeline.normalise.record import Evidence

    head = json.loads((folder / "report.json").read_text("utf-8"))
    done = Normalised(head["source_id"], report=head["report"])
    for line in (folder / "records.jsonl").read_text("utf-8").split("\n")[:-1]:
        data = json.loads(line)
        statements = tuple(Statement(**(item | {"certainty": Certainty(item["certainty"])})) for item in data.pop("statements"))
        evidence = tuple(Evidence(**item) for item in data.pop("evidence"))
        done.records.append(Record(**data, statements=statements, evidence=evidence))
    done.asides = [Aside(**json.loads(line)) for line in (folder / "asides.jsonl").read_text("utf-8").split("\n")[:-1]]
    return done
