"""One mailbox has one vote however it is spelt, and thousands of votes are removed in seconds."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.test import Client

from community.people.mailbox import person_key
from community.people.models import User
from ideas.actions import cast_vote
from ideas.actions.counting import recount
from ideas.actions.invalidating import invalidate_votes, restore_votes
from ideas.heat import vote_weight
from ideas.models import Idea, Vote
from ideas.vote_rules import VoteRule
from tests import make
from tests.ideas.joining.test_joining import no_drift

VARIANTS, STUFFED, SECONDS = 500, 5000, 10


def spellings(name: str, count: int) -> list[str]:
    """So many addresses of one mailbox: dots by the bits of a number, and a plus tag."""
    found = []
    for number in range(count):
        dotted = "".join(
            letter + ("." if number >> place & 1 and place < len(name) - 1 else "")
            for place, letter in enumerate(name)
        )
        found.append(f"{dotted}+{number}@example.com")
    return found


def test_five_hundred_spellings_of_a_mailbox_are_one_voter(idea: Idea) -> None:
    addresses = spellings("marathompson", VARIANTS)
    assert len({person_key(address) for address in addresses}) == 1
    accounts = User.objects.bulk_create(
        User(username=f"mara{n}", email=address, person=person_key(address))
        for n, address in enumerate(addresses)
    )
    for account in accounts:
        cast_vote(idea, by=account)

    idea.refresh_from_db()
    assert (idea.vote_count, idea.votes.count()) == (2, 1 + VARIANTS)
    assert no_drift()


@pytest.fixture
def stuffed(idea: Idea) -> Idea:
    """An idea with 5,000 votes from one network and 100 from others, some of the same mailboxes."""
    people = [f"p{n}@example.com" for n in range(STUFFED)]
    twins = [f"p{n}+twin@example.com" for n in range(0, 1000, 10)]
    members = User.objects.bulk_create(
        User(username=f"u{n}", email=address, person=person_key(address))
        for n, address in enumerate([*people, *twins])
    )
    Vote.objects.bulk_create(
        Vote(
            idea=idea,
            voter=member,
            counted_on=idea if n < STUFFED else None,
            person=member.person,
            weight=vote_weight(make.NOON + n * timedelta(seconds=1)),
            at=make.NOON + n * timedelta(seconds=1),
            network="203.0.113.0/24" if n < STUFFED else "198.51.100.0/24",
        )
        for n, member in enumerate(members)
    )
    recount([idea.pk])
    return idea


def test_five_thousand_votes_are_removed_within_ten_seconds_and_put_back_exactly(
    stuffed: Idea, moderator: User, as_moderator: Client
) -> None:
    def rows() -> list[tuple[object, ...]]:
        return list(stuffed.votes.order_by("pk").values_list("pk", "counted_on", "invalidation"))

    before = rows()
    rule = VoteRule(networks=("203.0.113.0/24",))
    begun = time.perf_counter()
    made = invalidate_votes(rule, idea=stuffed, by=moderator, reason="One network.")
    took = time.perf_counter() - begun

    assert made is not None
    stuffed.refresh_from_db()
    assert (made.vote_count, stuffed.vote_count) == (STUFFED, 101)
    assert took < SECONDS
    begun = time.perf_counter()
    restore_votes(made, by=moderator)
    took_back = time.perf_counter() - begun
    stuffed.refresh_from_db()
    assert rows() == before
    assert stuffed.vote_count == 1 + STUFFED
    assert took_back < SECONDS
    assert no_drift()
