"""Which ideas a rule asks for, and when an idea crossed it.

Heat is compared as votes of this moment: a rule of heat 40 asks for as much as forty votes cast
just now would make. The votes of a store are those of members who say that they shop there, or who
work there by the staff directory; members without either count as votes, and for no store.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from community.core.prepared import prepared

from .heat import vote_weight
from .models import Escalation, EscalationRule, Idea, RuleBacklog, Vote
from .models.rules import NO_STORE
from .statuses import TAKES_VOTES

STORE_OF_VOTER = Coalesce("voter__home_store", "voter__employee_record__store")


def in_scope(ideas: QuerySet[Idea], rule: EscalationRule) -> QuerySet[Idea]:
    """The ideas that the rule is about; where the owner answers, those that have one."""
    if rule.board_id:
        ideas = ideas.filter(board=rule.board_id)
    if rule.store_id:
        ideas = ideas.filter(store=rule.store_id)
    if rule.department_id:
        ideas = ideas.filter(board__department=rule.department_id)
    if rule.tag_id:
        ideas = ideas.filter(topic__topic_tags__tag=rule.tag_id)
    return ideas.filter(board__department__isnull=False) if rule.asks_owner else ideas


def reaching(ideas: QuerySet[Idea], rule: EscalationRule, *, at: datetime) -> QuerySet[Idea]:
    """The ideas that have as much as the rule asks for."""
    if rule.measure == EscalationRule.Measure.HEAT:
        return ideas.filter(heat__gte=rule.votes * vote_weight(at))
    ideas = ideas.filter(vote_count__gte=rule.votes)
    if rule.measure == EscalationRule.Measure.STORES:
        counted = Vote.objects.filter(counted_on=OuterRef("pk")).order_by().values("counted_on")
        stores = counted.annotate(stores=Count(STORE_OF_VOTER, distinct=True)).values("stores")
        ideas = ideas.alias(stores=Subquery(stores)).filter(stores__gte=rule.stores)
    return ideas


def ripe(ideas: QuerySet[Idea], rule: EscalationRule, *, at: datetime) -> QuerySet[Idea]:
    """The ideas to raise by this rule now: neither raised by it nor put off, closed or hidden."""
    unsettled = Escalation.objects.unsettled().filter(idea=OuterRef("pk"), rule=rule)
    rows = in_scope(reaching(ideas, rule, at=at), rule).unhidden()  # type: ignore[attr-defined]
    found: QuerySet[Idea] = rows.filter(~Exists(unsettled), status__in=TAKES_VOTES)
    return found


def due_now(rule: EscalationRule, *, at: datetime, room: int) -> list[Idea]:
    """The ideas whose turn it is: what crossed since the rule first ran, and so much of the rest.

    Of the rest those with most votes come first.
    """
    waiting = Exists(RuleBacklog.objects.filter(rule=rule, idea=OuterRef("pk")))
    ideas = ripe(Idea.objects.all(), rule, at=at)
    fresh = list(ideas.filter(~waiting).order_by("pk"))
    rest = ideas.filter(waiting).order_by("-vote_count", "-pk")[:room] if room > 0 else []
    return [*fresh, *rest]


def reaches_a_rule(vote: Vote) -> bool:
    """Whether this vote may be the one to cross a rule, of its idea as it is counted now.

    Asked while others wait for the idea's row. What it finds needlessly the raise task passes over.
    """
    idea = vote.idea
    weight = vote_weight(vote.at)
    return bool(_rules_reached(idea.pk, idea.board_id, idea.store_id or NO_STORE, weight))


@prepared
def _rules_reached(
    idea: int, board: int, store: int, weight: float
) -> QuerySet[EscalationRule, int]:
    """The rules that the idea has just reached, on this board and for this store."""
    measure, place = EscalationRule.Measure, Idea(topic_id=idea, board_id=board, store_id=store)
    here = Idea.objects.filter(pk=idea)
    count, heat = Subquery(here.values("vote_count")), Subquery(here.values("heat"))
    before = Escalation.objects.unsettled().filter(idea=idea, rule=OuterRef("pk"))
    now = heat / weight
    crossed = Q(measure=measure.VOTES, votes=count)
    crossed |= Q(measure=measure.HEAT, votes__lte=now, votes__gt=now - 2)
    crossed |= Q(Q(votes__lte=count) & ~Exists(before), measure=measure.STORES)
    rules = EscalationRule.objects.active().asking_for(place).filter(crossed)
    return rules.values_list("pk", flat=True)[:1]


def crossed_at(idea: Idea, rule: EscalationRule) -> datetime | None:
    """The time of the vote that reached the rule, of those that count now."""
    counted = Vote.objects.filter(counted_on=idea).order_by("at", "pk")
    if rule.measure == EscalationRule.Measure.VOTES:
        times = counted.values_list("at", flat=True)
        return times[rule.votes - 1 : rule.votes].first()
    heat, stores = 0.0, set()
    votes = counted.annotate(store=STORE_OF_VOTER).values_list("at", "weight", "store")
    for number, (at, weight, store) in enumerate(votes.iterator(chunk_size=2000), start=1):
        heat += weight
        stores.add(store)
        is_warm = heat >= rule.votes * weight
        is_wide = number >= rule.votes and len(stores - {None}) >= rule.stores
        if is_warm if rule.measure == EscalationRule.Measure.HEAT else is_wide:
            return at
    return None


def fallen_below(*, at: datetime) -> QuerySet[Escalation]:
    """Cases that nobody has taken, of ideas that no longer have what they were raised for.

    Heat is compared with that of the day of raising: getting older lets nothing fall.
    """
    measure = EscalationRule.Measure
    waiting = Escalation.objects.filter(state=Escalation.State.WAITING)
    few = Q(rule__measure=measure.VOTES, idea__vote_count__lt=F("rule__votes"))
    others = waiting.exclude(rule__measure=measure.VOTES).select_related("rule")
    cooled = [
        case.pk
        for case in others
        if not reaching(Idea.objects.filter(pk=case.idea_id), case.rule, at=case.raised_at).exists()
    ]
    return waiting.filter(few | Q(pk__in=cooled))


def may_fall(idea_id: int) -> QuerySet[Escalation]:
    """The untaken cases of this idea that its count may no longer carry; the task looks closer."""
    measure = EscalationRule.Measure
    waiting = Escalation.objects.filter(idea=idea_id, state=Escalation.State.WAITING)
    few = Q(rule__measure=measure.VOTES, rule__votes__lte=F("idea__vote_count"))
    return waiting.exclude(few)


def would_raise(rule: EscalationRule, *, at: datetime) -> int:
    """How many ideas the rule would raise now, were it active and without portions."""
    return ripe(Idea.objects.all(), rule, at=at).count()
