"""Keeping releases: the switch, the way back, the check of checksums, the diff of two, and pruning."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from essaim.errors import ReleaseError
from essaim.release import layout
from essaim.release.read import Release, all_releases, current, open_release
from essaim.release.seal import checksum, list_files, write_json


def switch(releases: Path, number: str) -> None:
    """Serve a release from now on: the link `current` is replaced in one step.

    Raises:
        ReleaseError: there is no such release, or it was not sealed.
    """
    release = open_release(releases, number)
    if not release.is_sealed:
        reasons = "; ".join(release.manifest["faults"])
        raise ReleaseError(
            f"was not sealed and is not served ({reasons})", f"release {number}", next_step="Mend the source and build again"
        )
    link = releases / f".{layout.CURRENT}.new"
    link.unlink(missing_ok=True)
    os.symlink(number, link)
    os.replace(link, releases / layout.CURRENT)


def rollback(releases: Path, number: str | None = None) -> str:
    """Serve an earlier release again; without a number, the sealed one before the served one.

    Returns:
        The number that is served now.

    Raises:
        ReleaseError: there is nothing to go back to.
    """
    served = current(releases)
    if number is None:
        older = [
            release.number
            for release in all_releases(releases)
            if release.is_sealed and served and layout.sort_key(release.number) < layout.sort_key(served.number)
        ]
        if not older:
            raise ReleaseError("there is no earlier release to go back to", next_step="Run essaim release list")
        number = older[0]
    switch(releases, number)
    return number


def verify(release: Release) -> list[str]:
    """Compare every file with the manifest; return the faults found, none when the release is whole."""
    written = {file["path"]: file for file in release.manifest["files"]}
    found = {str(path.relative_to(release.folder)): path for path in list_files(release.folder)}
    faults = [f"{name}: missing" for name in sorted(written.keys() - found.keys())]
    faults += [f"{name}: not in the manifest" for name in sorted(found.keys() - written.keys())]
    for name in sorted(written.keys() & found.keys()):
        if checksum(found[name]) != written[name]["sha256"]:
            faults.append(f"{name}: its checksum differs from the manifest's")
    return faults


Prints = dict[tuple[str, str], tuple[str, str]]
"""(kind, lasting id) -> (title, fingerprint of the content) of every thing in a release."""


def fingerprints(release: Release | None) -> Prints:
    """Return the fingerprints of a release; none where there is no release."""
    if release is None:
        return {}
    return {(kind, id): (title, print_) for kind, id, title, print_ in release.fingerprints()}


def diff_between(old: Release | None, new: Release) -> dict[str, Any]:
    """Say what changed from one release to another (see `diff_of`)."""
    return diff_of(fingerprints(old), fingerprints(new), new.redirects(), new.splits()) | {
        "from": old.number if old else None,
        "to": new.number,
    }


def diff_of(before: Prints, after: Prints, redirects: Mapping[str, str], splits: Mapping[str, str]) -> dict[str, Any]:
    """Say what changed from one state to another.

    Returns:
        `{"counts": {...}, "new": [...], "gone": [...], "merged": [...], "split": [...], "changed": [...]}`; each item has
        `kind, id, title`; merged ones say `into`, split ones `split_from`.
    """
    told: dict[str, list[dict[str, str]]] = {"new": [], "gone": [], "merged": [], "split": [], "changed": []}
    for key in sorted(before.keys() - after.keys()):
        item = {"kind": key[0], "id": key[1], "title": before[key][0]}
        if key[1] in redirects:
            told["merged"].append(item | {"into": redirects[key[1]]})
        else:
            told["gone"].append(item)
    for key in sorted(after.keys() - before.keys()):
        item = {"kind": key[0], "id": key[1], "title": after[key][0]}
        if (key[0], splits.get(key[1], "")) in before:
            told["split"].append(item | {"split_from": splits[key[1]]})
        else:
            told["new"].append(item)
    for key in sorted(before.keys() & after.keys()):
        if before[key][1] != after[key][1]:
            told["changed"].append({"kind": key[0], "id": key[1], "title": after[key][0]})
    return {"counts": {name: len(items) for name, items in told.items()}, **told}


def prune(releases: Path, keep: int) -> list[str]:
    """Delete all but the newest releases; the served one, every diff and every redirect table are kept.

    Args:
        releases: the folder of the releases.
        keep: how many of the newest sealed ones stay, at least 1.

    Returns:
        The numbers deleted, oldest first.
    """
    deleted = to_prune(releases, keep)
    for number in deleted:
        release = open_release(releases, number)
        kept = releases / layout.KEPT / release.number
        kept.mkdir(parents=True, exist_ok=True)
        for name in (layout.DIFF, f"{layout.TABLES}/redirect.parquet"):
            if (release.folder / name).is_file():
                shutil.copy2(release.folder / name, kept / Path(name).name)
        write_json(kept / layout.MANIFEST, {key: value for key, value in release.manifest.items() if key != "files"})
        going = releases / f".going-{release.number}"
        os.rename(release.folder, going)
        shutil.rmtree(going)
    return deleted


def to_prune(releases: Path, keep: int) -> list[str]:
    """Return the numbers that `prune` would delete, oldest first."""
    every = all_releases(releases)
    served = current(releases)
    staying = {release.number for release in [release for release in every if release.is_sealed][: max(keep, 1)]}
    if served:
        staying.add(served.number)
    return [release.number for release in reversed(every) if release.number not in staying]


def told_diffs(releases: Path) -> list[dict[str, Any]]:
    """Return the diff of every release ever kept here, pruned ones included, newest first."""
    files = [
        path / layout.DIFF
        for place in (releases, releases / layout.KEPT)
        if place.is_dir()
        for path in place.iterdir()
        if layout.is_number(path.name)
    ]
    read = [json.loads(file.read_text("utf-8")) for file in files if file.is_file()]
    return sorted(read, key=lambda diff: layout.sort_key(diff["to"]), reverse=True)
