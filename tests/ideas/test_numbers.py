"""The public numbers say what is so, of what anybody may read, and cost the same at every size."""

import csv
import io
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.actions import hide_post
from forum.models import Board
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.promising import keep_promise, miss_promise
from ideas.actions.raising import raise_due
from ideas.models import Decision, Escalation, Idea, ImportedIdea
from ideas.numbers import count_numbers, quarter_of
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def decide(db, reviewer):
    """Raise an idea at NOON and decide it some days later; answer the decision."""
    make.rule(votes=2)

    def act(title, verdict="do_it", *, after=10, due=40, provenance="asked", on=None):
        idea = make.idea(title, votes=2, at=make.NOON - 5 * DAY, on=on)
        raise_due(make.NOON)
        case = Escalation.objects.get(idea=idea)
        at = make.NOON + after * DAY
        dated = {"date": (make.NOON + due * DAY).date()} if verdict in DATED else {}
        draft = draft_decision(case, by=reviewer, verdict=verdict, reason="So.", at=at, **dated)
        Decision.objects.filter(pk=draft.pk).update(provenance=provenance)
        draft.refresh_from_db()
        return publish_decision(draft, by=reviewer, at=at)

    return act


DATED = ("do_it", "pilot", "not_now", "needs_more")


def test_waits_promises_and_where_ideas_came_from(decide, reviewer):
    kept = decide("Wi-fi in the stores", after=10)
    late = decide("Lockers outside", after=20, provenance="planned")
    missed = decide("Sunday opening", after=40)
    decide("Free coffee for all", "decline", after=12)
    decide("Gift wrapping", "not_now", after=14)
    decide("Still to come", after=16, due=400)
    keep_promise(kept, by=reviewer, at=make.NOON + 39 * DAY)
    keep_promise(late, by=reviewer, at=make.NOON + 45 * DAY)
    miss_promise(missed, at=make.NOON + 41 * DAY)

    found = count_numbers(at=make.NOON + 60 * DAY)

    assert (found.total.decided, found.total.put_off) == (5, 1)
    assert (found.total.kept, found.total.late, found.promised) == (1, 2, 1)
    assert found.total.wait == 15 * DAY.total_seconds()
    assert (found.done, found.done_planned, found.done_underway) == (2, 1, 0)
    assert (found.waiting, found.overdue) == (0, 0)


def test_what_is_not_public_is_in_no_number(decide, moderator):
    staff_board = make.board("staff", audience=Board.Audience.EMPLOYEES)
    decide("Only for us", on=staff_board)
    hidden = decide("Rude words", after=11)
    hide_post(hidden.idea.topic.posts.get(no=1), by=moderator, reason="Rude.")

    found = count_numbers(at=make.NOON + 30 * DAY)

    assert (found.total.ideas, found.total.decided, found.promised) == (0, 0, 0)
    assert found.without_word == 0


def test_who_waits_is_said_beside_the_median(decide):
    decide("Answered")
    make.idea("Waiting since long", votes=2, at=make.NOON)
    raise_due(make.NOON + DAY)

    found = count_numbers(at=make.NOON + 60 * DAY)

    assert (found.waiting, found.overdue, found.without_word) == (1, 1, 1)


def test_imported_ideas_are_counted_apart(decide):
    brought = make.idea("Brought along")
    ImportedIdea.objects.create(source="old", external_id="1", idea=brought)

    found = count_numbers(at=timezone.now())

    assert (found.total.ideas, found.imported) == (0, 1)


def test_quarters_have_no_gap(decide):
    decide("Long ago")

    found = count_numbers(at=make.NOON + 400 * DAY)

    days = [day for day, _tally in found.quarters]
    assert days == [
        date(2026, 10, 1),
        date(2027, 1, 1),
        date(2027, 4, 1),
        date(2027, 7, 1),
        date(2027, 10, 1),
    ]
    assert quarter_of(date(2026, 12, 31)) == date(2026, 10, 1)


def test_the_page_draws_each_chart_with_its_table(decide, client):
    decide("Wi-fi in the stores")

    page = client.get("/ideas/numbers/").text

    assert page.count("<figure") == page.count("<summary>The same as a table") == 2
    assert "10 days" in page
    assert 'style="' not in page


def test_the_table_can_be_downloaded(decide, client):
    decide("Wi-fi in the stores")

    answer = client.get("/ideas/numbers.csv")
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode())))

    assert rows[-1]["quarter"] == "all"
    assert rows[-1]["median_days_to_decision"] == "10.0"
    assert sum(int(row["decided"]) for row in rows[:-1]) == 1


def test_the_queries_do_not_grow(decide, client):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            client.get("/ideas/numbers/")
        return len(captured)

    decide("Wi-fi in the stores")
    few = queries()
    for number in range(12):
        decide(f"Idea number {number}", after=10 + number)
    many = queries()

    assert few == many <= 8
    assert Idea.objects.count() == 13


def test_an_empty_site_says_so(db, client):
    page = client.get("/ideas/numbers/")

    assert page.status_code == 200
    assert "Nothing to draw yet" in page.text
