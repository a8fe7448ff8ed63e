"""Telling everyone who asked: nobody missing, nobody twice, whatever is killed in between.

A ledger (`Decision` or its `Outcome`) is told in two steps, each in batches of one transaction.
First the crowd is written down as `Telling` rows, in order of member, so that a successor goes on
where a killed worker stopped. Then each batch of owed rows gets notices, mails and its new state
together. Either step begins by taking the ledger's row, where its counts change anyway: so two
workers do not do the same batch, and a killed one leaves nothing half done and no claim to await.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from community.notifications.actions import notify, owe_mails, wants_mail
from community.notifications.models import Category, Mail
from community.notifications.outcomes import when_settled
from community.people.models import User

from ..models import Decision, Ledger, Outcome, Telling
from ..recipients import next_recipients
from ..verdict_words import headline
from .superseding import overtaken_by, overtaking, supersede

LEDGERS: dict[str, type[Decision] | type[Outcome]] = {
    Telling.News.DECISION: Decision,
    Telling.News.OUTCOME: Outcome,
}
VERBS = {
    Telling.News.DECISION: "decision.published",
    Telling.News.OUTCOME: "promise.kept",
}
SETTLED = {
    Mail.State.SENT: Telling.State.SENT,
    Mail.State.BOUNCED: Telling.State.BOUNCED,
    Mail.State.FAILED: Telling.State.BOUNCED,
    Mail.State.STOPPED: Telling.State.DECLINED,  # nothing more is owed
}
DONE = (Telling.State.SENT, Telling.State.DECLINED)


def tell(news: str, decision_id: int, *, at: datetime | None = None, seconds: float = 60) -> int:
    """Fill and tell until nobody is owed this news or the time is up; answer how many were told."""
    started, told, step = time.monotonic(), 0, 1
    older = _overtaken(news, decision_id)
    while step and time.monotonic() - started < seconds:
        now = at or timezone.now()
        is_filled = not fill_batch(news, decision_id, at=now)
        for decision in older:
            supersede(decision, at=now)
        step = (
            0
            if _waits_for_newer(news, decision_id, at=now)
            else tell_batch(news, decision_id, at=now)
        )
        told += step
        step = step or not is_filled
    return told


def _overtaken(news: str, decision_id: int) -> list[Decision]:
    """The older news that this one is told in place of; of the outcome none."""
    published = Decision.objects.published().filter(pk=decision_id)
    decision = published.first() if news == Telling.News.DECISION else None
    return overtaken_by(decision) if decision else []


def _waits_for_newer(news: str, decision_id: int, *, at: datetime) -> bool:
    """Whether a newer decision is still writing down its people: until then we tell nobody.

    When it has, what is not sent of this news is superseded for all whom it tells. Of a decision
    that was taken back all is, and nobody is told of it any more.
    """
    if news != Telling.News.DECISION:
        return False
    rows = Decision.objects.published().select_related("escalation")
    decision = rows.filter(pk=decision_id).first()
    newer = list(overtaking(decision)) if decision else []
    if decision is None or not (newer or decision.is_taken_back):
        return False
    supersede(decision, at=at)
    return decision.is_taken_back or any(each.filled_at is None for each in newer)


@transaction.atomic
def fill_batch(news: str, decision_id: int, *, at: datetime) -> bool:
    """Write down the next people who are owed this news; answer whether there may be more.

    At the end it says so, and once more after the second pass (see `Ledger`).
    """
    ledger = _take_ledger(news, decision_id)
    if ledger is None or not ledger.wants_filling(at):
        return False
    people = next_recipients(news, decision_id, after=ledger.filled_to, at=at)
    if not people:
        mark = "filled_at" if ledger.filled_at is None else "rechecked_at"
        _book(news, decision_id, {mark: at, "filled_to": 0}, at=at)
        return False
    there = Telling.objects.filter(decision=decision_id, news=news, recipient__in=people)
    known = set(there.values_list("recipient_id", flat=True))
    Telling.objects.bulk_create(
        Telling(decision_id=decision_id, news=news, recipient_id=person, because=because)
        for person, because in people.items()
        if person not in known
    )
    new = len(people) - len(known)
    facts = {"filled_to": max(people), "told_total": F("told_total") + new}
    _book(news, decision_id, facts, at=at)
    return True


@transaction.atomic
def tell_batch(news: str, decision_id: int, *, at: datetime) -> int:
    """Give the next owed people notice and mail, and mark them; answer how many.

    Nobody is told while the idea is hidden: they stay owed.
    """
    if _take_ledger(news, decision_id) is None:
        return 0
    owed = (
        Telling.objects.owed().filter(decision=decision_id, news=news).select_related("recipient")
    )
    batch = list(owed.order_by("pk")[: settings.TELLING_BATCH])
    decision = Decision.objects.select_related("idea__topic", "post").get(pk=decision_id)
    if not batch or decision.idea.topic.hidden_at is not None:
        return 0
    _notice(decision, news, batch, at=at)
    mailed = _mail(decision, news, batch, at=at)
    for telling in batch:
        telling.mail = mailed.get(telling.recipient_id)
        telling.state = Telling.State.MAILED if telling.mail else Telling.State.DECLINED
        telling.told_at = None if telling.mail else at
    Telling.objects.bulk_update(batch, ["mail", "state", "told_at"])
    declined = len(batch) - len(mailed)
    _book(news, decision_id, {"told_done": F("told_done") + declined}, at=at)
    return len(batch)


def tell_owed(at: datetime, *, seconds: float = 60) -> int:
    """Go on with all news that is still being told; answer how many people were told."""
    told = settle_forgotten(at)
    for news, model in LEDGERS.items():
        for ledger in model.objects.still_telling().order_by("published_at"):
            told += tell(news, ledger.pk, at=at, seconds=seconds)
    return told


@when_settled
def count_settled(mails: Sequence[Mail]) -> None:
    """Count who was told and who could not be reached, in the transaction that marks their mail."""
    rows = (
        Telling.objects.filter(mail__in=mails)
        .select_related("mail")
        .defer("mail__text", "mail__html")
    )
    _settle(list(rows), at=timezone.now())


@transaction.atomic
def settle_forgotten(at: datetime) -> int:
    """Count mails that were marked while counting them failed; answer how many."""
    lost = Telling.objects.filter(state=Telling.State.MAILED, mail__state__in=list(SETTLED))
    rows = list(
        lost.select_related("mail").defer("mail__text", "mail__html")[: settings.TELLING_BATCH]
    )
    _settle(rows, at=at)
    return len(rows)


def _settle(tellings: list[Telling], *, at: datetime) -> None:
    """Bring tellings and their ledgers to what their mails say; the ledgers' rows in one order."""
    key = Telling.ledger_key
    for (decision_id, news), rows in groupby(sorted(tellings, key=key), key=key):
        done = bounced = 0
        for telling in rows:
            before, after = telling.state, SETTLED[Mail.State(telling.mail.state)]  # type: ignore[union-attr]
            same = Telling.objects.filter(pk=telling.pk, state=before)
            if before == after or not same.update(state=after, told_at=at):
                continue
            done += (after in DONE) - (before in DONE)
            bounced += (after == Telling.State.BOUNCED) - (before == Telling.State.BOUNCED)
        _count(news, decision_id, done=done, bounced=bounced, at=at)


def _take_ledger(news: str, decision_id: int) -> Ledger | None:
    """The published ledger, its row ours until the commit; what is read after it stands still."""
    rows = LEDGERS[news].objects.published().filter(pk=decision_id)
    if not rows.update(filled_to=F("filled_to")):
        return None
    return rows.get()


def _book(news: str, decision_id: int, facts: Mapping[str, Any], *, at: datetime) -> None:
    """Change the ledger's figures, and say when the last has been told."""
    rows = LEDGERS[news].objects.filter(pk=decision_id)
    rows.update(**facts)
    rows.wholly_told().filter(told_at=None).update(told_at=at)


def _count(news: str, decision_id: int, *, done: int, bounced: int, at: datetime) -> None:
    """The same for mails that settled, in one statement: on the way out it is the busiest row."""
    settled = F("told_done") + F("bounced") + F("superseded") + done + bounced
    is_whole = Q(told_at=None, rechecked_at__isnull=False, told_total=settled)
    LEDGERS[news].objects.filter(pk=decision_id).update(
        told_done=F("told_done") + done,
        bounced=F("bounced") + bounced,
        told_at=Case(When(is_whole, then=Value(at)), default=F("told_at")),
    )


def _notice(decision: Decision, news: str, batch: list[Telling], *, at: datetime) -> None:
    notify(
        [telling.recipient for telling in batch],
        key=f"{news}:{decision.pk}",
        category=Category.DECISIONS,
        verb=VERBS[Telling.News(news)],
        kind="idea",
        object_id=decision.idea_id,
        post_no=decision.post.no if decision.post else None,
        actor=decision.by,
        at=at,
    )


def _mail(decision: Decision, news: str, batch: list[Telling], *, at: datetime) -> dict[int, Mail]:
    """Owe a mail to those who want it, by member: one letter for each reason of being told."""
    wanted = wants_mail([telling.recipient_id for telling in batch], Category.DECISIONS)
    people: dict[str, list[User]] = {}
    for telling in batch:
        if telling.recipient_id in wanted:
            people.setdefault(telling.because, []).append(telling.recipient)
    mails: dict[int, Mail] = {}
    for because, some in sorted(people.items()):
        mails |= owe_mails(
            some,
            key=f"{news}:{decision.pk}",
            category=Category.DECISIONS,
            template=f"ideas/mail/{news}",
            context=_letter_facts(decision, because),
            at=at,
        )
    return mails


def _letter_facts(decision: Decision, because: str) -> dict[str, object]:
    """What the letter tells of."""
    stores = [str(store) for store in decision.stores.all()]
    address = (
        decision.post.get_absolute_url() if decision.post else decision.idea.get_absolute_url()
    )
    why = Telling.Because(because).label
    return {
        "title": decision.idea.topic.title,
        "headline": headline(decision.verdict, decision.date, stores),
        "reason": decision.reason,
        "reason_html": decision.post.html if decision.post else "",
        "note": decision.promise.note if decision.promise else "",
        "byline": decision.post.byline if decision.post else "",
        "url": settings.SITE_URL + address,
        "because": _("You get this because %(why)s.") % {"why": why},
    }
