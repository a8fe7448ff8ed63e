"""Recording what happened, doing what follows, and the audit trail."""

import hashlib
import json
import logging
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.serializers.json import DjangoJSONEncoder
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
    if names := reactions_to(name):
        Reaction.objects.bulk_create([Reaction(event=event, name=each) for each in names])
        wake("activity.react", event.pk)
    return event


def react(event_id: int, *, at: datetime | None = None) -> int:
    """Do the owed reactions of one event; answer how many were done. A failing one stops none."""
    due = Reaction.objects.due(at or timezone.now()).filter(event_id=event_id)
    return sum(do_reaction(reaction, at=at) for reaction in due.select_related("event"))


def do_reaction(reaction: Reaction, *, at: datetime | None = None) -> bool:
    """Claim the reaction, do it and mark it, in that order; answer whether it is done.

    The claim is a conditional UPDATE, so of two workers one gets it; a claim that a killed worker
    left behind runs out by itself. What fails is tried again after 5, 10, 20, … minutes; so is a
    reaction that this worker does not know, because its code is older than the event's.
    """
    now = at or timezone.now()
    mine = Reaction.objects.due(now).filter(pk=reaction.pk)
    if not mine.update(claimed_until=now + CLAIM, attempts=F("attempts") + 1):
        return False
    try:
        with transaction.atomic():
            reactions_to(reaction.event.name)[reaction.name](reaction.event)
            Reaction.objects.filter(pk=reaction.pk).update(done_at=now, claimed_until=None)
    except Exception as fault:
        logger.exception("reaction %s failed", reaction)
        pause = CLAIM * 2**reaction.attempts
        Reaction.objects.filter(pk=reaction.pk).update(
            claimed_until=now + pause, last_error=repr(fault)[:2000]
        )
        return False
    return True


def retry_reaction(reaction: Reaction) -> bool:
    """Owe a reaction again that was given up; answer whether it had been."""
    given_up = Reaction.objects.given_up().filter(pk=reaction.pk)
    if not given_up.update(attempts=0, claimed_until=None):
        return False
    wake("activity.react", reaction.event_id)
    return True


def audit(
    verb: str,
    subject: models.Model,
    *,
    kind: str,
    by: AbstractBaseUser | None,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    reason: str = "",
    at: datetime | None = None,
) -> AuditEntry:
    """Append who did what, with what stood before and after and why; nobody can change it later."""
    detail = AuditDetail(
        actor_name=str(by) if by else settings.BRAND_NAME,
        before=_as_stored(before),
        after=_as_stored(after),
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


@transaction.atomic
def erase_detail(
    entry: AuditEntry, *, by: AbstractBaseUser, reason: str, at: datetime | None = None
) -> bool:
    """Forget the readable part of an entry, when the law asks; answer whether it was there.

    That it was erased, by whom and why, is an entry of its own; the chain stays whole.
    """
    if not AuditDetail.objects.filter(entry=entry).delete()[0]:
        return False
    audit("audit.erased", entry, kind="audit", by=by, reason=reason, at=at)
    return True


def _as_stored(values: Mapping[str, object] | None) -> dict[str, object]:
    """The values as the database will give them back, so that their digest stays true."""
    stored: dict[str, object] = json.loads(json.dumps(dict(values or {}), cls=DjangoJSONEncoder))
    return stored


def digest_of(detail: AuditDetail) -> str:
    """SHA-256 over the salted, readable part of an entry, as 64 hex digits."""
    readable = [detail.actor_name, detail.before, detail.after, detail.reason]
    text = json.dumps([detail.salt, *readable], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
