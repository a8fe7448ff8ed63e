"""Lists of questions: newest activity first, or who waits longest; paged by key, at one cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client

from forum.actions import accept_solution, reply
from forum.lists import questions_on, tag_called
from forum.models import Board
from tests import make


@pytest.fixture
def tv(db):
    return make.board("tv", holds=Board.Holds.QUESTIONS, name="TV")


def ask(number: int, **fields):
    at = make.NOON + timedelta(minutes=number)
    return make.question(f"Question number {number:03}?", at=at, **fields)


def titles(answer) -> list[str]:
    return [row.title for row in answer.context["rows"]]


def test_newest_activity_stands_first(tv, advocate):
    old, new = ask(1, on=tv), ask(2, on=tv)
    reply(old, text="Use HDMI.", by=advocate, at=make.NOON + timedelta(hours=1))

    assert titles(Client().get("/forum/tv/")) == [old.title, new.title]


def test_who_waits_longest_stands_first(tv, advocate):
    old, new, answered = ask(1, on=tv), ask(2, on=tv), ask(3, on=tv)
    reply(answered, text="Use HDMI.", by=advocate)

    for address in ("/forum/t/unanswered/", "/forum/tv/?filter=unanswered"):
        assert titles(Client().get(address)) == [old.title, new.title]


def test_only_what_is_solved(tv, customer, advocate):
    ask(1, on=tv)
    solved = ask(2, on=tv, by=customer)
    accept_solution(solved, reply(solved, text="Use HDMI.", by=advocate), by=customer)

    assert titles(Client().get("/forum/tv/?filter=solved")) == [solved.title]


def test_a_list_goes_on_where_it_ended(tv):
    for number in range(45):
        ask(number, on=tv)

    seen, address = [], "/forum/tv/"
    while address:
        answer = Client().get(address)
        seen += titles(answer)
        address = answer.context["next_url"]

    assert seen == [f"Question number {number:03}?" for number in reversed(range(45))]


def test_an_unknown_filter_shows_all(tv):
    question = ask(1, on=tv)

    assert titles(Client().get("/forum/tv/?filter=nonsense")) == [question.title]


def test_an_empty_list_says_what_to_do(tv):
    assert "Ask a question" in Client().get("/forum/tv/").content.decode()
    assert "Nobody is waiting" in Client().get("/forum/t/unanswered/").content.decode()


def test_ideas_are_in_no_list_of_questions(tv, idea):
    assert titles(Client().get("/forum/t/")) == []


LISTS = [
    "/forum/",
    "/forum/tv/",
    "/forum/t/",
    "/forum/t/unanswered/",
    "/forum/tv/?filter=unanswered",
]


@pytest.mark.parametrize("address", LISTS)
def test_a_list_costs_the_same_at_any_size(address, tv, as_customer, django_assert_max_num_queries):
    for size in (3, 30):
        for number in range(size):
            ask(number, on=tv)

        with django_assert_max_num_queries(4):
            Client().get(f"{address}{'&' if '?' in address else '?'}{size}")
        with django_assert_max_num_queries(8):
            as_customer.get(address)


def test_a_tag_leads_to_the_questions_that_have_it(tv, db):
    other = make.board("music", holds=Board.Holds.QUESTIONS, name="Music")
    first, second = ask(1, on=tv, tags=["Hi-Fi"]), ask(2, on=other, tags=["hi-fi", "cable"])
    third = ask(3, on=tv, tags=["cable"])
    make.idea("Hi-fi corner in every store", tags=["hi-fi"])

    page = Client().get(first.get_absolute_url()).content.decode()

    assert '<a href="/forum/t/?tag=hi-fi" rel="tag">' in page
    assert titles(Client().get("/forum/t/?tag=hi-fi")) == [second.title, first.title]
    assert titles(Client().get("/forum/tv/?tag=HI-FI")) == [first.title]
    assert titles(Client().get("/forum/t/?tag=cable&filter=unanswered")) == [
        third.title,
        second.title,
    ]
    assert titles(Client().get("/forum/t/?tag=cable&filter=solved")) == []


def test_a_tag_that_nothing_has_shows_nothing_and_the_way_back(tv):
    ask(1, on=tv)

    answer = Client().get("/forum/t/?tag=nonsense%3Cb%3E")

    assert titles(answer) == []
    assert "<b>" not in answer.content.decode().partition("Tagged")[2][:40]
    assert 'href="/forum/t/"' in answer.content.decode()


def test_a_tags_list_goes_on_where_it_ended(tv):
    for number in range(45):
        ask(number, on=tv, tags=["hdmi"])

    seen, address = [], "/forum/t/?tag=hdmi"
    while address:
        answer = Client().get(address)
        seen += titles(answer)
        address = answer.context["next_url"]
        assert not address or "tag=hdmi" in address

    assert seen == [f"Question number {number:03}?" for number in reversed(range(45))]


@pytest.mark.parametrize("size", [3, 45])
def test_a_tags_list_keeps_its_budget(tv, size, django_assert_max_num_queries):
    for number in range(size):
        ask(number, on=tv, tags=["hdmi"])

    with django_assert_max_num_queries(4):
        Client().get("/forum/t/?tag=hdmi")


def test_a_tags_list_is_read_from_its_index(tv):
    for number in range(30):
        ask(number, on=tv, tags=["hdmi"])
    tag = tag_called("hdmi")
    questions = questions_on({tv.pk: tv}, tag=tag).order_by("-place")

    plan = questions[:21].explain()

    assert "topics_of_tag" in plan or connection.vendor == "postgresql"
    assert "TEMP B-TREE" not in plan
