"""Saying whether a post helped, and how helpful that makes it."""

from __future__ import annotations

from datetime import datetime
from math import sqrt

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.people.models import User

from ..models import Helpful, Post

CONFIDENCE = 1.96  # z of a 95 % interval


@transaction.atomic
def mark_helpful(
    post: Post, *, by: User, is_helpful: bool = True, at: datetime | None = None
) -> bool:
    """The member says that the post helped, or that it did not; answer whether that is a change.

    One word each: the later one stands. That they may is the caller's duty.
    """
    at = at or timezone.now()
    word, is_new = Helpful.objects.get_or_create(
        post=post, member=by, defaults={"is_helpful": is_helpful, "at": at}
    )
    if is_new:
        _count(post, helpful=int(is_helpful), unhelpful=int(not is_helpful))
        return True
    other = Helpful.objects.filter(pk=word.pk, is_helpful=not is_helpful)
    if not other.update(is_helpful=is_helpful, at=at):
        return False
    step = 1 if is_helpful else -1
    _count(post, helpful=step, unhelpful=-step)
    return True


@transaction.atomic
def take_back_helpful(post: Post, *, by: User) -> bool:
    """The member has said nothing about the post after all; answer whether they had."""
    words = Helpful.objects.filter(post=post, member=by)
    was_helpful = bool(words.filter(is_helpful=True).delete()[0])
    was_unhelpful = not was_helpful and bool(words.filter(is_helpful=False).delete()[0])
    if was_helpful or was_unhelpful:
        _count(post, helpful=-int(was_helpful), unhelpful=-int(was_unhelpful))
    return was_helpful or was_unhelpful


def helpfulness(helpful: int, unhelpful: int) -> float:
    """The share that found it helpful which the truth is above with 97.5 % certainty, 0 to 1.

    The lower bound of Wilson's score interval, so that 9 of 10 stand before 1 of 1: E. B. Wilson,
    "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), pages 209 to 212.
    """
    n = helpful + unhelpful
    if n == 0:
        return 0.0
    share, z2 = helpful / n, CONFIDENCE**2
    spread = CONFIDENCE * sqrt((share * (1 - share) + z2 / (4 * n)) / n)
    return max(0.0, (share + z2 / (2 * n) - spread) / (1 + z2 / n))


def _count(post: Post, *, helpful: int, unhelpful: int) -> None:
    """Carry the counts on, which takes the post's row; then work out what they make of it."""
    ours = Post.objects.filter(pk=post.pk)
    ours.update(
        helpful_count=F("helpful_count") + helpful, unhelpful_count=F("unhelpful_count") + unhelpful
    )
    counts = ours.values_list("helpful_count", "unhelpful_count").get()
    ours.update(helpfulness=helpfulness(*counts))
