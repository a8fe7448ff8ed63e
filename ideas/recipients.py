"""Who is told of a decision: its author, voters, commenters, those who share it, and followers.

A vote is the subscription; opting out is a watch of level "nothing". Counted is what was there when
the decision was published. Each way of asking is one source, read by key in order of member, so
that a batch costs the same wherever it begins.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet

from community.notifications.models import Watch
from community.people.models import User
from community.people.permissions import MODERATORS
from forum.models import Board, MeToo, Post

from .models import CoAuthor, Decision, Idea, IdeaJoin, Outcome, Telling, Vote

WATCHED = "topic"
FOLLOWING = (Watch.Level.ALL, Watch.Level.DECISIONS)


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
    return _next_allowed(decision, _sources(decision, news), after=after, at=at)


def next_to_hear_again(decision: Decision, *, after: int, at: datetime) -> dict[int, str]:
    """The next who hear, each with why, that the decision was taken back at that moment.

    That is who was written down to be told of it, and who would be told of a decision made now.
    """
    sources = [*_told(decision), *crowd(decision.idea, before=at)]
    return _next_allowed(decision, sources, after=after, at=at)


def _next_allowed(
    decision: Decision, sources: list[Source], *, after: int, at: datetime
) -> dict[int, str]:
    """The next of these who may be told, at most TELLING_BATCH; empty only at the end."""
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
    people = people.exclude(pk__in=_who_opted_out(idea).values("user"))
    if idea.board.audience == Board.Audience.EMPLOYEES:
        works_here = Q(employee_record__is_active=True) | Q(is_superuser=True)
        keeps_clean = Q(pk__in=User.objects.filter(groups__name=MODERATORS).values("pk"))
        people = people.filter(works_here | keeps_clean)
    return people


def crowd(idea: Idea, *, before: datetime) -> list[Source]:
    """Each reason to be told, with the rows that give it, made before this moment.

    Reasons for the ideas that were joined with it then are as good as for the idea itself.
    """
    return _reasons([idea.pk, *_joined(idea, by=before)], before=before)


def _reasons(ideas: Sequence[int], *, before: datetime) -> list[Source]:
    """The sources of these ideas. Votes are one for each idea: only so they are read by key."""
    because = Telling.Because
    posts = Post.objects.filter(topic__in=ideas, created_at__lte=before)
    writers = CoAuthor.objects.accepted().filter(idea__in=ideas, accepted_at__lte=before)
    votes = [Vote.objects.filter(idea=pk, invalidation=None, at__lte=before) for pk in ideas]
    shared = MeToo.objects.filter(topic__in=ideas, at__lte=before)
    watches = Watch.objects.filter(kind=WATCHED, object_id__in=ideas, at__lte=before)
    follows = watches.filter(level__in=FOLLOWING)
    return [
        Source(because.POSTED, User.objects.filter(topics__in=ideas), "pk"),
        Source(because.WROTE, writers, "member_id"),
        *(Source(because.VOTED, of_one, "voter_id") for of_one in votes),
        Source(because.COMMENTED, posts.published().replies(), "author_id"),
        Source(because.SHARED, shared, "member_id"),
        Source(because.FOLLOWS, follows, "user_id"),
    ]


def _joined(idea: Idea, *, by: datetime, since: datetime | None = None) -> list[int]:
    """The ideas that were joined with this one at that moment; those that came since, if said."""
    joins = IdeaJoin.objects.filter(Q(parted_at=None) | Q(parted_at__gt=by), canonical=idea)
    joins = joins.filter(at__lte=by)
    if since is not None:
        joins = joins.filter(at__gt=since)
    return list(joins.order_by("duplicate").values_list("duplicate", flat=True).distinct())


def _who_opted_out(idea: Idea) -> QuerySet[Watch]:
    """Who wants to hear nothing: of this idea, or of a joined one and never asked for this."""
    watches = Watch.objects.filter(kind=WATCHED, level=Watch.Level.NONE)
    joined = list(idea.duplicates.values_list("pk", flat=True))
    here = Q(object_id=idea.pk)
    if not joined:
        return watches.filter(here)
    votes = Vote.objects.filter(idea=idea, voter=OuterRef("user"))
    follows = Watch.objects.filter(
        kind=WATCHED, object_id=idea.pk, user=OuterRef("user"), level__in=FOLLOWING
    )
    return watches.filter(here | Q(object_id__in=joined) & ~Exists(votes) & ~Exists(follows))


def _sources(decision: Decision, news: str) -> list[Source]:
    """Of a decision the crowd at its publication; of its outcome those who were told of it.

    Of an outcome also who came with the ideas that have been joined with it in between.
    """
    published = decision.published_at or decision.drafted_at
    if news == Telling.News.DECISION:
        return crowd(decision.idea, before=published)
    kept = Outcome.objects.values_list("published_at", flat=True).get(decision=decision)
    later = _joined(decision.idea, by=kept, since=published) if kept else []
    return [*_told(decision), *(_reasons(later, before=kept) if kept and later else [])]


def _told(decision: Decision) -> list[Source]:
    """Who was written down to be told of the decision, by why."""
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
