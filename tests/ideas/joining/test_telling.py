"""Whoever asked for a joined idea is told what is decided on the one that counts for it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from community.notifications.actions import watch
from community.notifications.models import Watch
from community.people.models import User
from ideas.actions import cast_vote, comment, telling
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.invalidating import invalidate_votes
from ideas.actions.joining import join_ideas, part_ideas
from ideas.actions.promising import keep_promise
from ideas.actions.raising import raise_due
from ideas.models import Decision, Idea, Telling
from ideas.recipients import count_recipients
from ideas.vote_rules import VoteRule
from tests import make

DAY = timedelta(days=1)
JOINED, DECIDED = make.NOON + DAY, make.NOON + 2 * DAY


@pytest.fixture
def pair(db, settings) -> tuple[Idea, Idea]:
    """An idea that is raised, and one that says the same; telling in batches of two."""
    settings.TELLING_BATCH = 2
    make.rule(votes=3)
    pair = make.idea("Free wi-fi", votes=3, at=make.NOON), make.idea("Internet", at=make.NOON)
    raise_due(make.NOON)
    return pair


def decide(idea: Idea, by: User) -> Decision:
    case = idea.escalations.get()
    day = (DECIDED + 30 * DAY).date()
    draft = draft_decision(case, by=by, verdict="do_it", reason="Yes.", date=day)
    return publish_decision(draft, by=by, at=DECIDED)


def told_of(decision: Decision, news: str = "decision") -> set[str]:
    while telling.tell_owed(DECIDED + 60 * DAY):
        pass
    rows = Telling.objects.filter(decision=decision, news=news)
    return set(rows.values_list("recipient__username", flat=True))


def test_all_who_asked_for_either_are_told_once(pair, moderator, reviewer):
    wifi, same = pair
    people = [make.member(name) for name in ("voter", "writer", "follower", "both")]
    voter, writer, follower, both = people
    cast_vote(same, by=voter, at=make.NOON)
    comment(same, text="Me too.", by=writer, at=make.NOON)
    watch(follower, "topic", same.pk, Watch.Level.DECISIONS, at=make.NOON)
    for idea in pair:
        cast_vote(idea, by=both, at=make.NOON)
    join_ideas(same, into=wifi, by=moderator, at=JOINED)

    decision = decide(wifi, reviewer)

    names = told_of(decision)
    assert names >= {"voter", "writer", "follower", "both", same.topic.author.username}
    assert len(names) == decision.tellings.count() == 3 + 1 + 4
    decision.refresh_from_db()
    assert decision.told_total == 8
    assert count_recipients(decision, at=DECIDED) == 8


def test_who_wants_to_hear_nothing_of_the_joined_idea_is_left_alone(pair, moderator, reviewer):
    wifi, same = pair
    quiet, keen = make.member("quiet"), make.member("keen")
    for person in (quiet, keen):
        cast_vote(same, by=person, at=make.NOON)
        watch(person, "topic", same.pk, Watch.Level.NONE, at=make.NOON)
    cast_vote(wifi, by=keen, at=make.NOON)
    join_ideas(same, into=wifi, by=moderator, at=JOINED)

    names = told_of(decide(wifi, reviewer))

    assert "keen" in names
    assert "quiet" not in names


def test_a_part_after_the_decision_takes_nobody_from_those_who_are_told(pair, moderator, reviewer):
    wifi, same = pair
    join = join_ideas(same, into=wifi, by=moderator, at=JOINED)
    decision = decide(wifi, reviewer)
    part_ideas(join, by=moderator, at=DECIDED + DAY)

    assert same.topic.author.username in told_of(decision)


def test_who_came_later_hears_of_the_outcome_only(pair, moderator, reviewer):
    wifi, same = pair
    decision = decide(wifi, reviewer)
    join_ideas(same, into=wifi, by=moderator, at=DECIDED + DAY)
    keep_promise(decision, by=reviewer, at=DECIDED + 20 * DAY)

    author = same.topic.author.username
    assert author not in told_of(decision)
    assert author in told_of(decision, "outcome")


def test_removed_votes_ask_for_nothing(pair, moderator, reviewer):
    wifi, _same = pair
    bought = make.member("bought")
    cast_vote(wifi, by=bought, at=make.NOON)
    invalidate_votes(VoteRule(accounts=("bought",)), idea=wifi, by=moderator, reason="Bought.")

    assert "bought" not in told_of(decide(wifi, reviewer))
