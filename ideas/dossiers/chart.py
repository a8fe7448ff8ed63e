"""The chart of an idea's votes by week, in numbers that a template draws as SVG and as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WEEK = timedelta(days=7)
WIDTH, HEIGHT = 600, 120  # units of the drawing, which is stretched to the page
MOST_BARS = 53
GATHERED = 4  # weeks a bar where there are more
RECENT = 4  # weeks: the 28 days of the gain, about
SMALLEST = 1.5


@dataclass(frozen=True)
class Bar:
    """The votes of a week, or of four; x, y, width and height in units of the drawing."""

    since: date
    votes: int
    x: float
    y: float
    width: float
    height: float
    is_recent: bool


@dataclass(frozen=True)
class Chart:
    """Bars from the first week to the last, and where in between the idea was raised."""

    bars: list[Bar]
    most: int
    total: int
    weeks_a_bar: int
    raised_x: float | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def first(self) -> date:
        return self.bars[0].since

    @property
    def last(self) -> date:
        return self.bars[-1].since


def chart_of(weeks: Sequence[int], weeks_from: str, *, raised_on: date) -> Chart | None:
    """The chart of these weeks; None with less than two of them."""
    if len(weeks) < 2 or not weeks_from:
        return None
    size = 1 if len(weeks) <= MOST_BARS else GATHERED
    begins = date.fromisoformat(weeks_from)
    short = -len(weeks) % size  # the oldest bar may be short, so that the newest is whole
    padded = [0] * short + list(weeks)
    heaps = [sum(padded[at : at + size]) for at in range(0, len(padded), size)]
    first = begins - short * WEEK
    step, most = WIDTH / len(heaps), max(*heaps, 1)
    recent = max(1, RECENT // size)
    bars = [
        _bar(first + number * size * WEEK, votes, number, step, most, len(heaps) - number <= recent)
        for number, votes in enumerate(heaps)
    ]
    place = (raised_on - first).days / (7 * size) * step
    raised = round(place, 1) if 0 <= place <= WIDTH else None
    return Chart(bars, max(heaps), sum(heaps), size, raised)


def _bar(since: date, votes: int, number: int, step: float, most: int, is_recent: bool) -> Bar:
    height = max(votes / most * HEIGHT, SMALLEST if votes else 0)
    return Bar(
        since=since,
        votes=votes,
        x=round(number * step + step * 0.1, 2),
        y=round(HEIGHT - height, 2),
        width=round(step * 0.8, 2),
        height=round(height, 2),
        is_recent=is_recent,
    )
