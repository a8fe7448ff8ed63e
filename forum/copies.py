"""What apps above keep of a topic's first staff answer, because an index cannot span two tables.

They register how to keep it: `@keeps_staff_answer`. It runs in the transaction that changed the
topic, after the statement that did, so that the copy is never older than what it copies. The row
with the copy is taken before the topic's, here as in every act that begins with it: they register
how with `@holds_copy`.
"""

from __future__ import annotations

from collections.abc import Callable

Keep = Callable[[int], None]
_keepers: list[Keep] = []
_holders: list[Keep] = []


def keeps_staff_answer(keep: Keep) -> Keep:
    """Register what is done with a topic's key when its first staff answer may have changed."""
    _keepers.append(keep)
    return keep


def holds_copy(hold: Keep) -> Keep:
    """Register how the row that keeps a copy is taken, by the topic's key."""
    _holders.append(hold)
    return hold


def hold_copies(topic_id: int) -> None:
    """Take the rows that keep a copy until the commit. Call it before taking the topic's row."""
    for hold in _holders:
        hold(topic_id)


def staff_answer_changed(topic_id: int) -> None:
    """Let each copy follow. Call it while holding the topic's row."""
    for keep in _keepers:
        keep(topic_id)
