"""Asking a department about a case by a date, reminding its owners, and their answer."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.activity.actions import audit
from community.people.models import Department, User

from ..models import DepartmentNote, Escalation
from .calling import mail_review, notice_review, owners_of
from .deciding import AlreadyDecided

DAY = timedelta(days=1)


@transaction.atomic
def ask_department(
    escalation: Escalation,
    department: Department,
    *,
    question: str,
    due_on: date,
    by: User,
    at: datetime | None = None,
) -> tuple[DepartmentNote, bool]:
    """Ask a department about the case, once; answer its note and whether it is new.

    Raises AlreadyDecided where the case is closed.
    """
    at = at or timezone.now()
    if not Escalation.objects.open().filter(pk=escalation.pk).exists():
        raise AlreadyDecided(escalation)
    note, is_new = DepartmentNote.objects.get_or_create(
        escalation=escalation,
        department=department,
        defaults={"question": question, "due_on": due_on, "asked_by": by, "asked_at": at},
    )
    if is_new:
        facts = {"department": department.name, "due_on": due_on.isoformat()}
        audit(
            "department.asked",
            escalation,
            kind="escalation",
            by=by,
            after=facts,
            reason=question,
            at=at,
        )
        _call(note, "review.department_asked", key=f"asked:{note.pk}", at=at)
    return note, is_new


@transaction.atomic
def answer_for_department(
    note: DepartmentNote,
    *,
    by: User,
    text: str,
    cost: str = "",
    benefit: str = "",
    at: datetime | None = None,
) -> bool:
    """Give the department's answer, once; answer whether it is the first."""
    at = at or timezone.now()
    facts = {"note": text, "cost": cost, "benefit": benefit}
    awaited = DepartmentNote.objects.awaited().filter(pk=note.pk)
    if not awaited.update(answered_by=by, answered_at=at, **facts):
        return False
    note.refresh_from_db()
    case = note.escalation
    after = {"department": note.department.name, **facts}
    audit("department.answered", case, kind="escalation", by=by, after=after, at=at)
    who = {person for person in (note.asked_by, case.taken_by) if person is not None} - {by}
    key = f"answered:{note.pk}"
    verb = "review.department_answered"
    notice_review(list(who), verb, kind="escalation", object_id=case.pk, key=key, at=at)
    return True


def remind_departments(at: datetime) -> int:
    """Remind of every awaited answer the day before it is due, and on the day; how many calls."""
    soon = DepartmentNote.objects.awaited().filter(due_on__lte=(at + 2 * DAY).date())
    open_cases = Escalation.objects.open().values("pk")
    rows = soon.filter(escalation__in=open_cases).select_related(
        "department", "escalation__rule__audience", "escalation__idea__topic"
    )
    return sum(_remind(note, at=at) for note in rows)


@transaction.atomic
def _remind(note: DepartmentNote, *, at: datetime) -> bool:
    """Call the owners once for each of the two days, and mark that in one transaction.

    The days are those of the audience that asks. A reminder slept through is not made up for.
    """
    audience = note.escalation.rule.audience
    today = audience.today(at)
    if today < note.due_on - DAY:
        return False
    first = min(today, note.due_on)
    since = datetime.combine(first, datetime.min.time(), audience.zone)
    owed = DepartmentNote.objects.awaited().filter(pk=note.pk)
    owed = owed.filter(Q(reminded_at=None) | Q(reminded_at__lt=since))
    if not owed.update(reminded_at=at):
        return False
    verb = "review.department_due" if today >= note.due_on else "review.department_reminded"
    _call(note, verb, key=f"{verb[7:]}:{note.pk}", at=at)
    return True


def _call(note: DepartmentNote, verb: str, *, key: str, at: datetime) -> None:
    """A notice and a mail to the owners of the department."""
    people = owners_of(note.department_id, at=at)
    notice_review(people, verb, kind="department-note", object_id=note.pk, key=key, at=at)
    context = {
        "note": note,
        "title": note.escalation.idea.topic.title,
        "is_last_day": verb == "review.department_due",
        "is_reminder": verb != "review.department_asked",
        "url": settings.SITE_URL + note.get_absolute_url(),
    }
    mail_review(people, key=key, template="review/mail/department", context=context, at=at)
