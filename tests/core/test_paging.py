"""A list is paged by key: no row twice, none left out, whatever is added meanwhile."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from community.core.models import LimitCounter
from community.core.paging import page_by_key
from tests import make

NOON = datetime(2026, 11, 2, 12, 0, 0, 123456, tzinfo=UTC)
BY_HITS, BY_TIME = ("-hits", "-pk"), ("ends_at", "pk")

pytestmark = pytest.mark.django_db


@pytest.fixture
def counters():
    """Thirty rows, of which always five are equal but for their key."""
    return LimitCounter.objects.bulk_create(
        LimitCounter(key=f"k{no}", hits=no // 5, ends_at=NOON + timedelta(microseconds=no // 5))
        for no in range(30)
    )


def walk(keys, size):
    after, pages = "", []
    while True:
        page = page_by_key(LimitCounter.objects.all(), keys, after=after, size=size)
        pages.append(page)
        after = page.next_after
        if not after:
            return pages


@pytest.mark.parametrize("keys", [BY_HITS, BY_TIME, ("pk",), ("-key",)])
@pytest.mark.parametrize("size", [1, 7, 10, 30, 31])
def test_the_pages_are_the_whole_list_in_its_order(counters, keys, size):
    rows = [row for page in walk(keys, size) for row in page.rows]

    assert rows == list(LimitCounter.objects.order_by(*keys))


def test_the_last_page_is_never_empty(counters):
    assert [len(page.rows) for page in walk(BY_HITS, 10)] == [10, 10, 10]


def test_an_empty_list_has_one_page():
    page = page_by_key(LimitCounter.objects.all(), BY_HITS)

    assert (page.rows, page.after, page.next_after) == ([], "", "")


def test_a_row_that_comes_in_meanwhile_moves_no_other_to_another_page(counters):
    first = page_by_key(LimitCounter.objects.all(), BY_HITS, size=10)
    LimitCounter.objects.create(key="new", hits=99, ends_at=NOON)
    second = page_by_key(LimitCounter.objects.all(), BY_HITS, after=first.next_after, size=10)

    assert [*first.rows, *second.rows] == counters[:9:-1]


def test_rows_may_be_values(counters):
    rows = LimitCounter.objects.values("pk", "hits")
    first = page_by_key(rows, BY_HITS, size=29)
    second = page_by_key(rows, BY_HITS, after=first.next_after, size=29)

    assert [row["pk"] for row in second.rows] == [counters[0].pk]


def test_one_query_a_page_without_offset_or_count(counters, django_assert_num_queries):
    cursor = page_by_key(LimitCounter.objects.all(), BY_HITS).next_after

    with CaptureQueriesContext(connection) as queries:
        page_by_key(LimitCounter.objects.all(), BY_HITS, after=cursor)

    assert len(queries) == 1
    assert "OFFSET" not in queries[0]["sql"]
    assert "COUNT" not in queries[0]["sql"]


def test_the_database_goes_straight_to_the_page(idea):
    """An index over the keys answers the comparison, so no page costs more than the first."""
    ideas, keys = type(idea).objects.all(), ("-heat", "-pk")
    for number in range(3):
        make.idea(f"Another idea no {number}")
    cursor = page_by_key(ideas, keys, size=1).next_after
    with CaptureQueriesContext(connection) as queries:
        page_by_key(ideas, keys, after=cursor, size=1)

    by_index = {"postgresql": "index cond: (row(", "sqlite": "(heat,topic_id)<"}
    assert by_index[connection.vendor] in plan(queries[0]["sql"])


def plan(sql: str) -> str:
    """How the database goes about a query, as if the table were large."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("SET LOCAL enable_sort = off")
        explain = {"postgresql": "EXPLAIN", "sqlite": "EXPLAIN QUERY PLAN"}[connection.vendor]
        cursor.execute(f"{explain} {sql}")
        return "\n".join(str(row).lower() for row in cursor.fetchall())


def test_keys_that_run_against_each_other_are_a_mistake_of_ours():
    with pytest.raises(ValueError, match="all go up or all go down"):
        page_by_key(LimitCounter.objects.all(), ("-hits", "pk"))


def cursor_of(*values):
    return urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    ("keys", "cursor"),
    [
        (BY_HITS, "abc"),
        (BY_HITS, "é"),
        (BY_HITS, "A" * 1000),
        (BY_HITS, cursor_of("1")),
        (BY_HITS, cursor_of("1", "2", "3")),
        (BY_HITS, cursor_of(1, 2)),
        (BY_HITS, cursor_of("one", "2")),
        (BY_HITS, cursor_of("1", "9" * 40)),
        (BY_HITS, cursor_of("1", "9" * 300)),
        (BY_HITS, cursor_of("1", None)),
        (BY_TIME, cursor_of("yesterday", "1")),
        (BY_TIME, cursor_of("0001-01-01T00:00:00+14:00", "1")),
        (("-key",), cursor_of("a\x00b")),
    ],
)
def test_a_cursor_that_is_none_is_not_found(counters, keys, cursor):
    with pytest.raises(Http404):
        page_by_key(LimitCounter.objects.all(), keys, after=cursor)


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999"])
def test_a_number_that_is_none_is_not_found(idea, number):
    with pytest.raises(Http404):
        page_by_key(type(idea).objects.all(), ("-heat", "-pk"), after=cursor_of(number, "1"))
