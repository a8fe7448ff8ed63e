"""Each period has one frozen digest; nothing raised is in none, and undecided cases roll over."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command

from community.core.owed import sweep
from community.notifications.models import Mail, Notification
from ideas.actions import digesting
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.digesting import close_due, close_now
from ideas.actions.raising import raise_due
from ideas.actions.reviewing import mark_overdue, remind_due, take
from ideas.dossiers import Dossier
from ideas.models import Audience, DigestEntry, Escalation, ReviewDigest
from tests import make

WEEK = timedelta(days=7)
FIRST_CLOSE = datetime(2026, 11, 9, 13, tzinfo=UTC)  # Monday 7:00 in Chicago, in winter


@pytest.fixture
def case(db, reviewer):
    make.rule(votes=3)
    make.idea(votes=3, at=make.NOON)
    raise_due(make.NOON + timedelta(hours=2))
    Audience.objects.exclude(slug="corporate").delete()
    Audience.objects.update(since=make.NOON)
    return Escalation.objects.get()


def test_a_period_ends_in_the_audience_s_own_time(case, reviewer):
    assert close_due(datetime(2026, 11, 2, 13, 1, tzinfo=UTC)) == 1
    assert close_due(FIRST_CLOSE - timedelta(seconds=1)) == 0
    assert close_due(FIRST_CLOSE) == 1
    assert close_due(FIRST_CLOSE) == 0

    digest = ReviewDigest.objects.get(number=2)
    assert digest.ends_at == FIRST_CLOSE
    assert Mail.objects.filter(key__startswith="digest:").count() == 1


def test_slept_through_periods_are_made_one_by_one(case):
    assert close_due(FIRST_CLOSE + 3 * WEEK) == 5

    digests = list(ReviewDigest.objects.order_by("number"))
    assert all(first.ends_at == then.begins_at for first, then in pairwise(digests))
    assert [entry.is_rolled_over for entry in case.digest_entries.order_by("digest__number")] == [
        False,
        True,
        True,
        True,
    ]


def test_a_digest_is_frozen(case, reviewer):
    close_due(FIRST_CLOSE)
    entry = DigestEntry.objects.order_by("digest__number").last()
    before = Dossier.from_json(entry.dossier)
    take(case, by=reviewer, at=FIRST_CLOSE)
    for voter in make.members(2):
        make.cast_vote(case.idea, by=voter, at=FIRST_CLOSE)

    entry.refresh_from_db()
    assert Dossier.from_json(entry.dossier) == before
    assert (before.votes, before.gain, before.state) == (3, 3, "waiting")


def test_a_digest_made_late_says_what_stood_at_its_end(case, reviewer):
    take(case, by=reviewer, at=FIRST_CLOSE + timedelta(hours=1))
    for voter in make.members(2):
        make.cast_vote(case.idea, by=voter, at=FIRST_CLOSE + timedelta(hours=1))

    close_due(FIRST_CLOSE + timedelta(days=1))

    late = Dossier.from_json(DigestEntry.objects.order_by("digest__number").last().dossier)
    assert (late.votes, late.state, late.taken_by) == (3, "waiting", "")


def test_a_decided_case_does_not_roll_over(case, reviewer):
    close_due(FIRST_CLOSE)
    draft = draft_decision(case, by=reviewer, verdict="decline", reason="No.")
    publish_decision(draft, by=reviewer, at=FIRST_CLOSE + timedelta(days=1))

    close_due(FIRST_CLOSE + WEEK)

    assert not ReviewDigest.objects.order_by("-number")[0].entries.exists()


def test_closing_now_is_gap_free_and_forgives_a_double_click(case, reviewer):
    at = FIRST_CLOSE + timedelta(days=2)
    made = close_now(case.rule.audience, by=reviewer, at=at)
    assert close_now(case.rule.audience, by=reviewer, at=at + timedelta(seconds=30)) is None
    close_due(FIRST_CLOSE + WEEK)

    after = ReviewDigest.objects.get(number=made.number + 1)
    assert (made.ends_at, after.begins_at, after.ends_at) == (at, at, FIRST_CLOSE + WEEK)


def test_two_closers_make_one_digest(case, monkeypatch):
    """The second read the last period before the first stored its own."""
    begins = digesting._running_since(case.rule.audience)
    close_due(FIRST_CLOSE)
    count = ReviewDigest.objects.count()

    assert digesting._close(case.rule.audience, begins, FIRST_CLOSE, made_at=FIRST_CLOSE) is None
    assert ReviewDigest.objects.count() == count


def test_a_closing_that_breaks_leaves_nothing_and_is_done_later(case, monkeypatch):
    def breaks(*args, **kwargs):
        raise RuntimeError("killed")

    with monkeypatch.context() as patch:
        patch.setattr(digesting, "_send", breaks)
        with pytest.raises(RuntimeError):
            close_due(FIRST_CLOSE)
    close_due(FIRST_CLOSE)

    assert [d.number for d in ReviewDigest.objects.order_by("number")] == [1, 2]
    assert Mail.objects.filter(key__startswith="digest:").count() == case.digest_entries.count()


def test_the_command_closes_and_names_what_it_does_not_know(case, capsys):
    call_command("close_digest", "--audience", "corporate")
    assert "Digest" in capsys.readouterr().out

    with pytest.raises(CommandError, match="corporate"):
        call_command("close_digest", "--audience", "nobody")


def test_reminders_come_once_each_and_lateness_is_said_once(case, reviewer):
    assert remind_due(case.remind_at - timedelta(seconds=1)) == 0
    assert remind_due(case.remind_at) == 1
    assert remind_due(case.remind_at) == 0
    assert remind_due(case.due_at - timedelta(minutes=1)) == 1
    assert mark_overdue(case.due_at - timedelta(minutes=1)) == 0
    assert mark_overdue(case.due_at) == 1
    assert mark_overdue(case.due_at + WEEK) == remind_due(case.due_at + WEEK) == 0

    assert Notification.objects.filter(user=reviewer, verb__startswith="review.").count() == 2
    assert case.idea.timeline.filter(kind="overdue").count() == 1


def test_a_year_of_sweeps_loses_and_doubles_nothing(case):
    """A sweep each other day over a year with both clock changes, and six weeks without any."""
    at, end, step = make.NOON, make.NOON + 52 * WEEK, 0
    while at < end:
        if not 150 < step < 170:
            sweep(at)
        at, step = at + timedelta(hours=53), step + 1
    sweep(end)

    digests = list(ReviewDigest.objects.filter(audience=case.rule.audience).order_by("number"))
    assert [digest.number for digest in digests] == list(range(1, len(digests) + 1))
    assert all(first.ends_at == then.begins_at for first, then in pairwise(digests))
    assert {digest.ends_at.astimezone(case.rule.audience.zone).hour for digest in digests} == {7}
    assert case.digest_entries.count() == len(digests) - 1 == 52
    assert Mail.objects.filter(key__startswith="digest:").count() == 52
