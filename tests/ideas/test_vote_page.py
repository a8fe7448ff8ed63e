"""The vote button: with script and without, known or not yet known, open or closed."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from community.notifications.models import Mail
from community.people.models import HeldAct
from ideas.models import Idea, Vote
from ideas.statuses import Status

HTMX = {"HTTP_HX_REQUEST": "true"}


def test_voting_without_script_leads_back_to_the_button(as_customer: Client, idea):
    answer = as_customer.post(idea.vote_url)

    assert (answer.status_code, answer["Location"]) == (
        303,
        f"{idea.get_absolute_url()}#vote-{idea.pk}",
    )
    page = as_customer.get(answer["Location"]).content.decode()
    assert 'data-votes="2"' in page
    assert "You will hear once when it is decided" in page
    assert f'action="{idea.withdraw_url}"' in page


def test_voting_with_script_answers_the_button(as_customer: Client, idea):
    answer = as_customer.post(idea.vote_url, **HTMX)

    fragment = answer.content.decode()
    assert answer.status_code == 200
    assert 'aria-pressed="true"' in fragment
    assert 'data-votes="2"' in fragment
    assert 'hx-swap-oob="true"' in fragment
    assert "<html" not in fragment


def test_voting_twice_changes_nothing(as_customer: Client, idea):
    for _time in range(3):
        as_customer.post(idea.vote_url)

    idea.refresh_from_db()
    assert idea.vote_count == 2


def test_undo_is_one_press(as_customer: Client, idea):
    as_customer.post(idea.vote_url)

    answer = as_customer.post(idea.withdraw_url, follow=True)

    idea.refresh_from_db()
    assert idea.vote_count == 1
    assert "Vote taken back" in answer.content.decode()


@pytest.mark.parametrize("address", ["vote_url", "withdraw_url"])
def test_looking_changes_nothing(as_customer: Client, idea, address):
    as_customer.post(idea.vote_url)
    page = as_customer.get(getattr(idea, address))

    idea.refresh_from_db()
    assert page.status_code == 200
    assert idea.vote_count == 2
    assert "Take my vote back" in page.content.decode()


def test_a_closed_idea_says_why(as_customer: Client, client: Client, idea):
    Idea.objects.filter(pk=idea.pk).update(status=Status.DECLINED)

    answer = as_customer.post(idea.vote_url, follow=True).content.decode()

    assert "voting is closed" in answer
    assert "data-closed" in answer
    for reader in (as_customer, client):
        assert "voting is closed" in reader.get(idea.vote_url).content.decode()
    assert Vote.objects.count() == 1


def test_too_many_votes_in_a_minute_are_refused(as_customer: Client, idea, settings):
    settings.LIMITS = {**settings.LIMITS, "vote": (1, 60)}
    as_customer.post(idea.vote_url)

    answer = as_customer.post(idea.withdraw_url, follow=True).content.decode()

    assert "That was a lot in a short time" in answer
    assert Vote.objects.filter(idea=idea).count() == 2


def test_a_strangers_vote_counts_once_the_code_is_back(client: Client, idea):
    page = client.get(idea.vote_url).content.decode()
    assert f"Almost counted: {idea.topic.title}" in page

    held = client.post(idea.vote_url, {"email": "new@example.com"})
    idea.refresh_from_db()
    assert (held.status_code, idea.vote_count) == (303, 1)

    act = HeldAct.objects.get()
    answer = client.post(held["Location"], {"code": _code_sent()}, follow=True).content.decode()
    idea.refresh_from_db()
    assert (act.kind, idea.vote_count) == ("ideas.vote", 2)
    assert "Your vote counts" in answer
    assert 'aria-pressed="true"' in answer


def test_a_strangers_vote_on_an_idea_decided_meanwhile_is_told_so(client: Client, idea):
    held = client.post(idea.vote_url, {"email": "new@example.com"})
    Idea.objects.filter(pk=idea.pk).update(status=Status.PLANNED)

    answer = client.post(held["Location"], {"code": _code_sent()}, follow=True).content.decode()

    assert "voting is closed" in answer


def test_the_vote_is_cast_by_the_reader_whatever_is_posted(as_customer: Client, idea, advocate):
    fields = {"voter": advocate.pk, "weight": 99, "status": "done", "source": "staff"}
    as_customer.post(idea.vote_url, fields)

    vote = Vote.objects.latest("pk")
    idea.refresh_from_db()
    assert (vote.voter.username, vote.source, idea.status) == ("customer", "page", "open")


def _code_sent() -> str:
    found = re.search(r"\b[0-9]{6}\b", Mail.objects.latest("pk").subject)
    assert found
    return found[0]


def test_the_button_of_a_very_wanted_idea_stays_short(client: Client, idea):
    Idea.objects.filter(pk=idea.pk).update(vote_count=100_412)

    for page in (client.get(idea.get_absolute_url()), client.get("/ideas/")):
        words = page.content.decode()
        assert "<b>100k</b>" in words
        assert "(100,412)" in words
        assert 'data-votes="100412"' in words
