"""How questions are found, and who may find what stands on which board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from community.people.readers import Reader
from community.search.index import refresh
from community.search.plain import plain_words
from community.search.queries import Scope
from community.search.sources import Source, Text, register

from .models import Post, Topic
from .models.boards import audiences_open_to

KIND = "topic"
KINDS = {Topic.Kind.QUESTION: KIND, Topic.Kind.IDEA: "idea"}


def refresh_topic(topic: Topic) -> None:
    """Have the topic found by its words of now, or not at all: call it where they change."""
    refresh(KINDS[Topic.Kind(topic.kind)], [topic.pk])


def questions_for(reader: Reader) -> Scope:
    """The questions that this reader may find."""
    return Scope(KIND, audiences_open_to(reader))


def _texts(keys: Sequence[int]) -> Iterator[Text]:
    """The questions that are not hidden, with their opening posts."""
    openings = Post.objects.filter(
        topic__in=keys, no=1, topic__kind=Topic.Kind.QUESTION, topic__hidden_at=None
    )
    columns = ("topic_id", "topic__board_id", "topic__board__audience", "topic__title", "text")
    for pk, board, audience, title, text in openings.values_list(*columns):
        yield Text(pk, board, audience, title, plain_words(text))


def _keys_after(last: int, size: int) -> list[int]:
    rows = Topic.objects.questions().filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:size])


register(Source(KIND, _texts, _keys_after))
