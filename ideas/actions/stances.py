"""Taking a side with a comment: for the idea, against it, or neither."""

from __future__ import annotations

from django.db import transaction

from forum.models import Post

from ..models import Stance


@transaction.atomic
def take_side(post: Post, side: str) -> bool:
    """The comment speaks for or against its idea ("" = neither); answer whether that is a change.

    That it is theirs to say is the caller's duty.
    """
    stances = Stance.objects.filter(post=post)
    if not side:
        return bool(stances.delete()[0])
    stance = {"idea_id": post.topic_id, "side": side}
    is_new = Stance.objects.get_or_create(post=post, defaults=stance)[1]
    return is_new or bool(stances.exclude(side=side).update(side=side))
