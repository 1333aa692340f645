"""Read norms.yaml and laws.yaml into norms with calls, instruments, processes and remarks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model

from essaim.pages.facts import Entry, common_columns, names_by_language, partial_date
from essaim.policy.models import Call, Instrument, Norm, Process, Remark


def read(documents: Mapping[str, Any], version: int) -> Iterator[Model]:
    """Yield every thing of both files, norms before their calls."""
    norms, laws = documents["norms"]["norms"], documents["laws"]
    for position, entry in enumerate(norms, 1):
        yield norm(entry, position, version)
    position = 0
    for entry in norms:
        for form, piece in pieces(entry):
            position += 1
            yield call(entry, form, piece, position, version)
    for position, entry in enumerate(laws["laws"], 1):
        yield instrument(entry, position, version)
    for position, entry in enumerate(laws["processes"], 1):
        yield process(entry, position, version)
    for position, entry in enumerate(laws["facts"], 1):
        yield remark(entry, position, version)


def norm(entry: Entry, position: int, version: int) -> Norm:
    """Build a norm."""
    period = entry.get("period", {})
    return Norm(
        id=entry["id"],
        titles=dict(entry["titles"]),
        symbol=entry.get("symbol", ""),
        issuer=entry["issuer"],
        kind=entry["kind"],
        date=partial_date(entry.get("date"), entry.get("date_precision", "")),
        period_from=period.get("from"),
        period_to=period.get("to"),
        follows=entry.get("follows", ""),
        **common_columns(entry, position, version),
    )


def pieces(entry: Entry) -> Iterator[tuple[str, Entry]]:
    """Yield the numbered pieces of a norm: its calls, its building blocks, the elements of its definition."""
    for piece in entry.get("calls", []):
        yield Call.Form.CALL, piece
    for piece in entry.get("building_blocks", []):
        yield Call.Form.BLOCK, piece
    for piece in entry.get("definition", {}).get("elements", []):
        yield Call.Form.ELEMENT, piece


def call(norm: Entry, form: str, entry: Entry, position: int, version: int) -> Call:
    """Build a piece; it has its norm's source where it has none of its own."""
    sourced = entry if "source" in entry else {**entry, "source": _source(norm, form)}
    action = entry.get("action") or entry["text"]
    return Call(
        id=f"{norm['id']}#{entry['id']}",
        norm_id=norm["id"],
        code=entry["id"],
        form=form,
        addressee=entry.get("to", ""),
        action=action,
        titles={"en": action},
        tags=list(entry.get("tags", [])),
        par=str(entry.get("par", "")),
        due=partial_date(entry.get("due")),
        **common_columns(sourced, position, version),
    )


def _source(norm: Entry, form: str) -> str:
    definition = norm.get("definition", {})
    return str(definition.get("source") if form == Call.Form.ELEMENT and "source" in definition else norm["source"])


def instrument(entry: Entry, position: int, version: int) -> Instrument:
    """Build an instrument; `title_en` names it for English readers and never replaces an English title of its own."""
    columns = common_columns(entry, position, version)
    columns["unverified"] = ["date" if name == "day" else name for name in columns["unverified"]]
    return Instrument(
        id=entry["id"],
        titles={"en": entry["title_en"]} | names_by_language(entry.get("title")),
        country=entry.get("country", ""),
        region=entry.get("region", ""),
        jurisdiction=entry.get("jurisdiction", ""),
        level=entry["level"],
        kind=entry["kind"],
        date=partial_date(entry.get("date"), entry.get("date_precision", "")),
        passed_by_parliament=partial_date(entry.get("passed_by_parliament")),
        published=partial_date(entry.get("published", {}).get("date")),
        in_force=partial_date(entry.get("in_force")),
        status=entry.get("status", ""),
        parent=entry.get("parent", ""),
        **columns,
    )


def process(entry: Entry, position: int, version: int) -> Process:
    """Build a process."""
    return Process(
        id=f"process-{position}",
        titles={"en": entry["what"]},
        countries=list(entry["countries"]),
        what=entry["what"],
        since=partial_date(entry.get("since")),
        seen=partial_date(entry.get("seen")),
        **common_columns(entry, position, version),
    )


def remark(entry: Entry, position: int, version: int) -> Remark:
    """Build a remark."""
    columns = common_columns(entry, position, version)
    return Remark(
        id=f"remark-{position}", text=entry["fact"], titles={"en": entry["fact"]}, at=partial_date(entry.get("at")), **columns
    )
