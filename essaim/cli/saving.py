"""The progress of a backup or a restore, and the table of its parts."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn


class SavingProgress:
    """Draws a bar of bytes on a terminal, writes a line a step in a log."""

    def __init__(self) -> None:
        self._bar: Progress | None = None
        if sys.stderr.isatty():
            columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> SavingProgress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._bar:
            self._bar.stop()

    def stage(self, words: str, total: int) -> None:
        """Say that a step begins."""
        if self._bar:
            self._bar.reset(self._task, description=words, total=total or None)
        else:
            click.echo(f"{words} ...", err=True)

    def done(self, bytes: int) -> None:
        """Move the bar on."""
        if self._bar:
            self._bar.advance(self._task, bytes)


def show_parts(parts: Mapping[str, tuple[int, int]], as_json: bool) -> None:
    """Print what a backup holds, or would hold: part by part, files and bytes."""
    from essaim.cli.output import show_rows

    rows = [{"part": name, "files": files, "bytes": bytes} for name, (files, bytes) in parts.items()]
    rows.append({"part": "all", "files": sum(one[0] for one in parts.values()), "bytes": sum(one[1] for one in parts.values())})
    show_rows(rows, ["part", "files", "bytes"], as_json=as_json)


def in_words(bytes: int) -> str:
    """Write a size for people: 812 kB, 3.4 MB."""
    size = float(bytes)
    for unit in ("B", "kB", "MB", "GB"):
        if size < 1000 or unit == "GB":
            break
        size /= 1000
    return f"{size:.0f} {unit}" if unit in ("B", "kB") else f"{size:.1f} {unit}"
