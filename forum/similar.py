"""Questions that may have been asked before, and answered."""

from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from community.people.readers import Reader
from community.search.finding import similar

from .actions.posting import SAME_WITHIN
from .lists import TopicRow, boards_for, questions_on, topic_rows
from .models import Topic
from .search import questions_for

SHOWN = 5
SHORTEST = 4  # characters of a title that say something
WORTH_SHOWING = 0.12  # how well a question fits to be shown beside the title (`Hit.fit`)
WORTH_STOPPING = 0.25  # and to be shown before the new one is asked


def questions_like(
    title: str, body: str, reader: Reader, *, at_least: float = WORTH_SHOWING
) -> list[TopicRow]:
    """Up to five questions that this reader may read, likeliest first."""
    if len(title.strip()) < SHORTEST:
        return []
    hits = similar(title, body, scope=questions_for(reader), limit=SHOWN)
    return rows_of([hit.pk for hit in hits if hit.fit >= at_least], reader)


def questions_unseen(
    title: str, body: str, reader: Reader, seen: Collection[int]
) -> list[TopicRow]:
    """The same before it is asked: those that fit well, unless the writer has seen them all."""
    likely = questions_like(title, body, reader, at_least=WORTH_STOPPING)
    is_new = any(row.pk not in seen for row in likely)
    return likely if is_new and not just_posted(title, reader) else []


def just_posted(title: str, reader: Reader) -> bool:
    """Whether this member began a topic of this title a moment ago: it is their second click."""
    since = timezone.now() - SAME_WITHIN
    mine = Topic.objects.filter(author=reader.pk, title=title, created_at__gte=since)
    return reader.is_authenticated and mine.exists()


def rows_of(keys: Collection[int], reader: Reader) -> list[TopicRow]:
    """These questions as lists show them, in this order; without what the reader may not read."""
    if not keys:
        return []
    boards = boards_for(reader)
    found = questions_on(boards).in_bulk(keys)
    return topic_rows([found[key] for key in keys if key in found], boards)
