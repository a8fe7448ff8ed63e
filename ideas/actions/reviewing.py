"""Taking a case, reminding who has it, and saying to all that an answer is late."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from community.activity.actions import audit, record
from community.people.models import User
from community.people.permissions import EXECUTIVES

from ..models import Escalation, IdeaStatusChange
from ..statuses import Status
from .calling import answerers_of, case_facts, mail_review, notice_review
from .timeline import add_to_timeline, move

NAMED_IN_MAIL = 20


@transaction.atomic
def take(escalation: Escalation, *, by: User, at: datetime | None = None) -> bool:
    """Take the case: the first one gets it. Answer whether that was so.

    The idea's row is changed before the case's, as in publishing, so that of two acts on a case one
    waits for the other and never both.
    """
    at = at or timezone.now()
    idea = escalation.idea
    started = move(idea, to=Status.IN_REVIEW, among=(Status.RAISED,))
    waiting = Escalation.objects.filter(pk=escalation.pk, state=Escalation.State.WAITING)
    if not waiting.update(state=Escalation.State.TAKEN, taken_by=by, taken_at=at):
        transaction.set_rollback(True)
        return False
    escalation.refresh_from_db()
    if started:
        add_to_timeline(
            idea,
            IdeaStatusChange.Kind.REVIEW_STARTED,
            status=Status.IN_REVIEW,
            at=at,
            by=by,
            byline=by.name,
        )
        record("idea.review_started", idea, kind="idea", by=by, at=at, escalation=escalation.pk)
    audit(
        "escalation.taken", escalation, kind="escalation", by=by, after={"taken_by": by.name}, at=at
    )
    return True


def remind_due(at: datetime) -> int:
    """Remind of every open case once when most of its time has passed, and once on its last day."""
    rows = Escalation.objects.open().with_case()
    soon = rows.filter(due_reminded_at=None, due_at__lte=at + timedelta(days=1))
    last_day = [case for case in soon if _is_last_day(case, at)]
    reminded = sum(_remind(case, "due_reminded_at", at=at) for case in last_day)
    early = rows.filter(reminded_at=None, remind_at__lte=at)
    return reminded + sum(_remind(case, "reminded_at", at=at) for case in early)


def _is_last_day(case: Escalation, at: datetime) -> bool:
    """Whether the day of the answer has begun where its audience is."""
    audience = case.rule.audience
    return audience.today(at) >= audience.today(case.due_at)


@transaction.atomic
def _remind(case: Escalation, mark: str, *, at: datetime) -> bool:
    """Call who took the case, or all who may answer, and mark that in one transaction.

    The reminder of the last day makes the earlier one needless, should both be due at once.
    """
    marks = {"reminded_at": at, mark: at}
    if not Escalation.objects.open().filter(pk=case.pk, **{mark: None}).update(**marks):
        return False
    people = [case.taken_by] if case.taken_by else answerers_of(case, at=at)
    key = f"{mark}:{case.pk}"
    notice_review(people, f"review.{mark}", kind="escalation", object_id=case.pk, key=key, at=at)
    context = case_facts(case) | {"is_last_day": mark == "due_reminded_at"}
    mail_review(people, key=key, template="review/mail/reminder", context=context, at=at)
    return True


def mark_overdue(at: datetime) -> int:
    """Say in public, once, that an answer is late; answer of how many cases."""
    late = Escalation.objects.open().filter(overdue_at=None, due_at__lte=at)
    return sum(_say_overdue(case, at=at) for case in late.select_related("idea", "rule"))


@transaction.atomic
def _say_overdue(case: Escalation, *, at: datetime) -> bool:
    if not Escalation.objects.open().filter(pk=case.pk, overdue_at=None).update(overdue_at=at):
        return False
    add_to_timeline(
        case.idea,
        IdeaStatusChange.Kind.OVERDUE,
        status=case.idea.status,
        at=at,
        rule=case.rule.name,
        due=case.due_at.isoformat(),
        since=case.raised_at.isoformat(),
    )
    return True


def tell_executives(at: datetime) -> int:
    """Bring before the executives, once, what is still unanswered days after it was due.

    Answers how many cases. Where nobody is an executive, the page says since when it waits, and
    the case comes before the first who becomes one.
    """
    boss = User.objects.filter(groups__name=EXECUTIVES, is_active=True).order_by("pk")
    long_due = at - timedelta(days=settings.EXECUTIVES_AFTER_DAYS)
    late = Escalation.objects.open().filter(executives_told_at=None, due_at__lte=long_due)
    cases = list(late.exclude(overdue_at=None).with_case().by_due_date()) if boss.exists() else []
    return _bring_before(list(boss), cases, at=at)


@transaction.atomic
def _bring_before(people: list[User], cases: list[Escalation], *, at: datetime) -> int:
    """A notice of each case, and one mail of all of them: many may have become late unseen."""
    untold = Escalation.objects.open().filter(executives_told_at=None)
    ours = [case for case in cases if untold.filter(pk=case.pk).update(executives_told_at=at)]
    for case in ours:
        key = f"late:{case.pk}"
        notice_review(people, "review.late", kind="escalation", object_id=case.pk, key=key, at=at)
    if ours:
        rest = len(ours) - NAMED_IN_MAIL
        context = {
            **case_facts(ours[0]),
            "cases": [case_facts(case) for case in ours[:NAMED_IN_MAIL]],
            "others": len(ours) - 1,
            "rest": max(0, rest),
            "all_url": settings.SITE_URL + reverse("review-brief"),
        }
        key = f"late:{ours[0].pk}"
        mail_review(people, key=key, template="review/mail/late", context=context, at=at)
    return len(ours)
