"""Casting and withdrawing votes: exact under any storm, and cheap on the one idea everybody wants.

Both verbs take locks in one order, vote row before idea row when casting, idea row alone before
anything when withdrawing, and never wait for a vote row while somebody waits for them: a cast waits
for a vote row only while it holds nothing else. So no two of them can wait for each other.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F, FloatField, Q, Subquery, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.core.gates import Refused, ask_gates
from community.core.wake import wake
from community.people.models import User

from ..models import EscalationRule, Idea, Vote


class VotingClosed(Exception):
    """The idea takes no votes now."""


@dataclass(frozen=True)
class VoteAct:
    """What the gates of `vote.cast` are asked about: who votes for what, and when."""

    by: User
    idea: Idea
    at: datetime


@transaction.atomic
def cast_vote(
    idea: Idea, *, by: User, source: str = Vote.Source.PAGE, at: datetime | None = None
) -> bool:
    """Give the idea this member's one vote; answer whether it is new. Voting twice changes nothing.

    Raises VotingClosed where the idea takes no votes, and Refused where a gate says no. The idea's
    row is touched last, and once: on a popular idea everyone waits for that lock, and SQLite has no
    row locks to take earlier.
    """
    at = at or timezone.now()
    verdict = ask_gates("vote.cast", VoteAct(by=by, idea=idea, at=at))
    if verdict.is_refused:
        raise Refused(verdict.sentence)
    vote = Vote.of(idea, by, source=source, at=at)
    if not Vote.objects.insert_unless_there(vote):
        return _cast_beside_another(vote)
    _count(vote)
    return True


@transaction.atomic
def withdraw_vote(idea: Idea, *, by: User) -> bool:
    """Take this member's vote back; answer whether there was one.

    Votes on ideas that were joined to this one go too. Raises VotingClosed where the idea takes no
    votes: what was decided on keeps its voters.
    """
    _hold(idea)
    mine = Vote.objects.filter(Q(idea=idea) | Q(counted_on=idea), voter=by)
    gone = list(mine)
    if not gone:
        return False
    mine.delete()
    counted = [vote for vote in gone if vote.counted_on_id == idea.pk]
    lost = sum(not _count_twin(vote) for vote in counted)
    if counted:
        recount(idea.pk, fewer=lost)
    return True


def recount(idea_id: int, *, fewer: int = 0) -> None:
    """Take `fewer` from the count and set the heat to the sum of what is counted now.

    Call while the idea's row is ours: a statement that had to wait for the row would sum what it
    saw before it waited. Subtracting from the heat instead drifts by rounding.
    """
    counted = Vote.objects.filter(counted_on=idea_id).order_by().values("counted_on")
    heat = counted.annotate(heat=Sum("weight")).values("heat")
    Idea.objects.filter(pk=idea_id).update(
        vote_count=F("vote_count") - fewer,
        heat=Coalesce(Subquery(heat), Value(0.0), output_field=FloatField()),
    )


def _cast_beside_another(vote: Vote) -> bool:
    """Cast where there is a vote already: this member's own, or one of their other accounts.

    Of one's own nothing changes. Beside another account's the vote is stored uncounted, to step in
    when that one goes. The idea's row is taken first, so that it cannot go unseen meanwhile.
    """
    if Vote.objects.filter(idea=vote.idea_id, voter=vote.voter_id).exists():
        return False
    _hold(vote.idea)
    if Vote.objects.insert_unless_there(vote):
        _count(vote)
        return True
    vote.counted_on = None
    return Vote.objects.insert_unless_there(vote)


def _hold(idea: Idea) -> None:
    """Take the idea's row until the commit. Raises VotingClosed where it takes no votes."""
    rows = Idea.objects.select_for_update(no_key=True, of=("self",)).filter(pk=idea.pk)
    if not rows.accepting_votes().order_by().values("pk").first():
        raise VotingClosed(idea)


def _count(vote: Vote) -> None:
    """Count a stored vote, and wake the raise task where it is the one that reaches a rule.

    The row is ours by our own UPDATE, so the count that the rule is compared with is exactly ours.
    The sweep finds the idea anyway.
    """
    here = Idea.objects.filter(pk=vote.idea_id)
    if not here.accepting_votes().count_in(vote):
        raise VotingClosed(vote.idea)
    rules = EscalationRule.objects.active().for_board(vote.idea.board_id)
    if rules.filter(votes=Subquery(here.values("vote_count"))).exists():
        wake("ideas.raise_idea", vote.idea_id)


def _count_twin(gone: Vote) -> bool:
    """Count the earliest uncounted vote of the same mailbox in place of one withdrawn.

    Nobody else can count one at this moment: whoever would waits for the vote that was withdrawn.
    """
    twins = Vote.objects.filter(idea=gone.idea_id, person=gone.person, counted_on=None)
    twin = twins.order_by("at", "pk").first()
    if twin is None:
        return False
    return bool(twins.filter(pk=twin.pk).update(counted_on=gone.counted_on_id))
