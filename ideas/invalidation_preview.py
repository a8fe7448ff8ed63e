"""What removing votes by a rule would do: how many, whose, and what becomes of the counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Exists, OuterRef

from .actions.counting import valid_votes
from .models import Escalation, Idea, Vote, VoteInvalidation
from .vote_rules import VoteRule, votes_by

if TYPE_CHECKING:
    from .models.votes import TargetedVotes

SAMPLE = 10


@dataclass(frozen=True, slots=True)
class Effect:
    """An idea with its votes now and afterwards; `falls_below` names the rules it then misses."""

    idea: Idea
    named: int
    after: int
    falls_below: Sequence[str]


@dataclass(frozen=True, slots=True)
class Removal:
    """The votes a rule names: how many, a sample, and the ideas that lose most."""

    count: int
    idea_count: int
    sample: Sequence[Vote]
    effects: Sequence[Effect]


def preview_removal(rule: VoteRule, idea: Idea | None) -> Removal:
    """What the rule names now, of one idea or of all."""
    named = votes_by(rule, idea)
    by_idea = named.order_by().values("target").annotate(votes=Count("pk"))
    most = list(by_idea.order_by("-votes", "target").values_list("target", "votes")[:SAMPLE])
    ideas = Idea.objects.select_related("topic").in_bulk([pk for pk, _votes in most])
    return Removal(
        count=named.count(),
        idea_count=by_idea.count(),
        sample=list(named.select_related("voter", "idea__topic").order_by("-at", "-pk")[:SAMPLE]),
        effects=[_effect(ideas[pk], votes, named) for pk, votes in most],
    )


def acts_on(idea: Idea) -> Sequence[VoteInvalidation]:
    """What was removed from this idea before, newest first."""
    mine = Vote.objects.filter(invalidation=OuterRef("pk"), idea=idea)
    of_it = VoteInvalidation.objects.filter(Exists(mine)) | idea.invalidations.all()
    return list(of_it.select_related("by", "undone_by").order_by("-pk")[: 2 * SAMPLE])


def _effect(idea: Idea, votes: int, named: TargetedVotes) -> Effect:
    left = valid_votes([idea.pk]).exclude(pk__in=named.order_by().values("pk"))
    after = left.order_by().values("person").distinct().count()
    waiting = Escalation.objects.filter(
        idea=idea, state=Escalation.State.WAITING, rule__votes__gt=after
    ).exclude(rule__measure="heat")
    names = list(waiting.values_list("rule__name", flat=True))
    return Effect(idea=idea, named=votes, after=after, falls_below=names)
