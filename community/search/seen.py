"""Which suggestions somebody has seen, as a form carries it along."""

from __future__ import annotations

from community.core.kinds import BIGGEST_KEY

MOST = 200  # characters


def keys_seen(text: str) -> frozenset[int]:
    """The keys in “17,4,9”; what is none is left out."""
    numbers = (int(key) for key in text[:MOST].split(",") if key.isascii() and key.isdigit())
    return frozenset(number for number in numbers if number <= BIGGEST_KEY)
