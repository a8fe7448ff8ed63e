"""What is done about people who break the rules: warn, suspend until a date, lift."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.actions import audit, record
from community.core.gates import Refused

from ..models import Sanction, User
from ..models.users import SanctionQuerySet
from ..permissions import can_sanction


@transaction.atomic
def warn(member: User, *, by: User, reason: str, at: datetime | None = None) -> Sanction:
    """Tell the member, for good and on record, that something was not all right."""
    at = at or timezone.now()
    _check(by, member)
    warning = Sanction.objects.create(
        member=member, kind=Sanction.Kind.WARNING, reason=reason, at=at, by=by
    )
    audit("member.warned", member, kind="person", by=by, reason=reason, at=at)
    record("member.warned", member, kind="person", by=by, at=at, sanction=warning.pk)
    return warning


@transaction.atomic
def suspend(
    member: User, *, until: datetime, by: User, reason: str, at: datetime | None = None
) -> Sanction:
    """Keep the member from writing and voting until then; a new date takes the place of the old.

    Saying the same again changes nothing.
    """
    at = at or timezone.now()
    _check(by, member)
    if until <= at:
        raise Refused(_("A suspension has to end in the future."))
    before = _hold_row(member)
    standing = _standing(member, at)
    same = standing.filter(until=until, reason=reason).first()
    if same is not None:
        return same
    standing.update(lifted_at=at)
    suspension = Sanction.objects.create(
        member=member, kind=Sanction.Kind.SUSPENSION, reason=reason, at=at, by=by, until=until
    )
    _set_end(member, until)
    _log("member.suspended", member, by=by, reason=reason, at=at, before=before, after=until)
    return suspension


@transaction.atomic
def lift(member: User, *, by: User, reason: str, at: datetime | None = None) -> bool:
    """Let the member write again before the date; answer whether they were suspended."""
    at = at or timezone.now()
    _check(by, member)
    before = _hold_row(member)
    if not _standing(member, at).update(lifted_at=at):
        return False
    _set_end(member, None)
    _log("member.suspension_lifted", member, by=by, reason=reason, at=at, before=before, after=None)
    return True


def _check(by: User, member: User) -> None:
    if not can_sanction(by, member):
        raise Refused(_("You cannot do this to this person."))


def _standing(member: User, at: datetime) -> SanctionQuerySet:
    """The suspensions of this member that are in force."""
    return Sanction.objects.in_force(at).filter(member=member, kind=Sanction.Kind.SUSPENSION)


def _hold_row(member: User) -> datetime | None:
    """Take the member's row, so that two moderators act in turn; answer the end as it stands."""
    User.objects.select_for_update().get(pk=member.pk)
    member.refresh_from_db(fields=["suspended_until"])
    return member.suspended_until


def _set_end(member: User, until: datetime | None) -> None:
    member.suspended_until = until
    member.save(update_fields=["suspended_until"])


def _log(
    verb: str,
    member: User,
    *,
    by: User,
    reason: str,
    at: datetime,
    before: datetime | None,
    after: datetime | None,
) -> None:
    """The audit trail, and what follows."""
    ends = [end.isoformat() if end else None for end in (before, after)]
    audit(
        verb,
        member,
        kind="person",
        by=by,
        before={"suspended_until": ends[0]},
        after={"suspended_until": ends[1]},
        reason=reason,
        at=at,
    )
    record(verb, member, kind="person", by=by, at=at, until=ends[1], reason=reason)
