"""Text is put right where it is wrong, and left alone where it is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from essaim.formats.encoding import find_encoding, mend

from .files import fields, repairs

Write = Callable[[str, bytes | str], Path]
FRENCH = "nom;ville\nSociété coopérative d’intérêt collectif;Orléans\nMutuelle de l’Été;Besançon\n"
RIGHT = [
    "Société coopérative d’intérêt collectif « Le Maïs »",
    "Cooperativa de Ahorro y Crédito «Ñandú» – São Tomé, AÇÃO, IRMÃOS, ÑUÑOA",
    "Spółdzielnia Pracy „Żółw” Łódź",
    "Общество взаимопомощи «Рой»",
    "Κοινωνική Συνεταιριστική Επιχείρηση",
    "تعاونية النحل",
    "労働者協同組合 蜂",
    "사회적협동조합",
    "สหกรณ์ออมทรัพย์",
    "Hợp tác xã Ong",
    "Straße & Söhne, R&D; AT&T, Müller&Co",
    "https://example.org/?a=1&copy=2&reg=3",
    "Âge, Às, Ê, Ã",
    "naïve – “quoted” … €5 ½ m²",
]


@pytest.mark.parametrize("text", RIGHT)
def test_right_text_is_left_alone(text: str) -> None:
    seen: Counter[str] = Counter()
    assert mend(text, seen) == text
    assert not seen


@pytest.mark.parametrize(
    ("broken", "right", "code"),
    [
        ("SociÃ©tÃ© coopÃ©rative", "Société coopérative", "mojibake_mended"),
        ("l\x92Été", "l’Été", "mojibake_mended"),
        ("Childrenâ€™s", "Children’s", "mojibake_mended"),
        ("La Coru&#241a", "La Coruña", "html_entity_decoded"),
        ("Fils &amp; Filles", "Fils & Filles", "html_entity_decoded"),
        ("&amp;eacute;t&eacute;", "été", "html_entity_decoded"),
        ("l&rsquo;&Eacute;t&#xE9;", "l’Été", "html_entity_decoded"),
    ],
)
def test_broken_text_is_mended_and_counted(broken: str, right: str, code: str) -> None:
    seen: Counter[str] = Counter()
    assert mend(broken, seen) == right
    assert seen == {code: 1}


def test_what_is_lost_is_said(write: Write) -> None:
    assert repairs(write("a.csv", "name\nCoop\ufffdrative\n")) == {"character_lost": 1}


@pytest.mark.parametrize("text", ["&#0;", "&#xD800;", "&#x110000;", "&#7;", "&nosuch;", "&", "&#;"])
def test_an_entity_that_is_no_text_stays(text: str) -> None:
    assert mend(text, Counter()) == text


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("aé&#;1Ã©â€™ \x92™x"), max_size=12))
def test_mending_twice_is_mending_once(text: str) -> None:
    once = mend(text, Counter())
    assert mend(once, Counter()) == once


@settings(deadline=None)
@given(st.text(max_size=40))
def test_any_text_can_be_mended(text: str) -> None:
    assert isinstance(mend(text, Counter()), str)


@pytest.mark.parametrize(
    ("codec", "text", "guessed"),
    [
        ("cp1252", FRENCH, "cp1252"),
        ("latin-1", FRENCH.replace("’", "'"), "cp1252"),
        ("cp1251", "имя;город\nПроизводственный кооператив «Рой»;Софийск\nОбщество взаимопомощи;Примерск\n" * 3, "cp1251"),
        ("cp1253", "όνομα;πόλη\nΚοινωνική Συνεταιριστική Επιχείρηση Παράδειγμα;Παραδειγματία\n" * 3, "cp1253"),
        ("mac_roman", FRENCH * 3, "mac_roman"),
        ("cp932", "名前;町\n労働者協同組合れいだい;れいまち\n" * 3, "cp932"),
    ],
)
def test_an_encoding_is_guessed_from_the_bytes(write: Write, codec: str, text: str, guessed: str) -> None:
    path = write("a.csv", text.encode(codec))
    rows = fields(path)
    columns = text.splitlines()[0].split(";")
    assert list(rows[0].values()) == text.splitlines()[1].split(";")
    assert list(rows[0]) == columns
    assert repairs(path)[f"encoding_guessed:{guessed}"] == 1


def test_stray_bytes_in_utf_8_are_read_and_counted(write: Write) -> None:
    good = "".join(f"Coopérative {number}\n" for number in range(20)).encode()
    path = write("a.csv", b"name\n" + good + "Été\n".encode("cp1252"))
    assert fields(path)[-1] == {"name": "Été"}
    assert repairs(path) == {"stray_bytes_read_as:cp1252": 1}


def test_a_character_across_two_chunks_is_no_fault(write: Write) -> None:
    path = write("a.csv", b"name\n" + b"a" * (1024 * 1024 - 6) + "é\n".encode())
    assert find_encoding(path).codec == "utf-8"


def test_bytes_windows_1252_leaves_undefined_stop_nobody(write: Write) -> None:
    assert fields(write("a.csv", b"name\nCaf\xe9 \x81\n"), encoding="latin-1") == [{"name": "Café \x81"}]
    assert len(fields(write("b.csv", b"name\nCaf\xe9 \x81\n"))) == 1
