"""When a decision needs a second person, and what exactly that person signs."""

from __future__ import annotations

import hashlib
import json

from django.db.models import Exists, OuterRef, QuerySet

from .models import Decision, Escalation, SignOff

LIMIT = "rule__audience__sign_off_above"


def text_digest(decision: Decision) -> str:
    """SHA-256 over all that would be published, as 64 hex digits: an edit changes it."""
    facts = [
        decision.verdict,
        decision.reason,
        str(decision.date or ""),
        sorted(decision.stores.values_list("pk", flat=True)),
        decision.provenance,
        decision.cost,
    ]
    return hashlib.sha256(json.dumps(facts).encode()).hexdigest()


def needs_sign_off(decision: Decision) -> bool:
    """Whether it costs more than its audience lets one person decide."""
    above = decision.escalation.rule.audience.sign_off_above
    return above is not None and decision.cost is not None and decision.cost > above


def is_signed(decision: Decision) -> bool:
    """Whether a second person allowed exactly this."""
    return allowed(decision).exists()


def allowed(decision: Decision) -> QuerySet[SignOff]:
    """The sign-offs that stand for the decision as it reads now."""
    return SignOff.objects.filter(
        decision=decision.pk, answer=SignOff.Answer.ALLOWED, text_digest=text_digest(decision)
    )


def publishable(decision: Decision) -> QuerySet[Decision]:
    """The draft's row where it is as it was read and signed by whoever must: for one UPDATE.

    Written without joins, so that the database looks at the row itself once more after waiting for
    its lock, and not at an older snapshot of it.
    """
    same = Decision.objects.filter(
        pk=decision.pk, published_at=None, drafted_at=decision.drafted_at, cost=decision.cost
    )
    too_big = Escalation.objects.filter(
        pk=OuterRef("escalation"), **{f"{LIMIT}__lt": OuterRef("cost")}
    )
    signed = Exists(allowed(decision).filter(decision=OuterRef("pk")))
    return same.filter(~Exists(too_big) | signed)
