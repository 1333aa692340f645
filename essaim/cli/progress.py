"""The progress of a build: a bar on a terminal, a line a stage in a log."""

from __future__ import annotations

import sys
import time
from types import TracebackType

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from essaim.pipeline.run import STAGES

WORDS = {
    "gather": "Gathering",
    "normalise": "Normalising",
    "classify": "Classifying",
    "match": "Matching",
    "publish": "Publishing",
    "seal": "Sealing",
}


class BuildProgress:
    """Draws a build's stages on standard error; remembers what each took.

    Attributes:
        seconds: stage -> seconds.
    """

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._stage = ""
        self._since = time.perf_counter()
        self._bar: Progress | None = None
        if sys.stderr.isatty():
            columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
            self._bar = Progress(*columns, console=Console(stderr=True), transient=True)
            self._task = self._bar.add_task("", total=len(STAGES))

    def __enter__(self) -> BuildProgress:
        if self._bar:
            self._bar.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._count()
        if self._bar:
            self._bar.stop()

    def _count(self) -> None:
        now = time.perf_counter()
        if self._stage:
            self.seconds[self._stage] = self.seconds.get(self._stage, 0) + now - self._since
        self._since = now

    def stage(self, name: str, detail: str = "") -> None:
        """Draw that a stage, or a step of it, begins."""
        self._count()
        text = f"{WORDS[name]} {detail}".strip()
        if self._bar:
            self._bar.update(self._task, description=text, completed=STAGES.index(name))
        elif name != self._stage:
            click.echo(f"{WORDS[name]} ...", err=True)
        self._stage = name

    def note(self, message: str) -> None:
        """Print something a person should know."""
        click.echo(message, err=True)
