"""Raising an idea to review when a rule is crossed, and bringing back what was put off.

Ideas are chosen by their state and stored numbers, never by a window of time: whatever a lost
message or a stopped worker left undone is found by the next look.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Value, When
from django.utils import timezone

from community.activity.actions import record

from ..models import Escalation, EscalationRule, Idea, IdeaStatusChange, Vote
from ..statuses import TAKES_VOTES, Status
from .calling import call_reviewers
from .timeline import add_to_timeline

EARLIEST_ZONE = timedelta(hours=14)  # where a day begins first, before UTC


def raise_due(at: datetime) -> int:
    """Raise every idea that has crossed a rule; answer how many escalations that made."""
    rules = EscalationRule.objects.active().select_related("audience")
    return sum(_raise_crossed(Idea.objects.all(), rule, at=at) for rule in rules)


def raise_if_crossed(idea_id: int, *, at: datetime | None = None) -> int:
    """Raise this idea by each rule it has crossed; answer how many did."""
    idea = Idea.objects.filter(pk=idea_id)
    rules = EscalationRule.objects.active().select_related("audience")
    return sum(_raise_crossed(idea, rule, at=at or timezone.now()) for rule in rules)


def _raise_crossed(ideas: QuerySet[Idea], rule: EscalationRule, *, at: datetime) -> int:
    done = Escalation.objects.filter(idea=OuterRef("pk"), rule=rule, cycle=OuterRef("cycle"))
    crossed = _ripe(ideas, rule).filter(~Exists(done)).order_by("pk")
    return sum(raise_by_rule(idea, rule, at=at) is not None for idea in crossed)


def _ripe(ideas: QuerySet[Idea], rule: EscalationRule) -> QuerySet[Idea]:
    """The ideas that this rule asks for: enough votes, not put off, and nothing hidden."""
    rows = ideas.filter(status__in=TAKES_VOTES, vote_count__gte=rule.votes)
    rows = rows.filter(returns_on=None, topic__hidden_at=None)
    return rows.filter(board=rule.board_id) if rule.board_id else rows


@transaction.atomic
def raise_by_rule(idea: Idea, rule: EscalationRule, *, at: datetime) -> Escalation | None:
    """Raise the idea once in its cycle; None where it is raised already or no longer ripe.

    The idea's row is taken by the conditional UPDATE that also moves it, so what is read after it
    stands still until the commit; the constraint would refuse a second one in any case.
    """
    moved = Case(When(status=Status.OPEN, then=Value(Status.RAISED)), default=F("status"))
    if not _ripe(Idea.objects.filter(pk=idea.pk), rule).update(status=moved):
        return None
    idea.refresh_from_db(fields=["status", "vote_count", "cycle"])
    if idea.escalations.filter(rule=rule, cycle=idea.cycle).exists():
        transaction.set_rollback(True)
        return None
    escalation = _escalate(idea, rule, at=at)
    add_to_timeline(
        idea,
        IdeaStatusChange.Kind.RAISED,
        status=idea.status,
        at=at,
        rule=rule.name,
        votes=idea.vote_count,
        due=escalation.due_at.isoformat(),
    )
    record("idea.raised", idea, kind="idea", at=at, escalation=escalation.pk)
    call_reviewers(escalation, "idea.raised", key=f"raised:{escalation.pk}", at=at)
    return escalation


def _escalate(idea: Idea, rule: EscalationRule, *, at: datetime) -> Escalation:
    allowed = timedelta(days=rule.days)
    return Escalation.objects.create(
        idea=idea,
        rule=rule,
        cycle=idea.cycle,
        round=idea.cycle,
        votes_then=idea.vote_count,
        crossed_at=_crossed_at(idea, rule) or at,
        raised_at=at,
        due_at=at + allowed,
        remind_at=at + allowed * settings.REMIND_AT_SHARE,
    )


def _crossed_at(idea: Idea, rule: EscalationRule) -> datetime | None:
    """The time of the vote that reached the rule: the rule.votes-th of those that count."""
    counted = Vote.objects.filter(counted_on=idea).order_by("at", "pk").values_list("at", flat=True)
    return counted[rule.votes - 1 : rule.votes].first()


def return_due(at: datetime) -> int:
    """Bring back every idea whose day has come; answer how many."""
    day = (at + EARLIEST_ZONE).date()
    return sum(return_idea(idea, at=at) for idea in Idea.objects.filter(returns_on__lte=day))


@transaction.atomic
def return_idea(idea: Idea, *, at: datetime) -> bool:
    """Begin the next cycle of an idea that was put off until today; answer whether it was.

    The day is that of the audience that put it off.
    """
    last = idea.escalations.select_related("rule__audience").order_by("-closed_at").first()
    today = last.rule.audience.today(at) if last else at.date()
    back = Idea.objects.filter(pk=idea.pk, status=Status.OPEN, returns_on__lte=today)
    if not back.update(cycle=F("cycle") + 1, returns_on=None):
        return False
    add_to_timeline(idea, IdeaStatusChange.Kind.RETURNED, status=Status.OPEN, at=at)
    return True
