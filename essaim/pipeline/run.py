"""The whole path of the data on one page: gather, normalise, classify, match, publish, seal, switch."""

from __future__ import annotations

import fcntl
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Protocol

from polars.exceptions import PolarsError

from essaim import __version__
from essaim.config import Configuration
from essaim.errors import EssaimError, ReleaseError, SourceError
from essaim.model.correction import Correction
from essaim.model.schema import PEOPLE_TABLES
from essaim.pipeline.classify import classify
from essaim.pipeline.entities import entities, identify_works
from essaim.pipeline.gather import Snapshot, gather, last_snapshot
from essaim.pipeline.match import match
from essaim.pipeline.match.words import Contradiction, Judgement, Previous
from essaim.pipeline.normalise.source import Normalised, load, normalise, save
from essaim.pipeline.publish import Published, Sourced, publish
from essaim.pipeline.publish.corrections import by_thing, decided_anew, is_people_source, read_corrections, tell_on_rows
from essaim.pipeline.source_file import PACKAGED, SourceFile, find_sources
from essaim.release import Release, current, next_number, seal, switch

STAGES = ("gather", "normalise", "classify", "match", "publish", "seal")


class Progress(Protocol):
    """Told what a build is at; the terminal draws it, the operator's page reads it."""

    def stage(self, name: str, detail: str = "") -> None:
        """Say that a stage, or a step of it, begins."""

    def note(self, message: str) -> None:
        """Say something a person should know."""


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, detail: str = "") -> None:
        """Say nothing."""

    def note(self, message: str) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Built:
    """What came of a build."""

    number: str
    folder: Path
    is_served: bool
    faults: tuple[str, ...]
    problems: tuple[str, ...]
    manifest: dict[str, Any]


def build(
    configuration: Configuration,
    progress: Progress | None = None,
    only_gathered: bool = False,
    packaged: Path = PACKAGED,
) -> Built:
    """Build a release from every source and serve it.

    A failing source keeps its last good state and never stops the others; a failed or killed build leaves the served release as
    it is, and the next one resumes from what was normalised.

    Args:
        configuration: where everything lies.
        progress: told each stage.
        only_gathered: True asks no source anew and works on the snapshots there are.
        packaged: folder of the sources that come with the package.

    Raises:
        ReleaseError: another build is running, or no source yields anything.
    """
    tell = progress or Silent()
    releases = configuration.releases
    releases.mkdir(parents=True, exist_ok=True)
    with only_build(configuration):
        served = current(releases)
        number = next_number(releases, datetime.now(UTC).date())
        sources = find_sources(packaged, configuration.own_sources)
        sourced, problems = read_sources(sources.values(), configuration, tell, only_gathered)
        records = [record for one in sourced for record in one.normalised.records]
        tell.stage("classify")
        answers = classify(records)
        tell.stage("match", f"{len(records)} records")
        judgements = read_judgements(configuration.people)
        previous = former_ids(served)
        organisations = match(entities(records), judgements=judgements, previous=previous)
        works = identify_works(records, previous)
        clusters = dict(organisations.clusters.iter_rows()) | dict(works.ids)
        corrections, people_source = read_corrections(configuration)
        corrected = by_thing(corrections, clusters)
        answers |= classify(decided_anew(records, clusters, corrected))
        published = Published(
            number=number,
            sources=(*sourced, people_source) if people_source else tuple(sourced),
            clusters=clusters,
            pairs=organisations.pairs,
            redirects=dict(organisations.redirects.select("from_id", "to_id").iter_rows()) | dict(works.redirects),
            splits=(served.splits() if served else {})
            | {split.id: split.split_from for split in [*organisations.splits, *works.splits]},
            answers=answers,
            judgements=[{"left": said.left, "right": said.right, "word": said.word, "at": said.at} for said in judgements],
            people=read_people(configuration.people, corrections),
            corrections=corrected,
            base_url=configuration.base_url,
            match_figures=organisations.figures,
            problems=problems + [contradiction_told(said) for said in organisations.contradictions],
        )
        unfinished = releases / f".unfinished-{number}"
        faults = floors(published, served)
        with told_as_release_error(number):
            contents = publish(unfinished, releases, published, served, lambda step: tell.stage("publish", step))
            tell.stage("seal", number)
            folder = seal(unfinished, releases, number, contents, faults)
        if not faults:
            switch(releases, number)
        release = Release(folder)
        return Built(number, folder, not faults, tuple(faults), tuple(published.problems), release.manifest)


@contextmanager
def only_build(configuration: Configuration) -> Iterator[None]:
    """Hold the lock of builds; it falls with the process, so a killed build leaves none.

    Raises:
        ReleaseError: another process holds it.
    """
    file = configuration.home / "work" / "build.lock"
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ReleaseError(
                "another build is running", next_step="Wait until it ends; essaim release list shows its release"
            ) from error
        yield


@contextmanager
def told_as_release_error(number: str) -> Iterator[None]:
    """Tell a disk that is full or cannot be written in words.

    Raises:
        ReleaseError: in place of what the system, SQLite or Polars said.
    """
    try:
        yield
    except (OSError, sqlite3.OperationalError, PolarsError) as error:
        next_step = (
            "Free space (essaim doctor says how much there is), then run essaim build again; the served release is untouched"
        )
        raise ReleaseError(f"cannot be written: {error}", f"release {number}", next_step=next_step) from error


def read_sources(
    sources: Iterable[SourceFile], configuration: Configuration, tell: Progress, only_gathered: bool
) -> tuple[list[Sourced], list[str]]:
    """Gather and normalise every source; one that fails keeps its last good state, or is left out, and is told.

    Raises:
        ReleaseError: no source yields anything.
    """
    found, problems = [], []
    for source in sources:
        try:
            sourced = read_source(source, configuration, tell, only_gathered)
        except EssaimError as error:
            problems.append(str(error))
            tell.note(str(error))
            continue
        found.append(sourced)
        if sourced.problem:
            problems.append(sourced.problem)
            tell.note(sourced.problem)
    if not found:
        raise ReleaseError("no source yields anything", "; ".join(problems), next_step="Run essaim source check for each")
    return found, problems


def read_source(source: SourceFile, configuration: Configuration, tell: Progress, only_gathered: bool) -> Sourced:
    """Gather and normalise one source; on a fault, go back to its last state that was good.

    Raises:
        SourceError: it fails and never was good.
    """
    folder = configuration.snapshots / source.id
    work = configuration.home / "work" / "normalised" / source.id
    tell.stage("gather", source.id)
    try:
        if only_gathered:
            snapshot = last_snapshot(folder)
            if snapshot is None:
                raise SourceError("was never gathered", source.id, next_step=f"Run essaim gather {source.id}")
        else:
            snapshot = gather(source.id, source.place, folder, licence=source.licence.id, offline=configuration.offline)
        tell.stage("normalise", source.id)
        return Sourced(source, snapshot, normalise_or_resume(source, snapshot, work, tell))
    except EssaimError as error:
        good = last_good(work)
        if good is None:
            raise
        snapshot, normalised = good
        return Sourced(
            source, snapshot, normalised, f"{error} The state of {snapshot.gathered_at:%Y-%m-%d} stays in the release."
        )


def normalise_or_resume(source: SourceFile, snapshot: Snapshot, work: Path, tell: Progress) -> Normalised:
    """Normalise a snapshot, or take what an earlier build made of the same bytes by the same rules and code."""
    print_ = hashlib.sha256(f"{__version__} {snapshot.sha256} {source.model_dump_json()} {code_print()}".encode()).hexdigest()[
        :16
    ]
    done = work / print_
    if (done / "done").exists():
        normalised = load(done)
    else:
        done.mkdir(parents=True, exist_ok=True)
        normalised = normalise(source, snapshot.path, lambda count: tell.stage("normalise", f"{source.id}, {count} rows"))
        save(normalised, done)
        (done / "done").touch()
    good = {"print": print_, "snapshot": asdict(snapshot)}
    (work / "good.new").write_text(json.dumps(good, default=str), "utf-8")
    (work / "good.new").replace(work / "good.json")
    return normalised


def last_good(work: Path) -> tuple[Snapshot, Normalised] | None:
    """Return the last state of a source that could be used, or None."""
    file = work / "good.json"
    if not file.exists():
        return None
    good = json.loads(file.read_text("utf-8"))
    kept = good["snapshot"]
    dates = {name: datetime.fromisoformat(kept[name]) for name in ("gathered_at", "checked_at")}
    return Snapshot(**(kept | dates | {"path": Path(kept["path"])})), load(work / good["print"])


def code_print() -> str:
    """Return a fingerprint of the code that normalises, so that a change of rules in code is seen."""
    package = Path(__file__).parent.parent
    parts = ("values", "formats", "reference", "model", "pipeline/normalise")
    files = sorted(file for part in parts for file in (package / part).rglob("*") if file.suffix in (".py", ".yaml", ".csv"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def former_ids(served: Release | None) -> Previous | None:
    """Return what the served release called each record, and its redirects."""
    return Previous(served.clusters(), served.redirects()) if served else None


def contradiction_told(said: Contradiction) -> str:
    """Say which judgements cannot all hold; *different* was obeyed."""
    return (
        f"judgements contradict: {said.left} and {said.right} are different, yet the same through {', '.join(said.through[1:-1])}"
    )


def read_judgements(folder: Path) -> list[Judgement]:
    """Read people's words on pairs from the export of the database; none where nothing was exported."""
    file = folder / "judgements.jsonl"
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return [Judgement(**json.loads(line)) for line in lines]


def read_people(folder: Path, corrections: Iterable[Correction]) -> dict[str, list[dict[str, Any]]]:
    """Read the public content of the database, as exported beside the build, with its corrections; empty where nothing was."""
    tables = {}
    for name in PEOPLE_TABLES:
        file = folder / "public" / f"{name}.jsonl"
        tables[name] = [json.loads(line) for line in file.read_text("utf-8").splitlines()] if file.exists() else []
    tell_on_rows(tables, corrections)
    return tables


def floors(published: Published, served: Release | None) -> list[str]:
    """Return the floors that a release does not reach; any of them keeps it from being served."""
    faults = []
    count = sum(1 for kind, _ in published.groups if kind == "organisation")
    if count == 0:
        faults.append("it holds no organisation")
    if served is not None:
        here = {sourced.source.id for sourced in published.sources}
        faults += [
            f"source {source['id']} is gone, with its records"
            for source in served.manifest["sources"]
            if source["id"] not in here and not is_people_source(source["id"])
        ]
        before = served.figures().get("organisation", 0)
        if count < before * 0.5:
            faults.append(f"it holds {count} organisations, fewer than half of the {before} served now")
    return faults
