"""Lists of questions: newest activity first, or who waits longest; paged by key, at one cost."""

from datetime import timedelta

import pytest
from django.test import Client

from forum.actions import accept_solution, reply
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
