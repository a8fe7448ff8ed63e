"""Who is about to say what has been said is shown it first, and votes there instead."""

from __future__ import annotations

import re

import pytest

from forum.models import Topic
from ideas.models import Idea
from tests import make

pytestmark = pytest.mark.django_db

TYPED = {
    "title": "Wireless internet in every shop",
    "body": "There is no signal in the aisles.",
    "board": "stores",
    "tags": "wi-fi",
    "store": "",
}


@pytest.fixture
def wifi():
    return make.idea("Free wi-fi in the stores", votes=3)


def test_who_types_a_title_sees_the_idea_with_its_vote_button(as_customer, wifi):
    page = as_customer.post("/ideas/new/similar/", TYPED).content.decode()

    assert f'data-idea="{wifi.pk}" data-votes="3"' in page
    assert f'action="/ideas/{wifi.pk}/vote/"' in page
    assert 'aria-pressed="false"' in page


def test_a_stranger_sees_it_too_with_a_link_to_vote(client, wifi):
    page = client.post("/ideas/new/similar/", TYPED).content.decode()

    assert f'href="/ideas/{wifi.pk}/vote/"' in page
    assert "<form" not in page


def test_of_namesakes_the_most_wanted_are_shown(as_customer):
    wanted = make.idea("Free wi-fi in the stores", votes=12)
    for _namesake in range(6):
        make.idea("Free wi-fi in the stores")

    page = as_customer.post("/ideas/new/similar/", TYPED).content.decode()

    shown = re.findall(r'data-idea="(\d+)" data-votes="(\d+)"', page)
    assert shown[0] == (str(wanted.pk), "12")
    assert len(shown) == 5


def test_a_title_that_nobody_said_shows_nothing(as_customer, wifi):
    answer = as_customer.post("/ideas/new/similar/", {"title": "Benches near the checkouts"})

    assert answer.status_code == 200
    assert "<li" not in answer.content.decode()


def test_typing_very_fast_for_long_is_answered_with_nothing(as_customer, wifi, settings):
    settings.LIMITS = settings.LIMITS | {"similar": (2, 60)}

    answers = [as_customer.post("/ideas/new/similar/", TYPED).status_code for _ in range(3)]

    assert answers == [200, 200, 204]


def test_without_script_posting_shows_the_idea_first_and_posts_nothing(as_customer, wifi):
    answer = as_customer.post("/ideas/new/", TYPED)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "vote for one instead" in page
    assert f'data-idea="{wifi.pk}"' in page
    assert f'name="title" value="{TYPED["title"]}"' in page
    assert f'name="seen" value="{wifi.pk}"' in page
    assert Idea.objects.count() == 1


def test_post_mine_anyway_posts_it_as_it_was_typed(as_customer, wifi):
    answer = as_customer.post("/ideas/new/", {**TYPED, "seen": str(wifi.pk)})

    idea = Idea.objects.exclude(pk=wifi.pk).get()
    assert answer.status_code == 303
    assert idea.topic.title == TYPED["title"]
    assert [tag.name for tag in idea.topic.tags.all()] == ["wi-fi"]


def test_change_my_words_leads_back_to_the_form_with_them(as_customer, wifi):
    answer = as_customer.post("/ideas/new/", {**TYPED, "seen": str(wifi.pk), "change": "1"})

    page = answer.content.decode()
    assert 'id="post-idea"' in page
    assert TYPED["title"] in page
    assert TYPED["body"] in page
    assert Idea.objects.count() == 1


def test_a_stranger_passes_the_step_and_then_the_door(client, wifi):
    step = client.post("/ideas/new/", TYPED)
    door = client.post("/ideas/new/", {**TYPED, "seen": str(wifi.pk)})

    assert "vote for one instead" in step.content.decode()
    assert "Almost posted" in door.content.decode()


@pytest.mark.parametrize("seen", ["x", "0,", "９", "-1", "1e9", "9" * 300, ",,,"])
def test_a_list_of_the_seen_that_is_none_does_no_harm(as_customer, wifi, seen):
    assert as_customer.post("/ideas/new/", {**TYPED, "seen": seen}).status_code == 200


def test_what_the_reader_may_not_see_is_not_suggested(as_customer, as_employee, moderator):
    board = make.board("back-office", audience="employees")
    make.idea("Free wi-fi in the stores", on=board)

    pages = [who.post("/ideas/new/similar/", TYPED) for who in (as_customer, as_employee)]

    assert ["Free wi-fi" in page.content.decode() for page in pages] == [False, True]


def test_a_question_like_an_older_one_is_shown_that_first(as_customer):
    older = make.question("Does the X200 soundbar work with a 2014 TV?")
    typed = {
        "title": "Will the X200 soundbar work with my old television?",
        "body": "It has HDMI.",
        "board": older.board.slug,
    }

    shown = as_customer.post("/forum/ask/similar/", typed).content.decode()
    step = as_customer.post("/forum/ask/", typed).content.decode()
    done = as_customer.post("/forum/ask/", {**typed, "seen": str(older.pk)})

    assert older.title in shown
    assert older.title in step
    assert "Ask mine anyway" in step
    assert done.status_code == 303
    assert Topic.objects.count() == 2


def test_suggestions_cost_as_many_queries_with_many_ideas(
    as_customer, wifi, django_assert_max_num_queries
):
    def queries() -> int:
        with django_assert_max_num_queries(16) as seen:
            as_customer.post("/ideas/new/similar/", TYPED)
        return len(seen)

    few = queries()
    for place in range(30):
        make.idea(f"Free wi-fi in hall {place}", body="Please.")

    assert queries() <= few
