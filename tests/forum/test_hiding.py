"""What a moderator hides is gone for everybody but its author and moderators, and can come back."""

import pytest
from django.test import Client

from forum.actions import accept_solution, hide_post, reply, restore_post
from forum.models import Post, Topic
from tests import make

RUDE = "You are all fools, ask a dog"


@pytest.fixture
def asked(customer):
    return make.question(by=customer)


@pytest.fixture
def rude(asked, stranger):
    return reply(asked, text=RUDE, by=stranger)


@pytest.fixture
def hidden(rude, moderator):
    hide_post(rude, by=moderator, reason="Insults.")
    return rude


def page_of(topic: Topic, client: Client) -> str:
    return client.get(topic.get_absolute_url()).content.decode()


def test_a_hidden_post_is_gone_for_others(asked, hidden, as_customer):
    assert RUDE not in page_of(asked, Client())
    assert RUDE not in page_of(asked, as_customer)


def test_its_author_and_moderators_see_it_with_the_reason(asked, hidden, as_stranger, as_moderator):
    for client in (as_stranger, as_moderator):
        page = page_of(asked, client)

        assert RUDE in page
        assert "Insults." in page


def test_it_is_gone_from_counts(asked, hidden):
    asked.refresh_from_db()
    assert asked.reply_count == 0
    assert asked.waiting_since is not None
    assert asked.last_poster == asked.author


def test_hiding_twice_changes_nothing(hidden, moderator):
    assert not hide_post(hidden, by=moderator, reason="Again.")

    hidden.refresh_from_db()
    assert hidden.hidden_reason == "Insults."


def test_restored_it_is_back_for_everybody(asked, hidden, moderator):
    restore_post(hidden, by=moderator, reason="It was a quotation.")

    asked.refresh_from_db()
    assert asked.reply_count == 1
    assert RUDE in page_of(asked, Client())


def test_a_hidden_opening_post_takes_its_topic_along(asked, moderator, as_customer, as_advocate):
    hide_post(asked.posts.get(no=1), by=moderator, reason="A phone number.")

    assert as_customer.get(asked.get_absolute_url()).status_code == 200
    for client in (Client(), as_advocate):
        assert client.get(asked.get_absolute_url()).status_code == 404
        assert client.get(f"/forum/t/{asked.pk}/reply/").status_code == 404
        assert asked.title not in client.get("/forum/t/").content.decode()
        assert asked.title not in client.get("/forum/").content.decode()


def test_a_question_is_not_solved_by_what_is_hidden(asked, rude, customer, moderator):
    accept_solution(asked, rude, by=customer)

    hide_post(rude, by=moderator, reason="Insults.")
    asked.refresh_from_db()
    assert asked.solved_at is None
    assert asked.waiting_since is not None

    restore_post(rude, by=moderator, reason="A mistake.")
    asked.refresh_from_db()
    assert asked.solved_at is not None
    assert asked.waiting_since is None


def test_a_cached_page_forgets_it_at_once(
    asked, rude, moderator, django_capture_on_commit_callbacks
):
    assert RUDE in page_of(asked, Client())

    with django_capture_on_commit_callbacks(execute=True):
        hide_post(rude, by=moderator, reason="Insults.")

    assert RUDE not in page_of(asked, Client())


def test_a_hidden_staff_answer_leaves_the_answers(asked, employee, moderator):
    answer = reply(asked, text="Use the ARC socket", by=employee, as_staff=True)
    hide_post(answer, by=moderator, reason="Wrong.")

    assert "ARC socket" not in Client().get("/answers/").content.decode()
    assert "ARC socket" not in Client().get("/answers/feed.atom").content.decode()


def test_what_is_hidden_cannot_be_edited_or_made_the_solution(asked, hidden, customer, as_stranger):
    assert as_stranger.get(f"/forum/t/{asked.pk}/{hidden.no}/edit/").status_code == 403
    assert not accept_solution(asked, hidden, by=customer)
    assert Topic.objects.get(pk=asked.pk).solution is None


def test_a_held_post_waits_for_a_moderator(asked, stranger, as_stranger):
    held = {"state": "held", "held_at": make.NOON}
    Post.objects.create(topic=asked, no=9, author=stranger, html="<p>Buy now</p>", **held)
    Topic.objects.filter(pk=asked.pk).update(highest_no=9)

    assert "Buy now" in page_of(asked, as_stranger)
    assert "Buy now" not in page_of(asked, Client())
