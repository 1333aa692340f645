"""The page document of each organisation: names, values, answers, places, networks, and why its records are one."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from essaim.model.properties import ORGANISATION
from essaim.model.record_key import id_in_source
from essaim.pipeline.normalise.record import Record
from essaim.pipeline.publish.inputs import Published, of_property
from essaim.pipeline.publish.values import (
    dispute,
    is_disputed,
    main_title,
    number_of,
    numbered_sources,
    side_by_side,
    titles,
)
from essaim.rules import Answer
from essaim.values import names
from essaim.values.folding import fold
from essaim.values.towns import find_town

Page = dict[str, Any]
NAMES = ("name", "acronym", "alias", "former_name")
PRECISIONS = ["point", "town", "country", "unknown"]
PLACES = ("longitude", "latitude", "address", "postcode")


def organisation_pages(published: Published) -> dict[str, Page]:
    """Return lasting id -> page document, without memberships and history, which `edges` and `history` add."""
    explained = _pairs_by_record(published)
    return {
        id: _page(published, id, records, explained) for (kind, id), records in published.groups.items() if kind == "organisation"
    }


def _page(published: Published, id: str, records: list[Record], explained: dict[str, list[Page]]) -> Page:
    numbers = number_of(records)
    by_language = titles(of_property(records, "name")) or titles(of_property(records, "acronym"))
    values: dict[str, list[Page]] = {}
    disputed = []
    for name, property in ORGANISATION.items():
        found = [] if name in (*NAMES, *PLACES) else side_by_side(of_property(records, name), numbers)
        if found:
            values[name] = found
            if is_disputed(property, found):
                dispute(found)
                disputed.append(name)
    acronym = next((said.value for said in of_property(records, "acronym")), "")
    sites = organisation_sites(records, numbers)
    return {
        "id": id,
        "kind": "organisation",
        "slug": names.slug(acronym if len(acronym) > 2 else main_title(by_language)) or names.slug(id_in_source(records[0].key)),
        "titles": by_language,
        "readable_ids": readable_ids(records),
        "record_keys": [record.key for record in records],
        "names": [value | {"kind": kind} for kind in NAMES for value in side_by_side(of_property(records, kind), numbers)],
        "values": values,
        "disputed": disputed,
        "classifications": classifications(records, published, numbers),
        "memberships": [],
        "members_total": 0,
        "sites": sites,
        "match": _matches_within(records, explained, published.judgements),
        "sources": numbered_sources(records, published.by_id),
        "history": [],
        "page_precision": min((site["place_precision"] for site in sites), key=PRECISIONS.index, default="unknown"),
    }


def readable_ids(records: list[Record]) -> list[str]:
    """Return the record ids that addresses accept too: the words of packaged facts, best known first."""
    return list(dict.fromkeys(id_in_source(record.key).lower() for record in records))


def organisation_sites(records: list[Record], numbers: dict[str, int]) -> list[Page]:
    """Return where an organisation is, as precisely as a source knows; a town gets its own place, a country none."""
    sites: dict[tuple[str, str, str], Page] = {}
    for record in records:
        said = {statement.property: statement.value for statement in reversed(record.statements)}
        country, town = said.get("country", ""), said.get("town", "")
        if not country and not town and "latitude" not in said:
            continue
        site: Page = {"town": town, "country": country, "address": said.get("address", ""), "postcode": said.get("postcode", "")}
        if "latitude" in said and "longitude" in said:
            site |= {"longitude": float(said["longitude"]), "latitude": float(said["latitude"]), "place_precision": "point"}
        else:
            found = find_town(town, country) if town and country else None
            # A name that several towns of the country bear tells no place: the largest would be a guess.
            if found is not None and not found.is_ambiguous:
                site |= {"longitude": found.longitude, "latitude": found.latitude, "place_precision": "town"}
            else:
                site |= {"longitude": None, "latitude": None, "place_precision": "country"}
        key = (site["address"], fold(town), country)
        same = sites.setdefault(key, site | {"sources": []})
        if PRECISIONS.index(site["place_precision"]) < PRECISIONS.index(same["place_precision"]):
            same |= site
        same["sources"].append(numbers[record.key])
    return _without_coarser(list(sites.values()))


def _without_coarser(sites: list[Page]) -> list[Page]:
    """Leave out a site that another one of the same country tells more closely."""
    finer = [site for site in sites if site["town"] or site["place_precision"] == "point"]
    countries = {site["country"] for site in finer}
    return finer + [site for site in sites if site not in finer and site["country"] not in countries]


def classifications(records: list[Record], published: Published, numbers: dict[str, int]) -> list[Page]:
    """Return one answer a framework: the best known record that decides; a yes and a no together decide nothing."""
    by_framework: dict[str, list[tuple[Record, Answer]]] = defaultdict(list)
    for record in records:
        for answer in published.answers.get(record.key, ()):
            by_framework[answer.framework].append((record, answer))
    told = []
    for framework, answers in sorted(by_framework.items(), key=lambda item: (item[0] != "un", item[0])):
        decided = [pair for pair in answers if pair[1].answer in ("yes", "no")]
        typed = [pair for pair in answers if any(said.property == "entity_type" for said in pair[0].statements)]
        record, answer = (decided or typed or answers)[0]
        reasons = [reason.as_dict() for reason in answer.reasons]
        word = answer.answer
        if len({pair[1].answer for pair in decided}) > 1:
            word, reasons = "undetermined", [{"code": "sources_disagree", "parameters": {}}]
        told.append(
            {
                "framework": framework,
                "answer": word,
                "rule": answer.rule,
                "rule_version": answer.rule_version,
                "reasons": reasons,
                "data": [
                    {
                        "property": said.property,
                        "value": said.value,
                        "certainty": said.certainty.value,
                        "sources": [numbers[record.key]],
                    }
                    for said in record.statements
                    if said.property in ("entity_type", "country", "legal_form_code")
                    or (said.property == "kind" and word == "no")
                ],
            }
        )
    return told


def _pairs_by_record(published: Published) -> dict[str, list[Page]]:
    explained: dict[str, list[Page]] = defaultdict(list)
    for row in published.pairs.iter_rows(named=True):
        explained[row["left"]].append(row)
    return explained


def _matches_within(records: list[Record], explained: dict[str, list[Page]], judgements: list[dict[str, str]]) -> list[Page]:
    keys = {record.key for record in records}
    said = {frozenset((row["left"], row["right"])): row["word"] for row in judgements}
    return [
        {
            "left": row["left"],
            "right": row["right"],
            "probability": round(row["probability"], 6),
            "weights": row["explanation"],
            "judgement": said.get(frozenset((row["left"], row["right"])), ""),
        }
        for key in sorted(keys)
        for row in explained.get(key, ())
        if row["right"] in keys
    ]
