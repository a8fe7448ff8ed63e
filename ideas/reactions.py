"""What follows from what happens to ideas. Comments are posts: `forum.reactions` tells of them."""

from __future__ import annotations

from community.activity.actions import record
from community.activity.models import Event
from community.activity.register import reaction
from community.notifications.actions import notify
from community.notifications.models import Category

from .actions.telling_again import tell_again
from .models import Decision, Idea


@reaction("idea.joined", "idea.parted")
def tell_author(event: Event) -> None:
    """Tell who posted the idea that it was joined with another, or stands on its own again."""
    idea = Idea.objects.select_related("topic__author").filter(pk=event.object_id).first()
    author = idea.topic.author if idea else None
    if author is None or author.pk == event.actor_id:
        return
    notify(
        [author],
        key=f"event:{event.pk}",
        category=Category.MODERATION,
        verb=event.name,
        kind="idea",
        object_id=event.object_id,
        at=event.at,
    )


@reaction("decision.reopened", "decision.reopening_told")
def tell_of_reopening(event: Event) -> None:
    """Tell the next people that a decision was taken back, and owe those after them."""
    rows = Decision.objects.select_related("idea__topic", "idea__board")
    decision, line = rows.get(pk=event.object_id), int(event.data["line"])
    told = tell_again(decision, line, after=int(event.data.get("to", 0)), at=event.at)
    if told:
        name, by = "decision.reopening_told", event.actor
        record(name, decision, kind="decision", by=by, at=event.at, line=line, to=told)
