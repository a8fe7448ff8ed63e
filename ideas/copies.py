"""What an idea keeps of its topic, brought along in the transaction that changes the topic."""

from __future__ import annotations

from django.db.models import F

from forum.copies import holds_copy, keeps_staff_answer
from forum.models import Topic

from .models import Idea


@holds_copy
def hold_idea(topic_id: int) -> None:
    """Take the idea's row until the commit, by an UPDATE: SQLite has no row locks."""
    Idea.objects.filter(pk=topic_id).update(status=F("status"))


@keeps_staff_answer
def keep_answered_at(topic_id: int) -> None:
    """The idea's `answered_at` is its topic's first staff answer; its row is touched if it moves.

    The idea's row comes before its topic's elsewhere, so whoever is about to answer takes it first.
    """
    true = Topic.objects.values_list("staff_answered_at", flat=True).get(pk=topic_id)
    ideas = Idea.objects.filter(pk=topic_id)
    moved = ideas.exclude(answered_at=true) if true else ideas.filter(answered_at__isnull=False)
    moved.update(answered_at=true)
