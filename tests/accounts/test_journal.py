"""The journal: chained, append-only in the model and in the database, told in words, undone where an act allows it."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from essaim.accounts import journal, journal_guard
from essaim.accounts.chain import FIRST, JournalEntry, JournalError, plain

pytestmark = pytest.mark.django_db


def three_entries() -> list[JournalEntry]:
    return [journal.record("invited", ("invitation", str(number)), None, words={"role": "observer"}) for number in (1, 2, 3)]


def in_raw_sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_each_entry_holds_the_one_before() -> None:
    first, second, third = three_entries()
    assert first.previous == FIRST
    assert (second.previous, third.previous) == (first.hash, second.hash)
    assert [first.number, second.number, third.number] == [1, 2, 3]
    assert journal.verify() == []
    assert journal.head() == (3, third.hash)


def test_an_entry_reads_back_as_it_was_sealed() -> None:
    odd = {"float": 1.0, "small": 1e-7, "large": 1e21, "nul": "a\0b", "lone": "\ud800", "deep": [{"é": None, "ا": True}]}
    journal.record("invited", ("invitation", "1"), None, before=odd, after=[odd], words={"role": "observer"})
    assert journal.verify() == []
    assert plain({"value": 2.0}) == {"value": 2}


@pytest.mark.parametrize(
    ("column", "value"), [("act", "joined"), ("about_id", "9"), ("by_key", "someone"), ("words", '{"role": "secretariat"}')]
)
def test_a_tampered_row_is_found(column: str, value: str) -> None:
    three_entries()
    in_raw_sql(f"UPDATE accounts_journalentry SET {column} = %s WHERE number = 2", value)
    [fault] = journal.verify()
    assert fault.startswith("entry 2 (")
    assert fault.endswith("is not as it was sealed")


def test_a_row_sealed_anew_after_tampering_is_found_by_the_next() -> None:
    three_entries()
    in_raw_sql("UPDATE accounts_journalentry SET act = 'joined' WHERE number = 2")
    in_raw_sql("UPDATE accounts_journalentry SET hash = %s WHERE number = 2", JournalEntry.objects.get(pk=2).seal())
    assert journal.verify() == ["entry 3 does not follow entry 2: another hash stands before it"]


def test_a_missing_row_is_found_and_so_is_an_end_cut_off() -> None:
    known = (three_entries()[-1].number, journal.head()[1])
    in_raw_sql("DELETE FROM accounts_journalentry WHERE number = 3")
    assert journal.verify() == []
    assert "is not in the journal any more" in journal.verify(known)[0]
    in_raw_sql("DELETE FROM accounts_journalentry WHERE number = 1")
    assert journal.verify()[0] == "entries 1 to 1 are missing"


def test_the_model_refuses_to_change_and_to_forget() -> None:
    entry = three_entries()[0]
    for refused in (
        entry.save,
        entry.delete,
        JournalEntry.objects.all().delete,
        lambda: JournalEntry.objects.update(act="joined"),
        lambda: JournalEntry.objects.bulk_update([entry], ["act"]),
    ):
        with pytest.raises(JournalError, match="append-only"):
            refused()


@pytest.mark.parametrize("statement", ["UPDATE accounts_journalentry SET act = 'joined'", "DELETE FROM accounts_journalentry"])
def test_the_database_refuses_too(statement: str) -> None:
    three_entries()
    journal_guard.put_up(connection)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        in_raw_sql(statement)
    journal_guard.take_down(connection)
    in_raw_sql(statement)


def test_an_entry_stands_or_falls_with_the_change_it_tells() -> None:
    with transaction.atomic():
        journal.record("invited", ("invitation", "1"), None)
        transaction.set_rollback(True)
    assert journal.head() == (0, FIRST)


@pytest.mark.usefixtures("packaged_facts")
def test_packaged_facts_are_told_once_each() -> None:
    told = JournalEntry.objects.filter(act="facts_loaded").values_list("words", flat=True)
    assert sorted(words["room"] for words in told) == ["accounts", "coordination", "countries", "policy"]
