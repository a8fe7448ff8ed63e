"""Whoever is told of a newer decision does not hear the older one too, where that was not sent."""

from datetime import timedelta

import pytest

from community.core.counters import recounts
from community.notifications.actions import send_due
from community.notifications.models import Mail, Notification
from ideas.actions import cast_vote, telling, withdraw_vote
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.raising import raise_due, return_due
from ideas.models import Decision, Escalation, Idea, Telling
from tests import make

DAY = timedelta(days=1)
SOON = make.NOON + timedelta(hours=2)
MUCH_LATER = make.NOON + 100 * DAY


@pytest.fixture
def crowd(db, settings) -> Idea:
    """An idea with six votes, raised; batches of two."""
    settings.TELLING_BATCH = 2
    make.rule(votes=3)
    idea = make.idea(votes=6, at=make.NOON)
    raise_due(make.NOON + timedelta(minutes=1))
    return idea


def decide(idea, by, verdict="decline", *, at=SOON, **fields) -> Decision:
    case = Escalation.objects.open().get(idea=idea)
    draft = draft_decision(case, by=by, verdict=verdict, reason=f"{verdict}, because.", **fields)
    return publish_decision(draft, by=by, at=at)


def put_off_then_decline(idea, reviewer, between=lambda: None) -> tuple[Decision, Decision]:
    """Two decisions, the second after the idea came back on its day."""
    older = decide(idea, reviewer, "not_now", date=(SOON + 90 * DAY).date())
    between()
    assert return_due(MUCH_LATER) == 1
    raise_due(MUCH_LATER)
    return older, decide(Idea.objects.get(pk=idea.pk), reviewer, at=MUCH_LATER)


def tell_all(at=MUCH_LATER + timedelta(minutes=5)) -> None:
    while telling.tell_owed(at):
        pass
    telling.tell_owed(at + DAY)


def counts(decision: Decision) -> tuple[int, int, int, int]:
    decision.refresh_from_db()
    return decision.told_total, decision.told_done, decision.bounced, decision.superseded


def assert_exact() -> None:
    assert not list(recounts()["decision.told"](False))


def test_nobody_who_was_not_told_yet_hears_the_older(crowd, reviewer):
    older, newer = put_off_then_decline(crowd, reviewer)

    tell_all()
    send_due(MUCH_LATER + DAY)

    assert counts(newer) == (6, 6, 0, 0)
    assert counts(older) == (6, 0, 0, 6)
    assert older.told_at
    assert not older.is_telling
    verbs = Notification.objects.filter(verb="decision.published")
    assert verbs.count() == 6
    assert not Mail.objects.filter(key__startswith=f"decision:{older.pk}:").exists()
    assert_exact()


def test_mail_that_waits_is_stopped_and_what_was_sent_stays_told(crowd, reviewer):
    def told_by_half() -> None:
        telling.fill_batch("decision", Decision.objects.get().pk, at=SOON)
        telling.fill_batch("decision", Decision.objects.get().pk, at=SOON)
        telling.tell_batch("decision", Decision.objects.get().pk, at=SOON)
        telling.tell_batch("decision", Decision.objects.get().pk, at=SOON)
        send_due(SOON, limit=2)

    older, newer = put_off_then_decline(crowd, reviewer, told_by_half)
    tell_all()
    send_due(MUCH_LATER + DAY)

    assert counts(older) == (6, 2, 0, 4)
    assert counts(newer) == (6, 6, 0, 0)
    states = Mail.objects.filter(key__startswith=f"decision:{older.pk}:").values_list("state")
    assert sorted(state for (state,) in states) == ["sent", "sent", "stopped", "stopped"]
    assert_exact()


def test_mail_that_is_being_sent_is_let_go(crowd, reviewer):
    def one_in_flight() -> None:
        telling.tell("decision", Decision.objects.get().pk, at=SOON)
        mail = Mail.objects.filter(key__startswith="decision:").order_by("pk")[:1]
        until = MUCH_LATER + timedelta(minutes=6)
        Mail.objects.filter(pk__in=list(mail.values_list("pk", flat=True))).update(
            claimed_until=until
        )

    older, _newer = put_off_then_decline(crowd, reviewer, one_in_flight)
    telling.tell_owed(MUCH_LATER + timedelta(minutes=5))

    assert counts(older) == (6, 0, 0, 5)
    assert Telling.objects.filter(decision=older, state="mailed").count() == 1
    assert_exact()


def test_who_is_not_among_those_told_of_the_newer_still_hears_the_older(crowd, reviewer):
    leaver = crowd.votes.order_by("pk").last().voter

    def leave() -> None:
        telling.fill_batch("decision", Decision.objects.get().pk, at=SOON)
        while telling.fill_batch("decision", Decision.objects.get().pk, at=SOON):
            pass
        withdraw_vote(Idea.objects.get(pk=crowd.pk), by=leaver)

    older, newer = put_off_then_decline(crowd, reviewer, leave)
    tell_all()

    assert counts(older)[3] == 5
    assert counts(newer)[0] == 5
    told = Telling.objects.get(decision=older, recipient=leaver)
    assert told.state == "mailed"
    assert_exact()


def test_an_answer_overtakes_no_decision(crowd, reviewer):
    older = decide(crowd, reviewer, "not_now", date=(SOON + 90 * DAY).date())
    Escalation.objects.update(state="waiting", closed_at=None)
    Idea.objects.update(status="raised")
    other = make.rule(votes=4, name="Another")
    Escalation.objects.filter(rule=other).delete()
    Escalation.objects.create(
        idea=crowd,
        rule=other,
        cycle=1,
        votes_then=6,
        crossed_at=SOON,
        raised_at=SOON,
        due_at=SOON,
        remind_at=SOON,
    )
    case = Escalation.objects.get(rule=other)
    draft = draft_decision(case, by=reviewer, verdict="answered", reason="So it stands.")
    answer = publish_decision(draft, by=reviewer, at=SOON + DAY)

    tell_all()

    assert counts(older)[3] == counts(answer)[3] == 0
    assert counts(older)[0] == counts(answer)[0] == 6


def test_a_late_voter_hears_the_newer_only(crowd, reviewer):
    def one_more() -> None:
        cast_vote(Idea.objects.get(pk=crowd.pk), by=make.member(), at=SOON + DAY)

    older, newer = put_off_then_decline(crowd, reviewer, one_more)
    tell_all()

    assert (counts(older)[0], counts(newer)[0]) == (6, 7)
    assert_exact()
