"""Who may take part in corporate review, answer for a department, sign off, or close a promise."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from community.people.models import Department
from community.people.permissions import (
    APPROVERS,
    EXECUTIVES,
    answers_cases,
    group_names,
    is_admin,
    is_reviewer,
    owned_departments,
)
from community.people.readers import Reader
from forum.models import Promise

from .models import Decision, DepartmentNote, Escalation, SignOff
from .statuses import ENDS_VOTING, REOPENS


def may_review(person: Reader) -> bool:
    """Read all cases and the digests, decide what head office has, close a period."""
    return is_reviewer(person)


def may_enter_review(person: Reader) -> bool:
    """Come to `/review/`: a reviewer, or the owner of a department, who sees its cases only."""
    return answers_cases(person)


def can_decide(person: Reader, case: Escalation, *, at: datetime | None = None) -> bool:
    """Take the case, answer and decide it: a department's owner their own, reviewers all others.

    What a department has left unanswered beyond its date a reviewer may take over.
    """
    if case.department_id is None:
        return may_review(person)
    if case.department_id in owned_departments(person):
        return True
    return may_review(person) and case.due_at <= (at or timezone.now())


def stands(decision: Decision) -> bool:
    """Whether it ended voting and its idea stands by it, so that it can be looked at again."""
    is_final = decision.published_at is not None and decision.verdict in ENDS_VOTING
    return is_final and decision.idea.status in REOPENS and not decision.is_taken_back


def owns_department(person: Reader, department: Department | None) -> bool:
    """Whether this person answers for the department: its owner, or granted that role over it."""
    return department is not None and department.pk in owned_departments(person)


def may_read_brief(person: Reader) -> bool:
    """Read the five minutes' brief, and say a word from it: executives, and admins."""
    return is_admin(person) or EXECUTIVES in group_names(person)


def may_close_promise(person: Reader, promise: Promise) -> bool:
    """Say that a promise was kept or missed: a reviewer, or the owner of the board's department."""
    return may_review(person) or owns_department(person, promise.topic.board.department)


def may_answer_note(person: Reader, note: DepartmentNote) -> bool:
    """Answer for the department: its owners, and nobody in their place."""
    return owns_department(person, note.department)


def may_see_sign_offs(person: Reader) -> bool:
    """Read what waits for a second person: approvers and reviewers."""
    return may_review(person) or APPROVERS in group_names(person)


def may_sign_off(person: Reader, sign_off: SignOff) -> bool:
    """Allow or return a decision: an approver or another reviewer, never who wrote or asked."""
    own = (sign_off.decision.by_id, sign_off.asked_by_id)
    return may_see_sign_offs(person) and person.pk not in own


def may_edit_draft(person: Reader, decision: Decision) -> bool:
    """Edit, publish or schedule a draft: only who wrote it, while they may decide the case."""
    return decision.by_id == person.pk and can_decide(person, decision.escalation)


def may_read_draft(person: Reader, decision: Decision) -> bool:
    """Read a draft of a case one sees: its writer; once it is agreed, every reviewer."""
    shared = decision.agreed_at is not None or decision.published_at is not None
    return decision.by_id == person.pk or (may_review(person) and shared)
