"""Moderators say which votes, see what removing them does, and put them back, all in public."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from ideas.actions import cast_vote
from ideas.actions.invalidating import invalidate_votes
from ideas.actions.raising import raise_due
from ideas.models import Idea, Vote, VoteInvalidation
from ideas.vote_rules import VoteRule
from tests import make

OFFICE = "203.0.113.0/24"


@pytest.fixture
def stuffed(db) -> Idea:
    """An idea raised by its seven votes, four of them from one office."""
    make.rule(votes=5)
    idea = make.idea(at=make.NOON)
    for n in range(6):
        network = OFFICE if n > 1 else "198.51.100.0/24"
        at = make.NOON + timedelta(hours=n)
        cast_vote(idea, by=make.member(f"v{n}"), network=network, at=at)
    raise_due(make.NOON + timedelta(days=1))
    return idea


def test_the_page_shows_what_would_happen(as_moderator: Client, stuffed):
    page = as_moderator.get(f"/ideas/{stuffed.pk}/votes/", {"networks": "203.0.113.9"})

    words = page.content.decode()
    assert "Remove 4 votes" in words
    assert "Falls below Corporate review" in words
    assert "@v5" in words or "V5" in words
    assert Vote.objects.filter(counted_on=stuffed).count() == 7


def test_removing_asks_for_a_reason_and_keeps_what_was_typed(as_moderator: Client, stuffed):
    answer = as_moderator.post(f"/ideas/{stuffed.pk}/votes/", {"networks": OFFICE})

    assert answer.status_code == 422
    assert OFFICE in answer.content.decode()
    assert not VoteInvalidation.objects.exists()


def test_removed_votes_are_said_in_public_and_put_back_with_one_press(
    as_moderator: Client, client: Client, stuffed
):
    fields = {"networks": OFFICE, "reason": "One office within an hour."}
    answer = as_moderator.post(f"/ideas/{stuffed.pk}/votes/", fields, follow=True)

    made = VoteInvalidation.objects.get()
    assert "4 votes removed." in answer.content.decode()
    assert f'action="/ideas/votes/{made.pk}/restore/"' in answer.content.decode()
    public = client.get(stuffed.get_absolute_url()).content.decode()
    assert "3 votes, 4 removed as duplicates" in public
    assert "One office within an hour." in public

    for said in ("The votes count again.", "Somebody else had put them back already."):
        back = as_moderator.post(f"/ideas/votes/{made.pk}/restore/", follow=True)
        assert said in back.content.decode()
    page = as_moderator.get(stuffed.get_absolute_url()).content.decode()
    assert "removed as duplicates" not in page


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ({"since": "2020-01-01T00:00"}, "0 votes, 10 removed by the moderators"),
        ({"networks": OFFICE}, "4 votes, 6 removed as duplicates"),
    ],
)
def test_the_line_tells_voices_of_one_from_what_was_taken_out_by_its_time(
    as_moderator: Client, client: Client, stuffed, rule, words
):
    for n in range(3):
        cast_vote(stuffed, by=make.member(f"sam{n}", email=f"sam+{n}@example.com"))
    as_moderator.post(f"/ideas/{stuffed.pk}/votes/", {**rule, "reason": "Bought votes."})

    public = client.get(stuffed.get_absolute_url()).content.decode()

    assert words in " ".join(re.findall(r"[^<>]* removed [^<>]*", public))


def test_twins_are_among_the_removed(client: Client, idea):
    for n in range(3):
        cast_vote(idea, by=make.member(f"sam{n}", email=f"sam+{n}@example.com"))

    page = client.get(idea.get_absolute_url()).content.decode()

    assert "2 votes, 2 removed as duplicates" in page


def test_an_idea_whose_votes_all_count_says_nothing(client: Client, idea):
    assert "removed" not in client.get(idea.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"networks": "here"}, "is no network"),
        ({"networks": "203.0.113.0/99"}, "is no network"),
        ({"since": "yesterday"}, "Enter a day and a time, such as"),
        ({"since": "2026-11-02T12:00", "until": "2026-11-02T11:00"}, "later than the beginning"),
        ({"everywhere": "on"}, "at least one thing"),
        ({"accounts": ",".join(f"a{n}" for n in range(201))}, "more than 200"),
    ],
)
def test_a_rule_that_cannot_be_says_why(as_moderator: Client, stuffed, typed, said):
    answer = as_moderator.get(f"/ideas/{stuffed.pk}/votes/", typed)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_a_rule_that_names_no_vote_says_so(as_moderator: Client, stuffed):
    page = as_moderator.get(f"/ideas/{stuffed.pk}/votes/", {"accounts": "nobody"})

    assert "No vote that counts has all of this in common" in page.content.decode()


def test_votes_of_all_ideas_are_removed_where_it_is_asked_for(as_moderator: Client, stuffed):
    other = make.idea("Lockers")
    cast_vote(other, by=Vote.objects.filter(network=OFFICE)[0].voter, network=OFFICE)
    typed = {"networks": OFFICE, "everywhere": "on"}
    assert "on 2 ideas" in as_moderator.get(f"/ideas/{stuffed.pk}/votes/", typed).content.decode()

    as_moderator.post(f"/ideas/{stuffed.pk}/votes/", {**typed, "reason": "Bought."})

    other.refresh_from_db()
    assert (other.vote_count, VoteInvalidation.objects.get().vote_count) == (1, 5)
    log = as_moderator.get("/moderation/log/?kind=votes").content.decode()
    assert "Removed votes" in log
    assert "Bought." in log


def test_a_member_whose_vote_was_removed_hears_it(as_customer: Client, customer, moderator, idea):
    cast_vote(idea, by=customer)
    invalidate_votes(VoteRule(accounts=("customer",)), idea=idea, by=moderator, reason="Twice.")

    answer = as_customer.post(idea.withdraw_url, follow=True).content.decode()

    assert "does not count: a moderator removed it" in answer
