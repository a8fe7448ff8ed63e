"""A member has one vote on an idea, until the idea is decided; a person counts once."""

from __future__ import annotations

from datetime import timedelta
from math import isclose

import pytest
from django.utils import timezone

from community.core.gates import Refused
from community.people.actions import suspend
from ideas.actions import VotingClosed, cast_vote, withdraw_idea, withdraw_vote
from ideas.heat import vote_weight
from ideas.models import Vote
from ideas.statuses import TAKES_VOTES, Status
from tests import make


def figures(idea) -> tuple[int, int, bool]:
    """Stored count, counted rows, and whether the heat is the sum of their weights."""
    idea.refresh_from_db()
    weights = Vote.objects.filter(counted_on=idea).values_list("weight", flat=True)
    return idea.vote_count, len(weights), isclose(idea.heat, sum(weights), rel_tol=1e-9)


def test_a_vote_counts(idea, customer):
    assert cast_vote(idea, by=customer)

    assert figures(idea) == (2, 2, True)


def test_a_second_vote_changes_nothing(idea, customer):
    cast_vote(idea, by=customer)
    assert not cast_vote(idea, by=customer)

    assert figures(idea) == (2, 2, True)


def test_a_vote_can_be_taken_back_and_given_again(idea, customer):
    cast_vote(idea, by=customer)
    assert withdraw_vote(idea, by=customer)
    assert not withdraw_vote(idea, by=customer)
    assert figures(idea) == (1, 1, True)

    assert cast_vote(idea, by=customer)
    assert figures(idea) == (2, 2, True)


def test_an_idea_without_votes_is_cold(idea):
    withdraw_vote(idea, by=idea.topic.author)

    idea.refresh_from_db()
    assert (idea.vote_count, idea.heat) == (0, 0.0)


def test_a_newer_vote_is_warmer(idea, customer, advocate):
    later = make.NOON + timedelta(days=21)
    cast_vote(idea, by=customer, at=make.NOON)
    cast_vote(idea, by=advocate, at=later)

    assert isclose(vote_weight(later), 2 * vote_weight(make.NOON))
    assert figures(idea) == (3, 3, True)


@pytest.mark.parametrize("status", sorted(set(Status) - {*TAKES_VOTES, Status.DUPLICATE}))
def test_a_closed_idea_keeps_its_votes(idea, customer, advocate, status):
    cast_vote(idea, by=customer)
    make.move(idea, status)

    with pytest.raises(VotingClosed):
        cast_vote(idea, by=advocate)
    with pytest.raises(VotingClosed):
        withdraw_vote(idea, by=customer)
    assert figures(idea) == (2, 2, True)


def test_many_spellings_of_a_mailbox_count_as_one_person(idea):
    names = ["sam.lee", "samlee", *(f"samlee+{tag}" for tag in range(8)), "s.a.m.l.e.e"]
    accounts = [
        make.member(f"sam{number}", email=f"{name}@example.com")
        for number, name in enumerate(names)
    ]
    for account in accounts:
        cast_vote(idea, by=account)

    assert figures(idea) == (2, 2, True)
    assert Vote.objects.filter(idea=idea).count() == 1 + len(names)


def test_a_twin_steps_in_when_the_counted_vote_goes(idea):
    first, second, third = (
        make.member(f"sam{n}", email=f"samlee+{n}@example.com") for n in range(3)
    )
    for days, account in enumerate((first, second, third)):
        cast_vote(idea, by=account, at=make.NOON + timedelta(days=days))

    withdraw_vote(idea, by=first)

    assert figures(idea) == (2, 2, True)
    assert Vote.objects.get(idea=idea, voter=second).counted_on_id == idea.pk
    withdraw_vote(idea, by=third)
    withdraw_vote(idea, by=second)
    assert figures(idea) == (1, 1, True)


def test_a_suspended_member_hears_why_not(idea, customer, moderator):
    suspend(customer, until=timezone.now() + timedelta(days=3), by=moderator, reason="Rude.")
    customer.refresh_from_db()

    with pytest.raises(Refused, match="suspended"):
        cast_vote(idea, by=customer)
    assert figures(idea) == (1, 1, True)


def test_an_idea_may_be_taken_back_while_nobody_else_wants_it(idea):
    assert withdraw_idea(idea, by=idea.topic.author)

    idea.refresh_from_db()
    assert idea.status == Status.WITHDRAWN
    assert [line.kind for line in idea.timeline.all()] == ["posted", "withdrawn"]


def test_an_idea_that_others_want_stays(idea, customer):
    cast_vote(idea, by=customer)

    assert not withdraw_idea(idea, by=idea.topic.author)
    idea.refresh_from_db()
    assert idea.status == Status.OPEN
