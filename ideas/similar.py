"""Ideas that may say the same as one that is being written: a vote there counts for more."""

from __future__ import annotations

from collections.abc import Collection

from community.people.readers import Reader
from community.search.finding import similar
from forum.similar import just_posted

from .models import Idea
from .search import ideas_for

SHOWN = 5
SHORTEST = 4  # characters of a title that say something
WORTH_SHOWING = 0.12  # how well an idea fits to be shown beside the title (`Hit.fit`)
WORTH_STOPPING = 0.25  # and to be shown before the new one is posted


def ideas_like(
    title: str, body: str, reader: Reader, *, at_least: float = WORTH_SHOWING
) -> list[Idea]:
    """Up to five ideas that this reader may vote for or read about, likeliest first."""
    if len(title.strip()) < SHORTEST:
        return []
    hits = similar(title, body, scope=ideas_for(reader), limit=SHOWN)
    keys = [hit.pk for hit in hits if hit.fit >= at_least]
    found = Idea.objects.for_list(reader).in_bulk(keys) if keys else {}
    return [found[key] for key in keys if key in found]


def ideas_unseen(title: str, body: str, reader: Reader, seen: Collection[int]) -> list[Idea]:
    """The same before it is posted: those that fit well, unless the writer has seen them all."""
    likely = ideas_like(title, body, reader, at_least=WORTH_STOPPING)
    is_new = any(idea.pk not in seen for idea in likely)
    return likely if is_new and not just_posted(title, reader) else []
