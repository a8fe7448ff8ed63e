"""An idea may have several writers: asked by its author, and only if they say yes."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client

from community.activity.actions import react
from community.activity.models import Event
from community.core.gates import Refused
from community.notifications.models import Notification
from forum.models import Board, PostEdit
from ideas.actions import accept_invitation, decline_invitation, invite_co_author
from ideas.models import CoAuthor, Idea
from ideas.recipients import crowd
from tests import make


@pytest.fixture
def idea(customer) -> Idea:
    return make.idea(by=customer)


def settle() -> None:
    """Do what follows from what happened."""
    for event in Event.objects.filter(kind="co-author"):
        react(event.pk)


def address_of(idea: Idea) -> str:
    return f"/ideas/{idea.pk}/authors/"


def test_who_is_asked_says_yes_and_is_named(
    idea, as_customer: Client, as_stranger: Client, stranger
):
    answer = as_customer.post(address_of(idea), {"username": "@Stranger"})
    assert answer.status_code == 303
    assert "Stranger" not in Client().get(idea.get_absolute_url()).content.decode()
    assert address_of(idea) in as_stranger.get(idea.get_absolute_url()).content.decode()
    assert "Yes, write it together" in as_stranger.get(address_of(idea)).content.decode()

    for _click in range(2):
        as_stranger.post(address_of(idea), {"do": "accept"})

    cache.clear()
    page = Client().get(idea.get_absolute_url()).content.decode()
    assert '<a href="/people/stranger/">Stranger</a>' in page
    assert CoAuthor.objects.accepted().get().member == stranger


def test_both_are_told(idea, customer, stranger):
    invite_co_author(idea, member=stranger, by=customer)
    settle()
    accept_invitation(idea, by=stranger)
    settle()

    told = {notice.user: notice.verb for notice in Notification.objects.filter(kind="co-author")}
    assert told == {stranger: "co_author.asked", customer: "co_author.accepted"}


def test_a_notice_leads_to_the_page(idea, customer, stranger, as_stranger: Client):
    invite_co_author(idea, member=stranger, by=customer)
    settle()

    page = as_stranger.get("/notifications/").content.decode()
    assert "Customer asks you to write an idea together" in page
    assert address_of(idea) in page


def test_a_co_author_edits_and_stands_in_the_history(
    idea, as_stranger: Client, stranger, customer, advocate
):
    address, words = f"/ideas/{idea.pk}/edit/", {"title": "Wi-fi for all of us", "body": "Please."}
    assert as_stranger.post(address, words).status_code == 403
    invite_co_author(idea, member=stranger, by=customer)
    assert as_stranger.post(address, words).status_code == 403
    make.post(idea.topic, by=advocate)

    accept_invitation(idea, by=stranger)

    assert as_stranger.post(address, words).status_code == 303
    assert PostEdit.objects.get().by == stranger
    idea.topic.refresh_from_db()
    assert "/edit/" in as_stranger.get(idea.topic.get_absolute_url()).content.decode()


def test_who_says_no_is_not_asked_again(idea, as_stranger: Client, customer, stranger):
    invite_co_author(idea, member=stranger, by=customer)
    as_stranger.post(address_of(idea), {"do": "decline"})

    with pytest.raises(Refused):
        invite_co_author(idea, member=stranger, by=customer)
    assert as_stranger.get(address_of(idea)).status_code == 403
    assert decline_invitation(idea, by=stranger) is False


def test_a_co_author_leaves_or_is_removed(
    idea, as_customer: Client, as_stranger: Client, customer, stranger, advocate
):
    for member in (stranger, advocate):
        invite_co_author(idea, member=member, by=customer)
        accept_invitation(idea, by=member)

    as_stranger.post(address_of(idea), {"do": "remove", "member": "advocate"})
    assert CoAuthor.objects.accepted().count() == 2
    as_stranger.post(address_of(idea), {"do": "decline"})
    as_customer.post(address_of(idea), {"do": "remove", "member": "advocate"})

    assert not CoAuthor.objects.accepted().exists()


def test_only_the_author_asks(idea, as_stranger: Client, as_admin: Client, customer, stranger):
    for client in (as_stranger, as_admin):
        assert client.post(address_of(idea), {"username": "advocate"}).status_code == 403
    invite_co_author(idea, member=stranger, by=customer)
    accept_invitation(idea, by=stranger)
    assert as_stranger.post(address_of(idea), {"username": "advocate"}).status_code == 403


@pytest.mark.parametrize("name", ["nobody-of-this-name", "customer", "", "x" * 5000, "a\x00b"])
def test_whom_one_cannot_ask_is_said_beside_the_field(idea, as_customer: Client, name):
    answer = as_customer.post(address_of(idea), {"username": name})

    assert answer.status_code == 422
    assert "field__error" in answer.content.decode()


def test_five_at_most(idea, customer):
    for _n in range(5):
        invite_co_author(idea, member=make.member(), by=customer)

    with pytest.raises(Refused, match="Five"):
        invite_co_author(idea, member=make.member(), by=customer)


def test_an_idea_of_employees_takes_no_customer(customer, stranger, employee):
    inside = make.idea(
        "For us alone", by=employee, on=make.board("inside", audience=Board.Audience.EMPLOYEES)
    )

    with pytest.raises(Refused, match="may not read"):
        invite_co_author(inside, member=stranger, by=employee)


def test_co_authors_are_told_of_decisions(idea, customer, stranger, advocate):
    invite_co_author(idea, member=stranger, by=customer)
    invite_co_author(idea, member=advocate, by=customer)
    accept_invitation(idea, by=stranger, at=make.NOON)

    sources = {source.because: set(source.ids()) for source in crowd(idea, before=make.NOON)}

    assert sources["wrote"] == {stranger.pk}
