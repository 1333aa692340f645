"""The tables of a release: each column once, with its type, its unit and one sentence.

Parquet files, the serving SQLite file, the JSON of the API and the reference documentation are made from this module.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Type = Literal["text", "integer", "number", "boolean", "json"]


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes:
        name: the column's name; `_id` is a reference, `_code` comes from a list.
        type: text, integer, number, boolean or json (text that holds JSON).
        sentence: what it says.
        unit: the unit, where the type does not tell it.
    """

    name: str
    type: Type
    sentence: str
    unit: str = ""


def _text(name: str, sentence: str, unit: str = "") -> Column:
    return Column(name, "text", sentence, unit)


_SOURCE_ID = _text("source_id", "The source it comes from.")
_RECORD_ID = _text("record_id", "The record in that source.")
_LANGUAGE = _text("language", "Language of the value, empty when it is not language.", "BCP 47")
_SINCE = _text("since", "From when it holds, as precise as known.", "ISO 8601, possibly partial")
_UNTIL = _text("until", "Until when it holds, as precise as known.", "ISO 8601, possibly partial")
_CERTAINTY = _text("certainty", "sourced, unverified or disputed.")
_NOTE = _text("note", "The source's own caution.")
_EVIDENCE = _text("evidence", "The page on which the source saw it.", "URL")
_EVIDENCE_SHOWN = Column("is_evidence_shown", "boolean", "False where that page is a copy and never a reader's link.")
_PROVENANCE = (_SOURCE_ID, _RECORD_ID, _SINCE, _UNTIL, _LANGUAGE, _CERTAINTY)
_ORGANISATION_ID = _text("organisation_id", "The organisation's lasting id.")
_WORK_ID = _text("work_id", "The work's lasting id.")

TABLES: dict[str, tuple[Column, ...]] = {
    "source": (
        _SOURCE_ID,
        _text("title", "Its title by language.", "JSON"),
        _text("publisher", "Who publishes it."),
        _text("licence_id", "Licence.", "SPDX or the publisher's name"),
        _text("licence_url", "Where the licence stands.", "URL"),
        _text("page", "The publisher's page of the source.", "URL"),
        _text("cadence", "How often it is gathered."),
        Column("record_count", "integer", "Records used.", "records"),
        Column("aside_count", "integer", "Records set aside.", "records"),
    ),
    "snapshot": (
        _SOURCE_ID,
        _text("sha256", "Checksum of the gathered bytes."),
        _text("gathered_at", "When the bytes were gathered.", "ISO 8601, UTC"),
        _text("checked_at", "When the place was last asked.", "ISO 8601, UTC"),
        _text("place", "File or address they came from."),
        Column("bytes", "integer", "Their length.", "bytes"),
        Column("is_stale", "boolean", "True when the last attempt failed and this is the last good snapshot."),
    ),
    "record": (
        _text("record_key", "<source id>:<record id>, which never changes."),
        _SOURCE_ID,
        _RECORD_ID,
        _text("kind", "organisation, membership or work."),
        _text("position", "Where it stands in the snapshot."),
        _text("checksum", "SHA-256 of the row as the source wrote it."),
        _text("lasting_id", "The thing it speaks of; empty for memberships."),
    ),
    "statement": (
        _text("entity", "The record key it is about."),
        _text("property", "The property."),
        _text("value", "The normalised value."),
        _text("original", "The value as the source wrote it, when normalising changed it."),
        _text("unit", "Unit, currency or scheme."),
        _NOTE,
        _EVIDENCE,
        _EVIDENCE_SHOWN,
        *_PROVENANCE,
    ),
    "organisation": (
        _ORGANISATION_ID,
        _text("slug", "Readable part of its address."),
        _text("name", "The name shown where no language is asked."),
        _text("kind", "organisation, federation or network."),
        _text("entity_type_code", "Entity type of the UN definition, or network."),
        _text("country_code", "Country.", "ISO 3166-1 alpha-3"),
        _text("scope_code", "world, continent, region, national or subnational."),
        _text("town", "Town."),
        _text("website", "Website.", "URL"),
        _text("founded", "Founding date as precise as known.", "ISO 8601, possibly partial"),
        _text("legal_form", "Legal form as the source names it."),
        Column("members_count", "integer", "Members, newest figure.", "members, or as the statement's unit says"),
        Column("record_count", "integer", "Records that are held to be this organisation.", "records"),
        Column("is_disputed", "boolean", "True when sources disagree on a value."),
    ),
    "organisation_name": (
        _ORGANISATION_ID,
        _text("name_kind", "name, acronym, alias or former_name."),
        _text("value", "The name."),
        *_PROVENANCE,
    ),
    "site": (
        _ORGANISATION_ID,
        _text("address", "Street address."),
        _text("postcode", "Postcode."),
        _text("town", "Town."),
        _text("country_code", "Country.", "ISO 3166-1 alpha-3"),
        Column("longitude", "number", "Longitude; empty when only the country is known.", "degrees, WGS 84"),
        Column("latitude", "number", "Latitude; empty when only the country is known.", "degrees, WGS 84"),
        _text("place_precision", "point, town or country."),
        *_PROVENANCE,
    ),
    "identifier": (
        _ORGANISATION_ID,
        _text("scheme", "Scheme of the identifier.", "org-id.guide code where there is one"),
        _text("value", "The identifier in its canonical form."),
        _text("checksum", "right, wrong or none known."),
        *_PROVENANCE,
    ),
    "membership": (
        _text("membership_key", "Record key of the membership."),
        _text("member_id", "Lasting id of the member."),
        _text("network_id", "Lasting id of the network."),
        _text("role", "member, founding, observer or board."),
        _text("seen", "Date at which a source shows it, when it does not say since when.", "ISO 8601, possibly partial"),
        _NOTE,
        _EVIDENCE,
        _EVIDENCE_SHOWN,
        *_PROVENANCE,
    ),
    "classification": (
        _ORGANISATION_ID,
        _text("framework", "un, or national:<country>."),
        _text("answer", "yes, no, undetermined or no_rule_known."),
        _text("rule", "The rule that answered."),
        _text("rule_version", "Its version."),
        Column("reasons", "json", "Reasons: codes and what fills their sentences."),
    ),
    "cluster": (_text("record_key", "A record."), _text("lasting_id", "The thing it is held to be.")),
    "match": (
        _text("left", "A record key."),
        _text("right", "Another record key."),
        Column("probability", "number", "Probability that they are one."),
        Column("weight", "number", "Log-odds.", "bits"),
        Column("weights", "json", "What each comparison weighed."),
    ),
    "judgement": (
        _text("left", "A record key."),
        _text("right", "Another record key."),
        _text("word", "same, different or unsure."),
        _text("at", "When it was said.", "ISO 8601"),
    ),
    "redirect": (
        _text("from_id", "A lasting id that is no more."),
        _text("to_id", "The id that answers for it."),
        _text("reason", "merged."),
    ),
    "work": (
        _WORK_ID,
        _text("slug", "Readable part of its address."),
        _text("title", "The title shown where no language is asked."),
        _text("work_kind", "report, article, book..."),
        _text("year", "Year of publication."),
        _text("publisher", "Publisher."),
        _text("authors", "Authors as the source writes them.", "JSON list"),
        _text("doi", "Digital object identifier."),
    ),
    "expression": (_WORK_ID, _text("title", "Title of this language version."), *_PROVENANCE),
    "location": (
        _WORK_ID,
        _text("site", "Site that lists it."),
        _text("url", "Address.", "URL"),
        Column("is_shown", "boolean", "False where the address is a copy and never a reader's link."),
        *_PROVENANCE,
    ),
    "subject": (_WORK_ID, _text("subject_code", "Subject."), *_PROVENANCE),
}

PEOPLE_TABLES = ("institution", "body", "body_member", "meeting", "norm", "call", "instrument", "country_fact")
"""Tables sealed from the database's public content; their columns are `id`, `kind`, `titles` and `facts` (JSON)."""

SEALED_COLUMNS: tuple[Column, ...] = (
    _text("id", "Id of the thing in the database."),
    _text("titles", "Its titles by language.", "JSON"),
    Column("facts", "json", "Everything public that is known of it, with sources, doubts and conflicts."),
)
