"""An author may change a new idea without a trace, but never what others have acted on."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from forum.models import PostEdit
from ideas.actions import cast_vote, comment, edit_idea, withdraw_idea
from ideas.actions.editing import free_until
from ideas.models import Idea
from ideas.statuses import Status
from tests import make

SOON = make.NOON + timedelta(minutes=5)
LATER = make.NOON + timedelta(minutes=31)
NEW = {"title": "Wi-fi for each and every one", "text": "In all stores, please."}


@pytest.fixture
def idea(customer) -> Idea:
    return make.idea(by=customer, at=make.NOON)


def is_public_history(idea: Idea) -> bool:
    idea.topic.refresh_from_db()
    kept = PostEdit.objects.filter(post__topic=idea.topic).exists()
    assert (idea.topic.edited_at is not None) is kept
    return kept


def test_at_first_an_edit_leaves_no_trace(idea, customer):
    assert free_until(idea, at=SOON) == make.NOON + timedelta(minutes=30)

    assert edit_idea(idea, **NEW, by=customer, at=SOON) is True

    assert is_public_history(idea) is False
    assert idea.topic.title == NEW["title"]
    assert idea.topic.posts.get(no=1).text == NEW["text"]


def test_later_it_does(idea, customer):
    edit_idea(idea, **NEW, by=customer, at=LATER)

    assert is_public_history(idea)


def test_what_somebody_voted_for_stays_readable(idea, customer, stranger):
    cast_vote(idea, by=stranger, at=make.NOON)

    edit_idea(idea, **NEW, by=customer, at=SOON)

    assert is_public_history(idea)


def test_what_somebody_answered_stays_readable(idea, customer, stranger):
    comment(idea, text="Which stores?", by=stranger, at=make.NOON)

    edit_idea(idea, **NEW, by=customer, at=SOON)

    assert is_public_history(idea)


def test_the_window_is_a_setting(idea, customer, settings):
    settings.EDIT_FREE_MINUTES = 0

    edit_idea(idea, **NEW, by=customer, at=make.NOON)

    assert is_public_history(idea)


def test_the_page_says_which_it_will_be(as_customer: Client, customer, stranger):
    idea = make.idea(by=customer)
    address = f"/ideas/{idea.pk}/edit/"
    assert "without a trace" in as_customer.get(address).content.decode()

    cast_vote(idea, by=stranger)

    assert "stays readable for everybody" in as_customer.get(address).content.decode()


def test_a_voter_sees_that_it_was_edited_since(
    idea, as_customer: Client, as_stranger: Client, stranger, customer
):
    cast_vote(idea, by=stranger, at=make.NOON)
    edit_idea(idea, **NEW, by=customer, at=SOON)
    idea.topic.refresh_from_db()
    here = idea.topic.get_absolute_url()

    assert "Edited since you voted" in as_stranger.get(here).content.decode()
    strangers = Client().get(here).content.decode()
    assert "Edited since you voted" not in strangers
    assert "/history/" in strangers


def test_an_idea_is_taken_back_while_nobody_else_voted(idea, as_customer: Client):
    address = f"/ideas/{idea.pk}/withdraw/"
    assert "Take this idea back?" in as_customer.get(address).content.decode()

    for _click in range(2):
        assert as_customer.post(address).status_code == 303

    idea.refresh_from_db()
    assert idea.status == Status.WITHDRAWN
    assert idea.timeline.filter(kind="withdrawn").count() == 1


def test_not_once_somebody_did(idea, as_customer: Client, stranger):
    cast_vote(idea, by=stranger)
    page = as_customer.get(idea.get_absolute_url()).content.decode()
    assert f"/ideas/{idea.pk}/withdraw/" not in page

    assert as_customer.get(f"/ideas/{idea.pk}/withdraw/").status_code == 403
    as_customer.post(f"/ideas/{idea.pk}/withdraw/")

    idea.refresh_from_db()
    assert idea.status == Status.OPEN


def test_nor_while_votes_of_another_idea_count_here(idea, customer, stranger):
    other = make.idea("The same in other words", by=stranger)
    other.votes.update(counted_on=idea)

    assert withdraw_idea(idea, by=customer, at=timezone.now()) is False
    idea.refresh_from_db()
    assert idea.status == Status.OPEN


def test_nor_one_whose_votes_came_from_elsewhere(idea, customer):
    Idea.objects.filter(pk=idea.pk).update(imported_votes=3)
    idea.refresh_from_db()

    assert withdraw_idea(idea, by=customer) is False
