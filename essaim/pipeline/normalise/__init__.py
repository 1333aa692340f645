"""From rows to statements: each value normalised, what cannot be used set aside with its reason."""

from essaim.pipeline.normalise.source import Normalised, normalise

__all__ = ["Normalised", "normalise"]
