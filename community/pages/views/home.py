"""The first page: one box, what is gaining votes, what came of it, and who answers."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.people.readers import ReaderRequest
from forum.answers import answer_rows, public_answers
from forum.models import Topic
from ideas.models import Decision, Idea
from ideas.statuses import DECIDED

IDEAS = 3
OUTCOMES = 3
QUESTIONS = 2


@require_safe
@cached_for_strangers
def home(request: ReaderRequest) -> HttpResponse:
    """Four short lists, a query each; of the forum and of decisions only what anybody may read."""
    reader = request.user
    gaining = Idea.objects.for_list(reader).accepting_votes().hottest()[:IDEAS]
    answers = public_answers().filter(topic__kind=Topic.Kind.QUESTION)[:QUESTIONS]
    waiting = Topic.objects.public().questions().unanswered().select_related("board")
    context = {
        "ideas": list(gaining),
        "outcomes": list(_outcomes()),
        "answers": answer_rows(list(answers)),
        "waiting": list(waiting[:QUESTIONS]),
        "reader": reader,
    }
    return render(request, "pages/home.html", context)


def _outcomes() -> list[Decision]:
    """The newest decisions that stand, on ideas that anybody may read."""
    public = Idea.objects.public().filter(status__in=DECIDED)
    decisions = Decision.objects.published().filter(idea__in=public)
    newest = decisions.select_related("idea__topic").order_by("-published_at")
    return list(newest[:OUTCOMES])
