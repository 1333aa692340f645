"""The catalogue of a release as DCAT in JSON-LD: what it holds, from whom, under which licence, and where each file is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from essaim.model.schema import TABLES
from essaim.pipeline.publish.inputs import Published
from essaim.release import layout
from essaim.release.seal import write_json

MEDIA = {
    ".parquet": "application/vnd.apache.parquet",
    ".sqlite": "application/vnd.sqlite3",
    ".gz": "application/n-triples",
    ".pmtiles": "application/vnd.pmtiles",
    ".jsonl": "application/jsonl",
    ".json": "application/json",
}


def write_catalogue(folder: Path, published: Published, counts: dict[str, int]) -> None:
    """Write `catalogue.jsonld`: one dataset for the release with a distribution a file, and one for each source."""
    address = f"{published.base_url}/id/release/{published.number}"
    files = sorted(
        path for path in folder.rglob("*") if path.is_file() and path.suffix in MEDIA and layout.SEARCH not in path.parts
    )
    catalogue: dict[str, Any] = {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dct": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "prov": "http://www.w3.org/ns/prov#",
        },
        "@id": f"{address}#catalogue",
        "@type": "dcat:Catalog",
        "dct:title": {"@value": f"Essaim {published.number}", "@language": "en"},
        "dcat:dataset": [
            {
                "@id": address,
                "@type": "dcat:Dataset",
                "dct:identifier": published.number,
                "dct:license": {"@id": "https://creativecommons.org/licenses/by/4.0/"},
                "prov:wasDerivedFrom": [{"@id": _source_iri(published, sourced.source.id)} for sourced in published.sources],
                "dcat:distribution": [_distribution(folder, path, address, counts) for path in files],
            },
            *(_source(published, sourced) for sourced in published.sources),
        ],
    }
    write_json(folder / layout.CATALOGUE, catalogue)


def _source_iri(published: Published, source_id: str) -> str:
    return f"{published.base_url}/id/source/{source_id}"


def _distribution(folder: Path, path: Path, address: str, counts: dict[str, int]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "@type": "dcat:Distribution",
        "dct:title": str(path.relative_to(folder)),
        "dcat:accessURL": {"@id": f"{address}/{path.relative_to(folder)}"},
        "dcat:mediaType": MEDIA[path.suffix],
        "dcat:byteSize": path.stat().st_size,
    }
    if path.stem in counts and path.suffix == ".parquet":
        columns = ", ".join(column.name for column in TABLES.get(path.stem, ()))
        told["dct:description"] = f"{counts[path.stem]} rows" + (f": {columns}" if columns else "")
    return told


def _source(published: Published, sourced: Any) -> dict[str, Any]:
    source = sourced.source
    return {
        "@id": _source_iri(published, source.id),
        "@type": "dcat:Dataset",
        "dct:title": [{"@value": text, "@language": language} for language, text in source.title.items()],
        "dct:publisher": {"@type": "foaf:Agent", "foaf:name": source.publisher.name},
        "dct:license": {"@id": source.licence.url} if source.licence.url else source.licence.id,
        "dct:modified": sourced.day,
        **({"dcat:landingPage": {"@id": source.page}} if source.page else {}),
    }
