"""Taking something from the public, and bringing it back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit
from community.notifications.actions import stop_mails
from community.people.actions import change_names
from community.people.models import User
from community.people.usernames import random_username
from forum import actions as forum
from forum.models import Post

from ..models import Review


@transaction.atomic
def hide_post(post: Post, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Hide the post, keep back mail that quotes it, and settle its review.

    Answers whether it was shown before. The review's row comes first, as where it is decided from
    the queue: of two moderators one waits for the other.
    """
    at = at or timezone.now()
    Review.objects.open().about("post", post.pk).close(Review.Outcome.HIDDEN, by=by, at=at)
    is_new = forum.hide_post(post, by=by, reason=reason, at=at)
    stop_mails(f"post:{post.pk}")
    return is_new


@transaction.atomic
def restore_post(post: Post, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Show the post again; answer whether it was hidden."""
    return forum.restore_post(post, by=by, reason=reason, at=at)


@transaction.atomic
def take_name_away(member: User, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Give the member a random name in place of the one that breaks the rules."""
    before = {"username": member.username, "display_name": member.display_name}
    change_names(member, username=random_username(), display_name="")
    after = {"username": member.username, "display_name": ""}
    audit(
        "person.name_taken",
        member,
        kind="person",
        by=by,
        before=before,
        after=after,
        reason=reason,
        at=at,
    )
    Review.objects.open().about("person", member.pk).close(
        Review.Outcome.HIDDEN, by=by, at=at or timezone.now()
    )
    return True
