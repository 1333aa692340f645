"""A name tells its legal form, its marks, and the core that is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from essaim.reference import legal_form_words
from essaim.values.name_parts import core, legal_class, markers, name_parts
from essaim.values.scripts import script


@pytest.mark.parametrize(
    ("name", "legal_form", "left"),
    [
        ("Example Cooperative Ltd", "cooperative", "example"),
        ("The Example Co-operative Society Limited", "cooperative", "example"),
        ("Exemple S.C.O.P.", "cooperative", "exemple"),
        ("Société coopérative agricole d’Exempleville", "cooperative", "agricole d exempleville"),
        ("Ejemplo S.C. de A.P. de R.L. de C.V.", "cooperative", "ejemplo"),
        ("Esempio Soc. Coop. a r.l.", "cooperative", "esempio"),
        ("Musterkreditgenossenschaft Musterstadt e.G.", "cooperative", "musterkreditgenossenschaft musterstadt"),
        ("Cooperativa Exemplo", "cooperative", "exemplo"),
        ("Spółdzielnia Przykład", "cooperative", "przyklad"),
        ("Кооператив «Пример»", "cooperative", "primer"),
        ("Συνεταιρισμός Παράδειγμα", "cooperative", "paradeigma"),
        ("تعاونية المثال", "cooperative", "مثال"),
        ("某某农民合作社", "cooperative", "某某农民"),
        ("例協同組合", "cooperative", "例"),
        ("예시협동조합", "cooperative", "예시"),
        ("Association internationale de la mutualité", "association", "internationale de la mutualite"),
        ("Association of Example Cooperatives", "association", "example cooperatives"),
        ("Example Co-op Credit Society", "cooperative", "example co op credit"),
        ("Asociación Cooperativa de Ejemplo", "cooperative", "ejemplo"),
        ("Musterverband der Genossenschaften e.V.", "association", "musterverband der genossenschaften"),
        ("Muster e.V.", "association", "muster"),
        ("Ejemplo A.C.", "association", "ejemplo"),
        ("Mutuelle d’Exempleville", "mutual", "exempleville"),
        ("Fundación Ejemplo", "foundation", "ejemplo"),
        ("Stichting Voorbeeld", "foundation", "voorbeeld"),
        ("Example CIC", "social_enterprise", "example"),
        ("Example Self-Help Group", "self_help_group", "example"),
        ("Exemple SARL", "company", "exemple"),
        ("Ejemplo S.A. de C.V.", "company", "ejemplo"),
        ("Ministry of Examples", "public_body", "examples"),
        ("Cooperative", "cooperative", "cooperative"),
        ("Example", "", "example"),
    ],
)
def test_a_name_tells_its_form_and_its_core(name: str, legal_form: str, left: str) -> None:
    assert (legal_class(name), core(name)) == (legal_form, left)


def test_a_company_sign_within_a_name_is_not_its_form() -> None:
    assert legal_class("SA Example Village") == ""


@pytest.mark.parametrize(
    ("name", "marks"),
    [
        ("Friends of Example", ("friends",)),
        ("Fondation Exemple", ("foundation",)),
        ("Federación de Redes de Ejemplo", ("federation",)),
        ("Exemple Jeunes Section Nord", ("branch", "youth")),
        ("اتحاد المثال", ("federation",)),
        ("한국예시협동조합연합회", ("federation",)),
        ("Example", ()),
    ],
)
def test_marks_of_a_part_or_a_kin_are_seen(name: str, marks: tuple[str, ...]) -> None:
    assert markers(name) == marks


def test_a_class_gives_the_entity_type_of_the_definition() -> None:
    assert name_parts("Example Cooperative").entity_type == "cooperative"
    assert name_parts("Example Ltd").entity_type == ""


@given(st.text(max_size=80))
def test_any_text_has_parts(name: str) -> None:
    parts = name_parts(name)
    assert parts.legal_class in {"", *legal_form_words()["classes"]}
    assert set(parts.markers) <= set(legal_form_words()["markers"])


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Example", "Latn"),
        ("مثال Example coop مثال مثال مثال", "Arab"),
        ("Пример", "Cyrl"),
        ("日本のれい", "Jpan"),
        ("农民", "Hani"),
        ("예시 農", "Kore"),
        ("123", "Zyyy"),
    ],
)
def test_the_script_of_most_letters_is_told(text: str, code: str) -> None:
    assert script(text) == code
