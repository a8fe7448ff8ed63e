"""Who may take part in corporate review, answer for a department, sign off, or close a promise."""

from __future__ import annotations

from community.people.models import Department, RoleGrant, User
from community.people.permissions import APPROVERS, group_names, has_grant, is_reviewer
from community.people.readers import Reader
from forum.models import Promise

from .models import Decision, DepartmentNote, Escalation, SignOff


def may_review(person: Reader) -> bool:
    """Read the cases and digests, take a case, decide it, close a period."""
    return is_reviewer(person)


def owns_department(person: Reader, department: Department | None) -> bool:
    """Whether this person answers for the department: its owner, or granted that role over it."""
    if department is None or not person.is_authenticated or not person.is_active:
        return False
    return department.owner_id == person.pk or has_grant(
        person, RoleGrant.Role.OWNER, kind="department", object_id=department.pk
    )


def may_close_promise(person: Reader, promise: Promise) -> bool:
    """Say that a promise was kept or missed: a reviewer, or the owner of the board's department."""
    return may_review(person) or owns_department(person, promise.topic.board.department)


def may_work_on(person: Reader, case: Escalation) -> bool:
    """Assign the case, ask a department or for scores: a reviewer, while it is open."""
    return case.is_open and may_review(person)


def may_read_note(person: Reader, note: DepartmentNote) -> bool:
    """Read what a department was asked and said: reviewers, and who answers for it."""
    return may_review(person) or may_answer_note(person, note)


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
    """Edit, publish or schedule a draft: only who wrote it, while they may review."""
    return may_review(person) and decision.by_id == person.pk


def may_read_draft(person: Reader, decision: Decision) -> bool:
    """Read a draft: its writer; once it is agreed or published, every reviewer."""
    shared = decision.agreed_at is not None or decision.published_at is not None
    return may_review(person) and (shared or decision.by_id == person.pk)


def may_be_given(person: User) -> bool:
    """Be given a case or asked for a score: somebody who may review now."""
    return may_review(person) and not person.is_suspended()
