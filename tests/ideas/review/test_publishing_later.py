"""A big decision needs a second person; any may be agreed now and published later, once."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from community.activity.models import AuditEntry
from community.core.owed import sweep
from community.notifications.models import Notification
from ideas.actions.deciding import (
    AlreadyDecided,
    DraftChanged,
    NotSignedOff,
    draft_decision,
    publish_decision,
)
from ideas.actions.raising import raise_due
from ideas.actions.scheduling import (
    AnotherIsAgreed,
    agree,
    cancel_schedule,
    publish_due,
    schedule,
)
from ideas.actions.signing import OwnDecision, ReturnedAsItIs, answer_sign_off, ask_sign_off
from ideas.models import Decision, Escalation, SignOff
from tests import make

HOUR = timedelta(hours=1)
LATER = make.NOON + 5 * HOUR


@pytest.fixture
def case(db):
    make.rule(votes=3, audience=make.audience(sign_off_above=10_000))
    make.idea(votes=3, at=make.NOON)
    raise_due(make.NOON)
    return Escalation.objects.get()


def draft(case, by, cost=None, **fields):
    fields = {"verdict": "exists", "reason": "It is by the door.", "at": make.NOON, **fields}
    return draft_decision(case, by=by, cost=cost, **fields)


def test_up_to_the_line_one_person_decides_above_it_not(case, reviewer):
    with pytest.raises(NotSignedOff):
        publish_decision(draft(case, reviewer, 10_001), by=reviewer)
    assert not Decision.objects.published().exists()
    assert not case.idea.topic.posts.filter(is_decision=True).exists()

    assert publish_decision(draft(case, reviewer, 10_000), by=reviewer).published_at


@pytest.mark.parametrize("signer", ["approver", "executive"])
def test_a_second_person_opens_the_way(case, reviewer, signer, request):
    decision = draft(case, reviewer, 50_000)
    asked = ask_sign_off(decision, by=reviewer)
    assert ask_sign_off(decision, by=reviewer).pk == asked.pk

    assert answer_sign_off(asked, by=request.getfixturevalue(signer), allows=True)
    assert not answer_sign_off(asked, by=request.getfixturevalue(signer), allows=False)

    assert publish_decision(decision, by=reviewer).published_at


def test_nobody_signs_off_their_own(case, reviewer):
    asked = ask_sign_off(draft(case, reviewer, 50_000), by=reviewer)

    with pytest.raises(OwnDecision):
        answer_sign_off(asked, by=reviewer, allows=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        SignOff.objects.filter(pk=asked.pk).update(by=reviewer, answer="allowed")


@pytest.mark.parametrize(
    "edit",
    [{"reason": "By the other door."}, {"cost": 90_000}, {"verdict": "decline"}],
)
def test_an_edit_voids_what_was_signed(case, reviewer, approver, edit):
    decision = draft(case, reviewer, 50_000)
    answer_sign_off(ask_sign_off(decision, by=reviewer), by=approver, allows=True)

    changed = draft(case, reviewer, **{"cost": 50_000, "at": LATER, **edit})

    with pytest.raises(DraftChanged):
        publish_decision(decision, by=reviewer)
    with pytest.raises(NotSignedOff):
        publish_decision(changed, by=reviewer)
    case.idea.refresh_from_db()
    assert case.idea.status == "raised"


def test_an_edit_takes_the_question_back(case, reviewer, approver):
    asked = ask_sign_off(draft(case, reviewer, 50_000), by=reviewer)
    draft(case, reviewer, 50_000, reason="Something else.", at=LATER)

    with pytest.raises(DraftChanged):
        answer_sign_off(asked, by=approver, allows=True)
    assert not SignOff.objects.exists()


def test_what_was_returned_has_to_change_first(case, reviewer, approver):
    decision = draft(case, reviewer, 50_000)
    asked = ask_sign_off(decision, by=reviewer)
    assert answer_sign_off(asked, by=approver, allows=False, note="Ask the landlord.")

    with pytest.raises(NotSignedOff):
        publish_decision(decision, by=reviewer)
    with pytest.raises(ReturnedAsItIs):
        ask_sign_off(decision, by=reviewer)
    assert Notification.objects.get(verb="review.sign_off.returned").user == reviewer
    changed = draft(case, reviewer, 20_000, at=LATER)
    assert ask_sign_off(changed, by=reviewer).answer == ""


def test_approvers_are_called_and_the_writer_never(case, reviewer, approver, executive):
    ask_sign_off(draft(case, reviewer, 50_000), by=reviewer)

    called = Notification.objects.filter(verb="review.sign_off_asked")
    assert [notice.user for notice in called] == [approver]


def test_a_scheduled_decision_goes_out_once_when_its_moment_comes(case, reviewer):
    decision = draft(case, reviewer)
    assert schedule(decision, LATER, by=reviewer, at=make.NOON)
    assert not schedule(decision, LATER, by=reviewer, at=make.NOON)

    assert publish_due(LATER - HOUR) == 0
    assert [publish_due(LATER), publish_due(LATER + HOUR)] == [1, 0]

    decision.refresh_from_db()
    assert (decision.published_at, decision.publish_at, decision.by) == (LATER, None, reviewer)
    assert case.idea.topic.posts.filter(is_decision=True).count() == 1


def test_a_sweep_killed_while_publishing_leaves_it_due(case, reviewer, monkeypatch):
    schedule(draft(case, reviewer), LATER, by=reviewer, at=make.NOON)

    def killed(*args, **kwargs):
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("ideas.actions.deciding._write_timeline", killed)
        with pytest.raises(SystemExit):
            publish_due(LATER)
    assert not case.idea.topic.posts.filter(is_decision=True).exists()
    sweep(LATER)

    assert Decision.objects.published().count() == 1
    assert case.idea.topic.posts.filter(is_decision=True).count() == 1


def test_a_scheduled_decision_is_held_back_and_stays_agreed(case, reviewer, executive):
    decision = draft(case, reviewer)
    schedule(decision, LATER, by=reviewer, at=make.NOON)

    assert cancel_schedule(decision, by=executive)
    assert not cancel_schedule(decision, by=executive)

    assert publish_due(LATER) == 0
    assert decision.agreed_at == make.NOON


def test_nothing_goes_out_under_the_name_of_who_may_not_review_any_more(case, reviewer):
    schedule(draft(case, reviewer), LATER, by=reviewer, at=make.NOON)
    reviewer.groups.clear()

    assert [publish_due(LATER), publish_due(LATER)] == [0, 0]

    assert Notification.objects.filter(verb="review.not_published", user=reviewer).count() == 1
    assert not Decision.objects.published().exists()


def test_a_case_decided_otherwise_meanwhile_is_left_alone(case, reviewer, executive):
    schedule(draft(case, reviewer), LATER, by=reviewer, at=make.NOON)
    publish_decision(draft(case, executive, verdict="decline"), by=executive, at=make.NOON + HOUR)

    assert publish_due(LATER) == 0

    assert Decision.objects.published().get().by == executive
    assert Decision.objects.get(by=reviewer).publish_at is None


def test_of_two_only_one_is_agreed(case, reviewer, executive):
    assert agree(draft(case, reviewer), by=reviewer)

    with pytest.raises(AnotherIsAgreed):
        agree(draft(case, executive), by=executive)


def test_an_edit_takes_agreement_and_schedule_back(case, reviewer):
    schedule(draft(case, reviewer), LATER, by=reviewer, at=make.NOON)

    changed = draft(case, reviewer, reason="Not yet so.", at=make.NOON + HOUR)

    assert (changed.agreed_at, changed.publish_at) == (None, None)
    assert publish_due(LATER) == 0
    assert AuditEntry.objects.filter(verb="decision.unsettled").count() == 1


def test_what_needs_a_second_person_is_neither_agreed_nor_scheduled_without(case, reviewer):
    decision = draft(case, reviewer, 50_000)

    with pytest.raises(NotSignedOff):
        agree(decision, by=reviewer)
    with pytest.raises(NotSignedOff):
        schedule(decision, LATER, by=reviewer)


def test_nothing_is_agreed_on_a_closed_case(case, reviewer, executive):
    decision = draft(case, reviewer)
    publish_decision(draft(case, executive), by=executive)

    with pytest.raises(AlreadyDecided):
        agree(decision, by=reviewer)


def test_each_of_these_acts_is_in_the_audit_trail(case, reviewer, approver):
    decision = draft(case, reviewer, 50_000)
    answer_sign_off(ask_sign_off(decision, by=reviewer), by=approver, allows=True)
    schedule(decision, LATER, by=reviewer, at=make.NOON)
    cancel_schedule(decision, by=reviewer)

    trail = AuditEntry.objects.filter(kind="decision").values_list("verb", flat=True)
    assert set(trail) == {
        "sign_off.asked",
        "sign_off.allowed",
        "decision.scheduled",
        "decision.unscheduled",
    }
