"""Readers say whether a post helped; the most helpful can be read first."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.test import Client

from community.people.held import finish
from community.people.models import HeldAct
from forum.actions import mark_helpful, take_back_helpful
from forum.actions.helping import helpfulness
from forum.models import Helpful, Post
from tests import make


@pytest.fixture
def answer(advocate) -> Post:
    return make.post(make.question(), "Use the ARC socket.", by=advocate)


def counts(post: Post) -> tuple[int, int]:
    post.refresh_from_db()
    return post.helpful_count, post.unhelpful_count


def address_of(post: Post) -> str:
    return f"/forum/t/{post.topic_id}/{post.no}/helpful/"


def test_each_member_has_one_word_which_they_may_change_and_take_back(answer, customer):
    assert mark_helpful(answer, by=customer) is True
    assert mark_helpful(answer, by=customer) is False
    assert counts(answer) == (1, 0)

    assert mark_helpful(answer, by=customer, is_helpful=False) is True
    assert counts(answer) == (0, 1)

    assert take_back_helpful(answer, by=customer) is True
    assert take_back_helpful(answer, by=customer) is False
    assert counts(answer) == (0, 0)
    assert answer.helpfulness == 0


def test_nine_of_ten_stand_before_one_of_one():
    assert helpfulness(9, 1) > helpfulness(1, 0) > helpfulness(1, 1) > helpfulness(0, 3) == 0
    assert helpfulness(1, 0) == pytest.approx(0.2065, abs=1e-4)  # Wilson's interval for 1 of 1
    assert helpfulness(9, 1) == pytest.approx(0.5958, abs=1e-4)


def test_the_button_counts_once_and_is_taken_back(answer, as_customer: Client):
    page = as_customer.get(answer.topic.get_absolute_url()).content.decode()
    assert 'id="helpful-2" aria-pressed="false"' in page

    for _click in range(2):
        fragment = as_customer.post(address_of(answer), HTTP_HX_REQUEST="true")
    assert counts(answer) == (1, 0)
    assert 'aria-pressed="true"' in fragment.content.decode()
    assert 'name="undo"' in fragment.content.decode()

    back = as_customer.post(address_of(answer), {"undo": "1"})
    assert (back.status_code, back["Location"]) == (303, answer.get_absolute_url())
    assert counts(answer) == (0, 0)


def test_its_own_page_takes_a_no_too(answer, as_customer: Client):
    page = as_customer.get(address_of(answer)).content.decode()
    assert "Did this help?" in page
    assert "Use the ARC socket." in page

    as_customer.post(address_of(answer), {"helpful": "0"})

    assert counts(answer) == (0, 1)
    assert "You said that it did not." in as_customer.get(address_of(answer)).content.decode()


def test_nobody_helps_themselves_and_an_opening_post_is_no_answer(answer, as_advocate: Client):
    assert as_advocate.post(address_of(answer)).status_code == 403
    opening = answer.topic.posts.get(no=1)
    assert as_advocate.post(address_of(opening)).status_code == 404
    assert as_advocate.post(f"/forum/t/{answer.topic_id}/99/helpful/").status_code == 404
    assert counts(answer) == (0, 0)


def test_what_is_hidden_takes_no_word(answer, as_customer: Client, as_moderator: Client):
    Post.objects.filter(pk=answer.pk).update(
        state=Post.State.HIDDEN, hidden_at=make.NOON, hidden_reason="Abuse"
    )

    assert as_customer.post(address_of(answer)).status_code == 404
    assert as_moderator.post(address_of(answer)).status_code == 403


def test_a_strangers_word_waits_for_their_code(answer, client: Client, customer):
    held = client.post(address_of(answer), {"helpful": "0", "email": customer.email})
    assert held.status_code == 303
    assert counts(answer) == (0, 0)

    finish(HeldAct.objects.get(), by=customer)

    assert counts(answer) == (0, 1)


def test_a_strangers_word_on_their_own_post_is_refused(answer, client: Client, advocate):
    client.post(address_of(answer), {"email": advocate.email})
    page = Client()
    page.force_login(advocate)

    shown = page.post(HeldAct.objects.get().get_absolute_url(), follow=True)

    assert "it is your own" in shown.content.decode()
    assert counts(answer) == (0, 0)


def test_a_drift_is_found_and_mended(answer, customer, capsys):
    mark_helpful(answer, by=customer)
    Post.objects.filter(pk=answer.pk).update(helpful_count=5, unhelpful_count=2, helpfulness=0.9)

    with pytest.raises(SystemExit):
        call_command("reconcile")
    found = capsys.readouterr().out
    with pytest.raises(SystemExit):
        call_command("reconcile", repair=True)
    call_command("reconcile")

    for name in ("helpful_count", "unhelpful_count", "helpfulness"):
        assert f"post {answer.pk} {name}" in found
    assert counts(answer) == (1, 0)
    assert answer.helpfulness == pytest.approx(helpfulness(1, 0))
    assert Helpful.objects.count() == 1
