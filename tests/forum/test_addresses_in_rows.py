"""Rows put their addresses together by hand; they are the site's addresses all the same."""

import pytest
from django.urls import resolve

from forum.actions import accept_solution, hide_post
from forum.lists import board_rows, boards_for, questions_on, topic_rows
from forum.pages import posts_page
from tests import make

NAMES = {
    "url": {"topic-post", "topic"},
    "author_url": {"person"},
    "history_url": {"post-history"},
    "report_url": {"report"},
    "reply_url": {"topic-reply", "idea-comments"},
    "edit_url": {"post-edit"},
    "hide_url": {"hide-post"},
    "restore_url": {"restore-post"},
    "solve_url": {"topic-solve"},
}


@pytest.fixture
def rows(moderator, customer):
    topic = make.question(by=moderator)
    first = make.post(topic, "Use the ARC socket", by=customer)
    hide_post(make.post(topic, "Rude"), by=moderator, reason="Insults.")
    accept_solution(topic, first, by=moderator)
    topic.refresh_from_db()
    return posts_page(topic, moderator).rows


@pytest.mark.parametrize("field", sorted(NAMES.keys() - {"history_url"}))
def test_the_addresses_of_a_post(rows, field):
    addresses = [getattr(row, field) for row in rows if getattr(row, field)]

    assert addresses
    for address in addresses:
        path = address.partition("#")[0].partition("?")[0]
        assert resolve(path).url_name in NAMES[field]


def test_the_addresses_of_lists(customer):
    topic = make.question(by=customer)
    boards = boards_for(customer)

    assert topic_rows(list(questions_on(boards)), boards)[0].url == topic.get_absolute_url()
    assert board_rows(customer)[0].url == topic.board.get_absolute_url()
