"""A row as a reader found it, and the place it stood at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Row:
    """One row or item of a snapshot, as the source wrote it.

    Attributes:
        position: where it stands, in words a person can follow: "row 812", "sheet Members, row 3", "item 14".
        fields: column or key to value; tables give text, JSON and YAML may give lists and mappings.
    """

    position: str
    fields: Mapping[str, Any]


@dataclass(frozen=True)
class Aside:
    """A record that could not be used, kept with its reason.

    Attributes:
        source_id: the source it came from.
        position: where it stood.
        reason_code: the reason as a code of `pages.reasons`; turned into a sentence at display.
        parameters: what fills the sentence.
        fields: the row as it was, shortened, without personal data.
    """

    source_id: str
    position: str
    reason_code: str
    parameters: Mapping[str, str]
    fields: Mapping[str, str]
