"""Lists of ideas: three orders, filters that combine, paged by key, at one cost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db import connection
from django.http import QueryDict
from django.test import Client
from taggit.models import Tag

from community.search.synonyms import ways
from forum.models import Topic, TopicTag
from ideas.actions import cast_vote
from ideas.heat import vote_weight
from ideas.lists import SORTS, Wanted, boards_for, ideas_wanted
from ideas.models import Idea
from ideas.statuses import Status
from tests import make


def titles(client: Client, query: str = "") -> list[str]:
    return [row.title for row in client.get(f"/ideas/{query}").context["rows"]]


@pytest.fixture
def three(db) -> list[Idea]:
    """Old with many votes, middle with few, new with fresh ones."""
    old = make.idea("Old and wanted by many", votes=5, at=make.NOON - timedelta(days=200))
    quiet = make.idea("Quiet in the middle of it", votes=1, at=make.NOON - timedelta(days=100))
    fresh = make.idea("Fresh and gaining votes", votes=3, at=make.NOON)
    return [old, quiet, fresh]


def test_the_three_orders(three, client: Client):
    old, quiet, fresh = (idea.topic.title for idea in three)

    assert titles(client) == [fresh, quiet, old]
    assert titles(client, "?sort=top") == [old, fresh, quiet]
    assert titles(client, "?sort=new") == [fresh, quiet, old]
    assert titles(client, "?sort=nonsense") == [fresh, quiet, old]


def test_filters_combine(client: Client, as_customer: Client, customer):
    here = make.board("returns")
    store = make.store("Tempe", postcode="85281")
    wanted = make.idea("Keep my receipt for me", on=here, by=customer, tags=["Paper"], store=store)
    make.idea("Keep my place in the queue", on=here)
    make.idea("Paper bags at the till, please", tags=["paper"])

    for query in (
        "?board=returns&tag=paper",
        "?board=returns&store=Tempe",
        "?store=85281&sort=top",
        f"?store={store.code}",
        "?board=returns&q=RECEIPT+keep",
        "?q=receipt&status=open",
    ):
        assert titles(client, query) == [wanted.topic.title], query
    assert titles(as_customer, "?mine=1&board=returns") == [wanted.topic.title]
    assert titles(client, "?q=receipt&status=done") == []


def test_words_are_found_in_title_and_text(client: Client, db):
    idea = make.idea("Something about shopping", body="The trolley squeaks, always.")
    make.post(idea.topic, "Oil would help.")

    assert titles(client, "?q=trolley") == [idea.topic.title]
    assert titles(client, "?q=squeaks+shopping") == [idea.topic.title]
    assert titles(client, "?q=oil") == []
    assert titles(client, "?q=100%25") == []


def test_ones_votes(as_customer: Client, customer, three):
    cast_vote(three[1], by=customer)

    assert titles(as_customer, "?voted=1") == [three[1].topic.title]


def test_what_is_joined_or_withdrawn_is_not_listed(client: Client, three):
    Idea.objects.filter(pk=three[0].pk).update(status=Status.WITHDRAWN)
    Idea.objects.filter(pk=three[1].pk).update(status=Status.DUPLICATE, duplicate_of=three[2])

    assert titles(client) == [three[2].topic.title]
    assert titles(client, "?status=withdrawn") == [three[0].topic.title]


@pytest.mark.parametrize("sort", ["trending", "top", "new"])
def test_a_list_goes_on_where_it_ended(client: Client, db, sort):
    crowd(45)

    seen, address = [], f"/ideas/?sort={sort}"
    while address:
        answer = client.get(address)
        seen += [row.pk for row in answer.context["rows"]]
        address = answer.context["next_url"]

    keys = {"trending": ("-heat", "-pk"), "top": ("-vote_count", "-pk"), "new": ("-pk",)}
    assert seen == list(Idea.objects.order_by(*keys[sort]).values_list("pk", flat=True))


def test_the_number_of_results_is_said(client: Client, three):
    assert "3 ideas, gaining votes fastest first" in client.get("/ideas/").content.decode()
    assert "1 idea, " in client.get("/ideas/?q=quiet").content.decode()


def test_counting_stops_at_a_thousand(client: Client, db):
    crowd(1002)

    assert "More than 1,000 ideas" in client.get("/ideas/?status=open").content.decode()
    assert "More than 1,000 ideas" in client.get("/ideas/").content.decode()


def test_an_empty_list_offers_to_post_it(client: Client, three):
    page = client.get("/ideas/?q=hovercraft+parking").content.decode()

    assert "No ideas match" in page
    assert "/ideas/new/?title=hovercraft+parking" in page


def test_a_feed_has_what_the_list_has(client: Client, three):
    feed = client.get("/ideas/feed.atom?sort=top&q=fresh")

    words = feed.content.decode()
    assert feed["Content-Type"].startswith("application/atom+xml")
    assert words.count("<entry>") == 1
    assert three[2].topic.title in words
    assert client.get("/ideas/feed.atom?mine=1").status_code == 404


ODD = ["q=%00%ff", "tag=%00", "store=%F0%9F", "after=e30", f"q={'x' * 9000}"]


@pytest.mark.parametrize("query", ODD)
def test_odd_input_is_no_error(client: Client, three, query):
    assert client.get(f"/ideas/?{query}").status_code in (200, 400, 404)


LISTS = [
    "/ideas/",
    "/ideas/?sort=new",
    "/ideas/?sort=top&status=open",
    "/ideas/?q=number&board=stores&store=x",
]


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("count", [20, 2000])
def test_a_list_costs_the_same_at_every_size(
    client: Client, as_customer: Client, django_assert_max_num_queries, address, count
):
    crowd(count)
    ways()  # a process reads the synonyms once a minute
    for reader, most in ((client, 4), (as_customer, 8)):
        cache.clear()
        with django_assert_max_num_queries(most):
            reader.get(address)
    deep = Client().get("/ideas/?sort=new").context["next_url"]
    if deep:
        with django_assert_max_num_queries(4):
            client.get(deep)


def test_tag_and_store_together_cost_no_more(client: Client, db, django_assert_max_num_queries):
    crowd(45)
    tag, store = Tag.objects.create(name="wifi"), make.store("Anchorage")
    Idea.objects.update(store=store)
    first = Idea.objects.values_list("pk", flat=True)[:40]
    TopicTag.objects.bulk_create(TopicTag(content_object_id=pk, tag=tag) for pk in first)
    other = make.idea("Elsewhere", tags=["wifi"], store=make.store("Tempe"))
    ways()  # a process reads the synonyms once a minute
    cache.clear()

    with django_assert_max_num_queries(4):
        page = client.get("/ideas/?sort=new&tag=wifi&store=Anchorage")

    assert page.context["count_words"] == "40 ideas"
    assert other.pk not in [row.pk for row in page.context["rows"]]
    assert client.get("/ideas/?tag=no&store=Anchorage").context["count_words"] == "0 ideas"


@pytest.mark.parametrize("query", ["", "sort=top", "sort=new&status=open", "sort=top&board=stores"])
def test_a_list_is_read_in_the_order_of_an_index(db, query):
    crowd(60)
    wanted, nobody = Wanted.from_query(QueryDict(query)), AnonymousUser()
    found = ideas_wanted(wanted, nobody, boards_for(nobody)).order_by(*SORTS[wanted.sort])

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # so few rows would be sorted
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_seqscan = off")
    plan = found[:21].explain()

    assert "ideas_idea" in plan
    assert "Sort" not in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.parametrize("count", [20, 2000])
def test_a_feed_costs_the_same_at_every_size(client, db, django_assert_max_num_queries, count):
    crowd(count)
    with django_assert_max_num_queries(4):
        client.get("/ideas/feed.atom?sort=top")


def crowd(count: int) -> None:
    """Many ideas, written at once: their words matter to nobody."""
    board = make.board()
    first = make.idea("Idea number 0000 of many", on=board)
    common = {"board": board, "kind": Topic.Kind.IDEA, "author": first.topic.author}
    topics = Topic.objects.bulk_create(
        Topic(title=f"Idea number {n:04} of many", slug=f"idea-{n}", highest_no=1, **common)
        for n in range(1, count)
    )
    Idea.objects.bulk_create(
        Idea(
            topic=topic,
            board=board,
            vote_count=n % 7,
            heat=vote_weight(make.NOON) * (n % 5),
            terms_version="1",
        )
        for n, topic in enumerate(topics)
    )
