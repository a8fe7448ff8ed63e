"""The first page: one box, what is gaining votes, what came of it, and who answers."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.core.prepared import prepared
from community.people.prepared import prepared_for_readers
from community.people.readers import Reader, ReaderRequest
from forum.answers import answer_rows, public_answers
from forum.models import Board, Post, Topic
from ideas.models import Decision, Idea
from ideas.models.ideas import IdeaQuerySet
from ideas.statuses import DECIDED

IDEAS = 3
OUTCOMES = 3
QUESTIONS = 2


@require_safe
@cached_for_strangers
def home(request: ReaderRequest) -> HttpResponse:
    """Four short lists, a query each; of the forum and of decisions only what anybody may read."""
    reader = request.user
    context = {
        "ideas": _gaining(reader),
        "outcomes": _outcomes(),
        "answers": answer_rows(_answers()),
        "waiting": _waiting(),
        "reader": reader,
    }
    return render(request, "pages/home.html", context)


@prepared_for_readers
def _gaining(reader: Reader) -> IdeaQuerySet:
    """What gains votes fastest."""
    return Idea.objects.for_list(reader).accepting_votes().hottest()[:IDEAS]


@prepared
def _answers() -> QuerySet[Post]:
    """The newest answers to questions."""
    return public_answers().filter(topic__kind=Topic.Kind.QUESTION)[:QUESTIONS]


@prepared
def _waiting() -> QuerySet[Topic]:
    """Who has waited longest."""
    waiting = Topic.objects.public().questions().unanswered()
    return waiting.select_related("board")[:QUESTIONS]


@prepared
def _outcomes() -> QuerySet[Decision]:
    """The newest decisions that stand, on ideas that anybody may read."""
    public = Decision.objects.published().filter(
        idea__status__in=DECIDED,
        idea__board__audience=Board.Audience.PUBLIC,
        idea__topic__hidden_at=None,
    )
    return public.select_related("idea__topic").order_by("-published_at", "-pk")[:OUTCOMES]
