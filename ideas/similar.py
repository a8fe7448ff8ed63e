"""Ideas that may say the same as one that is being written: a vote there counts for more."""

from __future__ import annotations

from collections.abc import Collection
from math import log10

from community.people.readers import Reader
from community.search.finding import similar
from forum.similar import just_posted

from .models import Idea
from .search import ideas_for

SHOWN = 5
CONSIDERED = 15
WANTED = 0.02  # what ten times the votes are worth, beside 1 for the very same meaning
MOST_WANTED = 0.1  # what a hundred thousand are worth, and more is not
SHORTEST = 4  # characters of a title that say something
WORTH_SHOWING = 0.12  # how well an idea fits to be shown beside the title (`Hit.fit`)
WORTH_STOPPING = 0.25  # and to be shown before the new one is posted


def ideas_like(
    title: str, body: str, reader: Reader, *, at_least: float = WORTH_SHOWING
) -> list[Idea]:
    """Up to five ideas that this reader may vote for or read about, likeliest first.

    Of those that say it equally well, the ones that many want: there a vote counts for more.
    """
    if len(title.strip()) < SHORTEST:
        return []
    hits = similar(title, body, scope=ideas_for(reader), limit=CONSIDERED)
    if not hits:
        return []
    least = max(at_least, hits[:SHOWN][-1].fit - MOST_WANTED)
    fits = {hit.pk: hit.fit for hit in hits if hit.fit >= least}
    found = Idea.objects.for_list(reader).in_bulk(fits.keys()) if fits else {}

    def worth(idea: Idea) -> float:
        return fits[idea.pk] + min(MOST_WANTED, WANTED * log10(1 + idea.vote_count))

    return sorted((found[key] for key in fits if key in found), key=worth, reverse=True)[:SHOWN]


def ideas_unseen(title: str, body: str, reader: Reader, seen: Collection[int]) -> list[Idea]:
    """The same before it is posted: those that fit well, unless the writer has seen them all."""
    likely = ideas_like(title, body, reader, at_least=WORTH_STOPPING)
    is_new = any(idea.pk not in seen for idea in likely)
    return likely if is_new and not just_posted(title, reader) else []
