"""Staff note a customer's vote: it counts like any other, and its customer can remove it."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.activity.models import AuditEntry
from community.notifications.models import Mail
from community.people.actions import confirm_address, suspend
from community.people.models import User
from ideas.actions import cast_vote
from ideas.models import Idea, Vote
from ideas.statuses import Status
from tests import make

NEW = "shopper@example.com"


def note(client: Client, idea: Idea, **fields: str):
    typed = {"email": NEW, "note": "At the counter in Anchorage"}
    typed |= {"on": timezone.localdate().isoformat(), **fields}
    return client.post(f"/ideas/{idea.pk}/vote/customer/", typed, follow=True)


@pytest.fixture
def idea(db) -> Idea:
    """An idea of last month."""
    return make.idea(at=timezone.now() - timedelta(days=30))


def test_a_noted_vote_counts_and_says_who_noted_it(as_employee: Client, employee, idea):
    day = timezone.localdate() - timedelta(days=10)
    answer = note(as_employee, idea, on=day.isoformat())

    vote = Vote.objects.get(source=Vote.Source.STAFF)
    idea.refresh_from_db()
    assert "Noted." in answer.content.decode()
    assert idea.vote_count == 2
    assert (vote.recorded_by, vote.note) == (employee, "At the counter in Anchorage")
    assert (vote.at.date(), vote.voter.email) == (day, NEW)
    assert AuditEntry.objects.filter(verb="vote.recorded", actor_id=employee.pk).count() == 1


def test_the_customer_gets_one_mail_and_removes_the_vote_with_one_press(
    as_employee: Client, client: Client, idea
):
    for _time in range(2):
        note(as_employee, idea)

    mail = Mail.objects.get(to=NEW)
    assert "At the counter in Anchorage" in mail.text
    found = re.search(r"/ideas/recorded/\S+", mail.text)
    assert found
    path = found[0]
    page = client.get(path)
    idea.refresh_from_db()
    assert (page.status_code, idea.vote_count) == (200, 2)
    assert "Remove my vote" in page.content.decode()

    for _time in range(2):
        assert "Your vote is removed" in client.post(path, follow=True).content.decode()
    idea.refresh_from_db()
    assert idea.vote_count == 1


@pytest.mark.parametrize("known", ["new", "member", "voted", "suspended"])
def test_the_answer_does_not_say_whether_the_address_is_known(
    as_employee: Client, moderator, idea, known
):
    if known != "new":
        member = make.member("shopper", email=NEW)
        if known == "voted":
            cast_vote(idea, by=member)
        if known == "suspended":
            until = timezone.now() + timedelta(days=3)
            suspend(member, until=until, by=moderator, reason="Rude.")

    answer = note(as_employee, idea)

    words = "If this person had not voted, their vote counts now, and they get a mail."
    assert words in answer.content.decode()
    assert Vote.objects.filter(source=Vote.Source.STAFF).count() == (known in ("new", "member"))


def test_a_noted_customer_has_proved_nothing_until_their_code_comes_back(as_employee, idea):
    note(as_employee, idea)
    shopper = User.objects.get(email=NEW)
    assert not shopper.emailaddress_set.exists()

    member, is_new = confirm_address(NEW)

    assert (member, is_new) == (shopper, False)
    assert shopper.emailaddress_set.get().verified


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "nonsense"}, "Enter an e-mail address, as name@"),
        ({"email": ""}, "Enter the customer’s e-mail address."),
        ({"note": ""}, "Say where you heard it."),
        ({"on": "2999-01-01"}, "has not come yet"),
        ({"on": "2001-01-01"}, "had not been posted then"),
        ({"on": "x"}, "Enter a day of the calendar"),
    ],
)
def test_what_cannot_be_says_why_and_keeps_what_was_typed(as_employee: Client, idea, fields, said):
    answer = note(as_employee, idea, **fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert fields.get("note", "At the counter in Anchorage") in answer.content.decode()
    assert not Vote.objects.filter(source=Vote.Source.STAFF).exists()


def test_customers_do_not_note_votes(as_customer: Client, client: Client, idea):
    assert as_customer.get(f"/ideas/{idea.pk}/vote/customer/").status_code == 403
    assert client.get(f"/ideas/{idea.pk}/vote/customer/").status_code == 302
    assert "Vote for a customer" not in as_customer.get(idea.get_absolute_url()).content.decode()


def test_a_decided_idea_takes_none(as_employee: Client, idea):
    make.move(idea, Status.PLANNED)

    assert "voting is closed" in note(as_employee, idea).content.decode()


def test_nobody_notes_a_hundred_votes_in_an_hour(as_employee: Client, idea, settings):
    settings.LIMITS = {**settings.LIMITS, "record-vote": (1, 3600)}
    note(as_employee, idea)

    answer = note(as_employee, idea, email="other@example.com")

    assert answer.status_code == 422
    assert "That was a lot in a short time" in answer.content.decode()


def test_a_link_that_is_none_of_ours_leads_nowhere(client: Client, idea):
    assert client.get("/ideas/recorded/1.2.x/").status_code == 404


def test_the_earlier_day_of_a_second_account_counts(as_employee: Client, idea):
    twin = make.member("twin", email="shopper+2@example.com")
    cast_vote(idea, by=twin)

    note(as_employee, idea, on=(timezone.localdate() - timedelta(days=5)).isoformat())

    counted = Vote.objects.get(counted_on=idea, person=twin.person)
    assert counted.source == Vote.Source.STAFF
