"""Recounts of what the ledgers store: who is to be told, who was, and who could not be reached."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db.models import Count, F, Min, OuterRef, Q, Subquery

from community.core.counters import Drift, counter

from .actions.telling import DONE, LEDGERS
from .models import Escalation, Idea, Telling

FIELDS = ("told_total", "told_done", "bounced", "superseded")


@counter("decision.told")
def recount_told(repair: bool) -> Iterable[Drift]:
    """Compare each published decision, and each outcome, with its tellings."""
    for news in LEDGERS:
        yield from _drifts(news, repair)


def _drifts(news: str, repair: bool) -> Iterable[Drift]:
    rows = Telling.objects.filter(news=news).order_by().values("decision")
    counted = rows.annotate(
        told_total=Count("pk"),
        told_done=Count("pk", filter=Q(state__in=DONE)),
        bounced=Count("pk", filter=Q(state=Telling.State.BOUNCED)),
        superseded=Count("pk", filter=Q(state=Telling.State.SUPERSEDED)),
    )
    truth = {
        row["decision"]: {name: count for name, count in row.items() if name in FIELDS}
        for row in counted
    }
    for ledger in LEDGERS[news].objects.published().iterator():
        true: Mapping[str, object] = truth.get(ledger.pk, dict.fromkeys(FIELDS, 0))
        stored = {name: getattr(ledger, name) for name in FIELDS}
        if stored == true:
            continue
        yield Drift(f"{news} {ledger.pk}", stored, true)
        if repair:
            LEDGERS[news].objects.filter(pk=ledger.pk).update(**true)


@counter("idea.returns_on")
def recount_returns(repair: bool) -> Iterable[Drift]:
    """The first day on which a case of the idea that was put off comes back."""
    put_off = Escalation.objects.put_off().filter(idea=OuterRef("pk")).order_by().values("idea")
    soonest = put_off.annotate(soonest=Min("returns_on")).values("soonest")
    ideas = Idea.objects.annotate(soonest=Subquery(soonest))
    none = Q(returns_on=None, soonest=None)
    for idea in list(ideas.exclude(none | Q(returns_on=F("soonest"))).order_by("pk")):
        true = idea.soonest  # type: ignore[attr-defined]
        yield Drift(f"idea {idea.pk} returns_on", idea.returns_on, true)
        if repair:
            Idea.objects.filter(pk=idea.pk).update(returns_on=true)
