"""Rows of posts are compiled apart from other templates, and as safe: what people type is text."""

import re

import pytest
from django.test import Client
from jinja2 import UndefinedError

from community.core.row_templates import render_rows
from community.people.models import User
from forum.actions import hide_post, reply
from forum.models import Post
from tests import make

HOSTILE = "<script>alert(1)</script>"
TYPED = "&lt;script&gt;alert(1)&lt;/script&gt;"
TOKEN = re.compile(r'<input type="hidden" name="csrfmiddlewaretoken" value="\w{64}">')


@pytest.fixture
def asked(customer):
    return make.question(by=customer)


def posts_on(url: str, client: Client) -> str:
    """The list of posts alone, without the rest of the page."""
    page = client.get(url).content.decode()
    return "".join(re.findall(r'<ol class="posts.*?</ol>', page, flags=re.DOTALL))


def test_a_name_is_text(asked, customer, stranger):
    User.objects.filter(pk=stranger.pk).update(display_name=HOSTILE)
    reply(asked, text="Use the ARC socket", by=stranger)

    rows = posts_on(asked.get_absolute_url(), Client())

    assert TYPED in rows
    assert HOSTILE not in rows


def test_a_byline_and_reasons_are_text(asked, stranger, employee, as_moderator, moderator):
    for text in ("Use HDMI", "Use ARC"):  # the first of the staff is lifted out of the list
        reply(asked, text=text, by=employee, as_staff=True)
    hide_post(reply(asked, text="Rude", by=stranger), by=moderator, reason=f"Hidden {HOSTILE}")
    held = reply(asked, text="New here", by=stranger)
    posts = Post.objects.filter(topic=asked)
    posts.filter(no=3).update(byline=f"Staff {HOSTILE}")
    posts.filter(pk=held.pk).update(
        state="held", held_at=held.created_at, held_reason=f"Held {HOSTILE}"
    )

    rows = posts_on(asked.get_absolute_url(), as_moderator)

    assert {f"{word} {TYPED}" in rows for word in ("Staff", "Hidden", "Held")} == {True}
    assert HOSTILE not in rows


def test_each_form_of_a_member_has_the_token_and_a_stranger_has_no_form(
    asked, stranger, as_advocate
):
    for text in ("Use the ARC socket", "Use HDMI"):
        reply(asked, text=text, by=stranger)

    rows = posts_on(asked.get_absolute_url(), as_advocate)
    of_stranger = Client().get(asked.get_absolute_url())

    assert len(TOKEN.findall(rows)) == rows.count("<form ") == 2
    assert "csrf" not in posts_on(asked.get_absolute_url(), Client())
    assert "csrftoken" not in of_stranger.cookies


def test_a_comment_of_an_idea_is_the_same_row(stranger, as_advocate):
    idea = make.idea()
    reply(idea.topic, text="I would use it", by=stranger)

    rows = posts_on(idea.get_absolute_url(), as_advocate)

    assert len(TOKEN.findall(rows)) == 1
    assert 'id="helpful-2"' in rows


def test_a_name_that_was_not_given_is_a_fault():
    with pytest.raises(UndefinedError):
        render_rows("forum/_posts.jinja", posts=[object()])
