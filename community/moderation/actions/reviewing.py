"""Deciding on what was reported. Of two moderators who decide at once, one does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit
from community.notifications.actions import notify
from community.notifications.models import Category
from community.people import actions as people
from community.people.models import User
from forum.models import Post

from ..models import Report, Review
from ..subjects import Subject
from .hiding import hide_post, take_name_away
from .holding import publish_post

HIDE: dict[str, Callable[..., bool]] = {"post": hide_post, "person": take_name_away}


@transaction.atomic
def keep(review: Review, subject: Subject, *, by: User, at: datetime | None = None) -> bool:
    """Find nothing wrong with it; answer whether the review was still open."""
    at = at or timezone.now()
    if not _close(review, Review.Outcome.KEPT, by=by, at=at):
        return False
    audit(
        "report.kept",
        subject.thing,
        kind=subject.kind,
        by=by,
        before={"reports": review.report_count},
        after={"outcome": Review.Outcome.KEPT.value},
        at=at,
    )
    return True


@transaction.atomic
def publish(review: Review, post: Post, *, by: User, at: datetime | None = None) -> bool:
    """Show what a gate held to everybody; answer whether the review was still open."""
    at = at or timezone.now()
    if not _close(review, Review.Outcome.RELEASED, by=by, at=at):
        return False
    publish_post(post, by=by, at=at)
    return True


@transaction.atomic
def dismiss(review: Review, *, by: User, at: datetime | None = None) -> bool:
    """Close the review of a thing that is gone by itself; answer whether it was still open."""
    return _close(review, Review.Outcome.KEPT, by=by, at=at or timezone.now())


@transaction.atomic
def hide(
    review: Review, subject: Subject, *, by: User, reason: str, at: datetime | None = None
) -> bool:
    """Take it from the public, with a reason that its author reads; answer whether it was open."""
    at = at or timezone.now()
    if not _close(review, Review.Outcome.HIDDEN, by=by, at=at):
        return False
    HIDE[subject.kind](subject.thing, by=by, reason=reason, at=at)
    return True


@transaction.atomic
def hide_and_warn(
    review: Review, subject: Subject, *, by: User, reason: str, at: datetime | None = None
) -> bool:
    """Hide it and warn its author. Raises Refused where this person cannot be warned."""
    if not hide(review, subject, by=by, reason=reason, at=at):
        return False
    if subject.author is not None:
        people.warn(subject.author, by=by, reason=reason, at=at)
    return True


@transaction.atomic
def hide_and_suspend(
    review: Review,
    subject: Subject,
    *,
    until: datetime,
    by: User,
    reason: str,
    at: datetime | None = None,
) -> bool:
    """Hide it and suspend its author until then. Raises Refused where they cannot be suspended."""
    if not hide(review, subject, by=by, reason=reason, at=at):
        return False
    if subject.author is not None:
        people.suspend(subject.author, until=until, by=by, reason=reason, at=at)
    return True


def _close(review: Review, outcome: Review.Outcome, *, by: User, at: datetime) -> bool:
    """Close the review, and tell those who reported that somebody has looked."""
    if not Review.objects.open().filter(pk=review.pk).close(outcome, by=by, at=at):
        return False
    reporters = Report.objects.filter(review=review).values_list("reporter_id", flat=True)
    notify(
        reporters,
        key=f"review:{review.pk}",
        category=Category.MODERATION,
        verb=f"report.{outcome.value}",
        kind="review",
        object_id=review.pk,
        at=at,
    )
    return True
