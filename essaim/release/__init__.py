"""The door: what a release is, how it is sealed, and how anything reads one, without Django and without a database."""

from essaim.release.keep import diff_between, prune, rollback, switch, verify
from essaim.release.layout import is_number, next_number
from essaim.release.read import Release, all_releases, current, open_release
from essaim.release.seal import seal

__all__ = [
    "Release",
    "all_releases",
    "current",
    "diff_between",
    "is_number",
    "next_number",
    "open_release",
    "prune",
    "rollback",
    "seal",
    "switch",
    "verify",
]
