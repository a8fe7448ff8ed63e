"""Raising an idea to review when a rule is crossed, and letting come back what was put off.

Ideas are chosen by their state and stored numbers, never by a window of time: whatever a lost
message or a stopped worker left undone is found by the next look.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Max, Min, Value, When
from django.utils import timezone

from community.activity.actions import record

from ..crossing import crossed_at, due_now, ripe
from ..models import Escalation, EscalationRule, Idea, IdeaStatusChange, RuleBacklog
from ..statuses import TAKES_VOTES, Status
from .calling import call_answerers
from .timeline import add_to_timeline

EARLIEST_ZONE = timedelta(hours=14)  # where a day begins first, before UTC
DAY = timedelta(days=1)


def raise_due(at: datetime) -> int:
    """Raise every idea whose turn it is by a rule; answer how many escalations that made."""
    return sum(_raise_by(rule, at=at) for rule in _rules())


def raise_if_crossed(idea_id: int, *, at: datetime | None = None) -> int:
    """Raise this idea by each rule it has just crossed; answer how many did.

    What stands in a rule's backlog waits for its turn in the sweep.
    """
    at = at or timezone.now()
    made = 0
    for rule in _rules():
        begin(rule, at=at, but=idea_id)
        if not rule.backlog.filter(idea=idea_id).exists():
            found = ripe(Idea.objects.filter(pk=idea_id), rule, at=at)
            made += sum(raise_by_rule(idea, rule, at=at) is not None for idea in found)
    return made


def _rules() -> list[EscalationRule]:
    return list(EscalationRule.objects.active().select_related("audience").order_by("pk"))


def _raise_by(rule: EscalationRule, *, at: datetime) -> int:
    begin(rule, at=at)
    lately = rule.escalations.filter(is_backlog=True, raised_at__gt=at - DAY).count()
    due = due_now(rule, at=at, room=rule.first_run_cap - lately)
    return sum(raise_by_rule(idea, rule, at=at) is not None for idea in due)


@transaction.atomic
def begin(rule: EscalationRule, *, at: datetime, but: int | None = None) -> None:
    """At a rule's first run write down what had crossed it before, so that it comes in portions.

    Of two workers the conditional UPDATE lets one do it. `but` is the idea that has crossed just
    now.
    """
    if rule.first_run_at is not None:
        return
    first = EscalationRule.objects.filter(pk=rule.pk, first_run_at=None)
    if first.update(first_run_at=at):
        crowd = ripe(Idea.objects.exclude(pk=but), rule, at=at)
        RuleBacklog.objects.write_down(rule, crowd)


@transaction.atomic
def raise_by_rule(idea: Idea, rule: EscalationRule, *, at: datetime) -> Escalation | None:
    """Raise the idea once in the rule's cycle; None where it is raised already or no longer ripe.

    The idea's row is taken by the UPDATE that also moves it, so what is read after it stands still
    until the commit; the constraints would refuse a second one in any case.
    """
    moved = Case(When(status=Status.OPEN, then=Value(Status.RAISED)), default=F("status"))
    here = Idea.objects.filter(pk=idea.pk)
    taken = here.filter(status__in=TAKES_VOTES).update(status=moved)
    if not taken or not ripe(here, rule, at=at).exists():
        transaction.set_rollback(True)
        return None
    idea = here.select_related("board__department").get()
    escalation = new_case(idea, rule, at=at)
    to: dict[str, Any] = {"to": escalation.department.name} if escalation.department else {}
    add_to_timeline(
        idea,
        IdeaStatusChange.Kind.RAISED,
        status=idea.status,
        at=at,
        rule=rule.name,
        votes=idea.vote_count,
        due=escalation.due_at.isoformat(),
        **to,
    )
    record("idea.raised", idea, kind="idea", at=at, escalation=escalation.pk)
    call_answerers(escalation, at=at)
    return escalation


def new_case(idea: Idea, rule: EscalationRule, *, at: datetime) -> Escalation:
    """The next case of the idea (with its board's department) by this rule, waiting from now on."""
    allowed = timedelta(days=rule.days)
    last = idea.escalations.filter(rule=rule).aggregate(last=Max("cycle"))["last"] or 0
    waited, _rows = RuleBacklog.objects.filter(rule=rule, idea=idea).delete()
    return Escalation.objects.create(
        idea=idea,
        rule=rule,
        cycle=last + 1,
        round=idea.cycle,
        department=idea.board.department if rule.asks_owner else None,
        is_backlog=bool(waited),
        votes_then=idea.vote_count,
        crossed_at=crossed_at(idea, rule) or at,
        raised_at=at,
        due_at=at + allowed,
        remind_at=at + allowed * settings.REMIND_AT_SHARE,
    )


def return_due(at: datetime) -> int:
    """Let come back every idea whose day has come; answer how many cases that frees."""
    day = (at + EARLIEST_ZONE).date()
    rows = Escalation.objects.put_off().filter(returns_on__lte=day, idea__status__in=TAKES_VOTES)
    return sum(return_case(case, at=at) for case in rows.select_related("rule__audience", "idea"))


@transaction.atomic
def return_case(case: Escalation, *, at: datetime) -> bool:
    """End the cycle of a case that was put off until today; answer whether it was.

    The day is that of the audience. From now on its rule may raise the idea again.
    """
    here = Idea.objects.filter(pk=case.idea_id, status__in=TAKES_VOTES)
    if not here.update(cycle=F("cycle") + 1):
        return False
    today = case.rule.audience.today(at)
    back = Escalation.objects.put_off().filter(pk=case.pk, returns_on__lte=today)
    if not back.update(returned_at=at):
        transaction.set_rollback(True)
        return False
    say_when_it_returns(case.idea_id)
    idea = here.get()
    add_to_timeline(
        idea, IdeaStatusChange.Kind.RETURNED, status=idea.status, at=at, rule=case.rule.name
    )
    return True


def say_when_it_returns(idea_id: int) -> None:
    """Store the first day on which a case of the idea comes back, while its row is ours."""
    days = Escalation.objects.put_off().filter(idea=idea_id)
    soonest = days.aggregate(soonest=Min("returns_on"))["soonest"]
    Idea.objects.filter(pk=idea_id).update(returns_on=soonest)
