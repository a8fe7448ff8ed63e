"""A moderator locks a conversation with a reason that everybody reads, and can undo it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from community.activity.models import AuditEntry
from community.activity.owed import finish_reactions
from community.notifications.models import Notification
from forum.actions import lock_topic, unlock_topic
from forum.models import Topic
from ideas.actions import cast_vote
from ideas.models import Idea
from tests import make

WHY = "This has turned into a quarrel."


@pytest.fixture(params=["idea", "question"])
def topic(request, db, customer) -> Topic:
    """What a customer began: an idea, or a question."""
    if request.param == "idea":
        return make.idea(by=customer).topic
    return make.question(by=customer)


def address_of_posts(topic: Topic) -> str:
    return f"/ideas/{topic.pk}/comments/" if topic.is_idea else f"/forum/t/{topic.pk}/reply/"


def test_a_lock_stands_in_place_of_the_form(topic, as_moderator: Client, as_advocate: Client):
    assert 'name="body"' in as_advocate.get(topic.get_absolute_url()).content.decode()

    answer = as_moderator.post(f"/moderation/topics/{topic.pk}/lock/", {"reason": WHY})

    assert (answer.status_code, answer["Location"]) == (303, topic.get_absolute_url())
    for client in (as_advocate, as_moderator, Client()):
        page = client.get(topic.get_absolute_url()).content.decode()
        assert WHY in page
        assert 'name="body"' not in page
        assert address_of_posts(topic) not in page


def test_a_post_to_a_locked_one_is_refused_and_kept(topic, moderator, as_advocate: Client):
    lock_topic(topic, by=moderator, reason=WHY)

    closed = as_advocate.get(address_of_posts(topic))
    assert (closed.status_code, WHY in closed.content.decode()) == (403, True)
    answer = as_advocate.post(address_of_posts(topic), {"body": "One more word"})
    assert (answer.status_code, "One more word" in answer.content.decode()) == (422, True)
    assert topic.posts.count() == 1


def test_unlocking_brings_the_form_back(topic, moderator, as_moderator: Client, as_advocate):
    lock_topic(topic, by=moderator, reason=WHY)

    as_moderator.post(f"/moderation/topics/{topic.pk}/unlock/", {"reason": "They have calmed."})

    topic.refresh_from_db()
    assert (topic.locked_at, topic.locked_reason) == (None, "")
    page = as_advocate.get(topic.get_absolute_url()).content.decode()
    assert WHY not in page
    assert 'name="body"' in page


def test_both_stand_in_the_log_once(topic, moderator, as_moderator: Client):
    for _time in range(2):
        lock_topic(topic, by=moderator, reason=WHY)
    for _time in range(2):
        unlock_topic(topic, by=moderator, reason="They have calmed.")

    assert list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True)) == [
        "topic.locked",
        "topic.unlocked",
    ]
    log = as_moderator.get("/moderation/log/?kind=topic").content.decode()
    for words in ("Locked", "Unlocked", topic.title, WHY, "state: open → locked"):
        assert words in log


def test_who_began_it_is_told(topic, moderator, customer, as_customer: Client):
    lock_topic(topic, by=moderator, reason=WHY)
    finish_reactions(timezone.now())

    assert Notification.objects.get(user=customer, verb="topic.locked").object_id == topic.pk
    assert "A moderator locked" in as_customer.get("/notifications/").content.decode()


def test_it_needs_a_reason_and_a_moderator(topic, as_moderator: Client, as_customer: Client):
    address = f"/moderation/topics/{topic.pk}/lock/"

    assert as_moderator.get(address).status_code == 200
    assert as_moderator.post(address, {"reason": "  "}).status_code == 422
    assert as_customer.post(address, {"reason": WHY}).status_code == 403
    assert as_moderator.post("/moderation/topics/999999/lock/", {"reason": WHY}).status_code == 404
    topic.refresh_from_db()
    assert topic.locked_at is None


def test_only_moderators_are_shown_the_way(topic, as_moderator: Client, as_customer: Client):
    lock = f"/moderation/topics/{topic.pk}/lock/"

    assert lock in as_moderator.get(topic.get_absolute_url()).content.decode()
    assert lock not in as_customer.get(topic.get_absolute_url()).content.decode()


def test_votes_go_on(moderator, stranger):
    idea = make.idea()
    lock_topic(idea.topic, by=moderator, reason=WHY)
    cast_vote(idea, by=stranger)

    assert Idea.objects.get(pk=idea.pk).vote_count == 2


def test_no_lock_without_a_reason(topic):
    with pytest.raises(IntegrityError), transaction.atomic():
        Topic.objects.filter(pk=topic.pk).update(locked_at=make.NOON)
