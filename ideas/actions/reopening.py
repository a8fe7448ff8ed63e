"""Looking again at what was decided: the decision is taken back in public, and a new case begins.

The decided case stays as it was, with its answer; `returned_at` says that it binds nobody any more.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from community.activity.actions import audit, record
from community.core.page_cache import forget_pages
from community.people.models import User
from forum.actions import close_promise

from ..models import Decision, Escalation, Idea, IdeaStatusChange
from ..statuses import REOPENS
from .calling import call_answerers, notice_review
from .raising import new_case
from .timeline import add_to_timeline
from .unraising import status_by_cases


@transaction.atomic
def reopen(
    decision: Decision, *, by: User, reason: str, at: datetime | None = None
) -> Escalation | None:
    """Take a published decision back and open a case for it; None where it does not stand any more.

    The case is the reviewer's own, or waits for the department that answers it. Voting goes on; an
    open promise was not kept. The other cases that the decision closed may be raised again by their
    rules. The idea's row is taken first, as everywhere in review.
    """
    at = at or timezone.now()
    idea, before = decision.idea, decision.idea.status
    here = Idea.objects.filter(pk=idea.pk, status__in=REOPENS)
    closed = Escalation.objects.filter(
        idea=idea, state=Escalation.State.DECIDED, returned_at=None, closed_at=decision.published_at
    )
    if not here.update(cycle=F("cycle") + 1) or not closed.update(returned_at=at):
        transaction.set_rollback(True)
        return None
    case = _open_case(decision, by=by, at=at)
    if decision.promise is not None:
        close_promise(decision.promise, kept=False, by=by, note=reason, at=at)
    _write(decision, case, before=before, by=by, reason=reason, at=at)
    return case


def _open_case(decision: Decision, *, by: User, at: datetime) -> Escalation:
    """A case by the same rule, with the time that the rule gives, counted from now."""
    rule = decision.escalation.rule
    idea = Idea.objects.select_related("board__department").get(pk=decision.idea_id)
    case = new_case(idea, rule, at=at)
    if case.department_id is None:
        case.state, case.taken_by, case.taken_at = Escalation.State.TAKEN, by, at
        case.save(update_fields=["state", "taken_by", "taken_at"])
    Idea.objects.filter(pk=idea.pk).update(status=status_by_cases(idea.pk))
    return case


def _write(
    decision: Decision, case: Escalation, *, before: str, by: User, reason: str, at: datetime
) -> None:
    """The timeline, the log, and news: for all who asked, and who has the case or decided it."""
    idea = decision.idea
    idea.refresh_from_db()
    line = add_to_timeline(
        idea,
        IdeaStatusChange.Kind.RETURNED,
        status=idea.status,
        at=at,
        by=by,
        byline=by.name,
        note=reason,
        rule=case.rule.name,
        due=case.due_at.isoformat(),
        again=True,
    )
    audit(
        "decision.reopened",
        decision,
        kind="decision",
        by=by,
        before={"status": before, "verdict": decision.verdict},
        after={"status": idea.status},
        reason=reason,
        at=at,
    )
    record("decision.reopened", decision, kind="decision", by=by, at=at, line=line.pk)
    if case.department_id is not None:
        call_answerers(case, at=at)
    if decision.by is not None and decision.by != by:
        key = f"reopened:{decision.pk}"
        notice_review(
            [decision.by], "review.reopened", kind="escalation", object_id=case.pk, key=key, at=at
        )
    forget_pages()
