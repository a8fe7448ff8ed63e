"""Casting and withdrawing votes: exact under any storm, and cheap on the one idea everybody wants."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, Sum
from django.utils import timezone

from community.core.wake import wake
from community.people.models import User

from ..models import EscalationRule, Idea, Vote


class VotingClosed(Exception):
    """The idea takes no votes now."""


@transaction.atomic
def cast_vote(
    idea: Idea, *, by: User, source: str = Vote.Source.PAGE, at: datetime | None = None
) -> bool:
    """Give the idea this member's one vote; answer whether it is new. Voting twice changes nothing.

    Raises VotingClosed where the idea takes no votes. The idea's row is touched last, and once: on a
    popular idea everyone waits for that lock, and SQLite has no row locks to take earlier.
    """
    vote = Vote.of(idea, by, source=source, at=at or timezone.now())
    if Vote.objects.insert_unless_there(vote):
        if not Idea.objects.filter(pk=idea.pk).accepting_votes().count_in(vote):
            raise VotingClosed(idea)
        _wake_where_crossed(idea)
        return True
    return _keep_uncounted(vote)


@transaction.atomic
def withdraw_vote(idea: Idea, *, by: User) -> bool:
    """Take this member's vote back; answer whether there was one.

    Raises VotingClosed where the idea takes no votes: what was decided on keeps its voters. The
    idea's row is locked first, because a twin's vote may have to be counted instead, and two
    withdrawals that take vote rows in different order must not wait for each other.
    """
    if not Idea.objects.select_for_update().filter(pk=idea.pk).accepting_votes().exists():
        raise VotingClosed(idea)
    own = Vote.objects.filter(idea=idea, voter=by).first()
    if own is None or not Vote.objects.filter(pk=own.pk).delete()[0]:
        return False
    if own.counted_on_id is not None and not _count_twin(own):
        Idea.objects.filter(pk=own.counted_on_id).update(vote_count=F("vote_count") - 1)
    if own.counted_on_id is not None:
        reheat(own.counted_on_id)
    return True


def reheat(idea_id: int) -> None:
    """Set the heat to the sum of the counted votes' weights.

    Call after an UPDATE of the idea in this transaction: in READ COMMITTED a sum inside the UPDATE
    that waited for the row would be of an old snapshot. Subtracting instead drifts by rounding.
    """
    heat = Vote.objects.filter(counted_on=idea_id).aggregate(heat=Sum("weight"))["heat"]
    Idea.objects.filter(pk=idea_id).update(heat=heat or 0.0)


def _keep_uncounted(vote: Vote) -> bool:
    """Store the vote of a mailbox that already counts here under another account, uncounted.

    Where the conflict was this member's own vote, nothing changes.
    """
    idea = Idea.objects.filter(pk=vote.idea_id).accepting_votes()
    vote.counted_on = None
    if not Vote.objects.insert_unless_there(vote):
        return False
    if not idea.exists():
        raise VotingClosed(vote.idea)
    return True


def _count_twin(gone: Vote) -> bool:
    """Count the earliest uncounted vote of the same mailbox in place of one withdrawn.

    Another account of the mailbox may vote at this moment: then theirs is the one that counts.
    """
    twins = Vote.objects.filter(idea=gone.idea_id, person=gone.person, counted_on=None)
    twin = twins.order_by("at", "pk").first()
    if twin is None:
        return False
    try:
        with transaction.atomic():
            return bool(twins.filter(pk=twin.pk).update(counted_on=gone.counted_on_id))
    except IntegrityError:
        return False


def _wake_where_crossed(idea: Idea) -> None:
    """Wake the raise task when this vote is the one that reaches a rule; the sweep finds it anyway.

    The row is locked by our own UPDATE, so the count read here is exactly ours.
    """
    board_id, votes = Idea.objects.values_list("board_id", "vote_count").get(pk=idea.pk)
    if EscalationRule.objects.active().for_board(board_id).filter(votes=votes).exists():
        wake("ideas.raise_idea", idea.pk)
