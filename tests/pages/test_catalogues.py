"""The message catalogues: complete in every language, and gaps are found."""

from __future__ import annotations

from pathlib import Path

import pytest

from essaim.pages.catalogues import check_complete, compile_all, extract, messages


@pytest.fixture
def an_app(tmp_path: Path) -> Path:
    app = tmp_path / "sample"
    (app / "templates").mkdir(parents=True)
    (app / "apps.py").write_text("")
    (app / "words.py").write_text(
        'from django.utils.translation import gettext, pgettext\n\nA = gettext("one")\nB = pgettext("mood", "two")\n'
    )
    (app / "templates" / "page.html").write_text(
        '{% load i18n %}{% translate "three" %}'
        "{% blocktranslate count n=2 %}{{ n }} bee{% plural %}{{ n }} bees{% endblocktranslate %}"
    )
    return app


def test_every_message_of_the_house_is_translated() -> None:
    assert check_complete() == []


def test_messages_come_from_code_and_templates_with_context_and_plural(an_app: Path) -> None:
    found = messages(an_app)
    assert set(found) == {("one", None), ("two", "mood"), ("three", None), ("%(n)s bee", None)}
    assert found[("%(n)s bee", None)].id == ("%(n)s bee", "%(n)s bees")


def test_a_missing_catalogue_is_told_message_by_message(an_app: Path) -> None:
    faults = check_complete(package=an_app.parent)
    assert len(faults) == 8
    assert "sample fr: missing: 'one'" in faults


def test_untranslated_fuzzy_and_unused_messages_are_told(an_app: Path) -> None:
    extract(package=an_app.parent)
    po = an_app / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    text = po.read_text("utf-8")
    text = text.replace('msgid "one"\nmsgstr ""', '#, fuzzy\nmsgid "one"\nmsgstr "un"').replace(
        'msgid "three"\nmsgstr ""', 'msgid "gone"\nmsgstr "parti"'
    )
    po.write_text(text, "utf-8")
    faults = [fault for fault in check_complete(package=an_app.parent) if fault.startswith("sample fr")]
    assert "sample fr: fuzzy: 'one'" in faults
    assert "sample fr: missing: 'three'" in faults
    assert "sample fr: not translated: 'two'" in faults
    assert "sample fr: not translated: '%(n)s bee'" in faults
    assert "sample fr: no longer used: 'gone'" in faults


def test_extracting_again_keeps_translations_and_drops_what_is_gone(an_app: Path) -> None:
    extract(package=an_app.parent)
    po = an_app / "locale" / "fr" / "LC_MESSAGES" / "django.po"
    po.write_text(po.read_text("utf-8").replace('msgid "one"\nmsgstr ""', 'msgid "one"\nmsgstr "un"'), "utf-8")
    (an_app / "templates" / "page.html").write_text("")
    extract(package=an_app.parent)
    text = po.read_text("utf-8")
    assert 'msgstr "un"' in text
    assert "three" not in text
    before = po.read_bytes()
    extract(package=an_app.parent)
    assert po.read_bytes() == before


def test_compiling_twice_compiles_once(an_app: Path) -> None:
    extract(package=an_app.parent)
    assert compile_all(an_app.parent) == 2
    assert compile_all(an_app.parent) == 0
    assert (an_app / "locale" / "fr" / "LC_MESSAGES" / "django.mo").stat().st_size > 0
