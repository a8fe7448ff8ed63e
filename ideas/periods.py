"""When a digest's periods end: pure functions over wall time in an audience's zone.

Each period begins where the last one ended, and ends at the next boundary after that. Boundaries
are worked out from the calendar and never by adding days to a moment, so a clock change neither
loses nor repeats one. A wall time that a change skips counts as if the clock had not been changed
yet; of one that comes twice the first counts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from typing import Protocol
from zoneinfo import ZoneInfo

DAYS_OF_A_WEEK = 7
SATURDAY = 5
ONE_DAY = timedelta(days=1)


class Close(Protocol):
    """When a period ends, asked again and again."""

    def after(self, moment: datetime) -> datetime:
        """The first boundary later than this moment, in UTC."""
        ...


@dataclass(frozen=True)
class DailyClose:
    """Each working day, Monday to Friday, ends a period at this wall time."""

    at: time
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first boundary later than this moment, in UTC."""
        return _first_after(moment, self.zone, self.at, self._days)

    def _days(self, start: date) -> Iterator[date]:
        return (day for day in _days_from(start) if day.weekday() < SATURDAY)


@dataclass(frozen=True)
class WeeklyClose:
    """A weekday (Monday is 0) and a wall time in a zone: each week ends a period there."""

    weekday: int
    at: time
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first boundary later than this moment, in UTC."""
        return _first_after(moment, self.zone, self.at, self._days)

    def _days(self, start: date) -> Iterator[date]:
        return (day for day in _days_from(start) if day.weekday() == self.weekday)


@dataclass(frozen=True)
class FortnightlyClose:
    """Every second such weekday, counted from the first one on or after a day."""

    weekday: int
    at: time
    zone: ZoneInfo
    since: date

    def after(self, moment: datetime) -> datetime:
        """The first boundary later than this moment, in UTC."""
        return _first_after(moment, self.zone, self.at, self._days)

    def _days(self, start: date) -> Iterator[date]:
        first = self.since + timedelta(days=(self.weekday - self.since.weekday()) % DAYS_OF_A_WEEK)
        lasts = 2 * DAYS_OF_A_WEEK
        return (day for day in _days_from(start) if (day - first).days % lasts == 0)


@dataclass(frozen=True)
class MonthlyClose:
    """The first such weekday of each month."""

    weekday: int
    at: time
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first boundary later than this moment, in UTC."""
        return _first_after(moment, self.zone, self.at, self._days)

    def _days(self, start: date) -> Iterator[date]:
        firsts = (day for day in _days_from(start) if day.day <= DAYS_OF_A_WEEK)
        return (day for day in firsts if day.weekday() == self.weekday)


def _days_from(start: date) -> Iterator[date]:
    """This day and every following one."""
    return (start + ahead * ONE_DAY for ahead in count())


def _first_after(
    moment: datetime, zone: ZoneInfo, at: time, days: Callable[[date], Iterator[date]]
) -> datetime:
    """The first of these days, at this wall time, that is later than the moment; in UTC."""
    ends = (_wall(day, at, zone) for day in days(moment.astimezone(zone).date()))
    return next(end for end in ends if end > moment)


def _wall(day: date, at: time, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, at, zone).astimezone(UTC)


def periods(
    close: Close, *, since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The whole periods from `since` on that have ended by `until`, as (begin, end), in order."""
    begins = since
    while (ends := close.after(begins)) <= until:
        yield begins, ends
        begins = ends
