"""A promise taken back with its decision says so, and counts neither as kept nor as missed."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from forum.models import Promise
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.promising import miss_due, miss_promise
from ideas.actions.raising import raise_due
from ideas.actions.reopening import reopen
from ideas.briefs import figures
from ideas.digest_extras import promises
from ideas.dossiers import dossiers_of
from ideas.dossiers.echoes import by_search
from ideas.models import Audience, Decision, Escalation
from ideas.numbers import count_numbers
from ideas.roadmap import newest_turns, score
from tests import make

DAY = timedelta(days=1)
BACK = make.NOON + 9 * DAY
LATER = make.NOON + 90 * DAY


@pytest.fixture
def promised(db, lead) -> Decision:
    """A yes with a day, sixty days on."""
    make.rule(votes=3)
    make.idea(votes=3, at=make.NOON)
    raise_due(make.NOON)
    case, day = Escalation.objects.get(), (make.NOON + 60 * DAY).date()
    draft = draft_decision(case, by=lead, verdict="do_it", reason="Yes.", date=day)
    return publish_decision(draft, by=lead, at=make.NOON)


def test_its_page_says_taken_back(promised, reviewer, client):
    reopen(promised, by=reviewer, reason="No supplier.", at=BACK)

    page = client.get(promised.idea.get_absolute_url()).content.decode()

    assert "Taken back</span>" in page
    assert "Missed" not in page


def test_it_is_in_no_figure(promised, reviewer):
    reopen(promised, by=reviewer, reason="No supplier.", at=BACK)

    found, total = score(LATER), count_numbers(at=LATER).total
    missed = {figure.words: figure.now for figure in figures(at=BACK + DAY)}

    assert (found.late, found.to_come, found.in_time, found.kept_late) == (0, 0, 0, 0)
    assert (total.kept, total.late) == (0, 0)
    assert missed["Promises missed"] == 0
    assert promises(Audience.objects.get(), at=LATER) == []


def test_what_was_missed_before_stays_missed(promised, reviewer, client):
    miss_due(make.NOON + 61 * DAY)

    reopen(Decision.objects.get(), by=reviewer, reason="No supplier.", at=make.NOON + 70 * DAY)

    assert score(LATER).late == 1
    assert count_numbers(at=LATER).total.late == 1
    assert "Missed</span>" in client.get(promised.idea.get_absolute_url()).content.decode()
    assert [due.is_missed for due in promises(Audience.objects.get(), at=LATER)] == [True]


def test_what_is_missed_and_stands_is_counted_as_before(promised):
    miss_promise(promised, at=make.NOON + 61 * DAY)

    missed = {figure.words: figure.now for figure in figures(at=make.NOON + 62 * DAY)}

    assert missed["Promises missed"] == 1
    assert score(LATER).late == 1


def test_the_feed_of_the_roadmap_says_so(promised, reviewer, client):
    reopen(promised, by=reviewer, reason="No supplier.", at=BACK)

    feed = client.get("/ideas/roadmap/feed.atom").content.decode()

    assert "Promise taken back: Free wi-fi" in feed
    assert "Promise missed" not in feed
    assert [turn.words for turn in newest_turns(5)] == ["Promise taken back", "Promised"]


def test_a_case_like_it_reads_what_came_of_it(promised, reviewer, as_reviewer):
    reopen(promised, by=reviewer, reason="No supplier.", at=BACK)
    make.idea("Free wi-fi in the stores, please", votes=3, at=BACK)
    raise_due(BACK + DAY)
    case = Escalation.objects.get(idea__topic__title__endswith="please")

    gathered = dossiers_of([case], at=LATER)[case.pk]
    found = by_search(gathered, case, reader=reviewer, at=LATER).earlier[0]

    assert found.promise == "taken-back"
    page = as_reviewer.get(case.get_absolute_url()).content.decode()
    assert "Promise missed" not in page


def test_who_takes_it_back_reads_what_becomes_of_the_promise(promised, as_reviewer):
    page = as_reviewer.get(f"{promised.escalation.get_absolute_url()}reopen/").content.decode()

    assert "counts neither as kept nor as missed" in page
    assert Promise.objects.get().state == "open"


@pytest.fixture(autouse=True)
def fresh_figures():
    """The public numbers are kept for a minute."""
    cache.clear()


def test_why_stands_in_a_line_of_its_own(promised, reviewer, client):
    reopen(promised, by=reviewer, reason="No supplier.\nWe look for another.", at=BACK)

    page = client.get(promised.idea.get_absolute_url()).content.decode()

    assert "<dt>Why</dt>" in page
    assert "No supplier.<br>We look for another." in page
