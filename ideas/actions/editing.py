"""Changing the words of an idea while people can still take their votes back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from community.core.page_cache import forget_pages
from community.people.models import User
from forum.actions import edit_post

from ..excerpts import keep_card_words
from ..models import Idea
from .voting import VotingClosed


@transaction.atomic
def edit_idea(idea: Idea, *, title: str, text: str, by: User, at: datetime | None = None) -> bool:
    """Give the idea these words; answer whether they are new. What stood before stays readable.

    Raises VotingClosed once it is decided: the decision was about the words that were voted for.
    """
    if not Idea.objects.filter(pk=idea.pk).accepting_votes().exists():
        raise VotingClosed(idea)
    opening = idea.topic.posts.select_related("topic__board").get(no=1)
    if not edit_post(opening, text=text, title=title, by=by, at=at):
        return False
    keep_card_words(opening.topic, text)
    forget_pages()
    return True
