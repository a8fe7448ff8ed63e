"""When a digest's periods end: pure functions over wall time in an audience's zone.

Each period begins where the last one ended, and ends at the next boundary after that. Boundaries
are worked out from the calendar and never by adding seven days to a moment, so a clock change
neither loses nor repeats one. A wall time that a change skips counts as if the clock had not been
changed yet; of one that comes twice the first counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True)
class WeeklyClose:
    """A weekday (Monday is 0) and a wall time in a zone: each week ends a period there."""

    weekday: int
    at: time
    zone: ZoneInfo

    def after(self, moment: datetime) -> datetime:
        """The first boundary later than this moment, in UTC."""
        start = moment.astimezone(self.zone).date()
        ahead = (self.weekday - start.weekday()) % DAYS_OF_A_WEEK
        first = self._on(start + timedelta(days=ahead))
        if first > moment:
            return first
        return self._on(start + timedelta(days=ahead + DAYS_OF_A_WEEK))

    def _on(self, day: date) -> datetime:
        return datetime.combine(day, self.at, self.zone).astimezone(UTC)


def periods(
    close: WeeklyClose, *, since: datetime, until: datetime
) -> Iterator[tuple[datetime, datetime]]:
    """The whole periods from `since` on that have ended by `until`, as (begin, end), in order."""
    begins = since
    while (ends := close.after(begins)) <= until:
        yield begins, ends
        begins = ends
