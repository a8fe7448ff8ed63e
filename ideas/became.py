"""What became of a member's ideas and votes: what is new since their last look, then by outcome.

One's own are the ideas that one posted, writes with others, or voted for; of a joined one the idea
that counts for it. The cost follows how many these are, not how many ideas there are.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.paging import Page, page_by_key
from community.core.templatetags.heard import pill
from community.core.wording import day_words, local_day
from community.people.models import User
from forum.models import Topic

from .lists import boards_for
from .models import CoAuthor, Idea, IdeaStatusChange, Look, Vote
from .statuses import Status
from .wording import steps

FEW = 5
MOST_NEW = 10
NEWEST = ("-changed_at", "-pk")
CHANGE = ("pk", "status", "change_id", "changed_at")
QUIET = (
    IdeaStatusChange.Kind.POSTED,
    IdeaStatusChange.Kind.IMPORTED,
    IdeaStatusChange.Kind.VOTES_REMOVED,
    IdeaStatusChange.Kind.VOTES_RESTORED,
)


@dataclass(frozen=True)
class Outcome:
    """Where ideas got to, in the words of who wanted them."""

    slug: str
    title: str | Promise
    statuses: tuple[str, ...]


OUTCOMES = (
    Outcome("done", gettext_lazy("Done"), (Status.DONE, Status.EXISTS)),
    Outcome("coming", gettext_lazy("On its way"), (Status.PLANNED, Status.PILOT)),
    Outcome("review", gettext_lazy("With head office"), (Status.RAISED, Status.IN_REVIEW)),
    Outcome("no", gettext_lazy("Said no, and why"), (Status.DECLINED,)),
    Outcome("open", gettext_lazy("Still collecting votes"), (Status.OPEN,)),
    Outcome("back", gettext_lazy("Taken back"), (Status.WITHDRAWN,)),
)


@dataclass(frozen=True, slots=True)
class Change:
    """An idea by its key, where it got to, and its last change (none: only posted)."""

    pk: int
    status: str
    change_id: int | None
    at: datetime

    def is_after(self, look: datetime | None) -> bool:
        """Whether something happened since that look; before the first look all is new."""
        return self.change_id is not None and (look is None or self.at > look)


@dataclass(slots=True)
class Row:
    """An idea of the member's: why it is theirs, and what happened to it last."""

    pk: int
    url: str
    title: str
    pill: SafeString
    because: str
    happened: str
    facts: str
    at: datetime
    votes: int
    is_new: bool


@dataclass(slots=True)
class Group:
    """Some rows with one outcome; how many there are in all, and how many stand among the new."""

    outcome: Outcome
    count: int
    new_count: int
    rows: list[Row]

    @property
    def rest_count(self) -> int:
        """How many do not stand among the new: what the heading of the group counts."""
        return self.count - self.new_count

    @property
    def has_more(self) -> bool:
        return self.rest_count > len(self.rows)


@dataclass(frozen=True, slots=True)
class Overview:
    """What is new since the last look, the rest by outcome, and the moment of the newest change."""

    new: list[Row]
    groups: list[Group]
    newest_at: datetime | None

    @property
    def is_empty(self) -> bool:
        return not self.groups


def overview(member: User) -> Overview:
    """The newest of each outcome, without what stands among the new already."""
    since = last_look(member)
    changes = [Change(*row) for row in ideas_of(member).order_by(*NEWEST).values_list(*CHANGE)]
    fresh = [change for change in changes if change.is_after(since)][:MOST_NEW]
    rest = [change for change in changes if change not in fresh]
    shown = {each.slug: _with(each, rest)[:FEW] for each in OUTCOMES}
    rows = rows_of([*fresh, *(each for some in shown.values() for each in some)], member, since)
    groups = [_group(each, changes, fresh, _take(rows, shown[each.slug])) for each in OUTCOMES]
    newest = max((change.at for change in fresh), default=None)
    return Overview(_take(rows, fresh), [group for group in groups if group.count], newest)


def page_of(member: User, outcome: Outcome, *, after: str) -> tuple[list[Row], Page[Any]]:
    """All with one outcome, what changed last first; a page by key."""
    ideas = ideas_of(member).filter(status__in=outcome.statuses).values(*CHANGE)
    page = page_by_key(ideas, NEWEST, after=after)
    changes = [Change(*(row[name] for name in CHANGE)) for row in page.rows]
    return list(rows_of(changes, member, last_look(member)).values()), page


def ideas_of(member: User) -> QuerySet[Any, Any]:
    """One's own that one may read, each with its last change.

    By their keys, so that the database reads these few and no others.
    """
    posted = Topic.objects.filter(author=member, kind=Topic.Kind.IDEA).values_list("pk")
    wrote = CoAuthor.objects.accepted().filter(member=member).values_list("idea_id")
    voted = Vote.objects.filter(voter=member).values_list("idea_id")
    own = Idea.objects.filter(pk__in=posted.order_by().union(wrote, voted))
    stand = set(own.values_list(Coalesce("duplicate_of_id", "pk"), flat=True))
    readable = Q(topic__hidden_at=None) | Q(topic__author=member)
    ideas = Idea.objects.filter(readable, pk__in=stand, board_id__in=list(boards_for(member)))
    last = IdeaStatusChange.objects.filter(idea=OuterRef("pk")).exclude(kind__in=QUIET)
    last = last.order_by("-at", "-pk")
    return ideas.annotate(
        change_id=Subquery(last.values("pk")[:1]),
        changed_at=Coalesce(Subquery(last.values("at")[:1]), F("created_at")),
    )


def last_look(member: User) -> datetime | None:
    """When the member last said that they have seen what is new."""
    return Look.objects.filter(member=member).values_list("at", flat=True).first()


def rows_of(changes: list[Change], member: User, since: datetime | None) -> dict[int, Row]:
    """What the page shows of each, by its key and in this order; four queries."""
    writes = CoAuthor.objects.accepted().filter(idea=OuterRef("pk"), member=member)
    ideas = Idea.objects.select_related("topic").annotate(writes_it=Exists(writes))
    found: dict[int, Any] = ideas.in_bulk([change.pk for change in changes])
    voted = _votes_of(member, list(found))
    keys = [change.change_id for change in changes if change.change_id]
    happened = IdeaStatusChange.objects.in_bulk(keys)
    return {
        change.pk: _row(
            found[change.pk],
            happened.get(change.change_id or 0),
            because=_because(found[change.pk], member, voted.get(change.pk)),
            is_new=change.is_after(since),
        )
        for change in changes
        if change.pk in found
    }


def _group(outcome: Outcome, changes: list[Change], fresh: list[Change], rows: list[Row]) -> Group:
    return Group(outcome, len(_with(outcome, changes)), len(_with(outcome, fresh)), rows)


def _with(outcome: Outcome, changes: list[Change]) -> list[Change]:
    return [change for change in changes if change.status in outcome.statuses]


def _take(rows: dict[int, Row], changes: list[Change]) -> list[Row]:
    return [rows[change.pk] for change in changes if change.pk in rows]


def _votes_of(member: User, keys: list[int]) -> dict[int, datetime]:
    """When the member voted for each of these, there or on one that was joined with it."""
    votes = Vote.objects.filter(Q(idea__in=keys) | Q(counted_on__in=keys), voter=member)
    found: dict[int, datetime] = {}
    for idea, counted_on, at in votes.order_by("-at").values_list("idea_id", "counted_on_id", "at"):
        found[idea] = at
        if counted_on is not None:
            found[counted_on] = at
    return found


def _row(idea: Any, change: IdeaStatusChange | None, *, because: str, is_new: bool) -> Row:
    step = steps([change])[0] if change else None
    return Row(
        pk=idea.pk,
        url=idea.get_absolute_url(),
        title=idea.topic.title,
        pill=pill(idea.status, idea.get_status_display()),
        because=because,
        happened=step.title if step else "",
        facts=step.text if step else "",
        at=change.at if change else idea.created_at,
        votes=idea.vote_count,
        is_new=is_new,
    )


def _because(idea: Any, member: User, voted_at: datetime | None) -> str:
    if idea.topic.author_id == member.pk:
        return _("You posted it")
    if idea.writes_it:
        return _("You write it too")
    if voted_at is None:
        return _("Joined with an idea of yours")
    return _("You voted on %(day)s") % {"day": day_words(local_day(voted_at))}
