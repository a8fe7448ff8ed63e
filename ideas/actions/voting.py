"""Casting and withdrawing votes: exact under any storm, and cheap on the one idea everybody wants.

Both verbs take locks in one order, vote row before idea row when casting, idea row alone before
anything when withdrawing, and never wait for a vote row while somebody waits for them: a cast waits
for a vote row only while it holds nothing else. So no two of them can wait for each other. Acts
that move many votes wait until no cast is under way: see `counting.take_votes`.

A vote for an idea that was joined with another counts on that one, and is taken back there.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from community.core.gates import Refused, ask_gates
from community.core.prepared import prepared
from community.core.wake import wake
from community.people.models import User

from ..crossing import may_fall, reaches_a_rule
from ..models import Idea, Vote
from ..statuses import UNDER_REVIEW
from .counting import recount, settle

HOPS = 5  # joins and parts that may come between, each while a vote is being cast


class VotingClosed(Exception):
    """The idea takes no votes now."""


@dataclass(frozen=True)
class VoteAct:
    """What the gates of `vote.cast` are asked about: who votes for what, and when."""

    by: User
    idea: Idea
    at: datetime


def cast_vote(
    idea: Idea,
    *,
    by: User,
    source: str = Vote.Source.PAGE,
    network: str = "",
    recorded_by: User | None = None,
    note: str = "",
    at: datetime | None = None,
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
    facts: dict[str, str | User | None] = {
        "network": network,
        "recorded_by": recorded_by,
        "note": note,
    }
    closed = VotingClosed(idea)
    for there in _leading_on(idea):
        try:
            return _cast(Vote.of(there, by, source=source, at=at, **facts))
        except VotingClosed as fault:
            closed = fault
    raise closed


def withdraw_vote(idea: Idea, *, by: User) -> bool:
    """Take this member's vote back; answer whether there was one.

    Votes on ideas that were joined to this one go too. What was taken out of the count stays where
    it is. Raises VotingClosed where the idea takes no votes: what was decided on keeps its voters.
    """
    closed = VotingClosed(idea)
    for there in _leading_on(idea):
        try:
            return _withdraw(there, by)
        except VotingClosed as fault:
            closed = fault
    raise closed


def canonical_of(idea: Idea) -> Idea:
    """The idea that counts for this one: itself, or the one it was joined with."""
    if idea.duplicate_of_id is None:
        return idea
    return Idea.objects.select_related("topic", "board").get(pk=idea.duplicate_of_id)


def _leading_on(idea: Idea) -> Iterator[Idea]:
    """The idea that counts; and after a refusal the one that it has been joined with meanwhile."""
    for _hop in range(HOPS):
        idea = canonical_of(idea)
        yield idea
        idea.refresh_from_db(fields=["duplicate_of", "status"])
        if idea.duplicate_of_id is None and not idea.accepts_votes:
            return


@transaction.atomic
def _cast(vote: Vote) -> bool:
    """Store and count it; answer whether it is new. Raises VotingClosed."""
    if not Vote.objects.insert_unless_there(vote):
        return _cast_beside_another(vote)
    _count(vote)
    return True


def _cast_beside_another(vote: Vote) -> bool:
    """Cast where there is a vote already: this member's own, or one of their other accounts.

    Of one's own nothing changes, be it for this idea or for one that was joined to it. Beside
    another account's the vote is stored uncounted, to step in when that one goes; the earlier of
    the two counts. The idea's row is taken first, so that the other cannot go unseen meanwhile.
    """
    of_family = Q(idea=vote.idea_id) | Q(idea__duplicate_of=vote.idea_id)
    if Vote.objects.filter(of_family, voter=vote.voter_id).exists():
        return False
    _hold(vote.idea)
    if Vote.objects.insert_unless_there(vote):
        _count(vote)
        return True
    vote.counted_on = None
    if not Vote.objects.insert_unless_there(vote):
        return False
    _count_earliest(vote)
    return True


@transaction.atomic
def _withdraw(idea: Idea, by: User) -> bool:
    _hold(idea)
    gone = _valid_votes_by(by.pk, idea.pk)
    if not gone:
        return False
    Vote.objects.filter(pk__in=[vote.pk for vote in gone]).delete()
    counted = [vote for vote in gone if vote.counted_on_id == idea.pk]
    if counted:
        lost = sum(not _count_twin(vote) for vote in counted)
        recount([idea.pk], fewer=lost)
        if idea.status in UNDER_REVIEW and may_fall(idea.pk).exists():
            wake("ideas.unraise_idea", idea.pk)
    return True


def _hold(idea: Idea) -> None:
    """Take the idea's row until the commit. Raises VotingClosed where it takes no votes."""
    if not _rows_held(idea.pk):
        raise VotingClosed(idea)


@prepared
def _rows_held(idea: int) -> QuerySet[Idea, int]:
    rows = Idea.objects.select_for_update(no_key=True, of=("self",)).filter(pk=idea)
    return rows.accepting_votes().order_by().values_list("pk", flat=True)


@prepared
def _valid_votes_by(voter: int, idea: int) -> QuerySet[Vote]:
    """The member's votes for the idea, and for those that were joined to it."""
    of_family = Q(idea=idea) | Q(idea__duplicate_of=idea)
    return Vote.objects.filter(of_family, voter=voter, invalidation=None)


@prepared
def _idle_twins(person: str, idea: int) -> QuerySet[Vote]:
    """The uncounted votes of a mailbox for the idea or those joined to it, the earliest first."""
    of_family = Q(idea=idea) | Q(idea__duplicate_of=idea)
    twins = Vote.objects.filter(of_family, person=person, counted_on=None, invalidation=None)
    return twins.order_by("at", "pk")


def _count(vote: Vote) -> None:
    """Count a stored vote, and wake the raise task where it is the one that reaches a rule.

    The row is ours by our own UPDATE, so the count that the rule is compared with is exactly ours.
    The sweep finds the idea anyway.
    """
    if not Idea.objects.count_in(vote):
        raise VotingClosed(vote.idea)
    if reaches_a_rule(vote):
        wake("ideas.raise_idea", vote.idea_id)


def _count_earliest(vote: Vote) -> None:
    """Count this vote in place of a later one of the same mailbox: its time may lie in the past."""
    later = Vote.objects.filter(counted_on=vote.idea_id, person=vote.person, at__gt=vote.at)
    if later.exists():
        settle([vote.idea_id])
        recount([vote.idea_id])


def _count_twin(gone: Vote) -> bool:
    """Count the earliest uncounted vote of the same mailbox in place of one withdrawn.

    Nobody else can count one at this moment: whoever would waits for the vote that was withdrawn.
    """
    twin = _idle_twins.first(gone.person, gone.counted_on_id or 0)
    if twin is None:
        return False
    return bool(Vote.objects.filter(pk=twin.pk).update(counted_on=gone.counted_on_id))
