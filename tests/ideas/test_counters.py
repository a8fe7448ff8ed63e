"""`manage.py reconcile` finds what the stored figures of ideas should be, and mends it."""

from __future__ import annotations

import pytest

from ideas.actions import cast_vote, withdraw_vote
from ideas.counters import recount_boards, recount_heat, recount_votes
from ideas.models import Idea
from tests import make

RECOUNTS = (recount_votes, recount_heat, recount_boards)


def drifts(*, repair: bool = False) -> list[str]:
    return [str(drift) for recount in RECOUNTS for drift in recount(repair)]


def test_nothing_drifts_by_voting(idea):
    people = [make.member() for _ in range(12)]
    for member in people:
        cast_vote(idea, by=member)
    for member in people[::2]:
        withdraw_vote(idea, by=member)

    assert drifts() == []


@pytest.mark.parametrize("wrong", [{"vote_count": 7}, {"heat": 3.5}, {"vote_count": 0, "heat": 0}])
def test_a_drift_is_found_said_and_mended(idea, wrong):
    Idea.objects.filter(pk=idea.pk).update(**wrong)

    assert len(drifts()) == len(wrong)
    assert drifts(repair=True)
    assert drifts() == []
    idea.refresh_from_db()
    assert idea.vote_count == 1


def test_the_board_follows_the_topic(idea):
    idea.topic.board = make.board("elsewhere")
    idea.topic.save()

    assert drifts(repair=True) == [
        f"idea {idea.pk} board: stored {idea.board_id}, counted {idea.topic.board_id}"
    ]
    assert drifts() == []
