"""Keeping back mail that waits: what it tells of was hidden, or its member wants no more of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from ..models import Mail, MailQuerySet
from ..outcomes import tell_settled

BATCH = 500


def stop_mails(key: str) -> int:
    """Keep back what waits to be sent under this cause (`post:17`), because it was hidden.

    Answers how many. What is being sent at this moment is too late.
    """
    return _stop(Mail.objects.waiting().filter(key__startswith=f"{key}:"))


def stop_mails_of(user_id: int, categories: Iterable[str]) -> int:
    """Keep back the mail of these kinds that waits for the member; answer how many."""
    return _stop(Mail.objects.news().waiting().filter(user=user_id, category__in=list(categories)))


def stop_unwanted(limit: int = BATCH) -> int:
    """Keep back what was owed in the moment in which its member said no; answer how many.

    Such mail is never sent (`MailQuerySet.wanted`), and this settles it.
    """
    unwanted = Mail.objects.news().waiting().unwanted().order_by("pk")
    return _stop(Mail.objects.filter(pk__in=list(unwanted.values_list("pk", flat=True)[:limit])))


def stop_due_by(moment: datetime) -> int:
    """Give up what had been due by then, as a restored backup has it; answer how many.

    It went out after the backup was made, or came too late with it: so it counts as settled.
    """
    return _stop(Mail.objects.waiting().filter(next_at__lte=moment))


@transaction.atomic
def _stop(mails: MailQuerySet) -> int:
    """Mark those that wait, together with what follows from it for who counts them."""
    ids, stopped = list(mails.waiting().values_list("pk", flat=True)), 0
    for first in range(0, len(ids), BATCH):
        some = Mail.objects.filter(pk__in=ids[first : first + BATCH])
        count = some.waiting().update(state=Mail.State.STOPPED, text="", html="")
        if count:
            tell_settled(list(some.filter(state=Mail.State.STOPPED)))
        stopped += count
    return stopped
