"""The roadmap: what is promised by quarter, what is done, in time or late; only what is public."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from forum.models import Board, Topic
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.promising import keep_promise, miss_promise
from ideas.actions.raising import raise_due
from ideas.models import Decision, Escalation, Idea
from ideas.roadmap import score, what_is_ahead, what_is_done
from ideas.statuses import Status, Verdict
from tests import make
from tests.counting import queries

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def decide(reviewer):
    """Decide on a new idea: its title, what, by when."""
    make.rule(votes=1)

    def decided(title: str, day: date, verdict: str = Verdict.DO_IT, **fields: object) -> Decision:
        idea = make.idea(title, at=make.NOON, **fields)
        raise_due(make.NOON + timedelta(hours=1))
        draft = draft_decision(
            Escalation.objects.get(idea=idea),
            by=reviewer,
            verdict=verdict,
            reason="Everybody wants it.",
            date=day,
        )
        return publish_decision(draft, by=reviewer, at=make.NOON + timedelta(days=1))

    return decided


def titles(stops: object) -> list[str]:
    return [stop.idea.topic.title for stop in stops]  # type: ignore[attr-defined]


def test_promises_stand_by_the_quarter_they_are_for(decide):
    decide("Wi-fi in all the stores", date(2027, 1, 15))
    decide("Lockers at the entrance", date(2026, 12, 24), Verdict.PILOT)
    decide("Longer opening hours", date(2027, 3, 31))

    ahead = what_is_ahead(NOW)

    assert [(quarter.words, titles(quarter.stops)) for quarter in ahead.quarters] == [
        ("October to December 2026", ["Lockers at the entrance"]),
        ("January to March 2027", ["Wi-fi in all the stores", "Longer opening hours"]),
    ]
    assert ahead.late == []


def test_late_is_what_was_missed_and_what_is_overdue(decide, reviewer):
    missed = decide("Promised and missed", date(2026, 11, 10))
    decide("Overdue since yesterday", date(2026, 11, 19))
    miss_promise(missed, at=NOW - timedelta(days=5))

    ahead = what_is_ahead(NOW)

    assert titles(ahead.late) == ["Promised and missed", "Overdue since yesterday"]
    assert ahead.quarters == []
    assert score(NOW).late == 2


def test_what_is_done_says_whether_it_was_in_time(decide, reviewer):
    in_time = decide("Kept in time", date(2026, 12, 24))
    late = decide("Kept two days late", date(2026, 11, 10))
    miss_promise(late, at=datetime(2026, 11, 11, 12, tzinfo=UTC))
    keep_promise(Decision.objects.get(pk=late.pk), by=reviewer, at=NOW - timedelta(days=8))
    keep_promise(in_time, by=reviewer, at=NOW)

    (quarter,), _page = what_is_done()

    assert [(stop.idea.topic.title, stop.is_late) for stop in quarter.stops] == [
        ("Kept in time", False),
        ("Kept two days late", True),
    ]
    found = score(NOW)
    assert (found.in_time, found.kept_late, found.late, found.to_come) == (1, 1, 0, 0)


def test_what_has_no_day_is_not_left_out(client: Client, db):
    idea = make.idea("Brought along as planned")
    Idea.objects.filter(pk=idea.pk).update(status=Status.PLANNED)

    page = client.get("/ideas/roadmap/").content.decode()

    assert "No day named yet" in page
    assert "Brought along as planned" in page


def test_only_what_everybody_may_read(decide, client: Client, as_admin: Client, employee):
    inside = make.board("inside", audience=Board.Audience.EMPLOYEES)
    decide("For employees alone", date(2027, 1, 15), on=inside, by=employee)
    hidden = decide("Taken away by a moderator", date(2027, 1, 15))
    Topic.objects.filter(pk=hidden.idea_id).update(hidden_at=NOW)

    for reader in (client, as_admin):
        for address in ("/ideas/roadmap/", "/ideas/roadmap/feed.atom"):
            page = reader.get(address).content.decode()
            assert "For employees alone" not in page
            assert "Taken away" not in page
    assert score(NOW).to_come == 0


def test_what_was_refused_is_said_once_among_the_decisions(decide, client: Client):
    decide("Free coffee for everybody", date(2027, 1, 1), Verdict.DECLINE)

    page = client.get("/ideas/roadmap/").content.decode()

    assert "Free coffee" not in page
    assert "/ideas/decided/#no" in page
    assert 'id="no"' in client.get("/ideas/decided/").content.decode()


def test_the_feed_tells_of_each_turn(decide, client: Client, reviewer):
    decision = decide("Wi-fi in all the stores", date(2027, 1, 15))
    keep_promise(decision, by=reviewer, note="In every aisle.", at=NOW)

    feed = client.get("/ideas/roadmap/feed.atom").content.decode()

    assert feed.index("Promise kept: Wi-fi") < feed.index("Promised: Wi-fi")
    assert "In every aisle." in feed


def test_what_was_done_goes_on_page_by_page(decide, client: Client, reviewer):
    for n in range(23):
        decision = decide(f"Done and numbered {n}", date(2026, 12, 24))
        keep_promise(decision, by=reviewer, at=NOW + timedelta(minutes=n))

    first = client.get("/ideas/roadmap/")
    rest = client.get(first.context["next_url"])

    seen = [titles(q.stops) for answer in (first, rest) for q in answer.context["done"]]
    assert [len(each) for each in seen] == [20, 3]
    assert len({title for each in seen for title in each}) == 23
    assert client.get("/ideas/roadmap/?after=x").status_code == 404


def test_it_costs_the_same_however_much_is_promised(decide, client: Client, reviewer):
    counts = []
    for _round in range(2):
        for n in range(5):
            decide(f"Promised and numbered {n}", date(2027, 1, 15), Verdict.PILOT)
            kept = decide(f"Done and numbered {n}", date(2026, 12, 24))
            keep_promise(kept, by=reviewer, at=timezone.now())
        cache.clear()
        counts.append(len(queries(client, "/ideas/roadmap/")))

    assert counts[0] == counts[1] <= 8


def test_the_pages_of_outcomes_lead_to_one_another(client: Client, db):
    for address in ("/ideas/decided/", "/ideas/roadmap/", "/ideas/numbers/"):
        page = client.get(address).content.decode()
        assert f'<a href="{address}" aria-current="page">' in page
        assert 'href="/ideas/roadmap/"' in page
        assert '<a href="/ideas/decided/" aria-current=' in page
