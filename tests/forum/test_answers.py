"""What staff answer in public stands at /answers/, newest first, and in a feed."""

import xml.etree.ElementTree as ET
from datetime import timedelta

import pytest
from django.test import Client

from forum.actions import reply
from forum.models import Post
from tests import make

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def asked(customer):
    return make.question(by=customer, at=make.NOON)


@pytest.fixture
def answered(asked):
    priya = make.employee("priya", at=make.store("Anchorage"))
    at = make.NOON + timedelta(minutes=14)
    return reply(asked, text="Use the ARC socket.", by=priya, as_staff=True, at=at)


def test_an_answer_stands_with_its_question_and_the_time_it_took(asked, answered):
    page = Client().get("/answers/").content.decode()

    assert asked.title in page
    assert "Use the ARC socket." in page
    assert "Northline — Priya, Anchorage" in page
    assert "after 14\xa0minutes" in page


def test_what_members_write_is_no_staff_answer(asked, advocate):
    reply(asked, text="Try another cable.", by=advocate)

    assert "Try another cable." not in Client().get("/answers/").content.decode()


def test_a_staff_comment_on_an_idea_is_there_too(idea, employee):
    reply(idea.topic, text="We are measuring it.", by=employee, as_staff=True)

    page = Client().get("/answers/").content.decode()
    assert "We are measuring it." in page
    assert idea.topic.title in page


def test_the_feed_is_atom(asked, answered, settings):
    settings.SITE_URL = "https://heard.example"

    answer = Client().get("/answers/feed.atom")

    feed = ET.fromstring(answer.content)
    entry = feed.find(f"{ATOM}entry")
    assert answer["Content-Type"].startswith("application/atom+xml")
    assert feed.find(f"{ATOM}id") is not None
    assert feed.find(f"{ATOM}updated") is not None
    assert entry.find(f"{ATOM}title").text == asked.title
    assert entry.find(f"{ATOM}author/{ATOM}name").text == "Northline — Priya, Anchorage"
    assert (
        entry.find(f"{ATOM}link").get("href")
        == "https://heard.example" + answered.get_absolute_url()
    )


def test_an_empty_page_says_what_to_do(db):
    assert "No answers yet" in Client().get("/answers/").content.decode()
    ET.fromstring(Client().get("/answers/feed.atom").content)


def test_pages_go_on_by_key(asked, employee):
    for number in range(25):
        at = make.NOON + timedelta(minutes=number)
        reply(asked, text=f"Answer number {number}.", by=employee, as_staff=True, at=at)

    first = Client().get("/answers/")
    second = Client().get(first.context["next_url"])

    shown = [row.pk for page in (first, second) for row in page.context["rows"]]
    assert shown == list(
        Post.objects.by_staff().order_by("-created_at").values_list("pk", flat=True)
    )


@pytest.mark.parametrize("after", ["nonsense", "W10", "e30", "x" * 400])
def test_a_bad_key_is_not_found(db, after):
    assert Client().get(f"/answers/?after={after}").status_code == 404


def test_the_page_costs_the_same_at_any_size(asked, employee, django_assert_max_num_queries):
    for size in (1, 15):
        for number in range(size):
            reply(asked, text=f"Answer {size}.{number}", by=employee, as_staff=True)

        with django_assert_max_num_queries(1):
            Client().get(f"/answers/?{size}")
