"""Identifiers of organisations: a value in a scheme, in canonical form, its check digits tried."""

from __future__ import annotations

import importlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import Any, Literal

from essaim.errors import RecordError
from essaim.reference import identifier_schemes

Checksum = Literal["right", "wrong", "none known"]
_ORG_ID = re.compile(r"[A-Z]{2}(?:_[A-Z]{2})?-[A-Z0-9_]{2,20}")
_LONGEST = 200
_PERSONS = frozenset({"orcid", "xi-orcid", "ssn", "cpf", "dni", "nir"})


@dataclass(frozen=True)
class Identifier:
    """An identifier of an organisation.

    Attributes:
        scheme: org-id.guide code where there is one ("BE-BCE_KBO"), else a code in its manner.
        value: canonical form, never empty ("0809673153").
        checksum: whether its check digits are right; "none known" where the scheme has none or we cannot try them.
    """

    scheme: str
    value: str
    checksum: Checksum

    def __str__(self) -> str:
        return f"{self.scheme}-{self.value}"

    @property
    def display(self) -> str:
        """Return the value as its authority writes it ("0809.673.153")."""
        entry = _schemes().get(self.scheme, {})
        if entry.get("formatter"):
            return str(_module(entry["formatter"]).format(self.value))
        if len(self.value) != sum(entry.get("groups", ())):
            return self.value
        return str(entry.get("separator", " ")).join(_grouped(self.value, entry["groups"]))

    @property
    def url(self) -> str:
        """Return where the authority answers for it, empty when we know no such address."""
        return str(_schemes().get(self.scheme, {}).get("url", "")).format(value=self.value)


def parse(text: str, scheme: str) -> Identifier:
    """Read an identifier.

    Args:
        text: the value as the source writes it, with or without its prefix, spaces, dots and hyphens.
        scheme: scheme code or one of its usual names ("siren", "be_enterprise_number"); a scheme of org-id.guide that
            we have no table for is taken with its value as it stands.

    Raises:
        RecordError: nothing there, an unknown scheme, a scheme of persons, or a value of another shape. Wrong check
            digits are no error: the identifier says so.
    """
    code = scheme_code(scheme)
    entry = _schemes().get(code)
    if len(text) > _LONGEST:
        raise RecordError("this identifier is too long", found=text[:_LONGEST], expected=f"at most {_LONGEST} signs")
    value = _canonical(text, code, entry) if entry else _as_it_stands(text, code)
    if entry and not re.fullmatch(entry["pattern"], value):
        raise RecordError(f"this is not an identifier of {code}", found=text, expected=f"the shape {entry['pattern']}")
    if not value:
        raise RecordError("this identifier is empty", found=text, expected=f"a value of {code}")
    return Identifier(code, value, _checksum(value, entry or {}))


def scheme_code(name: str) -> str:
    """Return the code of a scheme from any of its usual names.

    Raises:
        RecordError: an unknown scheme, or one that names persons.
    """
    plain = name.strip()
    if plain.lower() in _PERSONS:
        raise RecordError("this scheme names persons", found=name, expected="a scheme of organisations")
    known = _aliases().get(plain.lower())
    if known:
        return known
    if _ORG_ID.fullmatch(plain.upper()):
        return plain.upper()
    raise RecordError(
        "unknown scheme of identifiers",
        found=name,
        expected=f"one of {', '.join(_schemes())}, or a code of org-id.guide",
        next_step="Add the scheme to reference/identifier_schemes.yaml",
    )


def scheme_name(code: str) -> str:
    """Return the name of a scheme, else its code."""
    return str(_schemes().get(code, {}).get("name", code))


@cache
def _schemes() -> dict[str, dict[str, Any]]:
    return {entry["code"]: entry for entry in identifier_schemes()}


@cache
def _aliases() -> dict[str, str]:
    return {name.lower(): entry["code"] for entry in identifier_schemes() for name in (entry["code"], *entry["aliases"])}


def _canonical(text: str, code: str, entry: dict[str, Any]) -> str:
    value = unicodedata.normalize("NFKC", text).strip()
    for prefix in (f"{code}-", entry.get("prefix", ""), entry.get("prefix", "").replace("https", "http")):
        if prefix and value.lower().startswith(prefix.lower()) and len(value) > len(prefix):
            value = value[len(prefix) :]
    if entry.get("is_free"):
        return " ".join(value.split())
    keep = entry.get("keep", "")
    value = "".join(sign for sign in value if sign in keep or sign not in " \t\n.-/–_\u00a0")
    value = value.lower() if entry.get("is_lower") else value.upper()
    return _padded(value, entry.get("pad", 0)) if value else ""


def _padded(value: str, length: int) -> str:
    """Give back the leading noughts that a spreadsheet took; two missing at most, so that no other number slips in."""
    return value.zfill(length) if value.isascii() and value.isdigit() and length - 2 <= len(value) < length else value


def _as_it_stands(text: str, code: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).split()).removeprefix(f"{code}-")


def _checksum(value: str, entry: dict[str, Any]) -> Checksum:
    if entry.get("code") == "XI-ROR":
        return _ror_checksum(value)
    if "module" not in entry:
        return "none known"
    if _module(entry["module"]).is_valid(value):
        return "none known" if entry.get("is_range_only") else "right"
    return "wrong"


def _ror_checksum(value: str) -> Checksum:
    """Try the two check digits of ROR: ISO 7064 MOD 97-10 over the base-32 number before them.

    Source: ROR's documentation, "ROR identifier pattern".
    """
    signs = "0123456789abcdefghjkmnpqrstvwxyz"
    if any(sign not in signs for sign in value[1:7]):
        return "wrong"
    number = 0
    for sign in value[1:7]:
        number = number * 32 + signs.index(sign)
    return "right" if 98 - (number * 100) % 97 == int(value[7:]) else "wrong"


def _module(name: str) -> ModuleType:
    return importlib.import_module(f"stdnum.{name}")


def _grouped(value: str, lengths: list[int]) -> list[str]:
    starts = [sum(lengths[:place]) for place in range(len(lengths))]
    return [value[start : start + length] for start, length in zip(starts, lengths, strict=True)]
