"""The stored figures of ideas, each counted again from the votes for `manage.py reconcile`."""

from __future__ import annotations

from collections.abc import Iterator
from math import isclose

from django.db import transaction
from django.db.models import (
    Count,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Coalesce

from community.core.counters import Drift, counter

from .actions.counting import best_of, recount, settle, take_votes
from .models import Idea, Vote

RELATIVE = 1e-9  # heat is a sum of doubles: the order of adding changes its last digits


@counter("idea.vote_count")
def recount_votes(repair: bool) -> Iterator[Drift]:
    """One for each vote that counts on the idea."""
    wrong = _with_truth().exclude(vote_count=F("true_count")).order_by("pk")
    for idea in list(wrong):
        true_count = idea.true_count  # type: ignore[attr-defined]
        yield Drift(f"idea {idea.pk} vote_count", idea.vote_count, true_count)
        if repair:
            _mend(idea.pk)


@counter("idea.heat")
def recount_heat(repair: bool) -> Iterator[Drift]:
    """The sum of the weights of the votes that count on the idea."""
    for idea in _with_truth().order_by("pk").iterator(chunk_size=1000):
        true_heat = idea.true_heat  # type: ignore[attr-defined]
        if isclose(idea.heat, true_heat, rel_tol=RELATIVE, abs_tol=RELATIVE):
            continue
        yield Drift(f"idea {idea.pk} heat", idea.heat, true_heat)
        if repair:
            _mend(idea.pk)


@counter("vote.counted_on")
def recount_places(repair: bool) -> Iterator[Drift]:
    """A valid vote counts where its idea says, or another of the same person does."""
    votes = Vote.objects.with_target()
    astray = votes.exclude(counted_on=None).exclude(counted_on=F("target")).order_by("pk")
    for pk, stored, true in list(astray.values_list("pk", "counted_on", "target")):
        yield Drift(f"vote {pk} counted_on", stored, true)
        if repair:
            Vote.objects.filter(pk=pk).update(counted_on=None)
            _settle({stored, true})
    beside = Vote.objects.filter(counted_on=OuterRef("target"), person=OuterRef("person"))
    idle = votes.filter(counted_on=None, invalidation=None)
    for (target, _person), vote in sorted(best_of(idle.exclude(Exists(beside))).items()):
        yield Drift(f"vote {vote.pk} counted_on", None, target)
        if repair:
            _settle({target})


@transaction.atomic
def _settle(ideas: set[int]) -> None:
    """Let the right votes count on these ideas."""
    take_votes(ideas)
    settle(ideas)
    recount(ideas)


@counter("idea.board")
def recount_boards(repair: bool) -> Iterator[Drift]:
    """The board is a copy of the topic's."""
    wrong = Idea.objects.exclude(board=F("topic__board")).select_related("topic").order_by("pk")
    for idea in list(wrong):
        yield Drift(f"idea {idea.pk} board", idea.board_id, idea.topic.board_id)
        if repair:
            Idea.objects.filter(pk=idea.pk).update(board=idea.topic.board_id)


@counter("idea.store")
def recount_stores(repair: bool) -> Iterator[Drift]:
    """The store is a copy of the topic's."""
    same = Q(store=F("topic__store")) | Q(store=None, topic__store=None)
    for idea in list(Idea.objects.exclude(same).select_related("topic").order_by("pk")):
        yield Drift(f"idea {idea.pk} store", idea.store_id, idea.topic.store_id)
        if repair:
            Idea.objects.filter(pk=idea.pk).update(store=idea.topic.store_id)


@counter("idea.answered_at")
def recount_answers(repair: bool) -> Iterator[Drift]:
    """When the staff first answered is a copy of the topic's."""
    true = F("topic__staff_answered_at")
    same = Q(answered_at=true) | Q(answered_at=None, topic__staff_answered_at=None)
    for idea in list(Idea.objects.exclude(same).select_related("topic").order_by("pk")):
        answered_at = idea.topic.staff_answered_at
        yield Drift(f"idea {idea.pk} answered_at", idea.answered_at, answered_at)
        if repair:
            Idea.objects.filter(pk=idea.pk).update(answered_at=answered_at)


def _with_truth() -> QuerySet[Idea]:
    """Ideas with what their votes say, as `true_count` and `true_heat`."""
    votes = Vote.objects.filter(counted_on=OuterRef("pk")).order_by().values("counted_on")
    count = votes.annotate(count=Count("pk")).values("count")
    heat = votes.annotate(heat=Sum("weight")).values("heat")
    return Idea.objects.annotate(
        true_count=Coalesce(Subquery(count), Value(0)),
        true_heat=Coalesce(Subquery(heat), Value(0.0), output_field=FloatField()),
    )


@transaction.atomic
def _mend(pk: int) -> None:
    """Count once more while the idea's row is ours."""
    take_votes([pk])
    recount([pk])
