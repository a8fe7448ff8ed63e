"""Closing cases: what a published decision, or an answer without one, does to the idea.

A decision that ends voting ends every open case. One that puts off, or an answer, ends only its own
case: the others go on, and the idea is what they make it.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F

from ..models import Decision, Escalation, Idea
from ..statuses import ENDS_VOTING, RETURNS, STATUS_AFTER, UNDER_REVIEW, Verdict
from .raising import say_when_it_returns
from .unraising import status_by_cases


class AlreadyDecided(Exception):
    """The case is closed: another reviewer was first, or it has been taken back."""


class ForHeadOffice(Exception):
    """A department would end what head office has to decide; it can answer instead."""


def close_case(decision: Decision, *, at: datetime) -> None:
    """End the decision's case, and move the idea to what the decision and the other cases say.

    The idea's row is taken first: raises AlreadyDecided for whoever comes second. Raises
    ForHeadOffice where a department decides on what also waits for head office.
    """
    here = Idea.objects.filter(pk=decision.idea_id, status__in=UNDER_REVIEW)
    cases = Escalation.objects.open().filter(idea=decision.idea_id)
    case = cases.filter(pk=decision.escalation_id)
    back = decision.date if decision.verdict in RETURNS else None
    closed = {"state": Escalation.State.DECIDED, "closed_at": at}
    if not here.update(status=F("status")) or not case.update(returns_on=back, **closed):
        raise AlreadyDecided(decision)
    if decision.verdict not in ENDS_VOTING:
        here.update(status=status_by_cases(decision.idea_id))
    elif is_for_head_office(decision.escalation):
        raise ForHeadOffice(decision)
    else:
        cases.update(**closed)
        here.update(status=STATUS_AFTER[Verdict(decision.verdict)])
        put_off = Escalation.objects.put_off().filter(idea=decision.idea_id)
        put_off.update(returned_at=at)
    say_when_it_returns(decision.idea_id)


def is_for_head_office(case: Escalation) -> bool:
    """Whether the case is a department's, and the idea waits for head office too."""
    others = Escalation.objects.open().filter(idea=case.idea_id, department=None)
    return case.department_id is not None and others.exists()
