"""Record keys: `<source id>:<record id>`, which never change."""

from __future__ import annotations


def source_of(record_key: str) -> str:
    """Return the source id of a record key."""
    return record_key.partition(":")[0]


def id_in_source(record_key: str) -> str:
    """Return the record id of a record key."""
    return record_key.partition(":")[2]
