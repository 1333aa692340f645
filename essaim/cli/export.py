"""`essaim export`: a table of the served release as a file that other programs open."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from essaim.model.schema import PEOPLE_TABLES, TABLES

if TYPE_CHECKING:
    import polars as pl

FORMATS = ("csv", "json", "jsonl", "parquet", "xlsx")


@click.command("export")
@click.argument("table", type=click.Choice([*TABLES, *PEOPLE_TABLES]))
@click.option("--format", "format_", type=click.Choice(FORMATS), help="Format [default: by the file's name, else csv].")
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write [default: standard output].")
@click.option("--dry-run", is_flag=True, help="Say how many rows would be written, and stop.")
def command(table: str, format_: str | None, output: Path | None, dry_run: bool) -> None:
    """Write a table of the served release to a file; its columns are described in docs/reference/tables.md.

    \b
    Examples:
      essaim export organisation -o organisations.xlsx
      essaim export membership --format csv | head
    """
    import polars as pl

    from essaim.config import configuration
    from essaim.errors import ReleaseError
    from essaim.release import current, layout

    served = current(configuration().releases)
    if served is None:
        raise ReleaseError("no release is served yet", next_step="Run essaim build")
    chosen = format_ or (output.suffix.lstrip(".") if output and output.suffix.lstrip(".") in FORMATS else "csv")
    frame = pl.read_parquet(served.folder / layout.TABLES / f"{table}.parquet")
    if dry_run:
        click.echo(
            f"Would write {frame.height} rows of {table}, release {served.number}, as {chosen} to {output or 'standard output'}"
        )
        return
    if output is None and chosen in ("parquet", "xlsx") and sys.stdout.isatty():
        raise click.UsageError(f"{chosen} is not for a terminal; name a file with -o")
    data = as_bytes(frame, chosen, table)
    if output is None:
        sys.stdout.buffer.write(data)
        return
    beside = output.with_name(f".{output.name}.new")
    beside.write_bytes(data)
    beside.replace(output)
    click.echo(f"{frame.height} rows of {table}, release {served.number}, in {output}", err=True)


def as_bytes(frame: pl.DataFrame, format_: str, title: str) -> bytes:
    """Return a table in a format; text that a spreadsheet would run as a formula is kept as text."""
    stream = io.BytesIO()
    if format_ == "csv":
        stream.write(frame.write_csv().encode("utf-8"))
    elif format_ == "json":
        stream.write(json.dumps(frame.to_dicts(), ensure_ascii=False, indent=1).encode("utf-8"))
    elif format_ == "jsonl":
        frame.write_ndjson(stream)
    elif format_ == "parquet":
        frame.write_parquet(stream, compression="snappy")
    else:
        _write_workbook(frame, title, stream)
    return stream.getvalue()


def _write_workbook(frame: pl.DataFrame, title: str, stream: io.BytesIO) -> None:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.append(list(frame.columns))
    for row in frame.iter_rows():
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            if isinstance(value, str) and value[:1] in "=+-@":
                cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    book.save(stream)
