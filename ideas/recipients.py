"""Who is told of a decision: its author, voters, commenters, those who share it, and followers.

A vote is the subscription; opting out is a watch of level "nothing". Counted is what was there when
the decision was published. Each way of asking is one source, read by key in order of member, so
that a batch costs the same wherever it begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet

from community.notifications.models import Watch
from community.people.models import User
from community.people.permissions import MODERATORS
from forum.models import Board, MeToo, Post

from .models import CoAuthor, Decision, Idea, Telling, Vote

WATCHED = "topic"


@dataclass(frozen=True)
class Source:
    """One reason to be told, the rows that give it, and their column that names the member."""

    because: str
    rows: QuerySet[Any]
    column: str

    def ids(self) -> QuerySet[Any, Any]:
        """The members, in no order."""
        return self.rows.order_by().values_list(self.column, flat=True)

    def beyond(self, member_id: int, size: int) -> QuerySet[Any, Any]:
        """The next members after this one, in order, each once."""
        later = self.rows.filter(**{f"{self.column}__gt": member_id}).order_by(self.column)
        return later.values_list(self.column, flat=True).distinct()[:size]


def next_recipients(news: str, decision_id: int, *, after: int, at: datetime) -> dict[int, str]:
    """The next members in order who are owed the news, each with why, at most TELLING_BATCH.

    Empty only at the end: batches in which nobody may be told are passed over.
    """
    decision = Decision.objects.select_related("idea__board", "idea__topic").get(pk=decision_id)
    sources = _sources(decision, news)
    while batch := _next_of_all(sources, after):
        told = eligible(decision.idea, at=at, but=decision.by_id).filter(pk__in=batch)
        allowed = set(told.values_list("pk", flat=True))
        if allowed:
            return {person: why for person, why in batch.items() if person in allowed}
        after = max(batch)
    return {}


def count_recipients(decision: Decision, *, at: datetime) -> int:
    """How many people would be told if the draft were published now."""
    first, *others = (source.ids() for source in crowd(decision.idea, before=at))
    people = first.union(*others)
    told = eligible(decision.idea, at=at, but=decision.by_id)
    return told.filter(pk__in=people).count()


def eligible(idea: Idea, *, at: datetime, but: int | None) -> QuerySet[User]:
    """Members who may open the idea, are not suspended, and have not opted out; not the decider."""
    at_large = Q(suspended_until=None) | Q(suspended_until__lte=at)
    people = User.objects.filter(at_large, is_active=True)
    if but is not None:
        people = people.exclude(pk=but)
    out = Watch.objects.filter(kind=WATCHED, object_id=idea.pk, level=Watch.Level.NONE)
    people = people.exclude(pk__in=out.values("user"))
    if idea.board.audience == Board.Audience.EMPLOYEES:
        works_here = Q(employee_record__is_active=True) | Q(is_superuser=True)
        keeps_clean = Q(pk__in=User.objects.filter(groups__name=MODERATORS).values("pk"))
        people = people.filter(works_here | keeps_clean)
    return people


def crowd(idea: Idea, *, before: datetime) -> list[Source]:
    """Each reason to be told, with the rows that give it, made before this moment."""
    because = Telling.Because
    joined = Vote.objects.filter(counted_on=idea).order_by().values_list("idea_id", flat=True)
    wanted = {idea.pk, *joined.distinct()}
    posts = Post.objects.filter(topic=idea.topic_id, created_at__lte=before)
    writers = CoAuthor.objects.accepted().filter(idea=idea)
    shared = MeToo.objects.filter(topic=idea.topic_id)
    watches = Watch.objects.filter(kind=WATCHED, object_id=idea.pk, at__lte=before)
    follows = watches.filter(level__in=[Watch.Level.ALL, Watch.Level.DECISIONS])
    return [
        Source(because.POSTED, User.objects.filter(topics=idea.topic_id), "pk"),
        Source(because.WROTE, writers.filter(accepted_at__lte=before), "member_id"),
        Source(because.VOTED, Vote.objects.filter(idea__in=wanted, at__lte=before), "voter_id"),
        Source(because.COMMENTED, posts.published().replies(), "author_id"),
        Source(because.SHARED, shared.filter(at__lte=before), "member_id"),
        Source(because.FOLLOWS, follows, "user_id"),
    ]


def _sources(decision: Decision, news: str) -> list[Source]:
    """Of a decision the crowd at its publication; of its outcome those who were told of it."""
    if news == Telling.News.DECISION:
        return crowd(decision.idea, before=decision.published_at or decision.drafted_at)
    told = Telling.objects.filter(decision=decision, news=Telling.News.DECISION)
    return [Source(why, told.filter(because=why), "recipient_id") for why in Telling.Because.values]


def _next_of_all(sources: list[Source], after: int) -> dict[int, str]:
    """The smallest ids beyond `after` over all sources, each with its first reason."""
    size = settings.TELLING_BATCH
    found: dict[int, str] = {}
    for source in sources:
        for person in source.beyond(after, size):
            found.setdefault(person, source.because)
    return {person: found[person] for person in sorted(found)[:size]}
