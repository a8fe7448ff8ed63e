"""Lists of boards and of questions: which rows, in which order, and what a row shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, IntegerField, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _
from taggit.models import Tag

from community.core.paging import (
    PAGE_SIZE,
    Page,
    as_page,
    page_by_key,
    place_of,
    rows_beyond,
)
from community.core.prepared import prepared
from community.people.prepared import prepared_for_readers
from community.people.readers import Reader

from .models import Board, Topic
from .models.topics import TopicQuerySet
from .wording import StateWords

COUNTED_TO = 100
NEWEST = ("-last_post_at", "-pk")
NEWEST_ASKED = ("-place",)
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


def questions_on(boards: Iterable[int], *, tag: Tag | None = None) -> TopicQuerySet:
    """The questions on these boards, without what is hidden; the columns that rows show.

    By the boards' keys, not by a subquery, so that the database reads them in the list's order.
    With a tag the order is that of the tag's index; board and kind are asked for in ways that no
    index answers, because SQLite would take those and sort.
    """
    if tag is None:
        questions = Topic.objects.questions().filter(board_id__in=list(boards), hidden_at=None)
    else:
        tagged = Topic.objects.filter(topic_tags__tag=tag, hidden_at=None)
        placed = tagged.annotate(on=F("board_id") + 0, place=F("topic_tags__content_object_id"))
        questions = placed.exclude(kind=Topic.Kind.IDEA).filter(on__in=list(boards))
    return questions.select_related("author").only(*COLUMNS)


def tag_called(slug: str) -> Tag | None:
    """The tag of this slug, in any case."""
    return Tag.objects.filter(slug=slug.lower()).first() if slug else None


def page_of(
    boards: Mapping[int, Board], *, state: str, after: str, tag: Tag | None = None
) -> Page[Topic]:
    """A page of the questions on these boards: newest activity, or who waits longest, first.

    With a tag the newest question stands first: that is the order of its index.
    """
    if tag is not None:
        return page_by_key(
            _in_state(questions_on(boards, tag=tag), state), NEWEST_ASKED, after=after
        )
    keys = WAITING_LONGEST if state == "unanswered" else NEWEST
    place = place_of(Topic.objects.all(), keys, after)
    return as_page(_rows_beyond(*place, state=state, on=tuple(boards)), keys, after)


@prepared
def _rows_beyond(*place: Any, state: str, on: tuple[int, ...]) -> QuerySet[Topic]:
    """The rows behind a place, on these boards."""
    keys = WAITING_LONGEST if state == "unanswered" else NEWEST
    questions = _in_state(questions_on(on), state)
    return rows_beyond(questions, keys, place, size=PAGE_SIZE)


def _in_state(questions: TopicQuerySet, state: str) -> TopicQuerySet:
    if state == "unanswered":
        return questions.unanswered()
    return questions.solved() if state == "solved" else questions


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
    return {board.pk: board for board in _boards(reader)}


@prepared_for_readers
def _boards(reader: Reader) -> QuerySet[Board]:
    return Board.objects.visible_to(reader).of_questions()


@prepared_for_readers
def _boards_with_activity(reader: Reader) -> QuerySet[Any]:
    """The boards, each with its newest question and how many wait there."""
    shown = Topic.objects.questions().filter(board=OuterRef("pk"), hidden_at=None)
    waiting = shown.filter(waiting_since__isnull=False).order_by("waiting_since", "pk")
    boards = Board.objects.visible_to(reader).of_questions()
    return boards.annotate(
        last_topic_id=Subquery(shown.newest_first().values("pk")[:1]),
        waiting_count=CountUpTo(waiting.values("pk")[:COUNTED_TO]),
    )


@prepared
def longest_waiting(*, on: tuple[int, ...], most: int) -> QuerySet[Topic]:
    """The questions on these boards that wait longest."""
    return questions_on(on).unanswered()[:most]


def board_rows(reader: Reader) -> list[BoardRow]:
    """Every board of questions with its newest activity and how many wait: two queries for all."""
    boards = _boards_with_activity(reader)
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
