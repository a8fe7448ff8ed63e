"""Notices: one row a member and cause, and reading them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from community.people.models import User

from ..models import Notification

BATCH = 500


def notify(
    users: Iterable[User | int],
    *,
    key: str,
    category: str,
    verb: str,
    kind: str,
    object_id: int,
    post_no: int | None = None,
    actor: User | None = None,
    at: datetime | None = None,
) -> int:
    """Give these members a notice, each once for each `key`; answer how many were new.

    Never to the actor. That each of them may see the thing is the caller's duty; the page asks
    again when it shows its title. For a post, say `kind="post"` and its id.
    """
    ids = {each if isinstance(each, int) else each.pk for each in users}
    ids.discard(actor.pk if actor else 0)
    had = Notification.objects.filter(user__in=ids, key=key).values_list("user_id", flat=True)
    notices = [
        Notification(
            user_id=user_id,
            key=key,
            category=category,
            verb=verb,
            kind=kind,
            object_id=object_id,
            post_no=post_no,
            actor=actor,
            at=at or timezone.now(),
        )
        for user_id in sorted(ids - set(had))
    ]
    Notification.objects.bulk_create(notices, ignore_conflicts=True, batch_size=BATCH)
    return len(notices)


def mark_read(member: User, *, up_to: int, at: datetime | None = None) -> int:
    """Mark the member's notices read, up to the one with this id; answer how many were unread."""
    unread = Notification.objects.unread().filter(user=member, pk__lte=up_to)
    return unread.update(read_at=at or timezone.now())
