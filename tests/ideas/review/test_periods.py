"""Periods join without gap or overlap, whatever the clocks do."""

from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ideas.periods import WeeklyClose, periods

YEAR = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("zone", ["America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "UTC"])
@pytest.mark.parametrize("at", [time(0), time(1, 30), time(2, 30), time(7), time(23, 59)])
@pytest.mark.parametrize("weekday", [0, 5, 6])
def test_a_year_has_a_boundary_each_week(zone, at, weekday):
    close = WeeklyClose(weekday, at, ZoneInfo(zone))
    made = list(periods(close, since=YEAR[0], until=YEAR[1]))

    assert all(first[1] == then[0] for first, then in pairwise(made))
    days = [ends.astimezone(close.zone).date() for _begins, ends in made]
    assert all(then - first == timedelta(days=7) for first, then in pairwise(days))
    assert 52 <= len(made) <= 53


def test_a_time_that_comes_twice_counts_once():
    close = WeeklyClose(6, time(1, 30), ZoneInfo("America/Chicago"))
    first = datetime(2026, 11, 1, 6, 30, tzinfo=UTC)

    assert close.after(first - timedelta(seconds=1)) == first
    assert close.after(first) == datetime(2026, 11, 8, 7, 30, tzinfo=UTC)
    assert close.after(first + timedelta(minutes=30)) == datetime(2026, 11, 8, 7, 30, tzinfo=UTC)


def test_a_time_that_is_skipped_still_ends_a_period():
    close = WeeklyClose(6, time(2, 30), ZoneInfo("America/Chicago"))

    assert close.after(datetime(2026, 3, 8, 0, tzinfo=UTC)) == datetime(
        2026, 3, 8, 8, 30, tzinfo=UTC
    )


def test_a_boundary_belongs_to_the_period_it_ends():
    close = WeeklyClose(0, time(7), ZoneInfo("UTC"))
    monday = datetime(2026, 11, 2, 7, tzinfo=UTC)

    assert close.after(monday) == monday + timedelta(days=7)
