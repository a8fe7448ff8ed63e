"""Each list of ideas is a table to download: the same order and filters, public columns only."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.test import Client

from community.core.tables import csv_lines
from community.people.models import User
from forum.models import Board, Topic
from ideas.heat import vote_weight
from ideas.models import Idea
from ideas.views.tables import HEADER
from tests import make


def table(client: Client, query: str = "") -> list[dict[str, str]]:
    answer = client.get(f"/ideas/list.csv{query}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    return list(csv.DictReader(io.StringIO(text)))


def test_a_line_has_what_everybody_may_read(client: Client, customer):
    store = make.store("Tempe")
    idea = make.idea(votes=3, by=customer, store=store, at=make.NOON)
    make.post(idea.topic)

    (line,) = table(client)

    assert tuple(line) == HEADER
    assert line["id"] == str(idea.pk)
    assert line["title"] == "Free wi-fi in the stores"
    assert (line["status"], line["board"], line["store"]) == ("open", "stores", "Tempe")
    assert (line["votes"], line["comments"]) == ("3", "1")
    assert line["posted_at"] == "2026-11-02T12:00:00+00:00"
    assert line["answered_at"] == ""
    assert line["address"].endswith(idea.get_absolute_url())
    assert customer.email not in str(line)


def test_it_follows_the_order_and_the_filters(client: Client, as_customer: Client, customer):
    old = make.idea("Old and wanted by many", votes=5, at=make.NOON - timedelta(days=99))
    new = make.idea("New and fresh, with a tag", votes=2, at=make.NOON, tags=["Paper"])
    mine = make.idea("Mine, and the newest", by=customer, at=make.NOON)

    assert [line["id"] for line in table(client, "?sort=top")] == [
        str(idea.pk) for idea in (old, new, mine)
    ]
    assert [line["id"] for line in table(client, "?tag=paper&waiting=1")] == [str(new.pk)]
    assert [line["id"] for line in table(as_customer, "?mine=1")] == [str(mine.pk)]
    assert client.get("/ideas/list.csv?mine=1")["Location"].startswith("/accounts/login/")
    assert client.get("/ideas/list.csv?status=nonsense").status_code == 404


def test_what_one_may_not_read_is_in_no_table(client: Client, as_employee: Client, employee):
    inside = make.board("inside", audience=Board.Audience.EMPLOYEES)
    make.idea("For employees alone", on=inside, by=employee)
    hidden = make.idea("Taken away by a moderator")
    Topic.objects.filter(pk=hidden.pk).update(hidden_at=make.NOON)

    assert table(client) == []
    assert [line["title"] for line in table(as_employee)] == ["For employees alone"]


def test_no_cell_is_a_formula(client: Client, db):
    make.idea('=HYPERLINK("http://evil.example";"click me")')
    make.idea("+1 for longer opening hours")

    titles = {line["title"] for line in table(client)}

    assert titles == {
        '\'=HYPERLINK("http://evil.example";"click me")',
        "'+1 for longer opening hours",
    }
    cells = ["-2+3", "@SUM(A1)", "\tx", "plain", -3, None]
    (line,) = list(csv_lines(["a"], [cells]))[1:]
    assert line == "'-2+3,'@SUM(A1),'\tx,plain,-3,\r\n"


def test_more_than_one_reading_comes_whole_and_in_order(client: Client, db, settings):
    many(1203)

    found = [int(line["id"]) for line in table(client, "?sort=new")]
    assert found == sorted(found, reverse=True)
    assert len(found) == 1203

    settings.CSV_ROWS = 700
    assert len(table(client, "?sort=new")) == 700


def test_it_reads_by_key_while_it_is_sent(client: Client, db, django_assert_max_num_queries):
    many(1203)

    answer = client.get("/ideas/list.csv")
    with django_assert_max_num_queries(3):
        size = sum(len(part) for part in answer.streaming_content)  # type: ignore[attr-defined]

    assert size > 1203 * 40


def test_too_often_is_said(client: Client, db, settings):
    settings.LIMITS = {**settings.LIMITS, "csv": (1, 60)}

    assert client.get("/ideas/list.csv").status_code == 200
    again = client.get("/ideas/list.csv")

    assert again.status_code == 429
    assert "Back to the list" in again.content.decode()


@pytest.mark.parametrize("query", ["?q=%00", "?tag=%00&store=%F0", f"?q={'x' * 9000}"])
def test_odd_input_is_no_error(client: Client, db, query):
    assert client.get(f"/ideas/list.csv{query}").status_code in (200, 400)


def many(count: int) -> None:
    board, author = make.board(), User.objects.create_user("many@example.com", username="many")
    common = {"board": board, "kind": Topic.Kind.IDEA, "author": author, "highest_no": 1}
    topics = Topic.objects.bulk_create(
        Topic(title=f"Idea {n}", slug=f"idea-{n}", **common) for n in range(count)
    )
    Idea.objects.bulk_create(
        Idea(topic=topic, board=board, heat=vote_weight(make.NOON) * (n % 7), terms_version="1")
        for n, topic in enumerate(topics)
    )
