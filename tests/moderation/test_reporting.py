"""Whoever reads something may report it; all reports of a thing are one matter for a moderator."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.core.gates import Refused
from community.moderation.actions import keep, report
from community.moderation.counters import count_reports
from community.moderation.models import Report, Review
from community.moderation.subjects import Subject, subject_of
from community.notifications.models import Mail
from community.people.actions import suspend
from community.people.models import User
from forum.models import Post
from ideas.models import Idea
from tests import make


@pytest.fixture
def rude(question: object, stranger: User) -> Post:
    return make.post(question, "You are all fools.", by=stranger)  # type: ignore[arg-type]


def subject(post: Post, reader: User) -> Subject:
    found = subject_of("post", post.pk, reader)
    assert found
    return found


def test_the_form_is_shown_and_sent(rude: Post, as_customer: Client) -> None:
    form = {"kind": "post", "id": rude.pk}
    assert as_customer.get("/report/", form).status_code == 200
    assert not Report.objects.exists()

    answer = as_customer.post("/report/", {**form, "reason": "abuse", "note": "Look at it"})

    assert answer.status_code == 303
    assert Report.objects.get().note == "Look at it"
    assert Review.objects.get().report_count == 1


def test_a_reason_is_needed_and_what_was_typed_stays(rude: Post, as_customer: Client) -> None:
    form = {"kind": "post", "id": rude.pk, "note": "Look at it"}

    answer = as_customer.post("/report/", form)

    assert answer.status_code == 422
    assert b"Look at it" in answer.content
    assert not Report.objects.exists()


def test_reporting_twice_is_once_and_all_share_one_review(
    rude: Post, customer: User, advocate: User
) -> None:
    assert report(subject(rude, customer), by=customer, reason="abuse")
    assert not report(subject(rude, customer), by=customer, reason="spam")
    assert report(subject(rude, advocate), by=advocate, reason="abuse")

    assert Review.objects.get().report_count == 2
    assert list(count_reports(False)) == []


def test_after_a_decision_a_new_report_opens_a_new_review(
    rude: Post, customer: User, moderator: User
) -> None:
    report(subject(rude, customer), by=customer, reason="abuse")
    keep(Review.objects.get(), subject(rude, moderator), by=moderator)

    assert report(subject(rude, customer), by=customer, reason="abuse")
    assert Review.objects.open().count() == 1
    assert Review.objects.count() == 2


def test_an_idea_is_reported_by_its_opening_post(idea: Idea, as_customer: Client) -> None:
    as_customer.post("/report/", {"kind": "idea", "id": idea.pk, "reason": "spam"})

    assert Review.objects.get().object_id == Post.objects.get(topic=idea.pk, no=1).pk


def test_a_persons_name_can_be_reported(stranger: User, as_customer: Client) -> None:
    form = {"kind": "person", "id": stranger.pk, "reason": "other"}

    assert as_customer.post("/report/", form).status_code == 303
    assert Review.objects.get().kind == "person"


def test_a_strangers_report_is_held_for_the_code(rude: Post, client: Client) -> None:
    form = {"kind": "post", "id": str(rude.pk), "reason": "abuse", "note": "Fools"}
    assert client.get("/report/", form).status_code == 200
    asked = client.post("/report/", form).content.decode()
    assert 'name="email"' in asked
    assert 'value="Fools"' in asked

    answer = client.post("/report/", {**form, "email": "new@example.com"})
    code = re.search(r"\b\d{6}\b", Mail.objects.get().text)
    assert code
    client.post(answer.headers["Location"], {"code": code[0]})

    assert Report.objects.get().reporter.email == "new@example.com"


def test_ones_own_words_and_what_a_suspended_member_says_are_refused(
    rude: Post, stranger: User, customer: User, moderator: User
) -> None:
    until = timezone.now() + timedelta(days=3)
    suspend(customer, until=until, by=moderator, reason="Rude")

    for person in (stranger, customer):
        with pytest.raises(Refused):
            report(subject(rude, person), by=person, reason="abuse")


@pytest.mark.parametrize(
    ("kind", "pk"),
    [("post", "9" * 40), ("post", "x"), ("post", "-1"), ("user", "1"), ("", ""), ("topic", "0")],
)
def test_what_is_not_there_cannot_be_reported(
    kind: str, pk: str, as_customer: Client, client: Client
) -> None:
    for browser in (as_customer, client):
        assert browser.get("/report/", {"kind": kind, "id": pk}).status_code == 404
        assert browser.post("/report/", {"kind": kind, "id": pk}).status_code == 404
