"""What is prepared for readers shows each of them what the queryset would, and nobody more."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from community.people.prepared import is_nothing_but_a_member, prepared_for_readers
from community.people.readers import Reader
from forum.models import Board, Post, Topic
from tests import make
from tests.cast import CAST

PLAIN = {"customer", "stranger", "advocate"}


def posts_plainly(reader: Reader, topic: int) -> QuerySet[Post]:
    return Post.objects.visible_to(reader).filter(topic=topic).order_by("no")


@pytest.fixture
def topics(db) -> list[Topic]:
    """One on a board of each audience, and a hidden one."""
    questions = Board.Holds.QUESTIONS
    boards = [make.board(each.value, holds=questions, audience=each) for each in Board.Audience]
    topics = [make.question(on=board) for board in boards]
    hidden = make.question("What is that noise?", on=boards[0])
    Topic.objects.filter(pk=hidden.pk).update(hidden_at=make.NOON)
    return [*topics, hidden]


@pytest.mark.parametrize("role", [*CAST, "nobody"])
def test_every_role_reads_what_it_may(topics, request, role):
    reader = AnonymousUser() if role == "nobody" else request.getfixturevalue(role)
    ask = prepared_for_readers(posts_plainly)

    for topic in topics:
        for post in ask(reader, topic.pk):
            assert post in posts_plainly(reader, topic.pk)
        assert len(ask(reader, topic.pk)) == posts_plainly(reader, topic.pk).count()


def test_members_share_one_shape_and_not_their_rows(topics, customer, advocate):
    ask = prepared_for_readers(posts_plainly)
    Topic.objects.filter(pk=topics[-1].pk).update(author=customer)

    assert len(ask(customer, topics[-1].pk)) == 1
    assert ask(advocate, topics[-1].pk) == []
    assert len(ask.of_members.plans) == 1


@pytest.mark.parametrize("role", CAST)
def test_who_has_any_right_is_no_plain_member(db, request, role):
    assert is_nothing_but_a_member(request.getfixturevalue(role)) == (role in PLAIN)


def test_an_employees_entry_comes_with_who_is_signed_in(as_employee):
    with CaptureQueriesContext(connection) as caught:
        as_employee.get("/house-rules/")

    assert not [query for query in caught if 'FROM "people_employeerecord"' in query["sql"]]
