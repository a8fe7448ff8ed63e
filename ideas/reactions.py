"""What follows from what happens to ideas. Comments are posts: `forum.reactions` tells of them."""

from __future__ import annotations

from community.activity.models import Event
from community.activity.register import reaction
from community.notifications.actions import notify
from community.notifications.models import Category

from .models import Idea


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
