"""Everything owed is done by one sweep, each job alone, and the tick tells that it ran."""

import logging
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from community.core import owed
from community.core.models import LimitCounter, Tick
from community.core.tasks import tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def jobs(monkeypatch):
    """A register with nothing in it."""
    monkeypatch.setattr(owed, "_jobs", {})


def test_each_job_is_told_the_time_and_says_how_much_it_did(jobs):
    told = []
    owed.owed("test.one")(lambda at: told.append(at) or 3)
    at = datetime(2027, 1, 1, tzinfo=UTC)

    assert owed.sweep(at) == {"test.one": 3}
    assert told == [at]


def test_a_job_that_fails_is_named_in_the_log_and_stops_no_other(jobs, caplog):
    @owed.owed("test.broken")
    def broken(at: datetime) -> int:
        raise RuntimeError("mara@example.com")

    owed.owed("test.after")(lambda at: 1)
    with caplog.at_level(logging.ERROR):
        done = owed.sweep()

    assert done == {"test.broken": None, "test.after": 1}
    assert "test.broken" in caplog.text


@pytest.mark.django_db(transaction=True)
def test_a_job_that_lost_its_connection_leaves_a_new_one_to_the_next(jobs):
    loses_it = {
        "postgresql": "SELECT pg_terminate_backend(pg_backend_pid())",
        "sqlite": "SELECT away FROM nowhere",
    }

    @owed.owed("test.broken")
    def broken(at: datetime) -> int:
        with connection.cursor() as cursor:
            cursor.execute(loses_it[connection.vendor])
        return 1

    owed.owed("test.after")(lambda at: Tick.objects.count())

    assert owed.sweep() == {"test.broken": None, "test.after": 0}
    assert Tick.objects.count() == 1


def test_the_tick_tells_the_real_time_also_in_a_simulation(jobs):
    owed.sweep(datetime(2040, 1, 1, tzinfo=UTC))
    owed.sweep(datetime(2041, 1, 1, tzinfo=UTC))

    only = Tick.objects.get()
    assert timezone.now() - only.at < timedelta(minutes=1)


def test_the_beats_task_is_a_sweep(jobs):
    owed.owed("test.one")(lambda at: 1)

    assert tick.name == "core.tick"
    tick()

    assert Tick.objects.exists()


def test_the_command_says_what_it_did(jobs, capsys):
    owed.owed("test.much")(lambda at: 7)
    owed.owed("test.nothing")(lambda at: 0)

    call_command("sweep")

    assert capsys.readouterr().out == "test.much: 7\n"


def test_the_command_says_when_nothing_was_owed(jobs, capsys):
    call_command("sweep")

    assert "Nothing was owed" in capsys.readouterr().out


def test_the_command_fails_when_a_job_failed(jobs, capsys):
    owed.owed("test.broken")(lambda at: 1 // 0)

    with pytest.raises(SystemExit) as end:
        call_command("sweep")

    assert end.value.code == 1
    assert "test.broken: failed" in capsys.readouterr().err


def test_limits_whose_window_is_over_are_forgotten():
    now = timezone.now()
    LimitCounter.objects.create(key="old", hits=1, ends_at=now - timedelta(seconds=1))
    LimitCounter.objects.create(key="new", hits=1, ends_at=now + timedelta(minutes=1))

    assert owed.sweep(now)["core.forget_limits"] == 1
    assert LimitCounter.objects.get().key == "new"
