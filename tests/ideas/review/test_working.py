"""The work on a case: given to somebody, scored independently, asked of a department in time."""

from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from community.activity.models import AuditEntry
from community.core.owed import sweep
from community.notifications.models import Mail, Notification
from community.people.models import RoleGrant
from ideas.actions.asking import answer_for_department, ask_department, remind_departments
from ideas.actions.assigning import assign
from ideas.actions.deciding import AlreadyDecided, draft_decision, publish_decision
from ideas.actions.raising import raise_due
from ideas.actions.reviewing import take
from ideas.actions.scoring import (
    CaseClosed,
    ScoresAreShown,
    ask_to_score,
    excuse_from_scoring,
    give_score,
)
from ideas.models import DepartmentNote, Escalation, Score
from tests import make

DAY = timedelta(days=1)
DUE = date(2026, 11, 10)


@pytest.fixture
def case(db):
    make.rule(votes=3)
    make.idea(votes=3, at=make.NOON)
    raise_due(make.NOON)
    return Escalation.objects.get()


def close(case, reviewer):
    publish_decision(
        draft_decision(case, by=reviewer, verdict="decline", reason="No."), by=reviewer
    )


def verbs(subject):
    return list(AuditEntry.objects.filter(object_id=subject.pk).values_list("verb", flat=True))


def test_a_case_is_given_to_a_colleague_with_a_notice_and_from_hand_to_hand(
    case, reviewer, executive
):
    take(case, by=reviewer, at=make.NOON)

    assert assign(case, to=executive, by=reviewer, at=make.NOON + DAY)
    assert not assign(case, to=executive, by=reviewer, at=make.NOON + DAY)

    case.refresh_from_db()
    assert (case.taken_by, case.state) == (executive, "taken")
    notice = Notification.objects.get(verb="review.assigned")
    assert (notice.user, notice.object_id) == (executive, case.pk)
    assert verbs(case).count("escalation.assigned") == 1


def test_giving_a_waiting_case_begins_its_review(case, reviewer, executive):
    assert assign(case, to=executive, by=reviewer, at=make.NOON)

    case.idea.refresh_from_db()
    assert case.idea.status == "in-review"
    assert case.idea.timeline.filter(kind="review_started", byline=executive.name).exists()


def test_a_closed_case_is_given_to_nobody(case, reviewer, executive):
    close(case, reviewer)

    assert not assign(case, to=executive, by=reviewer)
    case.idea.refresh_from_db()
    assert case.idea.status == "declined"


def test_scores_are_given_once_and_all_are_told_when_the_last_is_in(case, reviewer, executive):
    assert ask_to_score(case, [reviewer, executive], by=reviewer) == [reviewer, executive]
    assert ask_to_score(case, [reviewer], by=reviewer) == []

    assert give_score(case, by=reviewer, impact=5, feasibility=2)
    assert not give_score(case, by=reviewer, impact=1, feasibility=1)
    assert not Notification.objects.filter(verb="review.scored").exists()
    assert give_score(case, by=executive, impact=3, feasibility=4)

    assert Score.objects.get(by=reviewer).impact == 5
    assert Notification.objects.filter(verb="review.scored").count() == 2
    with pytest.raises(ScoresAreShown):
        ask_to_score(case, [make.member(groups=("reviewers",))], by=reviewer)


def test_nobody_scores_unasked_or_beyond_five_or_after_the_end(case, reviewer, executive):
    assert not give_score(case, by=executive, impact=3, feasibility=3)
    ask_to_score(case, [reviewer], by=reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        give_score(case, by=reviewer, impact=6, feasibility=3)
    close(case, reviewer)
    with pytest.raises(CaseClosed):
        give_score(case, by=reviewer, impact=3, feasibility=3)


def test_who_does_not_come_to_score_is_excused(case, reviewer, executive):
    ask_to_score(case, [reviewer, executive], by=reviewer)
    give_score(case, by=reviewer, impact=3, feasibility=3)

    assert excuse_from_scoring(case, executive.pk, by=reviewer)
    assert not excuse_from_scoring(case, reviewer.pk, by=reviewer)
    assert [score.by for score in case.scores.all()] == [reviewer]


def ask(case, department, by, **fields):
    return ask_department(
        case, department, question="What would it cost?", due_on=DUE, by=by, at=make.NOON, **fields
    )


def test_a_department_is_asked_once_by_notice_and_mail(case, reviewer, owner, customer):
    department = make.department(owner=owner)

    note, is_new = ask(case, department, reviewer)
    again, is_new_again = ask(case, department, reviewer)

    assert (is_new, is_new_again, again.pk) == (True, False, note.pk)
    assert [n.user for n in Notification.objects.filter(kind="department-note")] == [owner]
    letter = Mail.objects.get(key__startswith=f"asked:{note.pk}:")
    assert "What would it cost?" in letter.text
    assert note.get_absolute_url() in letter.text


def test_whoever_holds_the_grant_is_asked_too(case, reviewer, owner):
    department = make.department()
    RoleGrant.objects.create(user=owner, role="owner", kind="department", object_id=department.pk)

    note, _is_new = ask(case, department, reviewer)

    assert Mail.objects.filter(key=f"asked:{note.pk}:{owner.pk}").count() == 1


def test_owners_are_reminded_the_day_before_and_on_the_day_once_each(case, reviewer, owner):
    ask(case, make.department(owner=owner), reviewer)
    zone = case.rule.audience.zone
    morning = datetime(2026, 11, 8, 8, tzinfo=zone)

    assert [remind_departments(morning + step * DAY / 2) for step in range(8)] == [
        *(0, 0),  # the 8th
        *(1, 0),  # the 9th
        *(1, 0),  # the 10th, when it is due
        *(0, 0),
    ]
    reminders = Mail.objects.filter(key__startswith="department_").order_by("created_at")
    assert ["tomorrow" in mail.subject for mail in reminders] == [True, False]


def test_a_worker_that_slept_over_the_first_reminder_sends_one(case, reviewer, owner):
    ask(case, make.department(owner=owner), reviewer)

    sweep(datetime(2026, 11, 12, 8, tzinfo=case.rule.audience.zone))
    sweep(datetime(2026, 11, 13, 8, tzinfo=case.rule.audience.zone))

    assert Mail.objects.filter(key__startswith="department_").count() == 1


def test_an_answer_is_given_once_and_stops_the_reminders(case, reviewer, owner):
    note, _is_new = ask(case, make.department(owner=owner), reviewer)

    assert answer_for_department(note, by=owner, text="Cables first.", cost="40,000 a store")
    assert not answer_for_department(note, by=owner, text="Something else.")

    note = DepartmentNote.objects.get()
    assert (note.note, note.cost, note.answered_by) == ("Cables first.", "40,000 a store", owner)
    assert remind_departments(datetime(2026, 11, 10, 18, tzinfo=case.rule.audience.zone)) == 0
    assert Notification.objects.get(verb="review.department_answered").user == reviewer
    assert {"department.asked", "department.answered"} <= set(verbs(case))


def test_nobody_is_asked_about_a_closed_case(case, reviewer, owner):
    close(case, reviewer)

    with pytest.raises(AlreadyDecided):
        ask(case, make.department(owner=owner), reviewer)
