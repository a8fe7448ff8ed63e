"""What joining two ideas, or parting them, would come to, and which ideas may be meant."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.db.models import QuerySet

from community.core.kinds import BIGGEST_KEY
from community.people.readers import Reader
from community.search.finding import find, similar

from .actions.counting import valid_votes
from .actions.joining import original_join, why_not
from .models import Idea, Vote
from .search import ideas_for

NUMBER = re.compile(r"(?:.*/ideas/)?#?(\d{1,18})(?:[-/].*)?")
SHOWN, ALIKE = 10, 5


@dataclass(frozen=True, slots=True)
class Preview:
    """The pair with the votes of each, before and after; `refusal` says why it cannot be."""

    idea: Idea
    other: Idea
    before: int
    other_before: int
    after: int
    other_after: int
    refusal: str = ""

    @property
    def shared(self) -> int:
        """People who voted for both, and count once when joined."""
        apart = max(self.before + self.other_before, self.after + self.other_after)
        return apart - min(self.before + self.other_before, self.after + self.other_after)


def preview_join(idea: Idea, into: Idea) -> Preview:
    """What it would come to if the idea were joined with the other."""
    here = Vote.objects.filter(counted_on=idea)
    there = Vote.objects.filter(counted_on=into)
    shared = here.filter(person__in=there.values("person")).count()
    return Preview(
        idea=idea,
        other=into,
        before=idea.vote_count,
        other_before=into.vote_count,
        after=0,
        other_after=idea.vote_count + into.vote_count - shared,
        refusal=why_not(idea, into),
    )


def preview_part(idea: Idea) -> Preview:
    """What it would come to if the idea stood on its own again, with what came with it."""
    canonical = Idea.objects.select_related("topic", "board").get(pk=idea.duplicate_of_id)
    join = original_join(idea)
    carried = join.carried.standing().values_list("duplicate", flat=True) if join else []
    votes = valid_votes([canonical.pk])
    group = [idea.pk, *carried]
    return Preview(
        idea=idea,
        other=canonical,
        before=0,
        other_before=canonical.vote_count,
        after=_persons(votes.filter(idea__in=group)),
        other_after=_persons(votes.exclude(idea__in=group)),
    )


def candidates(reader: Reader, words: str, *, but: Idea) -> list[Idea]:
    """The ideas that may be meant by a number, an address or some words, the likeliest first.

    Without words those that say about the same as the idea itself. Of what is listed and open to
    the reader.
    """
    scope, wanted = ideas_for(reader), words.strip()
    if number := NUMBER.fullmatch(wanted):
        keys = [min(int(number[1]), BIGGEST_KEY)]
    elif wanted:
        keys = [hit.pk for hit in find(wanted, scope, limit=SHOWN + 1).hits]
    else:
        keys = [hit.pk for hit in similar(but.topic.title, scope=scope, limit=ALIKE + 1)]
    ideas = Idea.objects.for_list(reader).exclude(pk=but.pk).in_bulk(keys)
    return [ideas[pk] for pk in keys if pk in ideas][:SHOWN]


def _persons(votes: QuerySet[Vote]) -> int:
    return votes.order_by().values("person").distinct().count()
