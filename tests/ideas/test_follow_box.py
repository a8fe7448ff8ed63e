"""The “Follow” box promises what will be told, and no more: other words for each status."""

from __future__ import annotations

import pytest
from django.test import Client

from community.notifications.actions import watch
from ideas.actions import cast_vote
from ideas.models import Idea
from ideas.statuses import Status

LEADS_TO = {
    Status.OPEN: "Voting follows this idea: one message when it is decided.",
    Status.RAISED: "Voting follows this idea: one message when it is decided.",
    Status.IN_REVIEW: "Voting follows this idea: one message when it is decided.",
    Status.PLANNED: "Everybody who asked for it hears when it is done.",
    Status.PILOT: "Everybody who asked for it hears when it is done.",
    Status.DONE: "It has its answer, and everybody who asked for it was told.",
    Status.DECLINED: "It has its answer, and everybody who asked for it was told.",
    Status.EXISTS: "It has its answer, and everybody who asked for it was told.",
}


@pytest.fixture
def become(idea: Idea):
    """Bring the idea to a status."""

    def to(status: str) -> Idea:
        Idea.objects.filter(pk=idea.pk).update(status=status)
        idea.refresh_from_db()
        return idea

    return to


def box(client: Client, idea: Idea) -> str:
    """The box as its reader sees it."""
    page = client.get(f"{idea.get_absolute_url()}?fresh=1").content.decode()
    return page.partition('id="follow"')[2].partition("</section>")[0]


@pytest.mark.parametrize(("status", "words"), LEADS_TO.items())
def test_each_status_has_its_words(become, as_customer: Client, status, words):
    idea = become(status)

    for client in (Client(), as_customer):
        assert words in box(client, idea)


def test_a_withdrawn_idea_has_no_box(become):
    assert box(Client(), become(Status.WITHDRAWN)) == ""


def test_a_voter_hears_of_the_decision_and_then_of_what_was_promised(
    become, idea, customer, as_customer: Client
):
    cast_vote(idea, by=customer)

    assert "You hear once, when it is decided." in box(as_customer, idea)
    assert "You hear once more, when it is done." in box(as_customer, become(Status.PLANNED))
    assert "was told" in box(as_customer, become(Status.DECLINED))


def test_who_follows_all_can_have_less_of_it(become, idea, customer, as_customer: Client):
    watch(customer, "topic", idea.pk)
    assert "You hear of every comment, and of the decision." in box(as_customer, idea)
    decided = box(as_customer, become(Status.DECLINED))
    assert "You hear of every comment." in decided
    assert 'value="none"' in decided


def test_a_decided_idea_offers_nothing_that_is_over(become, as_customer: Client):
    for status in (Status.PLANNED, Status.DONE, Status.DECLINED, Status.EXISTS):
        shown = box(as_customer, become(status))
        assert "when it is decided" not in shown
        assert "without voting" not in shown
        assert "Follow the comments" in shown


def test_who_said_no_may_come_back(idea, customer, as_customer: Client):
    watch(customer, "topic", idea.pk, "none")

    shown = box(as_customer, idea)
    assert "You hear nothing of this idea." in shown
    as_customer.post(f"/ideas/{idea.pk}/follow/", {"level": "all"})
    assert "You hear of every comment" in box(as_customer, idea)
