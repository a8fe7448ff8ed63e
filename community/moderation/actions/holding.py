"""What a gate held: put before the moderators, and published by one of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.people.models import User
from forum import actions as forum
from forum.models import Post

from ..models import Review


@transaction.atomic
def put_before_moderators(post: Post, *, at: datetime) -> Review | None:
    """Open the review of a held post; None where somebody has decided it already."""
    if not Post.objects.filter(pk=post.pk, state=Post.State.HELD).exists():
        return None
    review, _is_new = Review.objects.get_or_create(
        kind="post", object_id=post.pk, closed_at=None, defaults={"opened_at": at}
    )
    return review


@transaction.atomic
def publish_post(post: Post, *, by: User, at: datetime | None = None) -> bool:
    """Publish the held post and settle its review; answer whether it was held.

    The review's row comes first, as where it is decided from the queue.
    """
    at = at or timezone.now()
    Review.objects.open().about("post", post.pk).close(Review.Outcome.RELEASED, by=by, at=at)
    return forum.release_post(post, by=by, at=at)
