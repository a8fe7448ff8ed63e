"""Deciding now and publishing later: agreed inside the company, and on a day by itself."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from community.activity.actions import audit
from community.core.gates import Refused
from community.core.markdown import TextRefused
from community.people.models import User

from ..models import Decision, Escalation
from ..review_permissions import can_decide
from ..signatures import publishable
from .calling import notice_review
from .deciding import AlreadyDecided, DraftChanged, NotSignedOff, publish_decision, why_not


class AnotherIsAgreed(Exception):
    """Another decision on this case is agreed: of two, one must give way first."""


def agree(decision: Decision, *, by: User, at: datetime | None = None) -> bool:
    """Agree the draft inside the company, where all reviewers read it; whether that is news.

    Raises NotSignedOff, DraftChanged, AlreadyDecided, or AnotherIsAgreed.
    """
    if decision.agreed_at is not None:
        return False
    at = at or timezone.now()
    _settle(decision, {"agreed_at": at}, verb="decision.agreed", by=by, at=at)
    return True


def schedule(
    decision: Decision, publish_at: datetime, *, by: User, at: datetime | None = None
) -> bool:
    """Have the draft published by itself at this moment; whether that is news. It is agreed too.

    Raises what `agree` raises. That the moment is still to come is the caller's duty.
    """
    if decision.publish_at == publish_at:
        return False
    at = at or timezone.now()
    facts = {"publish_at": publish_at, "agreed_at": Coalesce("agreed_at", Value(at))}
    _settle(decision, facts, verb="decision.scheduled", by=by, at=at)
    return True


@transaction.atomic
def cancel_schedule(decision: Decision, *, by: User, at: datetime | None = None) -> bool:
    """Do not publish it by itself; it stays agreed. Answer whether it was going to be."""
    before = decision.publish_at
    if not _scheduled(decision).update(publish_at=None):
        return False
    was = {"publish_at": before.isoformat() if before else ""}
    audit("decision.unscheduled", decision, kind="decision", by=by, before=was, at=at)
    decision.refresh_from_db()
    return True


def publish_due(at: datetime) -> int:
    """Publish every decision whose moment has come; answer how many.

    Each in one transaction of its own: a killed worker leaves it published or due, never between.
    """
    due = Decision.objects.filter(published_at=None, publish_at__lte=at).order_by("publish_at")
    rows = due.select_related("by", "idea__topic__board", "escalation__rule__audience")
    return sum(_publish(decision, at=at) for decision in rows)


def _publish(decision: Decision, *, at: datetime) -> bool:
    """Publish under its writer's name while they still may; else say to them why it stays."""
    try:
        if decision.by is None or not can_decide(decision.by, decision.escalation, at=at):
            raise NotSignedOff(decision)
        publish_decision(decision, by=decision.by, at=at)
    except (AlreadyDecided, DraftChanged, NotSignedOff, Refused, TextRefused) as fault:
        _hold_back(decision, fault, at=at)
        return False
    return True


@transaction.atomic
def _hold_back(decision: Decision, fault: Exception, *, at: datetime) -> None:
    """Leave it a draft, once: its case was decided otherwise, or it may not go out."""
    if not _scheduled(decision).filter(publish_at__lte=at).update(publish_at=None):
        return
    why = str(fault) if isinstance(fault, Refused) else type(fault).__name__
    audit("decision.not_published", decision, kind="decision", by=None, reason=why, at=at)
    if decision.by is not None:
        key = f"not-published:{decision.pk}:{at.isoformat()}"
        case = decision.escalation_id
        notice_review(
            [decision.by], "review.not_published", kind="escalation", object_id=case, key=key, at=at
        )


def _scheduled(decision: Decision) -> QuerySet[Decision]:
    return Decision.objects.filter(pk=decision.pk, published_at=None, publish_at__isnull=False)


def _settle(
    decision: Decision, facts: dict[str, object], *, verb: str, by: User, at: datetime
) -> None:
    """Write what was settled about the draft, as it was read, signed and while its case is open."""
    try:
        with transaction.atomic():
            if not Escalation.objects.open().filter(pk=decision.escalation_id).exists():
                raise AlreadyDecided(decision)
            if not publishable(decision).update(**facts):
                raise why_not(decision)
            decision.refresh_from_db()
            day = decision.publish_at
            after = {"verdict": decision.verdict, "publish_at": str(day or "")}
            audit(
                verb, decision, kind="decision", by=by, after=after, reason=decision.reason, at=at
            )
    except IntegrityError as fault:
        raise AnotherIsAgreed(decision) from fault
