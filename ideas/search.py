"""How ideas are found: by their words, while they are neither hidden, joined nor withdrawn."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from community.people.readers import Reader
from community.search.index import refresh
from community.search.plain import plain_words
from community.search.queries import Scope
from community.search.sources import Source, Text, register
from forum.models import Post
from forum.models.boards import audiences_open_to

from .models import Idea
from .statuses import LISTED
from .template import without_template

KIND = "idea"


def refresh_ideas(*keys: int) -> None:
    """Have these ideas found as they are now: call it where words, board or status change."""
    refresh(KIND, keys)


def ideas_for(reader: Reader) -> Scope:
    """The ideas that this reader may find."""
    return Scope(KIND, audiences_open_to(reader))


def _texts(keys: Sequence[int]) -> Iterator[Text]:
    """The listed ideas that are not hidden, with what their authors wrote."""
    openings = Post.objects.filter(
        topic__in=keys, no=1, topic__hidden_at=None, topic__idea__status__in=LISTED
    )
    columns = ("topic_id", "topic__board_id", "topic__board__audience", "topic__title", "text")
    rows = openings.values_list(*columns, "topic__board__template")
    for pk, board, audience, title, text, template in rows:
        yield Text(pk, board, audience, title, plain_words(without_template(text, template)))


def _keys_after(last: int, size: int) -> list[int]:
    rows = Idea.objects.filter(pk__gt=last).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:size])


register(Source(KIND, _texts, _keys_after))
