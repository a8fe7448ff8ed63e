"""A prepared query answers what the queryset would, for every value, with its SQL made once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from community.core.prepared import prepared
from community.people.models import EmployeeRecord, User
from forum.models import Post, Topic
from tests import make


def posts_plainly(topic: int, first: int, last: int) -> QuerySet[Post]:
    mine = Topic.objects.filter(author=OuterRef("author"), pk=topic)
    posts = Post.objects.filter(topic=topic, no__range=(first, last)).order_by("no")
    return posts.select_related("author__employee_record").annotate(is_asker=Exists(mine))


def shown(posts: list[Post]) -> list[tuple[object, ...]]:
    return [
        (post.pk, post.created_at, post.author.name, post.is_asker)  # type: ignore[attr-defined, union-attr]
        for post in posts
    ]


@pytest.fixture
def topics(db) -> list[Topic]:
    made = [make.question(title=f"How do I {word}?") for word in ("park", "pay")]
    for topic in made:
        for _ in range(4):
            make.post(topic, by=make.member())
    return made


def test_it_answers_the_same_for_every_value(topics, django_assert_num_queries):
    ask = prepared(posts_plainly)

    for topic in topics:
        for first, last in ((1, 2), (2, 9), (8, 9)):
            with django_assert_num_queries(1):
                found = ask(topic.pk, first, last)
            assert shown(found) == shown(list(posts_plainly(topic.pk, first, last)))
    assert len(ask.plans) == 1


def test_related_rows_come_with_it(topics, django_assert_num_queries):
    ask = prepared(posts_plainly)
    employee = make.employee(at=make.store())
    make.post(topics[0], by=employee)

    with django_assert_num_queries(1):
        records = [getattr(p.author, "employee_record", None) for p in ask(topics[0].pk, 1, 99)]

    assert EmployeeRecord.objects.get() in records


def test_words_and_numbers_are_values_and_names_are_shapes(db):
    @prepared
    def named(name: str, *, is_short: bool) -> QuerySet[User, tuple[str]]:
        rows = User.objects.filter(username=name).order_by("pk")
        return rows.values_list("username") if is_short else rows.values_list("email", "username")

    make.member("ann")
    make.member("bob")

    assert named("ann", is_short=True) == [("ann",)]
    assert named("bob", is_short=True) == [("bob",)]
    assert len(named("bob", is_short=False)[0]) == 2
    assert named.first("nobody", is_short=True) is None


def test_what_cannot_be_a_value_is_refused(db):
    @prepared
    def limited(number: int) -> QuerySet[User]:
        return User.objects.all()[:number]

    @prepared
    def maybe(number: int | None) -> QuerySet[User]:
        return User.objects.filter(pk=number)

    with pytest.raises(TypeError, match="not just compared with"):
        limited(3)
    with pytest.raises(TypeError, match="give it by its name"):
        maybe(None)


def test_a_query_that_can_find_nothing_asks_nothing(db, django_assert_num_queries):
    @prepared
    def none(number: int) -> QuerySet[User]:
        return User.objects.filter(pk__in=[], joined_at__isnull=False)

    with django_assert_num_queries(0):
        assert none(3) == []


def test_postgresql_plans_it_once_whatever_the_numbers_are(topics):
    ask = prepared(posts_plainly)

    for last in (2, 9, 40_000, 3_000_000_000):
        ask(topics[0].pk, 1, last)

    assert len(ask.plans) == 1
    if connection.vendor == "postgresql":  # SQLite keeps what it has compiled, and does not say so
        with connection.cursor() as cursor:
            cursor.execute("SELECT statement FROM pg_prepared_statements")
            named = [text for (text,) in cursor.fetchall() if "BETWEEN $" in text]
        assert len(named) == 1


def test_a_percent_sign_in_the_query_stays_one(topics):
    @prepared
    def half_off(no: int) -> QuerySet[Post]:
        return Post.objects.filter(no=no).exclude(text__contains="50%s off").order_by("pk")

    make.post(topics[0], by=make.member(), text="Is it 50%s off?")

    for topic in topics:
        assert {post.topic_id for post in half_off(2)} == {each.pk for each in topics}, topic
    assert len(half_off(6)) == 0
