"""A notice comes once each; its title shows only while its reader may see the thing."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from community.notifications import phrases
from community.notifications.actions import notify
from community.notifications.models import Category, Notification
from community.people.models import User
from forum.actions import hide_post
from forum.models import Post
from tests import make
from tests.make import NOON


@pytest.fixture(autouse=True)
def phrase() -> None:
    phrases.register("test.news", lambda notice, title, actor: f"{actor} wrote: {title}")


@pytest.fixture
def answer(question: object, advocate: User) -> Post:
    return make.post(question, by=advocate)  # type: ignore[arg-type]


def tell(user: User, post: Post, *, key: str = "k", **fields: object) -> int:
    known: dict[str, object] = {"category": Category.REPLIES, "verb": "test.news", "at": NOON}
    known |= {"kind": "post", "object_id": post.pk, "actor": post.author, **fields}
    return notify([user], key=key, **known)  # type: ignore[arg-type]


def words(client: Client, path: str = "/notifications/") -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def test_each_cause_is_told_once_and_never_to_who_did_it(
    answer: Post, customer: User, advocate: User
) -> None:
    assert tell(customer, answer) == 1
    assert tell(customer, answer) == 0
    assert tell(advocate, answer) == 0
    assert Notification.objects.count() == 1


def test_the_page_groups_them_and_leads_to_the_thing(
    answer: Post, customer: User, as_customer: Client
) -> None:
    tell(customer, answer)
    tell(customer, answer, key="k2", category=Category.WATCHES)

    page = words(as_customer)

    assert page.index("Replies to you</h2>") < page.index("Followed</h2>")
    assert f'href="{answer.get_absolute_url()}"' in page
    assert "Advocate wrote: Reply 2 in" in page
    assert page.count("data-unread") == 2


def test_what_one_may_not_see_any_more_shows_no_title(
    answer: Post, customer: User, moderator: User, as_customer: Client
) -> None:
    tell(customer, answer)

    hide_post(answer, by=moderator, reason="Rude")

    page = words(as_customer)
    assert "no longer shown" in page
    assert answer.topic.title not in page


def test_others_notices_are_not_shown(answer: Post, customer: User, as_stranger: Client) -> None:
    tell(customer, answer)

    assert "Nothing here yet" in words(as_stranger)


def test_all_are_marked_read_but_not_those_that_came_since(
    answer: Post, customer: User, as_customer: Client
) -> None:
    tell(customer, answer)
    page = words(as_customer)
    up_to = re.search(r'name="up_to" value="(\d+)"', page)
    assert up_to
    tell(customer, answer, key="later")

    as_customer.get("/notifications/read/")
    assert Notification.objects.unread().count() == 2
    response = as_customer.post("/notifications/read/", {"up_to": up_to[1]})

    assert response.status_code == 303
    assert Notification.objects.unread().get().key == "later"


def test_pages_go_on_by_key(answer: Post, customer: User, as_customer: Client) -> None:
    for n in range(25):
        tell(customer, answer, key=f"k{n}", at=NOON + timedelta(minutes=n))

    first = words(as_customer)
    onward = re.search(r'href="(/notifications/\?after=[^"]+)"', first)

    assert first.count("notice-row") == 20
    assert onward
    assert words(as_customer, onward[1]).count("notice-row") == 5


def test_one_group_can_be_read_alone(answer: Post, customer: User, as_customer: Client) -> None:
    tell(customer, answer)

    assert "notice-row" in words(as_customer, "/notifications/?about=replies")
    assert "notice-row" not in words(as_customer, "/notifications/?about=decisions")
    assert as_customer.get("/notifications/?about=gossip").status_code == 404


@pytest.mark.parametrize("count", [2, 20])
def test_the_page_costs_the_same_at_every_size(
    count: int, customer: User, as_customer: Client, django_assert_max_num_queries
) -> None:
    question = make.question()
    for n in range(count):
        tell(customer, make.post(question, f"Answer number {n}"), key=f"k{n}")

    with django_assert_max_num_queries(8):
        words(as_customer)


def test_strangers_are_asked_to_sign_in(client: Client, db: None) -> None:
    for path in ("/notifications/", "/notifications/read/", "/me/preferences/"):
        assert client.get(path).headers["Location"].startswith("/accounts/login/?next=")
