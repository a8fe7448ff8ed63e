"""News that was overtaken: whoever is told of a newer decision is not told of the older one too.

Only what has not been sent is superseded, and only for people who are written down for the newer
news: somebody who is not among them still hears of the older. An answer without a decision
overtakes no decision. Of a decision that was taken back nobody is told any more: whoever asked
hears that instead (`telling_again`).
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from community.notifications.models import Mail

from ..models import Decision, Telling
from ..statuses import Verdict

NEWS = Telling.News.DECISION


def overtaken_by(decision: Decision) -> list[Decision]:
    """The older decisions on the idea that are still being told."""
    older = Decision.objects.still_telling().filter(
        idea=decision.idea_id, published_at__lt=decision.published_at
    )
    if decision.verdict == Verdict.ANSWERED:
        older = older.filter(verdict=Verdict.ANSWERED)
    return list(older.order_by("published_at"))


def overtaking(decision: Decision) -> QuerySet[Decision]:
    """The newer decisions on the idea, in whose place this one is not told."""
    newer = Decision.objects.published().filter(
        idea=decision.idea_id, published_at__gt=decision.published_at
    )
    is_answer = decision.verdict == Verdict.ANSWERED
    return newer if is_answer else newer.exclude(verdict=Verdict.ANSWERED)


def supersede(decision: Decision, *, at: datetime) -> int:
    """Take back what is not sent of this decision, from those told of a newer; answer how many."""
    count = _supersede_owed(decision, at=at)
    while batch := _supersede_mailed(decision, at=at):
        count += batch
    return count


def _both(decision: Decision) -> QuerySet[Telling]:
    """This decision's tellings of people who are written down for a newer one.

    All of them, where it was taken back.
    """
    if decision.is_taken_back:
        return Telling.objects.filter(decision=decision.pk, news=NEWS)
    newer = overtaking(decision).values("pk")
    again = Telling.objects.filter(
        decision__in=newer, news=NEWS, recipient=OuterRef("recipient")
    ).exclude(state=Telling.State.SUPERSEDED)
    return Telling.objects.filter(Exists(again), decision=decision.pk, news=NEWS)


@transaction.atomic
def _supersede_owed(decision: Decision, *, at: datetime) -> int:
    """Neither notice nor mail was given. The ledger's row comes first, as in telling them."""
    ours = Decision.objects.filter(pk=decision.pk)
    ours.update(superseded=F("superseded"))
    count = _both(decision).owed().update(state=Telling.State.SUPERSEDED)  # type: ignore[attr-defined]
    _book(decision, count, at=at)
    return int(count)


@transaction.atomic
def _supersede_mailed(decision: Decision, *, at: datetime) -> int:
    """Stop mails that wait and that nobody is sending now, a batch at a time.

    The mails' rows come first and the ledger's last, as where a mail settles. What is claimed is
    let go, and looked at again when it has settled or its claim is over.
    """
    idle = Q(mail__claimed_until=None) | Q(mail__claimed_until__lte=at)
    waiting = _both(decision).filter(
        idle, state=Telling.State.MAILED, mail__state=Mail.State.WAITING
    )
    batch = list(waiting.order_by("pk").values_list("pk", "mail")[: settings.TELLING_BATCH])
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    mails = Mail.objects.waiting().filter(free, pk__in=[mail for _telling, mail in batch])
    mails.update(state=Mail.State.STOPPED, text="", html="")
    stopped = Telling.objects.filter(
        pk__in=[telling for telling, _mail in batch],
        state=Telling.State.MAILED,
        mail__state=Mail.State.STOPPED,
    )
    count = stopped.update(state=Telling.State.SUPERSEDED)
    _book(decision, count, at=at)
    return count


def _book(decision: Decision, count: int, *, at: datetime) -> None:
    """Count them in the transaction of their cause, and say when that was the last.

    That is when the newer decision was published; of one that was taken back it is now.
    """
    rows = Decision.objects.filter(pk=decision.pk)
    rows.update(superseded=F("superseded") + count)
    newer = overtaking(decision).order_by("published_at").values("published_at")[:1]
    rows.wholly_told().filter(told_at=None).update(told_at=Coalesce(Subquery(newer), Value(at)))
