"""Votes are taken out of the count by a rule, and put back exactly."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ideas.actions import cast_vote, withdraw_vote
from ideas.actions.invalidating import invalidate_votes, restore_votes
from ideas.actions.joining import join_ideas, part_ideas
from ideas.actions.raising import raise_due
from ideas.models import Idea, Vote
from ideas.statuses import Status
from ideas.vote_rules import VoteRule, read_network, votes_by
from tests import make
from tests.ideas.joining.test_joining import figures, no_drift

HOUR = timedelta(hours=1)
OFFICE = VoteRule(networks=("203.0.113.0/24",))


@pytest.fixture
def stuffed(db) -> Idea:
    """An idea with its author's vote, two from home, and four from one office within an hour."""
    idea = make.idea(at=make.NOON)
    networks = ["198.51.100.0/24", "2001:db8:7::/48", *["203.0.113.0/24"] * 4]
    for n, network in enumerate(networks):
        domain = "mailbox.example" if n > 3 else "example.com"
        voter = make.member(f"v{n}", email=f"v{n}@{domain}")
        cast_vote(idea, by=voter, network=network, at=make.NOON + n * HOUR)
    return idea


@pytest.mark.parametrize(
    ("rule", "named"),
    [
        (OFFICE, {2, 3, 4, 5}),
        (VoteRule(networks=("203.0.113.77",)), {2, 3, 4, 5}),
        (VoteRule(networks=("203.0.0.0/16", "2001:db8::/32")), {1, 2, 3, 4, 5}),
        (VoteRule(accounts=("V1", "v2")), {1, 2}),
        (VoteRule(mail_domains=("mailbox.example",)), {4, 5}),
        (VoteRule(mail_domains=("box.example",)), set()),
        (VoteRule(since=make.NOON + 2 * HOUR, until=make.NOON + 4 * HOUR), {2, 3}),
        (VoteRule(networks=("203.0.113.0/24",), accounts=("v0", "v3")), {3}),
        (VoteRule(), set()),
    ],
)
def test_a_rule_names_what_its_votes_have_in_common(stuffed, rule, named):
    names = set(votes_by(rule, stuffed).values_list("voter__username", flat=True))

    assert names == {f"v{n}" for n in named}


def test_what_a_rule_names_counts_no_longer_and_again_after_the_undo(stuffed, moderator):
    before = figures(stuffed)

    made = invalidate_votes(OFFICE, idea=stuffed, by=moderator, reason="One office, one hour.")

    assert made.vote_count == 4
    assert figures(stuffed)[0][1] == 3
    assert no_drift()
    assert restore_votes(made, by=moderator)
    assert not restore_votes(made, by=moderator)
    assert figures(stuffed) == before
    assert [line.kind for line in stuffed.timeline.all()][-2:] == [
        "votes_removed",
        "votes_restored",
    ]
    assert no_drift()


def test_a_rule_that_names_nothing_does_nothing(stuffed, moderator):
    assert invalidate_votes(VoteRule(), by=moderator, reason="All?") is None
    assert invalidate_votes(VoteRule(accounts=("nobody",)), by=moderator, reason="X") is None
    assert figures(stuffed)[0][1] == 7


def test_a_twin_steps_in_and_goes_back(stuffed, moderator):
    first, second = (make.member(f"w{n}", email=f"w+{n}@example.com") for n in range(2))
    cast_vote(stuffed, by=first, network="203.0.113.0/24", at=make.NOON)
    cast_vote(stuffed, by=second, at=make.NOON + HOUR)
    before = figures(stuffed)

    made = invalidate_votes(OFFICE, idea=stuffed, by=moderator, reason="One office.")

    assert figures(stuffed)[0][1] == 4
    assert Vote.objects.get(voter=second).counted_on == stuffed
    restore_votes(made, by=moderator)
    assert figures(stuffed) == before


def test_whose_vote_was_taken_out_cannot_cast_it_anew(stuffed, moderator):
    invalidate_votes(OFFICE, idea=stuffed, by=moderator, reason="One office.")
    voter = Vote.objects.filter(network="203.0.113.0/24")[0].voter

    assert not withdraw_vote(stuffed, by=voter)
    assert not cast_vote(stuffed, by=voter)
    assert figures(stuffed)[0][1] == 3


def test_an_undo_is_right_after_joins_and_withdrawals(stuffed, moderator):
    other = make.idea("Internet for customers")
    voters = [vote.voter for vote in Vote.objects.filter(network="203.0.113.0/24")]
    for voter in voters[:2]:
        cast_vote(other, by=voter)
    made = invalidate_votes(OFFICE, idea=stuffed, by=moderator, reason="One office.")
    join = join_ideas(stuffed, into=other, by=moderator)
    assert figures(other)[0][1] == 6

    restore_votes(made, by=moderator)

    assert figures(other)[0][1] == 8
    withdraw_vote(other, by=voters[0])
    part_ideas(join, by=moderator)
    assert [each[1] for each in figures(stuffed, other)] == [6, 2]
    assert no_drift()


def test_votes_of_all_ideas_at_once(stuffed, moderator):
    other = make.idea("Internet for customers")
    voters = [vote.voter for vote in Vote.objects.filter(network="203.0.113.0/24")]
    for voter in voters:
        cast_vote(other, by=voter)
    before = figures(stuffed, other)

    names = tuple(voter.username for voter in voters)
    made = invalidate_votes(VoteRule(accounts=names), by=moderator, reason="Bought.")

    assert [each[1] for each in figures(stuffed, other)] == [3, 1]
    restore_votes(made, by=moderator)
    assert figures(stuffed, other) == before


def test_an_idea_that_falls_below_its_rule_goes_back_to_voting(stuffed, moderator):
    make.rule(votes=5)
    raise_due(make.NOON + timedelta(days=1))

    invalidate_votes(OFFICE, idea=stuffed, by=moderator, reason="One office.")

    assert figures(stuffed)[0][0] == Status.OPEN


@pytest.mark.parametrize("text", ["", "office", "203.0.113.0/99", "203.0.113"])
def test_what_is_no_network_is_refused(text):
    with pytest.raises(ValueError, match="does not appear"):
        read_network(text)
