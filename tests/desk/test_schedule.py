"""The schedule and the wishes for builds, worked off by the real task queue."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime, timedelta
from threading import Thread
from time import sleep

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from essaim.accounts.models import Institution, Mandate, Person
from essaim.config import configuration
from essaim.desk import build_wishes, heartbeat, own_schedule, processes
from essaim.desk import schedule as desk_schedule
from essaim.desk.build_wishes import BuildRun, BuildWish, begin, carry_out, is_build_due, wish_for_build
from essaim.desk.heartbeat import Heartbeat, beat, give_up_orphans, live_workers
from essaim.desk.outbox import OutgoingMail
from essaim.desk.own_topics import remind_of_mandates
from essaim.desk.schedule import Scheduled, ScheduledRun, WorkerBeat, next_after, register_scheduled, tick
from essaim.desk.site_changes import refresh_site_index, site_changed
from essaim.errors import ConfigurationError
from essaim.pages.models import FactsPackage
from essaim.text import Index, Query

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
RAN: list[str] = []


def work() -> dict[str, int]:
    RAN.append("work")
    return {"things": 3}


def stumble() -> None:
    RAN.append("stumble")
    raise RuntimeError("the disk is full")


def invented(name: str, run: object = work, **more: object) -> Scheduled:
    return Scheduled(name, name, timedelta(hours=1), run, **more)  # type: ignore[arg-type]


@pytest.fixture
def only_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    """A schedule of three invented entries, in the place of the house's."""
    monkeypatch.setattr(desk_schedule, "_schedule", {})
    register_scheduled(invented("good"), invented("bad", stumble), invented("slow", is_long=True))
    RAN.clear()


def work_off() -> None:
    call_command("run_worker", batch=True)


@given(st.datetimes(datetime(1980, 1, 1), datetime(2100, 1, 1)), st.integers(1, 5000))
def test_the_next_time_is_after_now_and_never_more_than_a_cadence_away(moment: datetime, minutes: int) -> None:
    now, every = moment.replace(tzinfo=UTC), timedelta(minutes=minutes)
    following = next_after(now, every)
    assert now < following <= now + every
    assert next_after(following, every) == following + every


def test_weekly_means_monday_at_six_and_daily_at_six() -> None:
    assert next_after(NOON, timedelta(weeks=1)) == datetime(2026, 11, 30, 6, tzinfo=UTC)
    assert next_after(NOON, timedelta(days=1)) == datetime(2026, 11, 25, 6, tzinfo=UTC)


def test_every_entry_of_the_house_can_be_said_and_two_may_not_share_a_name() -> None:
    assert {entry.name for entry in own_schedule.ENTRIES} <= {entry.name for entry in desk_schedule.schedule()}
    with pytest.raises(ConfigurationError):
        register_scheduled(invented("mail"))


@pytest.mark.django_db(transaction=True)
def test_what_is_due_is_handed_out_once_and_worked_off(only_invented: None) -> None:
    assert tick(NOON) == []
    later = NOON + timedelta(hours=1)
    assert tick(later) == ["good", "bad", "slow"]
    assert tick(later) == []
    work_off()
    assert sorted(RAN) == ["stumble", "work", "work"]
    good, bad = (ScheduledRun.objects.get(name=name) for name in ("good", "bad"))
    assert (good.is_good, good.words) == (True, "things 3")
    assert (bad.is_good, bad.words) == (False, "RuntimeError: the disk is full")
    assert DBTaskResult.objects.get(status=TaskResultStatus.FAILED).args_kwargs["args"] == ["bad"]
    assert set(DBTaskResult.objects.values_list("queue_name", flat=True)) == {"default", "long"}


@pytest.mark.django_db(transaction=True)
def test_what_failed_is_tried_again_at_its_next_time(only_invented: None) -> None:
    tick(NOON)
    for hours in (1, 2):
        tick(NOON + timedelta(hours=hours))
        work_off()
    assert RAN.count("stumble") == 2


@pytest.mark.django_db
def test_what_was_handed_out_and_has_not_ended_is_not_handed_out_again_until_it_is_lost(only_invented: None) -> None:
    tick(NOON)
    assert "good" in tick(NOON + timedelta(hours=1))
    assert "good" not in tick(NOON + timedelta(hours=3))
    assert "good" in tick(NOON + timedelta(hours=9))


@pytest.mark.django_db
def test_a_worker_that_slept_through_runs_an_entry_once_not_for_every_time_missed(only_invented: None) -> None:
    tick(NOON)
    assert tick(NOON + timedelta(days=30)) == ["good", "bad", "slow"]
    assert DBTaskResult.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_the_heartbeat_tells_that_the_worker_lives_and_hands_out_the_schedule(only_invented: None) -> None:
    for name in ("good", "bad", "slow"):
        ScheduledRun.objects.create(name=name, next_at=timezone.now())
    with Heartbeat(every_s=0.05):
        assert len(live_workers()) == 1
        for _ in range(200):
            if DBTaskResult.objects.count() == 3:
                break
            sleep(0.05)
    assert DBTaskResult.objects.count() == 3
    assert not WorkerBeat.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_ran_when_the_last_worker_died_is_marked_and_not_while_another_lives(only_invented: None) -> None:
    tick(NOON)
    tick(NOON + timedelta(hours=1))
    DBTaskResult.objects.all()[0].claim("dead")
    BuildRun.objects.create()
    beat("another:1")
    assert give_up_orphans("me:2") == 0
    WorkerBeat.objects.update(at=timezone.now() - heartbeat.ALIVE * 2)
    assert give_up_orphans("me:2") == 1
    assert DBTaskResult.objects.filter(status=TaskResultStatus.FAILED).count() == 1
    assert BuildRun.objects.get().is_good is False


@pytest.mark.django_db
def test_a_build_is_due_when_it_is_wished_for_and_rests_ten_minutes_unless_a_person_asked(a_person: Person) -> None:
    assert not is_build_due()
    wish_for_build("accepted")
    wish_for_build("accepted")
    run = begin()
    assert run is not None
    assert run.wishes.count() == 2
    wish_for_build("accepted")
    assert begin() is None, "one at a time"
    BuildRun.objects.update(ended_at=timezone.now())
    assert begin() is None, "it rests"
    wish_for_build("asked", a_person, is_asked=True)
    second = begin()
    assert second is not None
    assert second.wishes.count() == 2
    BuildRun.objects.update(ended_at=timezone.now(), started_at=timezone.now() - timedelta(minutes=11))
    wish_for_build("accepted")
    assert is_build_due()


@pytest.mark.django_db
def test_a_build_lost_with_its_worker_does_not_hold_up_the_next_for_ever() -> None:
    BuildRun.objects.create(started_at=timezone.now() - timedelta(hours=25))
    wish_for_build("accepted")
    assert is_build_due()


def a_command(answer: object, code: int = 0, told: str = "") -> list[str]:
    program = f"import sys; print({json.dumps(json.dumps(answer))}); sys.stderr.write({told!r}); sys.exit({code})"
    return [sys.executable, "-c", program]


@pytest.mark.django_db
def test_what_came_of_a_build_is_kept() -> None:
    run = BuildRun.objects.create()
    assert carry_out(run, a_command({"number": "2026-11-24.7"}))
    run.refresh_from_db()
    assert (run.is_good, run.number, run.ended_at is not None) == (True, "2026-11-24.7", True)


@pytest.mark.django_db
def test_a_build_that_fails_says_why_and_one_that_met_another_leaves_its_wishes_open() -> None:
    for told, is_open in (("essaim: the disk is full.", False), (f"essaim: {build_wishes.BUSY}.", True)):
        BuildRun.objects.all().delete()
        BuildWish.objects.all().delete()
        wish_for_build("accepted")
        run = begin()
        assert run is not None
        assert not carry_out(run, a_command({}, 1, told))
        run.refresh_from_db()
        assert (run.is_good, run.words) == (False, told)
        assert BuildWish.objects.filter(run__isnull=True).exists() is is_open


@pytest.mark.django_db
def test_a_worker_that_stops_takes_its_build_with_it_and_leaves_the_wish_open() -> None:
    wish_for_build("accepted")
    run = begin()
    assert run is not None

    def stop_when_it_runs() -> None:
        while not processes.stop_all():
            sleep(0.02)

    stopper = Thread(target=stop_when_it_runs)
    stopper.start()
    assert not carry_out(run, [sys.executable, "-c", "import time; time.sleep(60)"])
    stopper.join()
    assert BuildWish.objects.filter(run__isnull=True).count() == 1


@pytest.mark.django_db(transaction=True)
def test_many_changes_refresh_the_index_once_and_the_index_then_has_them(packaged_norm: str) -> None:
    DBTaskResult.objects.all().delete()
    for _ in range(3):
        site_changed()
    assert DBTaskResult.objects.filter(task_path=refresh_site_index.module_path).count() == 1
    work_off()
    found = Index.open(configuration().site_index).search(Query(words=packaged_norm))
    assert found.total > 0
    site_changed()
    assert DBTaskResult.objects.filter(status=TaskResultStatus.READY).count() == 1


@pytest.fixture
def packaged_norm() -> str:
    """The packaged facts, loaded; the acronym of an institution among them."""
    call_command("load_facts", verbosity=0)
    return "RIPESS"


@pytest.mark.django_db
def test_accepted_facts_refresh_the_index() -> None:
    FactsPackage.objects.create(room="invented", version=1, state=FactsPackage.State.ACCEPTED, diff={})
    assert DBTaskResult.objects.filter(task_path=refresh_site_index.module_path).count() == 1


@pytest.mark.django_db
def test_a_mandate_is_reminded_of_once_a_step_and_never_when_it_is_fresh(a_francophone: Person) -> None:
    Institution.objects.create(
        id="EXAMPLE", record_key="x:EXAMPLE", acronym="EX", type="member", titles={"fr": "Exemple"}, package_version=0
    )
    mandate = Mandate.objects.create(person=a_francophone, institution_id="EXAMPLE", role="member_agency")
    for days_left, subject in ((200, ""), (29, "doit être confirmé"), (6, "doit être confirmé"), (-1, "n’est plus confirmé")):
        mandate.confirmed_at = timezone.now().date() - timedelta(days=1)
        mandate.confirm_by = timezone.now().date() + timedelta(days=days_left)
        mandate.since = mandate.confirmed_at
        mandate.save()
        OutgoingMail.objects.all().delete()
        written = remind_of_mandates()
        assert remind_of_mandates() == 0
        letters = OutgoingMail.objects.all()
        assert written == len(letters) == (2 if days_left == 6 else 1 if subject else 0)
        assert all(subject in letter.subject and letter.language == "fr" for letter in letters)
