"""Comments by helpfulness, newest or oldest; each order has its address and pages by key."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client

from forum.actions import mark_helpful
from forum.actions.helping import helpfulness
from forum.models import Post
from ideas.comments import MOST_HELPFUL, listed_comments
from ideas.models import Idea
from tests import make
from tests.counting import queries


def numbers(client: Client, address: str) -> list[int]:
    return [row.no for row in client.get(address).context["comments"].rows]


def talk(idea: Idea, count: int) -> None:
    """So many comments, written at once, each helpful to another number of people."""
    topic, author = idea.topic, idea.topic.author
    Post.objects.bulk_create(
        Post(
            topic=topic,
            no=n,
            author=author,
            text="Yes",
            html="<p>Yes</p>",
            helpful_count=n % 9,
            unhelpful_count=n % 4,
            helpfulness=helpfulness(n % 9, n % 4),
        )
        for n in range(2, 2 + count)
    )
    topic.highest_no, topic.reply_count = 1 + count, count
    topic.save()


def test_what_helped_most_stands_first(client: Client, idea, customer, stranger):
    first, second, third = (make.post(idea.topic, f"Comment {n}") for n in range(3))
    mark_helpful(second, by=customer)
    mark_helpful(second, by=stranger)
    mark_helpful(third, by=customer, is_helpful=False)
    mark_helpful(first, by=customer)

    here = idea.get_absolute_url()
    assert numbers(client, f"{here}?order=helpful") == [second.no, first.no, third.no]
    assert numbers(client, here) == [third.no, second.no, first.no]
    assert numbers(client, f"{here}?order=oldest") == [first.no, second.no, third.no]


def test_all_are_read_page_by_page_each_once(client: Client, idea):
    talk(idea, 70)

    seen, address = [], f"{idea.get_absolute_url()}?order=helpful"
    while address:
        comments = client.get(address).context["comments"]
        seen += [row.no for row in comments.rows]
        address = comments.older_url

    posts = Post.objects.filter(topic=idea.topic, no__gt=1).order_by(*MOST_HELPFUL)
    assert seen == list(posts.values_list("no", flat=True))


def test_an_odd_cursor_is_no_page(client: Client, idea):
    here = idea.get_absolute_url()

    assert client.get(f"{here}?order=helpful&after=x").status_code == 404
    assert client.get(f"{here}?order=nonsense").status_code == 200


@pytest.mark.parametrize("count", [40, 500])
def test_each_order_keeps_the_budget_first_page_and_last(
    client: Client, as_customer: Client, idea, count
):
    talk(idea, count)
    here = idea.get_absolute_url()
    deep = client.get(f"{here}?order=helpful").context["comments"].older_url
    for address in (f"{here}?order=helpful", deep, f"{here}?order=oldest", f"{here}?at={count}"):
        cache.clear()
        assert len(queries(client, address)) <= 8
        assert len(queries(as_customer, address)) <= 12


def test_the_most_helpful_are_read_in_the_order_of_an_index(idea, customer):
    talk(idea, 300)
    posts = listed_comments(idea, customer)

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # so few rows would be sorted
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
    plan = posts.order_by(*MOST_HELPFUL)[:21].explain()

    assert "posts_most_helpful" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan
