"""Lists of boards and of questions: which rows, in which order, and what a row shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from community.core.paging import Page, page_by_key
from community.people.readers import Reader

from .models import Board, Topic
from .wording import StateWords

COUNTED_TO = 100
NEWEST = ("-last_post_at", "-pk")
WAITING_LONGEST = ("waiting_since", "pk")
COLUMNS = (
    "title",
    "slug",
    "kind",
    "excerpt",
    "board_id",
    "author_id",
    "created_at",
    "reply_count",
    "me_too_count",
    "last_post_at",
    "waiting_since",
    "staff_answered_at",
    "solved_at",
    "locked_at",
    "author__username",
    "author__display_name",
)


class CountUpTo(Subquery):
    """How many rows a sliced query has: a count that stops where the slice does."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS few)"
    output_field = IntegerField()


@dataclass(slots=True)
class BoardRow:
    """A board, who waits there (`waiting` stops at 100), and its newest question."""

    board: Board
    url: str
    waiting: int
    waiting_url: str
    last: Topic | None

    @property
    def is_more_than_counted(self) -> bool:
        return self.waiting >= COUNTED_TO


@dataclass(slots=True)
class TopicRow:
    """A question as lists show it."""

    pk: int
    url: str
    title: str
    excerpt: str
    board: str
    author: str
    state: str
    state_words: str
    asked_at: datetime
    last_post_at: datetime
    waiting_since: datetime | None
    reply_count: int
    me_too_count: int


def questions_on(boards: Mapping[int, Board]) -> QuerySet[Topic]:
    """The questions on these boards, without what is hidden; the columns that rows show.

    By the boards' keys, not by a subquery, so that the database reads them in the list's order.
    """
    questions = Topic.objects.questions().filter(board_id__in=list(boards), hidden_at=None)
    return questions.select_related("author").only(*COLUMNS)


def page_of(questions: QuerySet[Topic], *, state: str, after: str) -> Page[Topic]:
    """A page of them: newest activity first, or who waits longest first."""
    if state == "unanswered":
        return page_by_key(questions.unanswered(), WAITING_LONGEST, after=after)  # type: ignore[attr-defined]
    if state == "solved":
        questions = questions.solved()  # type: ignore[attr-defined]
    return page_by_key(questions, NEWEST, after=after)


def topic_rows(topics: list[Topic], boards: Mapping[int, Board]) -> list[TopicRow]:
    """What the list shows of each; no query."""
    words, somebody = StateWords(), _("Somebody who left")
    return [_row(topic, boards[topic.board_id], words, somebody) for topic in topics]


def _row(topic: Topic, board: Board, words: StateWords, somebody: str) -> TopicRow:
    state, state_words = words.of(topic)
    return TopicRow(
        pk=topic.pk,
        url=f"/forum/t/{topic.pk}-{topic.slug}/",
        title=topic.title,
        excerpt=topic.excerpt,
        board=board.name,
        author=topic.author.name if topic.author else somebody,
        state=state,
        state_words=state_words,
        asked_at=topic.created_at,
        last_post_at=topic.last_post_at,
        waiting_since=topic.waiting_since,
        reply_count=topic.reply_count,
        me_too_count=topic.me_too_count,
    )


def boards_for(reader: Reader) -> dict[int, Board]:
    """The question boards this reader may read, by key, in their order."""
    return {board.pk: board for board in Board.objects.visible_to(reader).of_questions()}


def board_rows(reader: Reader) -> list[BoardRow]:
    """Every board of questions with its newest activity and how many wait: two queries for all."""
    shown = Topic.objects.questions().filter(board=OuterRef("pk"), hidden_at=None)
    waiting = shown.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")
    boards: list[Any] = list(  # boards with two annotations
        Board.objects.visible_to(reader)
        .of_questions()
        .annotate(
            last_topic_id=Subquery(shown.newest_first().values("pk")[:1]),
            waiting_count=CountUpTo(waiting.values("pk")[:COUNTED_TO]),
        )
    )
    newest = Topic.objects.select_related("author").only(*COLUMNS)
    last = newest.in_bulk([board.last_topic_id for board in boards if board.last_topic_id])
    return [
        BoardRow(
            board=board,
            url=f"/forum/{board.slug}/",
            waiting=board.waiting_count,
            waiting_url=f"/forum/{board.slug}/?filter=unanswered",
            last=last.get(board.last_topic_id),
        )
        for board in boards
    ]
