"""One module a kind of value: each `parse` gives the canonical value or says why the text cannot be one.

The convention of the house: `parse(text, ...)` returns the canonical value (text where text says it all, else a frozen
dataclass whose `str` is the canonical text) or raises `essaim.errors.RecordError` with what was found and what was
expected. Normalising twice is normalising once. Nothing heavy is imported before it is used.
"""
