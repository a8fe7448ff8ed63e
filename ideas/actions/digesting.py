"""Closing the periods of the review digests: none missing, none double, whoever closes them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from community.activity.actions import audit, record
from community.people.models import User

from ..dossiers import Dossier, dossiers_of
from ..models import Audience, DigestEntry, Escalation, ReviewDigest
from ..periods import WeeklyClose, periods
from .calling import mail_review, notice_review, reviewers_of

SHORTEST = timedelta(minutes=1)
TRIES = 5


def close_due(at: datetime) -> int:
    """Close every period that has ended, also those slept through; answer how many digests."""
    return sum(_close_ended(audience, at=at) for audience in Audience.objects.order_by("pk"))


def close_now(
    audience: Audience, *, by: User | None = None, at: datetime | None = None
) -> ReviewDigest | None:
    """End the running period at this moment, after those that have ended; answer its digest.

    None where the running period has hardly begun: a second click makes nothing new.
    """
    at = at or timezone.now()
    _close_ended(audience, at=at)
    begins = _running_since(audience)
    if at - begins < SHORTEST:
        return None
    return _close(audience, begins, at, made_at=at, by=by, by_hand=True)


def _close_ended(audience: Audience, *, at: datetime) -> int:
    close = WeeklyClose(audience.closes_on, audience.closes_at, audience.zone)
    ended = periods(close, since=_running_since(audience), until=at)
    return sum(_close(audience, begins, ends, made_at=at) is not None for begins, ends in ended)


def _running_since(audience: Audience) -> datetime:
    """Where the running period begins: where the last one ended."""
    return audience.digests.aggregate(end=Max("ends_at"))["end"] or audience.since


def _close(
    audience: Audience,
    begins: datetime,
    ends: datetime,
    *,
    made_at: datetime,
    by: User | None = None,
    by_hand: bool = False,
) -> ReviewDigest | None:
    """Make the digest of one period; None where somebody else has closed it.

    Two audiences closing at once may want the same number: then the constraint refuses one, and it
    takes the next.
    """
    for _attempt in range(TRIES):
        try:
            return _make(audience, begins, ends, made_at=made_at, by=by, by_hand=by_hand)
        except IntegrityError:
            if audience.digests.filter(begins_at=begins).exists():
                return None
    raise RuntimeError(f"no number for the digest of {audience} from {begins}")


@transaction.atomic
def _make(
    audience: Audience,
    begins: datetime,
    ends: datetime,
    *,
    made_at: datetime,
    by: User | None,
    by_hand: bool,
) -> ReviewDigest:
    last = ReviewDigest.objects.aggregate(last=Max("number"))["last"] or 0
    digest = ReviewDigest.objects.create(
        number=last + 1,
        audience=audience,
        begins_at=begins,
        ends_at=ends,
        made_at=made_at,
        closed_by_hand=by_hand,
    )
    entries = _freeze(digest)
    record("digest.closed", digest, kind="digest", by=by, at=made_at, number=digest.number)
    if by is not None:
        after = {"number": digest.number, "ends_at": ends.isoformat()}
        audit("digest.closed", digest, kind="digest", by=by, after=after, at=made_at)
    if entries:
        _send(digest, entries, at=made_at)
    return digest


def _freeze(digest: ReviewDigest) -> list[tuple[DigestEntry, Dossier]]:
    """Freeze the cases of the period: what no digest has had yet, and what was still undecided.

    "No digest yet" rather than "raised since it began": a case that was being stored while its own
    period was closed is in the next digest, and not in none.
    """
    earlier = DigestEntry.objects.filter(escalation=OuterRef("pk"))
    cases = Escalation.objects.filter(
        rule__audience=digest.audience, raised_at__lt=digest.ends_at
    ).annotate(is_known=Exists(earlier))
    cases = cases.filter(
        Q(is_known=False) | Q(closed_at=None) | Q(closed_at__gte=digest.ends_at)
    ).exclude(state=Escalation.State.UNRAISED)
    cases = cases.for_head_office(digest.ends_at)
    rows = list(cases.with_case().by_due_date())
    dossiers = dossiers_of(rows, at=digest.ends_at)
    entries = [
        DigestEntry(
            digest=digest,
            escalation=case,
            position=position,
            is_rolled_over=case.is_known,  # type: ignore[attr-defined]
            dossier=dossiers[case.pk].to_json(),
        )
        for position, case in enumerate(rows, start=1)
    ]
    DigestEntry.objects.bulk_create(entries)
    return [(entry, dossiers[entry.escalation_id]) for entry in entries]


def _send(
    digest: ReviewDigest, entries: list[tuple[DigestEntry, Dossier]], *, at: datetime
) -> None:
    """Tell the audience. A digest of an empty period is only kept: nobody wants an empty mail."""
    people = list(reviewers_of(digest.audience, at=at))
    key = f"digest:{digest.number}"
    notice_review(people, "digest.closed", kind="digest", object_id=digest.pk, key=key, at=at)
    context = {
        "digest": digest,
        "entries": [
            {
                "entry": entry,
                "dossier": dossier,
                "url": settings.SITE_URL + entry.escalation.get_absolute_url(),
            }
            for entry, dossier in entries
        ],
        "url": settings.SITE_URL + digest.get_absolute_url(),
    }
    mail_review(people, key=key, template="review/mail/digest", context=context, at=at)
