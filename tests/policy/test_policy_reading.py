"""norms.yaml and laws.yaml as the database keeps them."""

from __future__ import annotations

import pytest

from essaim.policy.models import Call, Instrument, Norm
from essaim.policy.reading import call, instrument, norm

pytestmark = pytest.mark.usefixtures("packaged_facts")


def test_calls_blocks_and_elements_are_pieces_of_their_norm() -> None:
    assert list(Norm.objects.get(id="UNGA-77-281").calls.values_list("code", flat=True))[:2] == ["MS-1", "MS-2"]
    assert Norm.objects.get(id="OECD-LEGAL-0472").calls.filter(form=Call.Form.BLOCK).count() == 9
    assert Norm.objects.get(id="ILC-110-RES-SSE").calls.filter(form=Call.Form.ELEMENT).count() == 10


def test_an_unverified_paragraph_stays_unverified() -> None:
    found = Call.objects.get(id="ILO-R193#MS-2")
    assert found.par == "5"
    assert found.unverified == ["wording", "par"]
    assert Call.objects.get(id="ILO-R193#MS-1").unverified == []


def test_a_call_has_its_norms_source_where_it_has_none() -> None:
    entry = {"id": "X", "issuer": "Example", "kind": "resolution", "titles": {"en": "T"}, "source": "https://example.org/n"}
    own = call(entry, "call", {"id": "1", "to": "member_states", "action": "a", "source": "https://example.org/c"}, 1, 1)
    without = call(entry, "call", {"id": "2", "to": "member_states", "action": "b"}, 2, 1)
    assert [source["url"] for source in own.sources] == ["https://example.org/c"]
    assert [source["url"] for source in without.sources] == ["https://example.org/n"]


def test_dates_keep_their_precision_and_their_kind() -> None:
    greek = Instrument.objects.get(id="grc-nomos-4019-2011")
    assert (greek.date, greek.passed_by_parliament) == ("2011-09", "2011-09-20")
    french = Instrument.objects.get(id="fra-loi-2014-856")
    assert (french.date, french.published, french.in_force) == ("2014-07-31", "2014-08-01", "2014-08-02")


def test_an_unverified_day_makes_the_date_unverified() -> None:
    assert Instrument.objects.get(id="dji-loi-ess-2019").certainty_of("date") == "unverified"


def test_an_english_title_of_its_own_is_kept_before_ours() -> None:
    entry = {"id": "x", "level": "national", "kind": "bill", "source": "https://example.org/", "title_en": "Ours"}
    assert instrument({**entry, "title": {"en": "Its own"}}, 1, 1).titles == {"en": "Its own"}
    assert instrument({**entry, "title": {"pt": "Lei"}}, 1, 1).titles == {"en": "Ours", "pt": "Lei"}


def test_a_norm_without_date_has_none() -> None:
    entry = {"id": "X", "issuer": "E", "kind": "plan", "titles": {"en": "T"}, "period": {"from": 2022, "to": 2024}}
    built = norm({**entry, "source": "https://example.org/"}, 1, 1)
    assert (built.date, built.period_from, built.period_to) == ("", 2022, 2024)
