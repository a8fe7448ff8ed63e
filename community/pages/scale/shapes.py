"""The shapes of the load model: a few ideas are wanted by very many, and most by a few."""

from __future__ import annotations

from datetime import UTC, datetime
from random import Random

STEEPNESS = 1.3
STEPS = 60


def long_tail(number: int, *, total: int, most: int, least: int = 0) -> list[int]:
    """So many whole numbers, falling from `most`, of which the sum is `total`: Zipf–Mandelbrot.

    The n-th is most × ((1 + q) / (n + q)) ^ 1.3, with the q that gives the sum.
    """
    low, high = 0.0, float(number)
    for _step in range(STEPS):
        middle = (low + high) / 2
        if sum(_tail(number, most, least, middle)) < total:
            low = middle
        else:
            high = middle
    sizes = _tail(number, most, least, high)
    return _summing_to(total, sizes, least)


def _tail(number: int, most: int, least: int, q: float) -> list[int]:
    return [
        max(least, round(most * ((1 + q) / (n + q)) ** STEEPNESS)) for n in range(1, number + 1)
    ]


def _summing_to(total: int, sizes: list[int], least: int) -> list[int]:
    """The sizes, with what rounding left over given to, or taken from, those behind the first."""
    rest, at = total - sum(sizes), 1
    while rest and len(sizes) > 1:
        step = 1 if rest > 0 else -1
        if step > 0 or sizes[at] > least:
            sizes[at] += step
            rest -= step
        at = at % (len(sizes) - 1) + 1
    return sizes


def between(random: Random, first: int, last: int, *, early: float = 1.0) -> int:
    """A second between two; `early` above 1 draws it towards the first."""
    return first + int(max(0, last - first) * random.random() ** early)


def moment(second: int) -> datetime:
    """A second since 1970 as a moment."""
    return datetime.fromtimestamp(second, UTC)
