"""What the company's people answered in public: the rows of `/answers/` and of its feed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from .models import Board, Post, Topic
from .wording import took_words

NEWEST = ("-created_at", "-pk")
COLUMNS = (
    "no",
    "html",
    "byline",
    "created_at",
    "edited_at",
    "topic__title",
    "topic__slug",
    "topic__kind",
    "topic__excerpt",
    "topic__created_at",
    "topic__staff_answered_at",
    "topic__board__name",
)


@dataclass(slots=True)
class AnswerRow:
    """A staff answer with what was asked; `took` only for the answer that ended the wait."""

    pk: int
    no: int
    url: str
    title: str
    asked: str
    board: str
    is_idea: bool
    html: str
    byline: str
    took: str
    at: datetime
    edited_at: datetime | None


def public_answers() -> QuerySet[Post]:
    """Published staff answers that anybody may read, newest first."""
    answers = Post.objects.by_staff().published().replies()
    public = answers.filter(topic__board__audience=Board.Audience.PUBLIC, topic__hidden_at=None)
    return public.select_related("topic__board").only(*COLUMNS).order_by(*NEWEST)


def answer_rows(posts: list[Post]) -> list[AnswerRow]:
    """What is shown of each; no query."""
    return [_row(post, post.topic) for post in posts]


def _row(post: Post, topic: Topic) -> AnswerRow:
    is_first = post.created_at == topic.staff_answered_at and not topic.is_idea
    return AnswerRow(
        pk=post.pk,
        no=post.no,
        url=post.get_absolute_url(),
        title=topic.title,
        asked=topic.excerpt,
        board=topic.board.name,
        is_idea=topic.is_idea,
        html=post.html,
        byline=post.byline,
        took=took_words(topic.created_at, post.created_at) if is_first else "",
        at=post.created_at,
        edited_at=post.edited_at,
    )
