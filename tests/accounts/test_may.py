"""May this person do this to that: every role, kind and verb against the committed table, and the reasons."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from essaim.accounts.may import Permit, Standing, may
from essaim.accounts.models import Mandate, Person, Succession
from essaim.accounts.roles import read_roles, roles
from essaim.accounts.scopes import Thing, as_thing
from essaim.accounts.standing import successors, today
from essaim.accounts.why import SENTENCES
from essaim.errors import ConfigurationError

from .people import a_person, an_institution, with_mandate, with_role

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).parent / "may.yaml"
INSIDE, OUTSIDE = frozenset({"country:SEN", "institution:EXA"}), frozenset({"country:FRA", "institution:OTHER"})


def persons() -> dict[str, Person | None]:
    """One person a role: grants reach Senegal, mandates speak for EXA."""
    known: dict[str, Person | None] = {"visitor": None, "contributor": a_person()}
    known |= {name: with_role(name, "country:SEN") for name in roles().by("grant")}
    return known | {name: with_mandate(name) for name in roles().by("mandate")}


def answers(standing: Standing, verb: str, kind: str, owner: int | None) -> str:
    """Where a verb is allowed: `in` its scope, `out` of it, on one's `own`; with `*` on things shown to members only too."""
    inside = standing.may(verb, Thing(kind, "1", INSIDE))
    outside = standing.may(verb, Thing(kind, "1", OUTSIDE))
    own = standing.may(verb, Thing(kind, "1", OUTSIDE, owner=owner)) if owner else outside
    closed = standing.may(verb, Thing(kind, "1", INSIDE, "members"))
    words = [word for word, permit in (("in", inside), ("out", outside), ("own", own)) if permit]
    return " ".join(words) + ("*" if closed else "")


def the_table() -> dict[str, dict[str, dict[str, str]]]:
    table: dict[str, dict[str, dict[str, str]]] = {}
    for name, person in persons().items():
        standing = Standing(person)
        for kind in roles().kinds:
            cells = {verb: answers(standing, verb, kind, person.pk if person else None) for verb in roles().verbs}
            table.setdefault(name, {})[kind] = {verb: cell for verb, cell in cells.items() if cell}
    return table


def test_every_role_kind_and_verb_is_as_the_committed_table_says() -> None:
    """`ESSAIM_WRITE_MAY=1` writes the table anew; read the difference before you commit it."""
    table = the_table()
    if os.environ.get("ESSAIM_WRITE_MAY"):
        head = "# Role, kind, verb; see test_may.py. in: in their scope, out: elsewhere, own: their own, *: what is closed too.\n"
        TABLE.write_text(head + yaml.safe_dump(table, sort_keys=False, default_flow_style=None, width=130), "utf-8")
    assert table == yaml.safe_load(TABLE.read_text("utf-8"))


def test_the_table_names_every_role_and_kind() -> None:
    table = yaml.safe_load(TABLE.read_text("utf-8"))
    assert set(table) == set(roles().roles)
    assert all(set(rows) == set(roles().kinds) for rows in table.values())


def reason(permit: Permit) -> tuple[bool, str]:
    return permit.is_allowed, permit.reason.code


def test_each_answer_says_why() -> None:
    reviewer, member = with_role("reviewer", "country:SEN"), with_mandate("member_agency")
    assert reason(may(None, "see", "organisation")) == (True, "open_to_all")
    assert reason(may(None, "review", "suggestion")) == (False, "sign_in")
    assert reason(may(reviewer, "review", Thing("suggestion", "1", INSIDE))) == (True, "by_grant")
    assert reason(may(reviewer, "review", Thing("suggestion", "1", OUTSIDE))) == (False, "out_of_scope")
    assert reason(may(reviewer, "decide", Thing("decision", "1"))) == (False, "role_needed")
    assert reason(may(member, "edit", Thing("activity", "1", INSIDE))) == (True, "by_mandate")
    assert reason(may(member, "see", Thing("meeting", "1", visibility="members"))) == (True, "by_mandate")
    assert reason(may(reviewer, "see", Thing("meeting", "1", visibility="members"))) == (False, "not_visible")
    assert reason(may(member, "edit", Thing("suggestion", "1", owner=member.pk))) == (True, "own")


def test_reasons_are_sentences_in_three_languages() -> None:
    reviewer = with_role("reviewer", "country:SEN")
    permit = may(reviewer, "review", Thing("suggestion", "1", OUTSIDE))
    said = {}
    for language in ("en", "fr", "es"):
        with translation.override(language):
            said[language] = permit.sentence
            assert all(str(sentence) for sentence in SENTENCES.values())
    assert "Senegal" in said["en"]
    assert "Sénégal" in said["fr"]
    assert len(set(said.values())) == 3


def test_a_mandate_holds_only_while_it_is_confirmed() -> None:
    member = with_mandate("member_agency", is_confirmed=False)
    mandate = Mandate.objects.get()
    thing = Thing("activity", "1", INSIDE)
    assert mandate.state() == Mandate.State.UNCONFIRMED
    assert reason(may(member, "edit", thing)) == (False, "mandate_lapsed")
    mandate.confirm()
    assert mandate.state() == Mandate.State.IN_FORCE
    assert may(member, "edit", thing)
    after = mandate.confirm_by + timedelta(days=1)  # type: ignore[operator]
    assert mandate.state(after) == Mandate.State.LAPSED
    assert not Mandate.objects.in_force(after).exists()
    assert list(Mandate.objects.lapsed(after)) == [mandate]
    assert list(Mandate.objects.to_confirm(mandate.confirm_by, days=0)) == [mandate]
    assert reason(Standing(member, after).may("edit", thing)) == (False, "mandate_lapsed")
    mandate.end(today() - timedelta(days=0))
    assert mandate.state(today() + timedelta(days=1)) == Mandate.State.ENDED


def test_old_values_of_a_mandate_are_kept() -> None:
    with_mandate("observer")
    mandate = Mandate.objects.get()
    mandate.end()
    assert [old.until for old in mandate.history.order_by("history_id")] == [None, None, today()]


def test_a_mandate_may_cover_a_part_only() -> None:
    member = with_mandate("member_agency", scope="country:SEN")
    assert may(member, "edit", Thing("activity", "1", frozenset({"institution:EXA", "country:SEN"})))
    assert not may(member, "edit", Thing("activity", "1", frozenset({"institution:EXA", "country:FRA"})))


def test_a_mandate_follows_a_change_of_name_and_nothing_else() -> None:
    member = with_mandate("observer")
    for id in ("NEW", "PART"):
        an_institution(id)
    Succession.objects.create(predecessor="EXA", successor="NEW", kind="renamed", on="2026")
    Succession.objects.create(predecessor="NEW", successor="PART", kind="split", on="2026-03")
    assert may(member, "edit", Thing("activity", "1", frozenset({"institution:NEW"})))
    assert not may(member, "edit", Thing("activity", "1", frozenset({"institution:PART"})))
    assert successors("EXA") == ["PART"]


def test_successions_in_a_circle_end() -> None:
    Succession.objects.create(predecessor="A", successor="B", kind="renamed")
    Succession.objects.create(predecessor="B", successor="A", kind="renamed")
    assert successors("A") == []


def test_a_closed_account_may_nothing_but_read() -> None:
    administrator = with_role("administrator")
    administrator.is_active = False
    assert reason(may(administrator, "operate", Thing("task", "1"))) == (False, "account_closed")
    assert may(administrator, "see", Thing("organisation", "1"))


def test_a_thing_nobody_told_of_is_a_fault_and_never_let_pass() -> None:
    with pytest.raises(TypeError, match="no room has registered"):
        as_thing(object())
    with pytest.raises(ValueError, match="no verb"):
        may(None, "destroy", "organisation")
    with pytest.raises(ValueError, match="no kind"):
        may(None, "see", "unicorn")


@pytest.fixture
def faults() -> str:
    return (
        "kinds: {a: [b]}\nverbs: [see]\nroles:\n  visitor: {by: nobody, sees: {visibilities: [moon], where: scope},"
        " rules: [{verbs: [fly], kinds: [c], where: institution}]}\n"
    )


def test_faults_of_the_roles_are_told_together(faults: str) -> None:
    with pytest.raises(ConfigurationError) as told:
        read_roles(faults)
    for fault in ("unknown visibility moon", "unknown verb fly", "unknown kind c", "only a mandate has an institution"):
        assert fault in str(told.value)
    with pytest.raises(ConfigurationError, match="cannot be read"):
        read_roles("roles: 7")
