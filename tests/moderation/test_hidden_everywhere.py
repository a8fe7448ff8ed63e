"""What was hidden or is held is in no page, feed, count or mail, save for its author."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.utils import timezone

from community.activity.owed import finish_reactions
from community.moderation.actions import hide_post
from community.notifications.actions import watch
from community.notifications.models import Mail
from community.people.models import User
from forum.actions.hiding import hold_published
from forum.models import Post, Topic
from ideas.actions.digesting import close_now
from ideas.models import Idea
from tests import make
from tests.addresses import ADDRESSES
from tests.world import world

SECRET = "xylophone"
OTHERS = ("customer", "employee", "reviewer")
EXTRA = (
    "/ideas/?sort=new",
    "/ideas/?sort=top",
    f"/ideas/?q={SECRET[:5]}",
    "/forum/?filter=unanswered",
    "/people/hidden-author/",
    "/notifications/",
)


@pytest.fixture
def hidden_author(db: None) -> User:
    return make.member("hidden-author", display_name="Somebody")


@pytest.fixture
def things(
    hidden_author: User, reviewer: User, moderator: User, customer: User
) -> dict[str, object]:
    """The world, with secret words by one author in a reply, a comment, a question and an idea."""
    things = world(reviewer, moderator)
    question, case = things["question"], things["case"]
    assert isinstance(question, Topic)
    idea = case.idea  # type: ignore[attr-defined]
    for topic in (question, idea.topic):
        watch(customer, "topic", topic.pk)
    things["secrets"] = [
        make.post(question, f"A {SECRET} in a reply", by=hidden_author),
        make.post(idea.topic, f"A {SECRET} in a comment", by=hidden_author),
        make.question(f"Who likes a {SECRET}?", by=hidden_author).posts.get(no=1),
        make.idea(f"A {SECRET} in every store", by=hidden_author).topic.posts.get(no=1),
    ]
    finish_reactions(timezone.now())
    things["digest"] = close_now(
        things["digest"].audience,  # type: ignore[attr-defined]
        at=timezone.now() + timedelta(minutes=10),
    )
    return things


def paths(things: dict[str, object]) -> list[str]:
    """A sample of every address that is asked by GET, the secret things' own among them."""
    secrets: list[Post] = things["secrets"]  # type: ignore[assignment]
    own = [post.get_absolute_url().partition("#")[0] for post in secrets]
    own += [f"/forum/t/{post.topic_id}/{post.no}/history/" for post in secrets]
    own += [f"/ideas/{secrets[3].topic_id}{end}" for end in (".json", "/vote/", "/comments/")]
    known = [each.path.format(**things) for each in ADDRESSES.values() if each.fields is None]
    return [*known, *own, *EXTRA, *(f"/report/?kind=post&id={post.pk}" for post in secrets)]


def showing(client: Client, things: dict[str, object]) -> list[str]:
    """The addresses whose answer, or whose redirect, holds the secret words."""
    found = []
    for path in paths(things):
        cache.clear()
        with transaction.atomic():
            response = client.get(path)
            transaction.set_rollback(True)
        words = response.getvalue().decode() + response.headers.get("Location", "")
        asked = path.rstrip("/").rpartition("/")[2]  # comes back in the link to sign in
        if SECRET in words.replace(asked, ""):
            found.append(path)
    return found


def hide_all(things: dict[str, object], by: User) -> None:
    for post in things["secrets"]:  # type: ignore[attr-defined]
        hide_post(post, by=by, reason="Off topic")


def test_the_walk_finds_the_words_before_they_are_hidden(things: dict[str, object]) -> None:
    assert len(showing(Client(), things)) >= 6


def test_nobody_else_reads_them_anywhere(
    things: dict[str, object], moderator: User, request: pytest.FixtureRequest
) -> None:
    hide_all(things, moderator)

    clients = {"signed out": Client()}
    clients |= {name: request.getfixturevalue(f"as_{name}") for name in OTHERS}
    assert {who: showing(client, things) for who, client in clients.items()} == {
        who: [] for who in clients
    }


def test_nobody_else_reads_what_is_held(
    things: dict[str, object], request: pytest.FixtureRequest
) -> None:
    secrets: list[Post] = things["secrets"]  # type: ignore[assignment]
    for post in secrets:
        hold_published(post, reason="Many links", at=timezone.now())

    clients = {"signed out": Client()}
    clients |= {name: request.getfixturevalue(f"as_{name}") for name in OTHERS}
    assert {who: showing(client, things) for who, client in clients.items()} == {
        who: [] for who in clients
    }


def test_their_author_and_moderators_still_do(
    things: dict[str, object], moderator: User, as_moderator: Client, hidden_author: User
) -> None:
    hide_all(things, moderator)
    as_author = Client()
    as_author.force_login(hidden_author)
    question = things["question"]
    page = question.get_absolute_url()  # type: ignore[attr-defined]

    for client in (as_author, as_moderator):
        assert page in showing(client, things)
        assert "Off topic" in client.get(page).content.decode()


def test_no_mail_that_waits_quotes_them(things: dict[str, object], moderator: User) -> None:
    waiting = Mail.objects.waiting().filter(text__contains=SECRET)
    assert waiting.exists()

    hide_all(things, moderator)

    assert not waiting.exists()


def test_a_reaction_that_comes_late_mails_nobody(
    moderator: User, customer: User, hidden_author: User
) -> None:
    question = make.question(by=customer)
    post = make.post(question, f"A {SECRET}", by=hidden_author)
    hide_post(post, by=moderator, reason="Off topic")

    finish_reactions(timezone.now())

    assert not Mail.objects.filter(text__contains=SECRET).exists()


def test_the_counts_leave_them_out(
    things: dict[str, object], moderator: User, client: Client
) -> None:
    case = things["case"]
    idea: Idea = case.idea  # type: ignore[attr-defined]
    before = client.get(f"/ideas/{idea.pk}.json").json()["comments"]

    hide_all(things, moderator)
    cache.clear()

    assert client.get(f"/ideas/{idea.pk}.json").json()["comments"] == before - 1
