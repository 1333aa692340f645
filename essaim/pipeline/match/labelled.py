"""Labelled sets as matching reads records: the generator's tables, Co-ops UK of two years, chicago's centres."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import polars as pl
import pycountry

_DIGITS = re.compile(r"\D+")
_SIGNS = re.compile(r"[^0-9A-Za-z]+")
# A page on one of these is known by its whole path: the host says nothing.
_SHARED_HOSTS = ("facebook.com", "instagram.com", "linkedin.com", "twitter.com")


@dataclass(frozen=True)
class Labelled:
    """A set of records with the truth.

    Attributes:
        name: what figures call it.
        entities: as `essaim.pipeline.match.match` takes them.
        truth: record key to the name of the thing it is about.
    """

    name: str
    entities: pl.DataFrame
    truth: dict[str, str]


SCHEMA: dict[str, pl.DataType | type[pl.DataType]] = {
    "record_key": pl.String,
    "source_id": pl.String,
    "kind": pl.String,
    "names": pl.List(pl.String),
    "acronyms": pl.List(pl.String),
    "country": pl.String,
    "town": pl.String,
    "postcode": pl.String,
    "address": pl.String,
    "longitude": pl.Float64,
    "latitude": pl.Float64,
    "domain": pl.String,
    "phone": pl.String,
    "identifiers": pl.List(pl.String),
    "legal_class": pl.String,
    "scope": pl.String,
}
_EMPTY: dict[str, Any] = {
    "kind": "organisation", "acronyms": [], "country": "", "town": "", "postcode": "", "address": "", "longitude": None,
    "latitude": None, "domain": "", "phone": "", "identifiers": [], "legal_class": "", "scope": "",
}  # fmt: skip


def table(rows: Iterable[dict[str, Any]]) -> pl.DataFrame:
    """Make the table of entities of rows that leave out what they do not know."""
    return pl.DataFrame([{**_EMPTY, **row} for row in rows], schema=SCHEMA)


def generated(folder: Path) -> Labelled:
    """Read a folder that `generate.py` wrote (part-*.parquet, truth-*.parquet)."""
    records = pl.read_parquet(folder / "part-*.parquet")
    truth = pl.read_parquet(folder / "truth-*.parquet")
    labels = {f"synthetic:{key}": str(thing) for key, thing in truth.select("record_id", "entity_id").iter_rows()}
    return Labelled(folder.name, table(_generated(row) for row in records.iter_rows(named=True)), labels)


def _generated(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "record_key": f"synthetic:{row['record_id']}",
        "source_id": row["source"],
        "names": [row["name"]],
        "country": _alpha_3(row["country"]),
        "town": row["city"] or "",
        "postcode": row["postcode"] or "",
        "address": row["street"] or "",
        "longitude": row["lon"],
        "latitude": row["lat"],
        "domain": _domain(row["website"] or ""),
        "phone": _phone(row["phone"] or ""),
        "identifiers": _identifier(row["id_scheme"], row["national_id"], row["country"]),
    }


def _alpha_3(alpha_2: str) -> str:
    country = pycountry.countries.get(alpha_2=alpha_2)
    return country.alpha_3 if country else ""


def _domain(website: str) -> str:
    bare = re.sub(r"^(https?://)?(www\.)?", "", website.strip().lower()).rstrip("/")
    return bare if bare.startswith(_SHARED_HOSTS) else bare.split("/")[0]


def _phone(phone: str) -> str:
    """Keep the last eight digits: the sets write country and trunk prefixes or leave them out."""
    digits = _DIGITS.sub("", phone)
    return digits[-8:] if len(digits) >= 7 else ""


def _identifier(scheme: str | None, value: str | None, country: str) -> list[str]:
    """Write an identifier in one way: no signs between, no country before it, a SIRET as the SIREN it begins with."""
    bare = _SIGNS.sub("", value or "").upper().removeprefix(country)
    if not scheme or not bare:
        return []
    if scheme == "SIRET" or (scheme == "SIREN" and len(bare) == 14):
        scheme, bare = "SIREN", bare[:9]
    return [f"{scheme}:{bare}"]


def chicago(file: Path) -> Labelled:
    """Read the list of early-childhood centres: `True Id` is the truth, `Source` the list a row came from."""
    rows, truth = [], {}
    with file.open(encoding="utf-8", newline="") as opened:
        for row in csv.DictReader(opened):
            key = f"chicago:{row['Id']}"
            truth[key] = row["True Id"]
            rows.append(
                {"record_key": key, "source_id": row["Source"], "names": [row["Site name"].strip()], "country": "USA",
                 "town": "Chicago", "postcode": row["Zip"].strip()[:5], "address": row["Address"].strip(),
                 "phone": _phone(row["Phone"])}
            )  # fmt: skip
    return Labelled("chicago", table(rows), truth)


def coops_uk(folder: Path) -> Labelled:
    """Read Co-ops UK's organisations: registered names of 2016 against trading names of 2017; the CUK id is the truth."""
    rows, truth = [], {}
    for year, column in (("2016", "Registered Name"), ("2017", "Trading Name")):
        for row in _coops_rows(folder / f"{year}_organisations.csv"):
            name = row[column].strip() or row["Registered Name"].strip()
            thing = row["CUK Organisation ID"].strip()
            if name and thing:
                key = f"coopsuk{year}:{thing}"
                truth[key] = thing
                rows.append(
                    {"record_key": key, "source_id": f"coopsuk{year}", "names": [name], "country": "GBR",
                     "town": row["Registered City"].strip(), "postcode": row["Registered Postcode"].strip(),
                     "address": row["Registered Street"].strip()}
                )  # fmt: skip
    return Labelled("coopsuk", table({one["record_key"]: one for one in rows}.values()), truth)


def _coops_rows(file: Path) -> Iterator[dict[str, str]]:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        yield from csv.DictReader(opened)
