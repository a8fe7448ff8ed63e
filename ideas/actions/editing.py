"""Changing the words of an idea while people can still take their votes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from community.core.page_cache import forget_pages
from community.people.models import User
from forum.actions import edit_post
from forum.models import Topic

from ..excerpts import keep_card_words
from ..models import Idea, Vote
from .voting import VotingClosed


@transaction.atomic
def edit_idea(idea: Idea, *, title: str, text: str, by: User, at: datetime | None = None) -> bool:
    """Give the idea these words; answer whether they are new. What stood before stays readable.

    Only while its words are still its author's own (`free_until`) nothing is kept. The idea's row
    is taken first: who votes meanwhile waits, and then votes for the new words. Raises VotingClosed
    once it is decided: the decision was about the words that were voted for.
    """
    at = at or timezone.now()
    if not Idea.objects.filter(pk=idea.pk).accepting_votes().update(status=F("status")):
        raise VotingClosed(idea)
    opening = idea.topic.posts.select_related("topic__board").get(no=1)
    is_unread = free_until(idea, at=at) is not None
    if not edit_post(opening, text=text, title=title, by=by, is_unread=is_unread, at=at):
        return False
    keep_card_words(opening.topic, text)
    forget_pages()
    return True


def free_until(idea: Idea, *, at: datetime) -> datetime | None:
    """Until when an edit leaves no trace; None once it does.

    For EDIT_FREE_MINUTES after it was posted, and only while nobody else has voted for it or said
    anything: what others acted on stays readable, so that nobody's vote is for other words.
    """
    ends = idea.created_at + timedelta(minutes=settings.EDIT_FREE_MINUTES)
    if at >= ends or idea.imported_votes:
        return None
    topic = Topic.objects.only("highest_no", "edited_at").get(pk=idea.pk)
    if topic.highest_no > 1 or topic.edited_at is not None:
        return None
    author = Topic.objects.filter(pk=idea.pk).values("author")
    votes = Vote.objects.filter(Q(idea=idea) | Q(counted_on=idea)).exclude(voter__in=author)
    return None if votes.exists() else ends
