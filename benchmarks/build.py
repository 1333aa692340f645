"""The packaged build by stage, beside DuckDB's bare read and write of the same rows: `python -m benchmarks.build`."""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from benchmarks.figures import run, tell, timed

ESSAIM = str(Path(sys.executable).parent / "essaim")


def main() -> None:
    """Build twice in an empty data folder, then let DuckDB read and write what was built."""
    with tempfile.TemporaryDirectory(prefix="essaim-bench-") as folder:
        home = Path(folder)
        first, processor, stages = build(home)
        second, processor_again, _ = build(home, "--offline")
        table = home / "releases" / "current" / "tables" / "statement.parquet"
        rows, bare, bare_parquet = bare_read_and_write(table, home)
    print("stages of the first build: " + ", ".join(f"{stage} {seconds:.1f} s" for stage, seconds in stages.items()))
    print(
        f"before and between them (start-up, database laid, packaged facts loaded, export): {first - sum(stages.values()):.1f} s"
    )
    print(f"processor time: {processor:.1f} s the first time, {processor_again:.1f} s again")
    tell(f"essaim build in an empty data folder, {rows} statements", first, "DuckDB, CSV to Parquet", bare, "60 s")
    tell("essaim build again, sources unchanged", second, "DuckDB, Parquet to Parquet", bare_parquet)


def build(home: Path, *arguments: str) -> tuple[float, float, dict[str, float]]:
    """Build; return the seconds of the whole command, its processor's, and those of each stage by the command's own clock."""
    begin, worked = time.perf_counter(), processor_seconds()
    told = run([sys.executable, ESSAIM, "build", "--json", *arguments], ESSAIM_HOME=str(home))
    whole = time.perf_counter() - begin
    return whole, processor_seconds() - worked, json.loads(told[told.index("{") :])["seconds"]


def processor_seconds() -> float:
    """Return what the processes that this one ran have used of the processor; other work on the machine is not in it."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def bare_read_and_write(table: Path, folder: Path) -> tuple[int, float, float]:
    """Return the rows of a table, and the seconds DuckDB takes to carry them from CSV, and from Parquet, into Parquet."""
    text, written = folder / "statement.csv", folder / "statement.parquet"
    with duckdb.connect() as database:
        database.execute(f"COPY (FROM read_parquet('{table}')) TO '{text}' (HEADER)")
        (rows,) = database.execute(f"SELECT count(*) FROM read_parquet('{table}')").fetchall()[0]
        from_text = f"COPY (FROM read_csv('{text}', all_varchar = true)) TO '{written}' (COMPRESSION snappy)"
        from_parquet = f"COPY (FROM read_parquet('{table}')) TO '{written}' (COMPRESSION snappy)"
        return int(rows), timed(lambda: database.execute(from_text)), timed(lambda: database.execute(from_parquet))


if __name__ == "__main__":
    main()
