"""The pages that join ideas: a moderator's act, a member's suggestion, and where old links lead."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.moderation.models import Review
from forum.actions import hide_post
from ideas.actions import cast_vote
from ideas.actions.joining import join_ideas
from ideas.models import DuplicateSuggestion, Idea, Vote
from ideas.statuses import Status
from tests import make


@pytest.fixture
def pair(db) -> tuple[Idea, Idea]:
    """Two ideas that say the same, with three votes and two."""
    return make.idea("Free wi-fi in the stores", votes=3), make.idea("Internet in shops", votes=2)


def page(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_moderator_finds_the_other_idea_by_its_number(as_moderator: Client, pair):
    wifi, same = pair

    for q in (str(wifi.pk), f"#{wifi.pk}", f"http://x/ideas/{wifi.pk}-free/", "Free wi-fi"):
        assert (
            f'value="{wifi.pk}"'
            in as_moderator.get(f"/ideas/{same.pk}/join/?q={q}").content.decode()
        )


def test_a_moderator_sees_what_it_comes_to_and_joins(as_moderator: Client, pair, customer):
    wifi, same = pair
    for idea in pair:
        cast_vote(idea, by=customer)
    found = page(as_moderator, f"/ideas/{same.pk}/join/?into={wifi.pk}")
    assert "One person voted for both" in found

    answer = as_moderator.post(
        f"/ideas/{same.pk}/join/", {"into": wifi.pk, "reason": "Both want internet."}, follow=True
    ).content.decode()

    wifi.refresh_from_db()
    assert wifi.vote_count == 6
    assert "Joined. The votes of both count here." in answer
    assert f'action="/ideas/{same.pk}/part/"' in answer
    assert "Internet in shops" in answer
    assert "Both want internet." in answer


def test_parting_is_one_press(as_moderator: Client, moderator, pair):
    wifi, same = pair
    join_ideas(same, into=wifi, by=moderator)
    assert "Part these two ideas?" in page(as_moderator, f"/ideas/{same.pk}/part/")

    as_moderator.post(f"/ideas/{same.pk}/part/")
    again = as_moderator.post(f"/ideas/{same.pk}/part/", follow=True).content.decode()

    same.refresh_from_db()
    assert (same.status, same.vote_count) == (Status.OPEN, 2)
    assert "This idea stands on its own" in again


def test_what_cannot_be_joined_says_why(as_moderator: Client, pair):
    wifi, same = pair
    make.move(same, Status.PLANNED)

    answer = as_moderator.post(f"/ideas/{same.pk}/join/", {"into": wifi.pk})

    assert answer.status_code == 422
    assert "has been decided or taken back" in answer.content.decode()
    itself = as_moderator.get(f"/ideas/{wifi.pk}/join/?into={wifi.pk}").content.decode()
    assert "cannot be joined with itself" in itself


def test_the_old_address_leads_to_the_other_idea(
    as_customer, client: Client, moderator, customer, pair
):
    wifi, same = pair
    cast_vote(same, by=customer)
    join_ideas(same, into=wifi, by=moderator)

    for address in (f"/ideas/{same.pk}/", same.get_absolute_url()):
        assert "your vote came with you" in page(as_customer, address)
        assert "was joined with this idea" in page(client, address)
        assert "your vote came with you" not in page(client, address)
    moved = client.get(same.get_absolute_url())
    assert (moved.status_code, moved["Location"]) == (
        302,
        f"{wifi.get_absolute_url()}?from={same.pk}",
    )


def test_the_joined_idea_stays_readable_as_it_stood(client: Client, moderator, pair):
    wifi, same = pair
    join_ideas(same, into=wifi, by=moderator)

    found = page(client, f"{same.get_absolute_url()}?own=1")
    figures = client.get(f"/ideas/{same.pk}.json").json()

    assert "Joined with another idea" in found
    assert "removed as duplicates" not in found
    assert wifi.get_absolute_url() in found
    assert (figures["status"], figures["duplicate_of"], figures["votes"]) == (
        "duplicate",
        wifi.pk,
        0,
    )


def test_what_was_joined_with_a_hidden_idea_leads_nowhere(client: Client, moderator, pair):
    wifi, same = pair
    join_ideas(same, into=wifi, by=moderator)
    hide_post(wifi.topic.posts.get(no=1), by=moderator, reason="Rude.")

    answer = client.get(same.get_absolute_url())

    assert answer.status_code == 200
    assert "Free wi-fi" not in answer.content.decode()


@pytest.mark.parametrize("number", ["0", "x", "9" * 30, "-1", "²"])
def test_nonsense_behind_from_says_nothing(client: Client, pair, number):
    assert "was joined" not in page(client, f"{pair[0].get_absolute_url()}?from={number}")


def test_voting_on_an_old_page_counts_on_the_other_idea(
    as_customer: Client, moderator, customer, pair
):
    wifi, same = pair
    join_ideas(same, into=wifi, by=moderator)

    answer = as_customer.post(same.vote_url, HTTP_HX_REQUEST="true").content.decode()
    again = as_customer.post(same.vote_url, HTTP_HX_REQUEST="true").content.decode()

    assert f'data-idea="{wifi.pk}" data-votes="6"' in answer
    assert f'data-idea="{wifi.pk}" data-votes="6"' in again
    assert Vote.objects.get(voter=customer).idea == wifi
    assert as_customer.post(same.withdraw_url, HTTP_HX_REQUEST="true").status_code == 200
    assert not Vote.objects.filter(voter=customer).exists()


def test_lists_and_feeds_do_not_show_a_joined_idea(client: Client, moderator, pair):
    wifi, same = pair
    join_ideas(same, into=wifi, by=moderator)

    for address in ("/ideas/", "/ideas/?q=internet", "/ideas/feed.atom", "/"):
        assert "Internet in shops" not in client.get(address).content.decode()


def test_a_member_says_that_two_are_the_same(as_customer: Client, as_moderator: Client, pair):
    wifi, same = pair
    assert "Which idea says the same?" in page(as_customer, f"/ideas/{same.pk}/same/?q=wifi")

    for _time in range(2):
        answer = as_customer.post(f"/ideas/{same.pk}/same/", {"into": wifi.pk}, follow=True)

    assert "A moderator will look at both" in answer.content.decode()
    assert DuplicateSuggestion.objects.count() == Review.objects.open().count() == 1
    queued = page(as_moderator, "/moderation/")
    assert "Are these two the same?" in queued
    assert f"/ideas/{same.pk}/join/?into={wifi.pk}" in queued


@pytest.mark.parametrize("turned", [False, True])
def test_joining_a_suggested_pair_takes_it_off_the_queue(
    as_customer, as_moderator: Client, pair, turned
):
    wifi, same = pair
    one, other = (wifi, same) if turned else (same, wifi)
    as_customer.post(f"/ideas/{one.pk}/same/", {"into": other.pk})

    as_moderator.post(f"/ideas/{same.pk}/join/", {"into": wifi.pk})

    assert not Review.objects.open().exists()
    assert DuplicateSuggestion.objects.get().is_accepted


def test_a_moderator_keeps_both(as_customer: Client, as_moderator: Client, pair):
    wifi, same = pair
    as_customer.post(f"/ideas/{same.pk}/same/", {"into": wifi.pk})
    review = Review.objects.get()

    for said in ("They stay apart.", "Somebody else had decided this already."):
        answer = as_moderator.post(
            f"/moderation/reviews/{review.pk}/", {"act": "keep"}, follow=True
        )
        assert said in answer.content.decode()

    suggestion = DuplicateSuggestion.objects.get()
    assert (suggestion.settled_at is not None, suggestion.is_accepted) == (True, False)
    assert "Kept apart" in page(as_moderator, "/moderation/log/")


@pytest.mark.parametrize("into", ["", "x", "0", "9" * 40])
def test_choosing_nothing_asks_again(as_customer: Client, pair, into):
    answer = as_customer.post(f"/ideas/{pair[1].pk}/same/", {"into": into})

    assert answer.status_code == 422
    assert "Choose one of the ideas" in answer.content.decode()


def test_a_page_with_joined_ideas_asks_the_database_once_more(client: Client, moderator, pair):
    wifi, same = pair

    def queries() -> int:
        cache.clear()
        with CaptureQueriesContext(connection) as caught:
            client.get(wifi.get_absolute_url())
        return len(caught)

    queries()  # what is asked once in a while is known from here on
    alone = queries()
    join_ideas(same, into=wifi, by=moderator)
    with_one = queries()
    for n in range(4):
        join_ideas(make.idea(f"Another {n}"), into=wifi, by=moderator)

    assert (with_one, queries()) == (alone + 1, alone + 1)
