"""A member chooses by category what comes by mail, and what to follow."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from community.notifications.actions import choose_mail, wants_mail, watch, watchers
from community.notifications.models import Category, Mail, Watch
from community.people.models import HeldAct, User
from forum.actions import hide_post
from forum.models import Topic
from tests import make


def test_who_never_chose_wants_everything(customer: User) -> None:
    for category in Category:
        assert wants_mail([customer.pk], category) == {customer.pk}


def test_the_page_shows_and_stores_the_choice(customer: User, as_customer: Client) -> None:
    choose_mail(customer.pk, {"replies": False})
    page = as_customer.get("/me/preferences/").content.decode()
    assert re.search(r'name="decisions"[^>]*checked', page)
    assert not re.search(r'name="replies"[^>]*checked', page)
    assert 'name="review"' not in page

    response = as_customer.post("/me/preferences/", {"replies": "on"})

    assert response.status_code == 303
    assert wants_mail([customer.pk], "replies") == {customer.pk}
    assert wants_mail([customer.pk], "decisions") == set()


def test_a_reviewer_chooses_about_review_work_too(as_reviewer: Client) -> None:
    assert b'name="review"' in as_reviewer.get("/me/preferences/").content


def test_following_twice_is_once_and_the_last_word_counts(
    question: Topic, customer: User, as_customer: Client
) -> None:
    form = {"kind": "topic", "id": question.pk}
    page = as_customer.get("/watch/", form)
    assert page.status_code == 200
    assert not Watch.objects.exists()

    for level in ("all", "all", "none"):
        answer = as_customer.post("/watch/", {**form, "level": level})
        assert answer.status_code == 303

    assert Watch.objects.get().level == "none"
    assert list(watchers("topic", question.pk, ["none"])) == [customer.pk]


def test_a_strangers_wish_is_held_for_the_code(question: Topic, client: Client) -> None:
    form = {"kind": "topic", "id": question.pk, "level": "all"}
    assert client.get("/watch/", form).status_code == 200

    answer = client.post("/watch/", {**form, "email": "new@example.com"})
    code = re.search(r"\b\d{6}\b", Mail.objects.get().text)
    assert code
    client.post(answer.headers["Location"], {"code": code[0]})

    assert HeldAct.objects.get().is_done
    assert Watch.objects.get().user.email == "new@example.com"


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"kind": "topic", "id": "x"},
        {"kind": "topic", "id": "9" * 40},
        {"kind": "post", "id": "1"},
        {"kind": "topic", "id": "1", "level": "loud"},
    ],
)
def test_what_is_not_there_cannot_be_followed(
    form: dict[str, str], as_customer: Client, question: Topic
) -> None:
    assert as_customer.get("/watch/", form).status_code == 404
    assert as_customer.post("/watch/", form).status_code == 404


def test_a_hidden_topic_can_be_followed_by_moderators_only(
    as_customer: Client, as_moderator: Client, moderator: User, advocate: User
) -> None:
    question = make.question(by=advocate)
    hide_post(question.posts.get(no=1), by=moderator, reason="Spam")
    form = {"kind": "topic", "id": question.pk}

    assert as_customer.get("/watch/", form).status_code == 404
    assert as_moderator.get("/watch/", form).status_code == 200


def test_a_topic_that_was_muted_and_followed_again_is_followed(
    question: Topic, customer: User
) -> None:
    watch(customer, "topic", question.pk, "none")
    watch(customer, "topic", question.pk, "all")

    assert list(watchers("topic", question.pk, ["all"])) == [customer.pk]
