"""What may be followed, and by whom."""

from __future__ import annotations

from typing import Any

from community.core import kinds
from community.people.readers import Reader

WATCHABLE = ("topic",)  # and so ideas, which are topics with votes


def thing_to_watch(kind: str, pk: int, reader: Reader) -> Any | None:
    """The thing of a kind that can be followed, where this reader may see it."""
    return kinds.find(kind, pk, reader) if kind in WATCHABLE else None
