"""Match: which records of which sources are one thing, why, and under which lasting id."""

from __future__ import annotations

from essaim.pipeline.match.matcher import match
from essaim.pipeline.match.words import Contradiction, Judgement, MatchResult, Previous, Split

__all__ = ["Contradiction", "Judgement", "MatchResult", "Previous", "Split", "match"]
