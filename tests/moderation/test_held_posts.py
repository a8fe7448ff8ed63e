"""A gate holds a newcomer's text with several links; a moderator publishes it or refuses it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from community.activity.models import AuditEntry, Event
from community.activity.owed import finish_reactions
from community.core.counters import recounts
from community.moderation.actions import publish, publish_post, restore_post
from community.moderation.models import Review
from community.moderation.subjects import subject_of
from community.notifications.models import Mail, Notification
from community.people.held import finish
from community.people.models import HeldAct, User
from forum.actions import edit_post, reply
from forum.models import Post, Topic
from ideas.models import Idea
from tests import make

LINKS = "Buy at https://one.example, www.two.example or [here](https://three.example)."
WAITS = "Waits for a moderator"


@pytest.fixture
def newcomer(db: None) -> User:
    return make.member("newcomer")


@pytest.fixture
def as_newcomer(newcomer: User) -> Client:
    client = Client()
    client.force_login(newcomer)
    return client


@pytest.fixture
def asked(customer: User) -> Topic:
    return make.question(by=customer)


@pytest.fixture
def held(asked: Topic, newcomer: User) -> Post:
    """A newcomer's reply with three links, in the moderators' queue."""
    post = reply(asked, text=LINKS, by=newcomer)
    finish_reactions(timezone.now())
    return post


def decide(client: Client, act: str, **fields: str) -> int:
    review = Review.objects.get()
    return client.post(f"/moderation/reviews/{review.pk}/", {"act": act, **fields}).status_code


@pytest.mark.parametrize(
    ("text", "age", "state"),
    [
        (LINKS, timedelta(0), "held"),
        (LINKS, timedelta(hours=25), "published"),
        ("Two: https://one.example and https://two.example.", timedelta(0), "published"),
        ("`https://a.example https://b.example https://c.example`", timedelta(0), "published"),
    ],
)
def test_new_accounts_with_several_links_are_held(asked, newcomer, text, age, state):
    post = reply(asked, text=text, by=newcomer, at=newcomer.joined_at + age)

    assert post.state == state


def test_who_works_here_is_no_newcomer(asked, employee, moderator):
    assert reply(asked, text=LINKS, by=employee).is_public
    assert reply(asked, text=LINKS, by=moderator).is_public


def test_the_operator_says_how_many_links(asked, newcomer, settings):
    settings.NEWCOMER_LINKS = 0
    assert reply(asked, text=LINKS, by=newcomer).is_public
    settings.NEWCOMER_LINKS, settings.NEWCOMER_HOURS = 3, 0
    assert reply(asked, text=LINKS + " And more.", by=newcomer).is_public


def test_its_writer_is_told_and_others_see_nothing(asked, as_newcomer: Client, as_customer):
    answer = as_newcomer.post(f"/forum/t/{asked.pk}/reply/", {"body": LINKS}, follow=True)

    page = answer.content.decode()
    assert "A moderator reads it first" in page
    assert WAITS in page
    for client in (as_customer, Client()):
        assert "one.example" not in client.get(asked.get_absolute_url()).content.decode()
    asked.refresh_from_db()
    assert (asked.reply_count, asked.waiting_since) == (0, asked.created_at)


def test_it_stands_in_the_queue_with_the_reason(moderator, held, as_moderator: Client):
    page = as_moderator.get("/moderation/").content.decode()

    for words in ("three.example", "Why it was held", "3 links, from an account", "Publish"):
        assert words in page
    assert Notification.objects.get(user=moderator).verb == "post.held"
    assert "waits for a moderator" in as_moderator.get("/notifications/").content.decode()


def test_moderators_hear_once_a_day_of_one_writer(moderator, held, asked, newcomer):
    reply(asked, text=f"{LINKS} Really.", by=newcomer)
    finish_reactions(timezone.now())

    assert Review.objects.open().count() == 2
    assert Notification.objects.filter(user=moderator, verb="post.held").count() == 1


def test_publishing_is_like_posting(held, asked, as_moderator: Client, customer, newcomer):
    assert not Notification.objects.filter(user=customer).exists()

    assert decide(as_moderator, "publish") == 303
    finish_reactions(timezone.now())

    asked.refresh_from_db()
    assert (asked.reply_count, asked.waiting_since) == (1, None)
    assert asked.last_post_at == held.created_at
    assert "one.example" in Client().get(asked.get_absolute_url()).content.decode()
    assert Notification.objects.get(user=customer).verb == "post.replied"
    assert Mail.objects.filter(user=customer, text__contains="one.example").count() == 1
    assert Notification.objects.get(user=newcomer).verb == "post.released"
    assert Review.objects.get().outcome == "released"
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.detail.before, entry.detail.after) == (
        "post.released",
        {"state": "held"},
        {"state": "published"},
    )


def test_of_two_moderators_one_publishes(held, moderator, admin):
    review, subject = Review.objects.get(), subject_of("post", held.pk, moderator)
    assert subject is not None
    assert subject.post is not None

    assert publish(review, subject.post, by=moderator)
    assert not publish(review, subject.post, by=admin)
    assert not publish_post(held, by=admin)
    assert Event.objects.filter(name="post.published", object_id=held.pk).count() == 1


def test_refusing_tells_the_writer_why(held, asked, as_moderator: Client, as_newcomer, newcomer):
    assert decide(as_moderator, "hide", reason=" ") == 422
    assert decide(as_moderator, "hide", reason="This is advertising.") == 303
    finish_reactions(timezone.now())

    held.refresh_from_db()
    assert (held.state, held.hidden_reason) == ("hidden", "This is advertising.")
    assert "This is advertising." in as_newcomer.get(asked.get_absolute_url()).content.decode()
    assert "This is advertising." in Mail.objects.get(user=newcomer).text
    assert AuditEntry.objects.get().verb == "post.hidden"
    asked.refresh_from_db()
    assert asked.reply_count == 0


def test_what_was_refused_and_comes_back_is_published_for_the_first_time(
    held, asked, moderator, as_moderator: Client, customer
):
    decide(as_moderator, "hide", reason="This is advertising.")
    for _time in range(2):
        restore_post(held, by=moderator, reason="It was not.")
    finish_reactions(timezone.now())

    held.refresh_from_db()
    assert (held.state, held.held_at) == ("published", None)
    assert Event.objects.filter(name="post.published", object_id=held.pk).count() == 1
    assert Notification.objects.get(user=customer).verb == "post.replied"


def test_what_was_public_before_is_not_announced_again(asked, moderator, stranger):
    post = make.post(asked, by=stranger)
    for verb in ("hide", "restore"):
        client = Client()
        client.force_login(moderator)
        client.post(f"/moderation/posts/{post.pk}/{verb}/", {"reason": "A test."})

    assert Event.objects.filter(name="post.published", object_id=post.pk).count() == 1


def test_a_held_question_begins_to_wait_when_it_is_published(newcomer, moderator, as_newcomer):
    topic = make.question("Where do I get this cheaper?", text=LINKS, by=newcomer)
    assert (topic.hidden_at is None, topic.waiting_since) == (False, None)
    assert WAITS in as_newcomer.get(topic.get_absolute_url()).content.decode()
    assert Client().get(topic.get_absolute_url()).status_code == 404
    assert topic.title not in Client().get("/forum/t/unanswered/").content.decode()

    publish_post(topic.posts.get(), by=moderator)

    topic.refresh_from_db()
    assert (topic.hidden_at, topic.waiting_since) == (None, topic.created_at)
    cache.clear()
    assert topic.title in Client().get("/forum/t/unanswered/").content.decode()


def test_a_held_idea_waits_and_then_takes_votes(as_newcomer: Client, moderator, as_customer):
    board = make.board()
    fields = {"title": "Sell it at these shops", "body": LINKS, "board": board.slug}
    page = as_newcomer.post("/ideas/new/", fields, follow=True).content.decode()
    assert "A moderator reads it first" in page
    assert WAITS in page
    idea = Idea.objects.get()
    assert "Sell it" not in as_customer.get("/ideas/?sort=new").content.decode()
    assert as_customer.post(f"/ideas/{idea.pk}/vote/").status_code == 404

    publish_post(idea.topic.posts.get(), by=moderator)

    assert "Sell it" in as_customer.get("/ideas/?sort=new").content.decode()
    assert as_customer.post(f"/ideas/{idea.pk}/vote/").status_code == 303
    assert Idea.objects.get().vote_count == 2


def test_links_that_come_with_an_edit_are_held_too(asked, newcomer, moderator):
    post = reply(asked, text="I agree.", by=newcomer)
    edit_post(post, text=LINKS, by=newcomer)
    finish_reactions(timezone.now())

    post.refresh_from_db()
    asked.refresh_from_db()
    assert (post.state, asked.reply_count) == ("held", 0)
    assert Review.objects.open().about("post", post.pk).exists()
    publish_post(post, by=moderator)
    asked.refresh_from_db()
    assert asked.reply_count == 1


def test_what_waits_cannot_be_changed_under_the_moderators_eyes(held, asked, as_newcomer: Client):
    assert as_newcomer.get(f"/forum/t/{asked.pk}/{held.no}/edit/").status_code == 403


def test_a_moderator_publishes_it_where_it_stands(held, asked, as_moderator: Client, as_customer):
    address = f"/moderation/posts/{held.pk}/publish/"
    assert address in as_moderator.get(asked.get_absolute_url()).content.decode()
    assert "three.example" in as_moderator.get(address).content.decode()
    assert as_customer.post(address).status_code == 403

    as_moderator.post(address)

    held.refresh_from_db()
    assert held.state == "published"
    assert not Review.objects.open().exists()


def test_a_newcomer_at_the_door_hears_that_it_waits(asked, newcomer):
    Client().post(f"/forum/t/{asked.pk}/reply/", {"body": LINKS, "email": "newcomer@example.com"})

    outcome = finish(HeldAct.objects.get(kind="forum.reply"), by=newcomer)

    assert outcome.sentence.startswith("Thank you. A moderator reads it first")


def test_no_count_drifts_on_the_way(held, asked, newcomer, moderator, as_moderator: Client):
    answered = reply(asked, text="Use HDMI.", by=newcomer)
    waits = reply(asked, text=f"{LINKS} More.", by=newcomer, reply_to=answered)
    assert drifts() == []
    publish_post(waits, by=moderator)
    answered.refresh_from_db()
    assert answered.answer_count == 1
    assert drifts() == []


def drifts() -> list[str]:
    return [str(drift) for recount in recounts().values() for drift in recount(False)]
