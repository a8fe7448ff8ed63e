"""An idea's page costs the same however many voted, commented and were told; a vote is cheap."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forum.models import Post
from ideas.models import Idea
from ideas.statuses import Status
from tests import make

BESIDE = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


def queries(client: Client, address: str, *, post: bool = False) -> list[str]:
    """What this request asks the database, without the frame of transactions."""
    with CaptureQueriesContext(connection) as caught:
        client.post(address, HTTP_HX_REQUEST="true") if post else client.get(address)
    return [query["sql"] for query in caught if not query["sql"].startswith(BESIDE)]


@pytest.fixture(params=[0, 300])
def busy(request, db) -> Idea:
    """An idea with this many comments."""
    make.rule(votes=100)
    idea = make.idea(tags=["one", "two"])
    author, topic = idea.topic.author, idea.topic
    Post.objects.bulk_create(
        Post(topic=topic, no=n, author=author, text="Yes", html="<p>Yes</p>")
        for n in range(2, 2 + request.param)
    )
    topic.highest_no, topic.reply_count = 1 + request.param, request.param
    topic.save()
    return idea


@pytest.mark.parametrize("status", [Status.OPEN, Status.IN_REVIEW, Status.PLANNED])
def test_the_page_of_an_idea(busy, client: Client, as_customer: Client, status):
    Idea.objects.filter(pk=busy.pk).update(status=status)

    for tail in ("", "?order=oldest", "?before=15"):
        cache.clear()
        address = busy.get_absolute_url() + tail
        assert len(queries(client, address)) <= 8
        assert len(queries(as_customer, address)) <= 12


def test_a_vote_is_six_queries_beside_session_and_user(busy, as_customer: Client):
    make.rule(votes=3, name="Another rule")

    cast = queries(as_customer, busy.vote_url, post=True)

    known = ('"django_session"', '"people_user"."password"')
    ours = [sql for sql in cast if not any(name in sql for name in known)]
    assert len(ours) <= 6, "\n".join(ours)


def test_figures_and_decided(busy, client: Client):
    assert len(queries(client, f"/ideas/{busy.pk}.json")) <= 4
    assert len(queries(client, "/ideas/decided/")) <= 4
