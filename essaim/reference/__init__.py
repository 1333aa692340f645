"""Facts that the whole house looks up: code lists, legal forms, definitions, regions, words of names."""

from __future__ import annotations

from essaim.reference.links import copy_hosts, is_readers_link
from essaim.reference.lists import LISTS, codes, label
from essaim.reference.load import (
    country_words,
    definitions,
    hosts,
    iati_codes,
    identifier_schemes,
    language_words,
    legal_form_words,
    legal_forms,
    letters,
    lexicon,
    shared_hosts,
)
from essaim.reference.regions import Region, countries_in, region_name, region_of

__all__ = [
    "LISTS",
    "Region",
    "codes",
    "copy_hosts",
    "countries_in",
    "country_words",
    "definitions",
    "hosts",
    "iati_codes",
    "identifier_schemes",
    "is_readers_link",
    "label",
    "language_words",
    "legal_form_words",
    "legal_forms",
    "letters",
    "lexicon",
    "region_name",
    "region_of",
    "shared_hosts",
]
