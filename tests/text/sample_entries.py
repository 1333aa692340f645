"""Forty invented things in seven languages, none of which exists."""

from __future__ import annotations

from essaim.text import Entry

_KINDS = ("organisation", "work", "meeting")
_COUNTRIES = ("FRA", "ESP", "SEN", "BRA", "CHN")
_TYPES = ("cooperative", "association", "mutual")


def _numbered(number: int) -> Entry:
    """One of many plain things with facets of every combination."""
    facets = {
        "country": [_COUNTRIES[number % 5]] + (["FRA"] if number % 7 == 0 else []),
        "entity_type": [_TYPES[number % 3]] if number % 4 else [],
        "sector": ["A"] if number % 2 else ["K", "A"],
        "source": ["invented"],
        "language": ["en"],
    }
    title = {"en": f"Exampleland workshop number {number}"}
    return Entry(_KINDS[number % 3], f"n{number:02}", title, [], [], facets, f"/n/{number}", weight=float(number % 6))


_NAMED = [
    Entry(
        "organisation",
        "o-network",
        {"en": "Example Network of Solidarity Enterprises", "fr": "Réseau exemplaire des entreprises solidaires"},
        [("en", "ENSE"), ("fr", "Ancienne Fédération Imaginaire", "former_name"), ("fr", "Le Réseau")],
        [("en", "Invented for tests. " * 20 + "It gathers beekeepers and bakers of Exampleland. " + "Filler stands here. " * 20)],
        {"country": ["SEN"], "entity_type": ["association"]},
        "/organisations/o-network",
        weight=5,
    ),
    Entry(
        "organisation",
        "o-mention",
        {"en": "House of Bees"},
        [],
        [("en", "A friend of the Example Network of Solidarity Enterprises, of ENSE and of every network.")],
        {"country": ["FRA"]},
        "/organisations/o-mention",
    ),
    Entry("organisation", "o-fr", {"fr": "Coopérative de l'économie imaginaire"}, [], [], {"country": ["FRA"]}, "/o-fr"),
    Entry(
        "organisation",
        "o-es",
        {"es": "Cooperativa de ahorro Ejemplo"},
        [],
        [("es", "Presta servicios económicos a las socias de los barrios inventados.")],
        {"country": ["ESP"]},
        "/o-es",
    ),
    Entry("organisation", "o-pt", {"pt": "Associação das mães inventoras"}, [], [], {"country": ["BRA"]}, "/o-pt"),
    Entry("organisation", "o-ar", {"ar": "التَّعاوُنيّة الزراعية للأمثلة"}, [], [], {"country": ["SEN"]}, "/o-ar"),
    Entry("work", "w-zh", {"zh": "虚构社会合作社研究"}, [], [("zh", "合作社与社会经济。")], {"country": ["CHN"]}, "/w-zh"),
    Entry("work", "w-und", {"und": "Ælfgifu's Øre-Straße co-operative handbook"}, [], [], {}, "/w-und"),
    Entry("work", "w-law", {"en": "Notes on the laws of imaginary mutuals"}, [], [], {"country": ["FRA"]}, "/w-law"),
    Entry("meeting", "m-spare", {"en": "Thirteenth invented assembly"}, [("en", "R.I.P.X.S.S.")], [], {}, "/m-spare"),
]

ENTRIES = [*_NAMED, *(_numbered(number) for number in range(30))]
