"""Invented data on which the style guide shows the components."""

from __future__ import annotations

from typing import Any

SOURCES = [
    {"number": 1, "title": "Register of Exampleland", "address": "#", "record_id": "XX-552", "gathered": "2026-10-03", "licence": "CC0-1.0"},
    {
        "number": 2,
        "title": "The co-operative itself",
        "position": "page 4",
        "gathered": "2026-11",
        "licence": "CC BY 4.0",
        "licence_address": "https://creativecommons.org/licenses/by/4.0/",
        "evidence": [{"address": "https://example.org/about", "label": "example.org"}],
    },
    {"number": 3, "title": "Directory of the federation", "record_id": "fed:12", "gathered": "2024", "note": "read on paper"},
]
ROWS: list[dict[str, Any]] = [
    {"label": "Legal form", "values": [{"text": "Agricultural co-operative (6317)", "sources": [1], "address": "#"}]},
    {
        "label": "Names",
        "values": [
            {"text": "Coopérative des Jardins d’Exemple", "language": "fr", "sources": [1, 2]},
            {"text": "تعاونية حدائق المثال", "language": "ar", "sources": [2]},
            {"text": "示例园艺合作社", "language": "zh", "sources": [2], "certainty": "unverified"},
        ],
    },
    {
        "label": "Founded",
        "is_disputed": True,
        "values": [
            {"text": "12 May 1998", "sources": [1], "source_name": "Register of Exampleland"},
            {"text": "2001", "sources": [3], "source_name": "Directory of the federation", "note": "the year of its statutes"},
        ],
    },
    {"label": "Members", "values": [{"text": "214", "sources": [2], "note": "in 2023"}]},
    {"label": "Town", "values": [{"text": "Exempleville", "certainty": "unverified", "sources": [3]}]},
    {"label": "Jobs", "values": []},
    {"label": "Website", "values": [{"text": "example.org", "address": "https://example.org/", "is_external": True, "sources": [2]}]},
]
ANSWERS = [
    {
        "framework": "Law of Exampleland, article 4, in force since 2016",
        "verdict": "yes",
        "reason": "Its legal form is in the law’s list, and its rules limit the sharing of surplus.",
        "sources": [2],
        "links": [{"label": "The rule, its version, the data used", "address": "#"}, {"label": "Contest", "address": "#"}],
    },
    {
        "framework": "UN definition (A/RES/77/281)",
        "verdict": "undetermined",
        "reason": "Six criteria met, one unknown: how surplus is used on dissolution. The statutes would settle it.",
        "links": [{"label": "The seven criteria", "address": "#"}],
    },
    {"framework": "Law of Sampleland", "verdict": "no", "reason": "It is owned by the State.", "sources": [1]},
    {"framework": "Law of Otherland", "verdict": "no_rule_known", "reason": "No law of this country is known to us."},
]
EVENTS = [
    {"date": "2026-11-24", "title": "Seen in release 2026-11-24.1", "address": "#", "sources": [1]},
    {"date": "2024-06", "title": "Joined the network", "text": "as an observer", "certainty": "unverified", "sources": [3]},
    {"date": "1998", "title": "Founded", "certainty": "disputed", "sources": [1, 3]},
]
COUNTS = {
    "FRA": 64, "SEN": 12, "BRA": 41, "KOR": 22, "ESP": 33, "CAN": 48, "IND": 18, "ZAF": 9, "MAR": 11, "PHL": 7, "MEX": 15, "KEN": 6,
    "MUS": 1, "CPV": 2, "USA": 57, "ITA": 29, "BEL": 26, "JPN": 16, "CRI": 5, "TUN": 8, "MLI": 4, "CMR": 6, "ARG": 13, "BOL": 3, "NZL": 2,
}  # fmt: skip


def _option(code: str, label: str, count: int, is_chosen: bool = False) -> dict[str, Any]:
    return {"code": code, "label": label, "count": count, "is_chosen": is_chosen}


FACETS = [
    {
        "name": "kind",
        "label": "Kind",
        "is_open": True,
        "chosen_count": 1,
        "options": [_option("organisation", "Organisation", 643, True), _option("work", "Work", 274), _option("instrument", "Law or policy", 109)],
    },
    {
        "name": "country",
        "label": "Country",
        "is_open": True,
        "options": [_option("FRA", "France", 64), _option("USA", "United States of America", 57), _option("CAN", "Canada", 48)],
        "more": [_option("BRA", "Brazil", 41), _option("SEN", "Senegal", 12)],
    },
    {"name": "language", "label": "Language", "options": [_option("fr", "French", 120), _option("es", "Spanish", 88)]},
]
HITS = [
    {
        "room": "recognition",
        "kind_label": "Organisation",
        "facts": ["Exampleland", "co-operative"],
        "title": "Coopérative des Jardins d’Exemple",
        "title_language": "fr",
        "address": "#",
        "snippet": [{"text": "Grows and sells "}, {"text": "vegetables", "is_match": True}, {"text": " with 214 members in four towns."}],
        "why_text": "Found by a former name",
    },
    {"room": "knowledge", "kind_label": "Work", "facts": ["2023", "fr, es"], "title": "Measuring the invented economy", "address": "#"},
    {"room": "policy", "kind_label": "Law", "facts": ["Exampleland", "2016"], "title": "Act on the social and solidarity economy", "address": "#"},
    {"room": "coordination", "kind_label": "Meeting", "facts": ["2013-05"], "title": "First plenary of the sample task force", "address": "#"},
]
TABLE = {
    "caption": "Sources of this release",
    "heads": [
        {"label": "Source"}, {"label": "Publisher"}, {"label": "Licence"}, {"label": "Records", "is_number": True},
        {"label": "Set aside", "is_number": True}, {"label": "Gathered"},
    ],
    "rows": [
        [{"text": "Register of Exampleland", "is_head": True, "address": "#"}, {"text": "Ministry of Examples"}, {"text": "CC0-1.0"},
         {"text": 81234, "is_number": True}, {"text": 41, "is_number": True, "address": "#"}, {"text": "2026-10-03"}],
        [{"text": "Directory of the federation", "is_head": True, "address": "#"}, {"text": "Federation of Gardens"}, {"text": "CC BY 4.0"},
         {"text": 214, "is_number": True}, {"text": 0, "is_number": True}, {"text": "2024"}],
    ],
}  # fmt: skip


def everything() -> dict[str, Any]:
    """Return the context of the style guide."""
    links = [{"label": "Is it part of it? Ask", "address": "#"}, {"label": "The map", "address": "#"}]
    cards = [
        ("recognition", "Recognition", 643, "organisations in 105 countries", "97 known to the town"),
        ("knowledge", "Knowledge and networks", 274, "works in 9 languages", "439 memberships"),
        ("policy", "Policy", 109, "laws and policies, 44 countries", "31 norms"),
        ("coordination", "Coordination", 33, "meetings since May 2013", "54 known by their number"),
    ]
    return {
        "cards": [
            {"room": room, "title": title, "value": value, "label": label, "coverage": coverage, "links": links, "address": "#"}
            for room, title, value, label, coverage in cards
        ],
        "crumbs": [{"label": "Recognition", "address": "#"}, {"label": "Organisations", "address": "#"}, {"label": "Exampleland"}],
        "rows": ROWS,
        "sources": SOURCES,
        "answers": ANSWERS,
        "events": EVENTS,
        "counts": COUNTS,
        "facets": FACETS,
        "hits": HITS,
        "table": TABLE,
        "chosen": [{"label": "Kind", "value": "Organisation", "address": "#"}, {"label": "Country", "value": "France", "address": "#"}],
        "errors": [{"label": "Country", "text": "“Exampelland” is in no list of countries", "field_id": "country"}],
        "swatches": ["honey", "indigo", "teal", "plum", "ink", "muted", "good", "doubt", "bad"],
    }
