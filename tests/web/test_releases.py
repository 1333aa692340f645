"""The releases: what each holds and changed, its files whole and in parts, and what is kept of a pruned one."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator

import pytest
from django.test import Client

from essaim.config import configuration
from essaim.release import Release
from essaim.web.release_files import read_range

pytestmark = pytest.mark.django_db
FILE = "tables/organisation.parquet"


def address(release: Release, path: str = FILE) -> str:
    return f"/en/releases/{release.number}/files/{path}"


def body(answer: object) -> bytes:
    return answer.getvalue()  # type: ignore[attr-defined,no-any-return]


@pytest.mark.parametrize(
    ("header", "found"),
    [
        ("bytes=0-9", (0, 9)),
        ("bytes=10-", (10, 99)),
        ("bytes=-5", (95, 99)),
        ("bytes=0-1000", (0, 99)),
        ("bytes=-1000", (0, 99)),
        ("bytes=100-", ()),
        ("bytes=-0", ()),
        ("bytes=9-3", None),
        ("bytes=0-1,5-6", None),
        ("bytes=-", None),
        ("lines=1-2", None),
    ],
)
def test_ranges_are_read_as_the_standard_says(header: str, found: object) -> None:
    assert read_range(header, 100) == found


def test_a_file_is_the_manifest_s_byte_for_byte(client: Client, mini_release: Release) -> None:
    told = next(file for file in mini_release.manifest["files"] if file["path"] == FILE)
    answer = client.get(address(mini_release), headers={"Accept-Encoding": "gzip"})
    assert hashlib.sha256(body(answer)).hexdigest() == told["sha256"]
    assert answer.headers["Content-Length"] == str(told["bytes"])


def test_a_part_of_a_file_is_that_part_even_where_the_reader_takes_gzip(client: Client, mini_release: Release) -> None:
    whole = (mini_release.folder / FILE).read_bytes()
    answer = client.get(address(mini_release), headers={"Range": "bytes=4-299", "Accept-Encoding": "gzip"})
    assert answer.status_code == 206
    assert answer.headers["Content-Range"] == f"bytes 4-299/{len(whole)}"
    assert body(answer) == whole[4:300]


def test_a_part_beyond_the_end_is_refused_and_a_part_of_another_state_is_sent_whole(
    client: Client, mini_release: Release
) -> None:
    assert client.get(address(mini_release), headers={"Range": "bytes=999999999-"}).status_code == 416
    answer = client.get(address(mini_release), headers={"Range": "bytes=0-3", "If-Range": '"another"'})
    assert answer.status_code == 200
    assert body(answer) == (mini_release.folder / FILE).read_bytes()


def test_a_file_that_the_reader_has_is_not_sent_again(client: Client, mini_release: Release) -> None:
    tag = client.get(address(mini_release)).headers["ETag"]
    assert client.get(address(mini_release), headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize(
    "path", ["../../secret-key", "tables/../../current", "tables", "nothing.parquet", "/etc/hostname", "%2e%2e/x"]
)
def test_only_what_the_manifest_names_is_served(client: Client, mini_release: Release, path: str) -> None:
    assert client.get(address(mini_release, path)).status_code in (301, 302, 404)
    assert client.get(address(mini_release, path), follow=True).status_code == 404


def test_a_release_that_never_was_is_not_found(client: Client, mini_release: Release) -> None:
    assert client.get("/en/releases/1999-01-01.1").status_code == 404
    assert client.get("/en/releases/nonsense").status_code == 404
    assert client.get("/en/releases/1999-01-01.1/files/manifest.json").status_code == 404


def test_the_page_lists_files_sources_and_changes(client: Client, mini_release: Release) -> None:
    page = client.get(f"/fr/releases/{mini_release.number}").content.decode()
    assert f"/fr/releases/{mini_release.number}/files/catalogue.jsonld" in page
    assert "mini_register" in page
    assert "La citer" in page
    assert "/files/search/" not in page


def test_a_list_of_changes_is_shown_whole_and_unknown_events_are_passed_over(client: Client, mini_release: Release) -> None:
    new = mini_release.diff()["new"]
    page = client.get(f"/en/releases/{mini_release.number}?changes=new").content.decode()
    assert page.count('<li class="hit') == min(len(new), 100)
    assert client.get(f"/en/releases/{mini_release.number}?changes=nonsense&page=x").status_code == 200


@pytest.fixture
def a_pruned_release(mini_release: Release) -> Iterator[str]:
    kept = configuration().releases / "kept" / "2020-01-01.1"
    kept.mkdir(parents=True)
    manifest = {name: value for name, value in mini_release.manifest.items() if name != "files"} | {"number": kept.name}
    (kept / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    (kept / "diff.json").write_text(json.dumps(mini_release.diff() | {"to": kept.name}), "utf-8")
    yield kept.name
    for file in kept.iterdir():
        file.unlink()
    kept.rmdir()


def test_of_a_pruned_release_the_diff_is_still_shown(client: Client, a_pruned_release: str) -> None:
    page = client.get(f"/en/releases/{a_pruned_release}").content.decode()
    assert "were removed to save space" in page
    assert "/files/" not in page
    assert a_pruned_release in client.get("/en/releases/").content.decode()
