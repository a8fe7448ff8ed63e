"""Recording what happened, doing what follows, and the audit trail."""

import hashlib
import json
import logging
import secrets
from datetime import datetime, timedelta

from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone

from community.core.wake import wake

from .models import AuditDetail, AuditEntry, Event, Reaction
from .register import reactions_to

logger = logging.getLogger(__name__)
CLAIM = timedelta(minutes=5)


def record(
    name: str,
    subject: models.Model,
    *,
    kind: str,
    by: models.Model | None = None,
    at: datetime | None = None,
    **data: object,
) -> Event:
    """Write down that something happened, and owe each consequence registered for it.

    Call inside the transaction of the change: the event and its reactions live or die with it.
    """
    event = Event.objects.create(
        name=name,
        kind=kind,
        object_id=subject.pk,
        actor_id=by.pk if by else None,
        at=at or timezone.now(),
        data=data,
    )
    names = reactions_to(name)
    if names:
        Reaction.objects.bulk_create([Reaction(event=event, name=each) for each in names])
        wake("activity.react", event.pk)
    return event


def react(event_id: int, *, at: datetime | None = None) -> int:
    """Do the owed reactions of one event; answer how many were done. A failing one stops no other."""
    due = Reaction.objects.due(at or timezone.now()).filter(event_id=event_id)
    return sum(do_reaction(reaction, at=at) for reaction in due.select_related("event"))


def do_reaction(reaction: Reaction, *, at: datetime | None = None) -> bool:
    """Claim the reaction, do it and mark it, in that order; answer whether it is done.

    The claim is a conditional UPDATE, so of two workers one gets it; a claim that a killed worker
    left behind runs out by itself.
    """
    now = at or timezone.now()
    mine = Reaction.objects.due(now).filter(pk=reaction.pk)
    if not mine.update(claimed_until=now + CLAIM, attempts=F("attempts") + 1):
        return False
    follow = reactions_to(reaction.event.name).get(reaction.name)
    try:
        with transaction.atomic():
            if follow is not None:
                follow(reaction.event)
            Reaction.objects.filter(pk=reaction.pk).update(done_at=now, claimed_until=None)
    except Exception as fault:
        logger.exception("reaction %s failed", reaction)
        Reaction.objects.filter(pk=reaction.pk).update(last_error=repr(fault)[:2000])
        return False
    return True


def audit(
    verb: str,
    subject: models.Model,
    *,
    kind: str,
    by: AbstractBaseUser | None,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> AuditEntry:
    """Append who did what, with what stood before and after and why; nobody can change it later."""
    detail = AuditDetail(
        actor_name=str(by) if by else "Heard",
        before=before or {},
        after=after or {},
        reason=reason,
        salt=secrets.token_hex(16),
    )
    detail.entry = AuditEntry.objects.create(
        at=at or timezone.now(),
        actor_id=by.pk if by else None,
        verb=verb,
        kind=kind,
        object_id=subject.pk,
        digest=digest_of(detail),
    )
    detail.save(force_insert=True)
    return detail.entry


def digest_of(detail: AuditDetail) -> str:
    """SHA-256 over the salted, readable part of an entry, as 64 hex digits."""
    readable = [detail.actor_name, detail.before, detail.after, detail.reason]
    text = json.dumps([detail.salt, *readable], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
