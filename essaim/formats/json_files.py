"""JSON: the items of one list, found by a dotted path, or by the shape of a publisher that is known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from essaim.formats import json_shapes, wikidata
from essaim.formats import repairs as code
from essaim.formats.documents import items, load
from essaim.formats.encoding import mend_all
from essaim.formats.geojson import umap_layers, umap_rows
from essaim.formats.guard import head
from essaim.formats.json_lines import line_rows
from essaim.formats.reading import PLAIN, ReadOptions, Report
from essaim.model.record import Row


def rows(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    """Yield the items of the list at `options.path`; values keep their JSON types, texts are mended.

    Without a path the shapes of GoGoCarto, uMap, Murmurations, Overpass, Wikidata and SPARQL results are recognised and
    noted as the profile, unless the profile asked for is "plain".

    Raises:
        ReadError: the file is not JSON, or the path leads to no list.
    """
    if options.path or options.profile == PLAIN:
        yield from items(path, load(path, options, repairs), options.path, repairs)
    elif wikidata.is_dump(head(path)):
        repairs[f"{code.PROFILE_RECOGNISED}:{wikidata.PROFILE}"] = 1
        yield from line_rows(path, options, repairs, is_dump=True)
    else:
        yield from _recognised(path, options, repairs)


def _recognised(path: Path, options: ReadOptions, repairs: Report) -> Iterator[Row]:
    document = load(path, options, repairs)
    if umap_layers(document):
        yield from umap_rows(path, document, repairs)
        return
    shape = json_shapes.recognised(document)
    if shape is None:
        yield from items(path, document, "", repairs)
        return
    repairs[f"{code.PROFILE_RECOGNISED}:{shape.profile}"] = 1
    for position, fields in shape.rows(document):
        yield Row(position, mend_all(fields, repairs))
