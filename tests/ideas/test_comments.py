"""What is said about an idea: windows of twenty, permalinks, staff and strangers."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from community.notifications.models import Mail
from community.people.drafts import keep, kept
from forum.models import Post
from ideas.statuses import TAKES_COMMENTS, Status
from tests import make


def numbers(client: Client, address: str) -> list[int]:
    """The numbers of the comments shown, in their order."""
    return [row.no for row in client.get(address).context["comments"].rows]


def test_a_comment_appears_at_its_address(as_customer: Client, idea):
    answer = as_customer.post(f"/ideas/{idea.pk}/comments/", {"body": "Same *here*."})

    post = idea.topic.posts.get(no=2)
    assert (answer.status_code, answer["Location"]) == (303, post.get_absolute_url())
    page = as_customer.get(answer["Location"]).content.decode()
    assert 'id="post-2"' in page
    assert "Same <em>here</em>." in page


def test_commenting_twice_comments_once(as_customer: Client, idea):
    for _time in range(2):
        as_customer.post(f"/ideas/{idea.pk}/comments/", {"body": "Same here."})

    idea.topic.refresh_from_db()
    assert idea.topic.reply_count == 1


def test_the_newest_stand_first_and_the_older_follow(client: Client, idea):
    for number in range(45):
        make.post(idea.topic, f"Comment {number}")
    page = idea.get_absolute_url()

    assert numbers(client, page) == list(range(46, 26, -1))
    older = client.get(f"{page}?x=1").context["comments"].older_url
    assert numbers(client, older.partition("#")[0]) == list(range(26, 6, -1))
    last = client.get(f"{page}?before=7").context["comments"]
    assert ([row.no for row in last.rows], last.older_url) == (list(range(6, 1, -1)), "")
    assert last.newer_url == f"{page}#comments"


def test_oldest_first_and_permalinks_read_downwards(client: Client, idea):
    for number in range(45):
        make.post(idea.topic, f"Comment {number}")
    page = idea.get_absolute_url()

    assert numbers(client, f"{page}?order=oldest") == list(range(2, 21))
    assert numbers(client, f"{page}?at=33") == list(range(21, 41))
    assert client.get(f"{page}?at=99").status_code == 404
    assert client.get(f"{page}?at=x&before=y").status_code == 200


@pytest.mark.parametrize("status", list(Status))
def test_which_ideas_take_comments(as_customer: Client, idea, status):
    make.move(idea, status)

    answer = as_customer.post(f"/ideas/{idea.pk}/comments/", {"body": "One more thing."})

    takes = status in TAKES_COMMENTS
    assert answer.status_code == (303 if takes else 422)
    assert idea.topic.posts.filter(no=2).exists() is takes
    if not takes:
        assert "One more thing." in answer.content.decode()


def test_an_employee_chooses_whose_name_it_stands_under(as_employee: Client, employee, idea):
    page = as_employee.get(idea.get_absolute_url()).content.decode()
    assert "Northline — Employee" in page
    assert "Myself: Employee" in page

    address = f"/ideas/{idea.pk}/comments/"
    as_employee.post(address, {"body": "I want it too.", "voice": "myself"})
    as_employee.post(address, {"body": "We look at it.", "voice": "staff"})

    mine, official = idea.topic.posts.filter(no__gt=1).order_by("no")
    assert (mine.byline, official.byline) == ("", "Northline — Employee")
    assert official.author == employee


def test_a_customer_cannot_speak_as_staff(as_customer: Client, idea):
    fields = {"body": "We give it away.", "voice": "staff", "byline": "Northline"}
    as_customer.post(f"/ideas/{idea.pk}/comments/", fields)

    post = idea.topic.posts.get(no=2)
    assert (post.voice_id, post.byline, post.is_decision) == (None, "", False)


def test_a_strangers_comment_waits_for_a_code(client: Client, idea):
    address = f"/ideas/{idea.pk}/comments/"
    assert (
        "I would use it daily."
        in client.post(address, {"body": "I would use it daily."}).content.decode()
    )

    held = client.post(address, {"body": "I would use it daily.", "email": "new@example.com"})
    assert idea.topic.posts.count() == 1
    code = re.search(r"\b[0-9]{6}\b", Mail.objects.get().subject)
    assert code
    client.post(held["Location"], {"code": code[0]})

    post = Post.objects.get(topic=idea.topic, no=2)
    assert (post.text, post.author.email) == ("I would use it daily.", "new@example.com")


def test_an_empty_comment_is_refused_and_a_draft_kept(as_customer: Client, customer, idea):
    keep(customer, f"comment:{idea.pk}", {"body": "Half a sentence"})
    assert "Half a sentence" in as_customer.get(idea.get_absolute_url()).content.decode()

    answer = as_customer.post(f"/ideas/{idea.pk}/comments/", {"body": "  "})
    assert answer.status_code == 422
    assert "Write something first." in answer.content.decode()

    as_customer.post(f"/ideas/{idea.pk}/comments/", {"body": "A whole sentence."})
    assert kept(customer, f"comment:{idea.pk}") == {}


def test_an_answer_to_a_comment_remembers_it(as_customer: Client, idea):
    first = make.post(idea.topic, "Would it be free?")
    page = as_customer.get(f"/ideas/{idea.pk}/comments/?to=2").content.decode()
    assert "Would it be free?" in page

    as_customer.post(f"/ideas/{idea.pk}/comments/", {"body": "It should.", "to": "2"})

    assert idea.topic.posts.get(no=3).reply_to == first
