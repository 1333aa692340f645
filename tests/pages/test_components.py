"""The components as templates use them: doubts are shown, values are escaped, languages are marked."""

from __future__ import annotations

from typing import Any

import pytest
from django.template import engines
from django.test import RequestFactory
from django.utils import translation

from essaim.errors import ConfigurationError
from essaim.pages import assets


def drawn(name: str, **context: Any) -> str:
    with translation.override("en"):
        return str(
            engines["django"]
            .get_template(f"pages/components/{name}.html")
            .render(context, RequestFactory().get("/en/x/?q=a&page=2"))
        )


def test_a_value_shows_its_certainty_its_language_and_its_sources() -> None:
    page = drawn("value", value={"text": "تعاونية", "language": "ar", "certainty": "unverified", "sources": [2, 3]})
    assert 'class="mark unverified"' in page
    assert 'lang="ar" dir="rtl"' in page
    assert 'href="#source-2"' in page
    assert 'href="#source-3"' in page
    assert "unverified" in page


def test_what_disagrees_stands_side_by_side_with_each_source() -> None:
    page = drawn(
        "facts",
        rows=[
            {
                "label": "Founded",
                "is_disputed": True,
                "values": [{"text": "1998", "sources": [1]}, {"text": "2001", "sources": [3]}],
            }
        ],
    )
    assert "Sources disagree" in page
    assert page.index("1998") < page.index("#source-1") < page.index("2001") < page.index("#source-3")


def test_not_known_is_never_shown_as_no() -> None:
    page = drawn("facts", rows=[{"label": "Jobs", "values": []}])
    assert "not examined" in page
    assert 'class="mark unexamined"' in page


@pytest.mark.parametrize(
    ("verdict", "said"),
    [("yes", ">Yes<"), ("no", ">No<"), ("undetermined", ">Undetermined<"), ("no_rule_known", ">No rule known<")],
)
def test_each_verdict_has_its_own_words(verdict: str, said: str) -> None:
    assert said in drawn("answer", answer={"framework": "A law", "verdict": verdict})


def test_a_name_that_is_code_is_shown_and_not_run() -> None:
    page = drawn("hit", hit={"title": "<script>alert(1)</script>", "address": "/x", "kind_label": "Organisation"})
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_the_pager_keeps_the_question_and_leaves_gaps() -> None:
    template = engines["django"].from_string("{% pager 643 4 20 %}")
    page = template.render({}, RequestFactory().get("/en/search/?q=a&page=4"))
    assert 'href="?q=a&amp;page=5"' in page
    assert 'rel="prev"' in page
    assert page.count("…") == 1
    assert template.render({}, RequestFactory().get("/")).count('aria-current="page"') == 1


def test_a_list_of_one_page_has_no_pager() -> None:
    assert "<nav" not in engines["django"].from_string("{% pager 20 1 20 %}").render({}, RequestFactory().get("/"))


def test_an_entry_that_was_not_built_is_told() -> None:
    with pytest.raises(ConfigurationError, match="no such entry"):
        assets.tags("invented")


def test_the_map_s_own_files_are_asked_for_only_by_the_map() -> None:
    assert "map-" not in assets.tags("main")
    assert "map-" in assets.tags("map")
