"""Bar charts in numbers that a template draws as SVG, with the same numbers in a table beside it.

The drawing has no words in it, so that it can be stretched to any page; they stand in HTML around.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 600, 160  # units of the drawing
ROOM = 0.72  # of a group's width that its bars take at most
WIDEST = 36  # units of one bar
SMALLEST = 1.5


@dataclass(frozen=True)
class Bar:
    """One value; x, y, width and height in units of the drawing. `series` counts from 1."""

    series: int
    words: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Group:
    """The values of one label, as the table shows them, and its bars."""

    label: str
    words: list[str]
    bars: list[Bar]


@dataclass(frozen=True)
class Chart:
    """A chart whole: what it shows, its series, and its groups from left to right."""

    key: str
    title: str
    series: list[str]
    groups: list[Group]
    most: str
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def is_empty(self) -> bool:
        return not any(bar.height for group in self.groups for bar in group.bars)


@dataclass(frozen=True)
class Value:
    """A number, and how it is said; None where there is none."""

    number: float | None
    words: str


def grouped_bars(
    key: str, title: str, series: Sequence[str], rows: Sequence[tuple[str, Sequence[Value]]]
) -> Chart:
    """A chart with the bars of each label side by side."""
    every = [value for _label, values in rows for value in values if value.number]
    most = max(every, key=lambda value: value.number or 0, default=Value(1, ""))
    step = WIDTH / max(len(rows), 1)
    groups = [
        _group(number, label, values, step, most.number or 1)
        for number, (label, values) in enumerate(rows)
    ]
    return Chart(key, title, list(series), groups, most.words)


def _group(number: int, label: str, values: Sequence[Value], step: float, most: float) -> Group:
    width = min(step * ROOM / max(len(values), 1), WIDEST)
    begin = number * step + (step - width * len(values)) / 2
    bars = [
        _bar(place + 1, f"{label}: {value.words}", begin + place * width, width, value.number, most)
        for place, value in enumerate(values)
    ]
    return Group(label, [value.words for value in values], bars)


def _bar(series: int, words: str, x: float, width: float, number: float | None, most: float) -> Bar:
    height = max(number / most * HEIGHT, SMALLEST) if number else 0
    return Bar(
        series=series,
        words=words,
        x=round(x, 2),
        y=round(HEIGHT - height, 2),
        width=round(width * 0.9, 2),
        height=round(height, 2),
    )
