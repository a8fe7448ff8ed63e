"""What apps above keep of a topic's first staff answer, because an index cannot span two tables.

They register how to keep it: `@keeps_staff_answer`. It runs in the transaction that changed the
topic, after the statement that did, so that the copy is never older than what it copies.
"""

from __future__ import annotations

from collections.abc import Callable

Keep = Callable[[int], None]
_keepers: list[Keep] = []


def keeps_staff_answer(keep: Keep) -> Keep:
    """Register what is done with a topic's key when its first staff answer may have changed."""
    _keepers.append(keep)
    return keep


def staff_answer_changed(topic_id: int) -> None:
    """Let each copy follow. Call it while holding the topic's row."""
    for keep in _keepers:
        keep(topic_id)
