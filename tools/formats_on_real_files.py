"""Read every real data file to its end and write down what came of it: rows and repairs, or the refusal's reason.

Run as `python -m tools.formats_on_real_files`, with the folder of real files in ESSAIM_TEST_DATA; `--check` writes
nothing and fails where the page is not what the files give.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from essaim.errors import ReadError
from essaim.formats import detect, read
from tools.reference.markdown import code, table

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "formats-on-real-files.md"
NO_DATA = ("PROVENANCE.md", "nomenklatura_name_bench_README.md")
"""Pages that tell of the files beside them and hold no data."""


@dataclass(frozen=True)
class Outcome:
    """What came of one file.

    Attributes:
        name: its path under the folder.
        format: the format detected; empty when none was.
        rows: how many rows were read, up to the refusal when there was one.
        repairs: what was repaired or noted, code to number of times.
        refusal: why it was refused; None when it was read to its end.
    """

    name: str
    format: str
    rows: int
    repairs: dict[str, int]
    refusal: ReadError | None


def data_files(folder: Path) -> list[Path]:
    """Return the data files under a folder by name, without the pages that only tell of them."""
    return sorted(file for file in folder.rglob("*") if file.is_file() and file.name not in NO_DATA)


def outcome(file: Path, folder: Path) -> Outcome:
    """Read a file to its end with no options, or to its refusal."""
    name, format_, rows = file.relative_to(folder).as_posix(), "", 0
    try:
        format_ = detect(file)
        reading = read(file)
        for _row in reading.rows:
            rows += 1
    except ReadError as error:
        return Outcome(name, format_, rows, {}, error)
    return Outcome(name, format_, rows, dict(reading.repairs), None)


def page(outcomes: list[Outcome]) -> str:
    """Return the page that tells of them all."""
    done = [one for one in outcomes if one.refusal is None]
    lines = [
        "# Formats on real files",
        "",
        "<!-- Made by `python -m tools.formats_on_real_files` from the real files; edit the code, not this page. -->",
        "",
        "Every file was read with no options, as a newcomer would hand it over. The files are real lists of organisations in",
        "many states of repair, and lists to measure matching by; they are not in this repository. What the codes of the last",
        "column mean is told in [Formats](formats.md#repairs-and-notes).",
        "",
        f"{len(outcomes)} files: {len(done)} read to their end ({sum(one.rows for one in done):,} rows),"
        f" {len(outcomes) - len(done)} refused.",
        "",
        *table(("File", "Format", "Rows", "Repairs and notes, or why it was refused"), map(_cells, outcomes)),
    ]
    return "\n".join(lines)


def _cells(one: Outcome) -> tuple[str, str, str, str]:
    return code(one.name), code(one.format), f"{one.rows:,}" if one.refusal is None else "", "; ".join(_notes(one))


def _notes(one: Outcome) -> Iterator[str]:
    if one.refusal is not None:
        parts = (one.refusal.what, one.refusal.expected and f"expected {one.refusal.expected}", one.refusal.next_step)
        yield f"**{type(one.refusal).__name__}**: " + ". ".join(part[:1].upper() + part[1:] for part in parts if part) + "."
    for name, times in sorted(one.repairs.items()):
        yield f"`{name}` {times:,}" if times > 1 else f"`{name}`"


def main() -> int:
    """Write the page, or check it; return 1 when it differs, 2 when there are no files."""
    said = os.environ.get("ESSAIM_TEST_DATA", "")
    folder = Path(said) / "orgs"
    if not said or not folder.is_dir():
        print("ESSAIM_TEST_DATA names no folder of real files.")
        return 2
    text = page([outcome(file, folder) for file in data_files(folder)])
    if PAGE.exists() and PAGE.read_text("utf-8") == text:
        print("docs/reference/formats-on-real-files.md: as the files give it")
        return 0
    if "--check" in sys.argv:
        print("docs/reference/formats-on-real-files.md is not what the files give. Run: python -m tools.formats_on_real_files")
        return 1
    PAGE.write_text(text, "utf-8")
    print("docs/reference/formats-on-real-files.md: written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
