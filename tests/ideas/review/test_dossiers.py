"""The whole case: how votes came and from where, both sides, what says the same, and precedents."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from community.people.models import User
from forum.actions import hide_post
from ideas.actions.asking import answer_for_department, ask_department
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.digesting import close_now
from ideas.actions.promising import keep_promise
from ideas.actions.raising import raise_due
from ideas.actions.scoring import ask_to_score, give_score
from ideas.actions.stances import take_side
from ideas.dossiers import Dossier, dossiers_of
from ideas.dossiers.chart import MOST_BARS, chart_of
from ideas.models import DigestEntry, Escalation
from tests import make

DAY = timedelta(days=1)
OLD = {  # as the first digests were frozen
    "title": "Free wi-fi in the stores",
    "board": "Stores",
    "excerpt": "One bar in aisle 4.",
    "votes": 102,
    "gain": 61,
    "comments": 1,
    "rule": "Corporate review",
    "rule_votes": 100,
    "cycle": 1,
    "crossed_at": "2026-11-02T12:00:00+00:00",
    "raised_at": "2026-11-02T12:01:00+00:00",
    "due_at": "2026-12-02T12:01:00+00:00",
    "state": "waiting",
    "taken_by": "",
    "verdict": "",
    "stores": ["Anchorage, AK"],
    "voices": [{"post": 9, "no": 2, "answers": 1, "text": "Yes please.", "author": "Lee"}],
}


@pytest.fixture
def case(db):
    make.rule(votes=3)
    make.idea(votes=3, at=make.NOON, tags=["wi-fi", "comfort"])
    raise_due(make.NOON)
    return Escalation.objects.get()


def dossier_of(case, at=None):
    found = Escalation.objects.with_case().get(pk=case.pk)
    return dossiers_of([found], at=at or timezone.now())[case.pk]


def test_a_digest_frozen_before_there_was_more_still_reads(case):
    old = Dossier.from_json(OLD)

    assert (old.votes, old.voices[0].text, old.voices[0].helpful) == (102, "Yes please.", 0)
    assert (old.weeks, old.chart, old.places, old.earlier, old.scores) == ([], None, [], [], {})


def test_what_is_frozen_comes_back_whole(case, reviewer, owner):
    comment = make.post(case.idea.topic, "I would stay longer.")
    take_side(comment, "for")
    note, _is_new = ask_department(
        case,
        make.department(owner=owner),
        question="Cost?",
        due_on=make.NOON.date(),
        by=reviewer,
    )
    answer_for_department(note, by=owner, text="Cables.", cost="40,000", benefit="Calm")
    ask_to_score(case, [reviewer], by=reviewer)
    give_score(case, by=reviewer, impact=4, feasibility=2)
    live = dossier_of(case)

    assert Dossier.from_json(live.to_json()) == live
    assert [voice.text for voice in live.speak_for] == ["I would stay longer."]
    assert [(word.note, word.cost, word.benefit) for word in live.notes] == [
        ("Cables.", "40,000", "Calm")
    ]
    assert live.scores["impact"] == [4, 4, 4]


def test_votes_are_counted_by_the_week_from_the_first_to_the_last(case):
    monday = datetime(2026, 11, 9, tzinfo=UTC)
    for moment in (monday - timedelta(seconds=1), monday, monday + 8 * DAY):
        make.cast_vote(case.idea, by=make.member(), at=moment)

    found = dossier_of(case, at=monday + 15 * DAY)

    assert (found.weeks_from, found.weeks) == ("2026-11-02", [4, 1, 1, 0])
    assert found.chart.total == found.votes == 6


def test_a_long_life_is_drawn_in_bars_of_four_weeks_that_hold_every_vote():
    weeks = list(range(MOST_BARS + 4))
    chart = chart_of(weeks, "2025-01-06", raised_on=date(2025, 7, 1))

    assert chart.weeks_a_bar == 4
    assert chart.total == sum(weeks)
    assert len(chart.bars) == -(-len(weeks) // 4)
    assert all(bar.y >= 0 and bar.x + bar.width <= chart.width for bar in chart.bars)


def test_it_says_from_which_stores_the_votes_are(case):
    here, there = make.store("Anchorage"), make.store("Tempe", state="AZ")
    for place in (here, here, there):
        voter = make.member()
        User.objects.filter(pk=voter.pk).update(home_store=place)
        make.cast_vote(case.idea, by=voter)
    make.post(case.idea.topic, "We hear it daily.", by=make.employee(at=there), as_staff=True)

    found = dossier_of(case)

    assert [(place.name, place.votes, place.comments) for place in found.places] == [
        ("Anchorage, AK", 2, 0),
        ("Tempe, AZ", 1, 1),
    ]
    assert [(place.name, place.votes) for place in found.regions] == [("AK", 2), ("AZ", 1)]


def test_both_sides_are_heard_the_most_helpful_first(case):
    for number in range(5):
        post = make.post(case.idea.topic, f"For reason {number}.")
        take_side(post, "for")
        type(post).objects.filter(pk=post.pk).update(helpfulness=number / 10)
    take_side(make.post(case.idea.topic, "Against: it is a shop."), "against")
    make.post(case.idea.topic, "Neither.")

    found = dossier_of(case)

    assert [voice.text[-2:-1] for voice in found.speak_for] == ["4", "3", "2"]
    assert (found.count_for, found.count_against) == (5, 1)


def test_scores_show_only_when_everybody_has_scored(case, reviewer, executive):
    ask_to_score(case, [reviewer, executive], by=reviewer)
    give_score(case, by=reviewer, impact=5, feasibility=1)
    assert dossier_of(case).scores == {"asked": 2, "scored": 1}

    give_score(case, by=executive, impact=2, feasibility=2)

    assert dossier_of(case).scores["impact"] == [3.5, 2, 5]
    assert dossier_of(case).scores["feasibility"] == [1.5, 1, 2]


def test_earlier_decisions_on_like_ideas_come_with_what_came_of_them(case, reviewer):
    like = make.idea("A socket at every bench", votes=3, at=make.NOON, tags=["comfort"])
    make.idea("Longer hours on Sunday", votes=3, at=make.NOON, tags=["hours"])
    raise_due(make.NOON)
    for other in Escalation.objects.exclude(pk=case.pk):
        draft = draft_decision(
            other, by=reviewer, verdict="do_it", reason="Yes.", date=(make.NOON + 90 * DAY).date()
        )
        published = publish_decision(draft, by=reviewer, at=make.NOON)
        keep_promise(published, by=reviewer)

    found = dossier_of(case)

    assert [(each.topic, each.verdict, each.promise) for each in found.earlier] == [
        (like.pk, "do_it", "kept")
    ]


def test_questions_that_it_may_end_are_found_by_their_tags(case):
    asked = make.question("No signal in aisle 4", tags=["wi-fi"])
    make.question("Does the soundbar fit?", tags=["tv"])

    assert [echo.topic for echo in dossier_of(case).questions] == [asked.pk]


def test_a_digest_shows_nothing_that_was_hidden_since(case, as_reviewer, moderator):
    comment = make.post(case.idea.topic, "A rude argument.")
    take_side(comment, "against")
    asked = make.question("No signal in aisle 4", tags=["wi-fi"])
    digest = close_now(case.rule.audience, at=timezone.now() + timedelta(minutes=5))
    page = as_reviewer.get(digest.get_absolute_url()).content.decode()
    assert "A rude argument." in page
    assert "No signal in aisle 4" in page

    hide_post(comment, by=moderator, reason="Abuse")
    type(asked).objects.filter(pk=asked.pk).update(hidden_at=timezone.now())

    page = as_reviewer.get(digest.get_absolute_url()).content.decode()
    assert "A rude argument." not in page
    assert "No signal in aisle 4" not in page


def test_freezing_costs_the_same_for_one_case_and_for_thirty(case, django_assert_max_num_queries):
    def freeze():
        cases = list(Escalation.objects.with_case())
        return dossiers_of(cases, at=timezone.now())

    with django_assert_max_num_queries(17):
        assert len(freeze()) == 1
    for number in range(29):
        made = make.idea(f"Idea number {number}", votes=3, tags=["comfort"])
        take_side(make.post(made.topic, "Yes."), "for")
    raise_due(timezone.now())
    with django_assert_max_num_queries(17):
        assert len(freeze()) == 30


def test_every_digest_carries_the_whole_case(case):
    close_now(case.rule.audience, at=timezone.now() + timedelta(minutes=5))

    assert all(entry.dossier["weeks"] for entry in DigestEntry.objects.all())


def test_its_head_names_a_few_stores_and_says_how_many_more(case):
    found = replace(dossier_of(case), stores=[f"Town {n}, AK" for n in range(25)])

    head = render_to_string("review/_dossier.html", {"dossier": found})

    assert "Town 0, AK; Town 1, AK; Town 2, AK" in head
    assert "and 22 more" in head
    assert "Town 3, AK" not in head
