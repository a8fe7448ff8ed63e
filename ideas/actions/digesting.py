"""Closing the periods of the review digests: none missing, none double, whoever closes them."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.utils import timezone

from community.activity.actions import audit, record
from community.people.models import User

from ..digest_extras import Extras, extras_of
from ..dossiers import Dossier, dossiers_of
from ..models import Audience, DigestEntry, Escalation, ReviewDigest
from ..periods import (
    Close,
    DailyClose,
    FortnightlyClose,
    MonthlyClose,
    WeeklyClose,
    periods,
)
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
    ended = periods(close_of(audience), since=_running_since(audience), until=at)
    return sum(_close(audience, begins, ends, made_at=at) is not None for begins, ends in ended)


def close_of(audience: Audience) -> Close:
    """When the audience's periods end. A changed cadence holds from the running period on."""
    day, at, zone = audience.closes_on, audience.closes_at, audience.zone
    cadences = Audience.Cadence
    if audience.cadence == cadences.DAILY:
        return DailyClose(at, zone)
    if audience.cadence == cadences.FORTNIGHTLY:
        return FortnightlyClose(day, at, zone, audience.today(audience.since))
    if audience.cadence == cadences.MONTHLY:
        return MonthlyClose(day, at, zone)
    return WeeklyClose(day, at, zone)


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
    entries, extras = _freeze(digest)
    record("digest.closed", digest, kind="digest", by=by, at=made_at, number=digest.number)
    if by is not None:
        after = {"number": digest.number, "ends_at": ends.isoformat()}
        audit("digest.closed", digest, kind="digest", by=by, after=after, at=made_at)
    if entries or extras.promises:
        _send(digest, entries, extras, at=made_at)
    return digest


def _freeze(digest: ReviewDigest) -> tuple[list[tuple[DigestEntry, Dossier]], Extras]:
    """Freeze the cases of the period: what no digest has had yet, and what was still undecided.

    "No digest yet" rather than "raised since it began": a case that was being stored while its own
    period was closed is in the next digest, and not in none. So is one that had no room in this.
    """
    earlier = DigestEntry.objects.filter(escalation=OuterRef("pk"))
    cases = Escalation.objects.filter(
        rule__audience=digest.audience, raised_at__lt=digest.ends_at
    ).annotate(is_known=Exists(earlier))
    cases = cases.filter(
        Q(is_known=False) | Q(closed_at=None) | Q(closed_at__gte=digest.ends_at)
    ).exclude(state=Escalation.State.UNRAISED)
    cases = cases.for_head_office(digest.ends_at)
    rows, left_over = _that_fit(list(cases.with_case().by_due_date()), digest)
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
    extras = extras_of(digest.audience, at=digest.ends_at, left_over=left_over)
    digest.extras = extras.to_json()
    digest.save(update_fields=["extras"])
    return [(entry, dossiers[entry.escalation_id]) for entry in entries], extras


def _that_fit(cases: list[Escalation], digest: ReviewDigest) -> tuple[list[Escalation], int]:
    """The most urgent, as many as the audience wants, and how many are left for a later digest.

    What is late comes first, and of the late and of the others what no digest has had yet: so each
    case has its turn, however many old ones nobody decides.
    """
    most = digest.audience.longest
    if not most or len(cases) <= most:
        return cases, 0
    ends = digest.ends_at
    by_need = sorted(cases, key=lambda case: (not case.is_overdue(ends), case.is_known))  # type: ignore[attr-defined]
    chosen = {case.pk for case in by_need[:most]}
    return [case for case in cases if case.pk in chosen], len(cases) - most


def _send(
    digest: ReviewDigest,
    entries: list[tuple[DigestEntry, Dossier]],
    extras: Extras,
    *,
    at: datetime,
) -> None:
    """Tell the audience. One without cases and promises is only kept: nobody wants empty mail."""
    people = list(reviewers_of(digest.audience, at=at))
    key = f"digest:{digest.number}"
    notice_review(people, "digest.closed", kind="digest", object_id=digest.pk, key=key, at=at)
    context = {
        "digest": digest,
        "extras": extras,
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
