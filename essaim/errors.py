"""The root of every error Essaim raises on purpose: what, where, found and expected, next step."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class EssaimError(Exception):
    """An error a person can act on.

    The message reads: where: what. found/expected. next step. Typed fields stand behind it, so that the terminal,
    the API and the source's page can each show what they need.

    Args:
        what: the fault in plain words, without the place ("unknown country").
        where: the place it was met ("fr_insee_sirene, row 812"); empty when there is none.
        found: what stood there, as it stood.
        expected: what would have been right.
        next_step: the command or edit that mends it.
    """

    what: str
    where: str = ""
    found: str = ""
    expected: str = ""
    next_step: str = ""

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        parts = [head.rstrip(".") + (f" {self.found!r}." if self.found else ".")]
        if self.expected:
            parts.append(f"Expected {self.expected.rstrip('.')}.")
        if self.next_step:
            parts.append(self.next_step.rstrip(".") + ".")
        return " ".join(parts)


class SourceError(EssaimError):
    """A source's shape is not what we know: the source stops, the others go on."""


class RecordError(EssaimError):
    """One record cannot be used: it is set aside with this reason, and the source goes on."""


class ReadError(SourceError):
    """A file's bytes are not what its format says (empty, truncated, binary, a bomb)."""


class FetchError(SourceError):
    """An address could not be fetched, or may not be (robots, size, refused)."""


class RuleError(EssaimError):
    """A rule file says what cannot be run."""


class MatchError(EssaimError):
    """Matching met what it cannot decide on (a missing model, clashing judgements)."""


class ReleaseError(EssaimError):
    """A release is missing, broken, or may not be changed."""


class ConfigurationError(EssaimError):
    """The configuration holds faults; all of them are told at once."""
