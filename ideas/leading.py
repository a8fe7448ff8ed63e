"""A joined idea leads to the one that counts for it: its followers hear what is said there."""

from __future__ import annotations

from collections.abc import Iterable

from forum.led_here import leads_on

from .models import Idea


@leads_on
def joined_with(topic_id: int) -> Iterable[int]:
    """The ideas that are joined with this one now."""
    return Idea.objects.filter(duplicate_of=topic_id).order_by("pk").values_list("pk", flat=True)
