"""Noticing votes that come in a burst from few networks or fresh accounts; people judge them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, F, Max, Min, QuerySet
from django.utils import timezone

from community.activity.actions import audit
from community.moderation.actions import close_queued, queue
from community.people.models import User

from ..models import Vote, VoteAlarm

QUEUED = "vote_alarm"
LOOKED_AT = 50_000  # newest votes; found by their key, so that the table may grow as it likes
FEW = 3  # networks
LOOKED_FOR = (Vote.Source.PAGE, Vote.Source.MAIL)


@dataclass(frozen=True, slots=True)
class Burst:
    """The votes for one idea within the time looked at, and how many of them look alike."""

    idea_id: int
    sign: str
    since: datetime
    until: datetime
    votes: int
    suspect: int

    @property
    def is_alarming(self) -> bool:
        enough = self.votes >= settings.VOTE_ALARM_VOTES
        return enough and self.suspect >= self.votes * float(settings.VOTE_ALARM_SHARE)


def raise_alarms(at: datetime) -> int:
    """Look at the newest votes, and put what looks odd before the moderators; answer how much."""
    recent = _recent_votes(at)
    if recent is None:
        return 0
    busy = recent.order_by().values("idea").annotate(votes=Count("pk"))
    ideas = busy.filter(votes__gte=settings.VOTE_ALARM_VOTES).values_list("idea", flat=True)
    bursts = (burst for pk in list(ideas) for burst in _bursts(recent.filter(idea=pk), pk))
    return sum(_put(burst, at=at) for burst in bursts if burst.is_alarming)


@transaction.atomic
def settle_alarm(alarm: VoteAlarm, *, by: User, at: datetime | None = None) -> bool:
    """Find nothing wrong with the burst; answer whether nobody had settled it."""
    at = at or timezone.now()
    if not settle_alarms([alarm.idea_id], by=by, at=at, pk=alarm.pk):
        return False
    after = {"votes": alarm.votes, "suspect": alarm.suspect}
    audit("votes.found_right", alarm.idea, kind="idea", by=by, after=after, at=at)
    return True


def settle_alarms(ideas: Iterable[int], *, by: User, at: datetime, **which: int) -> int:
    """Take the open alarms of these ideas off the queue; answer how many there were."""
    mine = VoteAlarm.objects.open().filter(idea__in=list(ideas), **which)
    keys = list(mine.values_list("pk", flat=True))
    settled = mine.filter(pk__in=keys).update(settled_at=at, settled_by=by)
    close_queued(QUEUED, keys, by=by, at=at)
    return settled


def _recent_votes(at: datetime) -> QuerySet[Vote] | None:
    """The newest votes that members cast themselves within the time looked at."""
    newest = Vote.objects.order_by("-pk").values_list("pk", flat=True).first()
    if newest is None:
        return None
    since = at - timedelta(minutes=settings.VOTE_ALARM_MINUTES)
    rows = Vote.objects.filter(pk__gt=newest - LOOKED_AT, at__gt=since, at__lte=at)
    return rows.filter(source__in=LOOKED_FOR, invalidation=None)


def _bursts(votes: QuerySet[Vote], idea_id: int) -> Iterator[Burst]:
    """What the votes of one idea look like by each sign, since somebody last found them right."""
    for sign in VoteAlarm.Sign.values:
        settled = VoteAlarm.objects.filter(idea=idea_id, sign=sign).exclude(settled_at=None)
        seen = settled.aggregate(until=Max("until"))["until"]
        new = votes.filter(at__gt=seen) if seen else votes
        span = new.aggregate(votes=Count("pk"), since=Min("at"), until=Max("at"))
        if span["votes"]:
            suspect = _from_few(new) if sign == VoteAlarm.Sign.FEW_NETWORKS else _fresh(new)
            yield Burst(idea_id=idea_id, sign=sign, suspect=suspect, **span)


def _from_few(votes: QuerySet[Vote]) -> int:
    """How many come from the three networks with the most."""
    counts = votes.exclude(network="").order_by().values("network").annotate(votes=Count("pk"))
    return sum(counts.order_by("-votes").values_list("votes", flat=True)[:FEW])


def _fresh(votes: QuerySet[Vote]) -> int:
    """How many come from accounts that were new when they voted."""
    new = timedelta(hours=settings.NEWCOMER_HOURS)
    return votes.filter(voter__joined_at__gt=F("at") - new).count()


@transaction.atomic
def _put(burst: Burst, *, at: datetime) -> bool:
    """Keep the alarm, or what has become of the open one; answer whether it is new."""
    figures = {
        "since": burst.since,
        "until": burst.until,
        "votes": burst.votes,
        "suspect": burst.suspect,
    }
    alarm, is_new = VoteAlarm.objects.get_or_create(
        idea_id=burst.idea_id,
        sign=burst.sign,
        settled_at=None,
        defaults={"found_at": at, **figures},
    )
    if is_new:
        queue(QUEUED, alarm.pk, at=at)
    else:
        VoteAlarm.objects.open().filter(pk=alarm.pk).update(**figures)
    return is_new
