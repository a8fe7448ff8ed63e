"""What became of a member's ideas and votes: what is new since their last look, then by outcome.

One's own are the ideas that one posted, writes with others, or voted for; of a joined one the idea
that counts for it. The cost follows how many these are, not how many ideas there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
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


@dataclass(slots=True)
class Row:
    """An idea of the member's: why it is theirs, and what happened to it last."""

    pk: int
    status: str
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
    """Some rows with one outcome, and how many there are in all."""

    outcome: Outcome
    count: int = 0
    rows: list[Row] = field(default_factory=list)


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
    ideas, since = ideas_of(member), last_look(member)
    fresh = _changed_since(ideas, since).order_by(*NEWEST)[:MOST_NEW]
    new = _rows(list(fresh), member, since)
    shown = {row.pk for row in new}
    counts = dict(ideas.order_by().values_list("status").annotate(Count("pk")))
    rows = _rows([idea for idea in _newest_of_each(ideas) if idea.pk not in shown], member, since)
    groups = [_group(outcome, counts, rows) for outcome in OUTCOMES]
    newest = max((row.at for row in new), default=None)
    return Overview(new, [group for group in groups if group.count], newest)


def page_of(member: User, outcome: Outcome, *, after: str) -> tuple[list[Row], Page[Any]]:
    """All with one outcome, what changed last first; a page by key."""
    ideas = ideas_of(member).filter(status__in=outcome.statuses)
    page = page_by_key(ideas, NEWEST, after=after)
    return _rows(page.rows, member, last_look(member)), page


def ideas_of(member: User) -> QuerySet[Any, Any]:
    """One's own that one may read, each with its last change and what one has to do with it."""
    posted = Topic.objects.filter(author=member, kind=Topic.Kind.IDEA).values_list("pk")
    wrote = CoAuthor.objects.accepted().filter(member=member).values_list("idea_id")
    voted = Vote.objects.filter(voter=member).values_list("idea_id")
    own = Idea.objects.filter(pk__in=posted.order_by().union(wrote, voted))
    stand = own.values_list(Coalesce("duplicate_of_id", "pk"))
    readable = Q(topic__hidden_at=None) | Q(topic__author=member)
    ideas = Idea.objects.filter(readable, pk__in=stand, board_id__in=list(boards_for(member)))
    return _with_part(_with_last_change(ideas), member).select_related("topic")


def last_look(member: User) -> datetime | None:
    """When the member last said that they have seen what is new."""
    return Look.objects.filter(member=member).values_list("at", flat=True).first()


def _with_last_change(ideas: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    changes = IdeaStatusChange.objects.filter(idea=OuterRef("pk")).exclude(kind__in=QUIET)
    last = changes.order_by("-at", "-pk")
    return ideas.annotate(
        change_id=Subquery(last.values("pk")[:1]),
        changed_at=Coalesce(Subquery(last.values("at")[:1]), F("created_at")),
    )


def _with_part(ideas: QuerySet[Any, Any], member: User) -> QuerySet[Any, Any]:
    votes = Vote.objects.filter(Q(idea=OuterRef("pk")) | Q(counted_on=OuterRef("pk")), voter=member)
    writes = CoAuthor.objects.accepted().filter(idea=OuterRef("pk"), member=member)
    return ideas.annotate(
        voted_at=Subquery(votes.order_by("at").values("at")[:1]), writes_it=Exists(writes)
    )


def _changed_since(ideas: QuerySet[Any, Any], since: datetime | None) -> QuerySet[Any, Any]:
    changed = ideas.filter(change_id__isnull=False)
    return changed.filter(changed_at__gt=since) if since else changed


def _newest_of_each(ideas: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """A few more of each outcome than are shown: some may stand among the new."""
    whens = [When(status__in=each.statuses, then=Value(each.slug)) for each in OUTCOMES]
    outcome = Case(*whens, default=Value(""), output_field=CharField())
    newest = [F("changed_at").desc(), F("pk").desc()]
    place = Window(RowNumber(), partition_by=outcome, order_by=newest)
    return ideas.annotate(place=place).filter(place__lte=FEW + MOST_NEW).order_by(*NEWEST)


def _group(outcome: Outcome, counts: dict[str, int], rows: list[Row]) -> Group:
    count = sum(counts.get(status, 0) for status in outcome.statuses)
    return Group(outcome, count, [row for row in rows if row.status in outcome.statuses][:FEW])


def _rows(ideas: Iterable[Any], member: User, since: datetime | None) -> list[Row]:
    """What the page shows of each; one query for what happened."""
    ideas = list(ideas)
    keys = [idea.change_id for idea in ideas if idea.change_id]
    changes = IdeaStatusChange.objects.in_bulk(keys)
    return [_row(idea, changes.get(idea.change_id), member, since) for idea in ideas]


def _row(idea: Any, change: IdeaStatusChange | None, member: User, since: datetime | None) -> Row:
    step = steps([change])[0] if change else None
    return Row(
        pk=idea.pk,
        status=idea.status,
        url=idea.get_absolute_url(),
        title=idea.topic.title,
        pill=pill(idea.status, idea.get_status_display()),
        because=_because(idea, member),
        happened=step.title if step else "",
        facts=step.text if step else "",
        at=idea.changed_at,
        votes=idea.vote_count,
        is_new=change is not None and (since is None or idea.changed_at > since),
    )


def _because(idea: Any, member: User) -> str:
    if idea.topic.author_id == member.pk:
        return _("You posted it")
    if idea.writes_it:
        return _("You write it too")
    if idea.voted_at is None:
        return _("Joined with an idea of yours")
    return _("You voted on %(day)s") % {"day": day_words(local_day(idea.voted_at))}
