"""Why something was answered, set aside or matched: a code and what fills its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Reason:
    """A reason without words: the catalogues turn it into a sentence in the reader's language.

    Attributes:
        code: for example `entity_type_in_definition`.
        parameters: what fills the sentence, already as text.
    """

    code: str
    parameters: Mapping[str, str] = field(default_factory=dict)

    def as_dict(self) -> dict[str, object]:
        """Return the reason as JSON-ready data."""
        return {"code": self.code, "parameters": dict(self.parameters)}
