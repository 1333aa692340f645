from __future__ import annotations

import gzip
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pmtiles import reader as package
from pmtiles.tile import zxy_to_tileid

from essaim.errors import ReleaseError
from essaim.formats.pmtiles_archive import ArchiveReader, build_archive, hilbert_id, hilbert_ids
from essaim.formats.tiles import MAX_ZOOM, Points, tile, tiles

from .tile_decoder import decode

pmtiles: Any = package


@pytest.fixture(scope="module")
def points() -> Points:
    random = np.random.default_rng(7)
    towns = random.uniform([-180, -80], [180, 80], (300, 2))
    places = towns[random.integers(0, 300, 6000)] + np.round(random.normal(0, 0.3, (6000, 2)), 2)
    return Points.of(
        [f"o{number:05}" for number in range(6000)], places[:, 0], places[:, 1], categories={"kind": ["a", "b", ""] * 2000}
    )


@pytest.fixture(scope="module")
def archive(points: Points, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("tiles") / "inner" / "organisations.pmtiles"
    build_archive(points, path)
    return path


def test_every_tile_of_the_archive_is_the_tile_computed(points: Points, archive: Path) -> None:
    with ArchiveReader(archive) as reader:
        assert reader.is_compressed
        for z in range(MAX_ZOOM + 1):
            for x, y, content in tiles(points, z):
                stored = reader.tile(z, x, y)
                assert stored is not None
                assert gzip.decompress(stored) == content == tile(points, z, x, y)


def test_the_reader_of_the_package_reads_our_archive_to_the_last_tile(points: Points, archive: Path) -> None:
    with archive.open("rb") as file, ArchiveReader(archive) as ours:
        theirs = dict(pmtiles.all_tiles(pmtiles.MmapSource(file)))
        assert len(theirs) == sum(1 for z in range(MAX_ZOOM + 1) for _ in tiles(points, z)) > 4096
        assert all(ours.tile(*place) == content for place, content in theirs.items())
        reader = pmtiles.Reader(pmtiles.MmapSource(file))
        header = reader.header()
        assert (header["min_zoom"], header["max_zoom"], header["clustered"]) == (0, MAX_ZOOM, True)
        assert reader.metadata()["vector_layers"][0]["id"] == "organisations"


def test_the_top_tile_counts_every_point(points: Points, archive: Path) -> None:
    with ArchiveReader(archive) as reader:
        top = reader.tile(0, 0, 0)
    assert top is not None
    assert sum(feature.tags["count"] for feature in decode(gzip.decompress(top))) == len(points)


def test_a_tile_that_is_not_there_is_none(archive: Path) -> None:
    with ArchiveReader(archive) as reader:
        assert reader.tile(10, 0, 0) is None
        assert reader.tile(11, 0, 0) is None
        assert reader.tile(3, 8, 0) is None
        assert reader.tile(3, -1, 0) is None


def test_many_threads_read_the_same_tiles(archive: Path) -> None:
    with ArchiveReader(archive) as reader:
        wanted = [(5, x, y) for x in range(32) for y in range(32)]
        alone = [reader.tile(*one) for one in wanted]
    with ArchiveReader(archive) as reader, ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda one: reader.tile(*one), wanted)) == alone


def test_the_same_points_give_the_same_bytes(points: Points, archive: Path, tmp_path: Path) -> None:
    build_archive(points, tmp_path / "again.pmtiles")
    assert (tmp_path / "again.pmtiles").read_bytes() == archive.read_bytes()


def test_no_points_give_an_archive_of_one_empty_tile(tmp_path: Path) -> None:
    assert build_archive(Points.of([], [], []), tmp_path / "empty.pmtiles") == 0
    with ArchiveReader(tmp_path / "empty.pmtiles") as reader:
        assert gzip.decompress(reader.tile(0, 0, 0) or b"") == b""
        assert reader.tile(1, 0, 0) is None


def test_progress_is_told_zoom_by_zoom_and_a_stop_leaves_the_old_archive(points: Points, tmp_path: Path) -> None:
    path = tmp_path / "tiles.pmtiles"
    told: list[tuple[int, int]] = []
    build_archive(points, path, lambda done, total: told.append((done, total)))
    assert told == [(done, MAX_ZOOM + 1) for done in range(1, MAX_ZOOM + 2)]
    before = path.read_bytes()

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build_archive(points, path, stop)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("content", [b"", b"not an archive", b"PMTiles\x03" + bytes(119), b"PMTiles\x03" + b"\xff" * 200])
def test_a_broken_archive_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "broken.pmtiles"
    path.write_bytes(content)
    with pytest.raises(ReleaseError, match="cannot be read"):
        ArchiveReader(path)


def test_a_missing_archive_names_the_next_step(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match="essaim build"):
        ArchiveReader(tmp_path / "nothing.pmtiles")


@given(st.integers(0, 12), st.data())
def test_tiles_are_numbered_as_the_format_numbers_them(z: int, data: st.DataObject) -> None:
    x, y = (data.draw(st.integers(0, (1 << z) - 1)) for _ in range(2))
    assert hilbert_id(z, x, y) == zxy_to_tileid(z, x, y) == hilbert_ids(z, np.array([x]), np.array([y]))[0]
