"""Periods join without gap or overlap, whatever the clocks do."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from ideas.periods import DailyClose, FortnightlyClose, MonthlyClose, WeeklyClose, periods

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


ZONES = ["America/Chicago", "Europe/Berlin", "Australia/Lord_Howe", "Pacific/Apia", "UTC"]
HOURS = [time(0), time(1, 30), time(2, 30), time(7), time(23, 59)]


def closes_of(zone, at):
    place = ZoneInfo(zone)
    yield DailyClose(at, place), 1, 3
    for weekday in (0, 6):
        yield WeeklyClose(weekday, at, place), 7, 7
        yield FortnightlyClose(weekday, at, place, date(2026, 1, 7)), 14, 14
        yield MonthlyClose(weekday, at, place), 28, 35


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", HOURS)
def test_whatever_the_cadence_periods_join_and_end_on_their_days(zone, at):
    for close, shortest, longest in closes_of(zone, at):
        made = list(periods(close, since=YEAR[0], until=YEAR[1] + timedelta(days=200)))

        assert all(begins < ends for begins, ends in made)
        assert all(first[1] == then[0] for first, then in pairwise(made))
        days = [ends.astimezone(close.zone).date() for _begins, ends in made]
        gaps = [(then - first).days for first, then in pairwise(days)]
        assert shortest <= min(gaps) <= max(gaps) <= longest, close


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize("at", HOURS)
def test_around_both_clock_changes_each_moment_has_one_next_boundary(zone, at):
    """Asked from any quarter of an hour, the answer is the same until it is reached."""
    for close, _shortest, _longest in closes_of(zone, at):
        for around in (datetime(2026, 3, 5, tzinfo=UTC), datetime(2026, 10, 22, tzinfo=UTC)):
            moments = [around + timedelta(minutes=15 * n) for n in range(4 * 24 * 14)]
            ends = [close.after(moment) for moment in moments]

            assert all(end > moment for end, moment in zip(ends, moments, strict=True))
            for (moment, end), then in zip(zip(moments, ends, strict=True), ends[1:], strict=False):
                later = moment + timedelta(minutes=15)
                assert then == end if later < end else then > end, (close, moment)


def test_a_working_day_s_digest_on_monday_covers_the_weekend():
    close = DailyClose(time(7), ZoneInfo("UTC"))
    friday = datetime(2026, 11, 6, 7, tzinfo=UTC)

    assert close.after(friday) == friday + timedelta(days=3)


def test_the_fortnight_is_counted_from_its_first_day_and_the_month_has_its_first_monday():
    place = ZoneInfo("UTC")
    fortnight = FortnightlyClose(0, time(7), place, date(2026, 11, 4))
    month = MonthlyClose(0, time(7), place)
    wednesday = datetime(2026, 11, 4, tzinfo=UTC)

    assert fortnight.after(wednesday) == datetime(2026, 11, 9, 7, tzinfo=UTC)
    assert fortnight.after(datetime(2026, 11, 9, 7, tzinfo=UTC)).day == 23
    assert month.after(wednesday) == datetime(2026, 12, 7, 7, tzinfo=UTC)
