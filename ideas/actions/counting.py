"""Which votes count, and for what: one rule, put into force by every act that moves many votes.

Of the valid votes of one person for an idea or for those joined to it, the earliest counts, on the
idea that the others point at. So what counts follows from what is stored, and an act and its undo
meet in the same figures, whatever was voted in between.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Count, F, FloatField, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce

from ..models import Idea, Vote
from ..models.votes import BUCKETS, VOTES_LOCK

if TYPE_CHECKING:
    from ..models.votes import TargetedVotes

CHUNK = 2000
Key = TypeVar("Key")


class Standing(NamedTuple):
    """A vote with all that decides whether it counts; the smaller of two is the earlier."""

    at: datetime
    pk: int
    target: int
    person: str

    @property
    def place(self) -> tuple[int, str]:
        """Where at most one vote counts: an idea and a person."""
        return self.target, self.person


def take_votes(idea_ids: Collection[int]) -> None:
    """Have these ideas and their votes to ourselves until the commit; ideas in order of their keys.

    First every vote in the making is waited for, and none begins (see `insert_unless_there`): else
    we could come to wait for a vote that waits for its idea, which is ours. Then the ideas' rows:
    who takes a vote back holds one of them, and never waits for anything of ours.
    """
    if connection.vendor == "postgresql":
        buckets = sorted({pk % BUCKETS for pk in idea_ids})
        with connection.cursor() as cursor:
            held = "SELECT pg_advisory_xact_lock(%s, b) FROM unnest(%s::int[]) AS b"
            cursor.execute(held, [VOTES_LOCK, buckets])
    rows = Idea.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=idea_ids)
    list(rows.order_by("pk").values_list("pk"))


def settle(idea_ids: Collection[int]) -> None:
    """Let the earliest valid vote of each person count on these ideas. Call after `take_votes`."""
    idle = best_of(valid_votes(idea_ids).filter(counted_on=None))
    counted = {vote.place: vote for vote in _counted_beside(idle)}
    better = [
        vote for vote in idle.values() if vote.place not in counted or vote < counted[vote.place]
    ]
    beaten = [counted[vote.place].pk for vote in better if vote.place in counted]
    for keys in chunks(beaten):
        Vote.objects.filter(pk__in=keys).update(counted_on=None)
    target = Idea.objects.filter(pk=OuterRef("idea")).values(key=Coalesce("duplicate_of", "pk"))
    for keys in chunks(vote.pk for vote in better):
        Vote.objects.filter(pk__in=keys).update(counted_on=Subquery(target))


def recount(idea_ids: Collection[int], *, fewer: int | None = None) -> None:
    """Set the heat to the sum of what is counted now, and the count too, or take `fewer` from it.

    Call while the ideas' rows are ours: a statement that had to wait for a row would sum what it
    saw before it waited. Subtracting from the heat instead drifts by rounding.
    """
    counted = Vote.objects.filter(counted_on=OuterRef("pk")).order_by().values("counted_on")
    heat = counted.annotate(heat=Sum("weight")).values("heat")
    count = counted.annotate(count=Count("pk")).values("count")
    for keys in chunks(idea_ids):
        Idea.objects.filter(pk__in=keys).update(
            vote_count=Coalesce(Subquery(count), 0) if fewer is None else F("vote_count") - fewer,
            heat=Coalesce(Subquery(heat), Value(0.0), output_field=FloatField()),
        )


def valid_votes(idea_ids: Collection[int]) -> TargetedVotes:
    """The votes for these ideas and those joined to them that were not taken out of the count.

    With `target`, the idea each may count on.
    """
    return Vote.objects.for_family(idea_ids).filter(invalidation=None).with_target()


def best_of(votes: TargetedVotes) -> dict[tuple[int, str], Standing]:
    """The earliest of these votes for each idea and person."""
    best: dict[tuple[int, str], Standing] = {}
    for row in votes.order_by().values_list("at", "pk", "target", "person"):
        vote = Standing(*row)
        best[vote.place] = min(vote, best.get(vote.place, vote))
    return best


def chunks(keys: Iterable[Key]) -> Iterator[list[Key]]:
    """The keys in lists that a statement can hold."""
    left = iter(keys)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def _counted_beside(idle: Collection[tuple[int, str]]) -> Iterator[Standing]:
    """The votes that count where these would."""
    ideas = {target for target, _person in idle}
    for persons in chunks({person for _target, person in idle}):
        counted = Vote.objects.filter(counted_on__in=ideas, person__in=persons)
        for row in counted.values_list("at", "pk", "counted_on", "person"):
            yield Standing(*row)
