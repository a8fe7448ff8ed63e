"""What the notices page shows: one member's notices, with the titles of what they may still see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core import kinds
from community.core.paging import Page, page_by_key
from community.people.models import User
from community.people.permissions import answers_cases

from .models import Category, Notification
from .phrases import phrase_of

COLUMNS = (
    "category",
    "verb",
    "kind",
    "object_id",
    "post_no",
    "at",
    "read_at",
    "actor__username",
    "actor__display_name",
)


@dataclass(frozen=True)
class Group:
    """Notices that belong together: a tab of the page, and a heading on it."""

    slug: str
    title: str | Promise
    categories: tuple[Category, ...]


GROUPS = (
    Group("decisions", gettext_lazy("Decisions"), (Category.DECISIONS,)),
    Group("replies", gettext_lazy("Replies to you"), (Category.REPLIES, Category.MENTIONS)),
    Group("followed", gettext_lazy("Followed"), (Category.WATCHES,)),
    Group("review", gettext_lazy("Review work"), (Category.REVIEW,)),
    Group("moderation", gettext_lazy("From the moderators"), (Category.MODERATION,)),
)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One notice as its member reads it; no address where the thing may no longer be seen."""

    sentence: str
    url: str
    at: datetime
    is_unread: bool


@dataclass(frozen=True, slots=True)
class Section:
    """The notices of one group on a page, newest first."""

    slug: str
    title: str | Promise
    rows: list[NoticeRow]


@dataclass(frozen=True, slots=True)
class NoticesPage:
    """Twenty notices, newest first, in sections; `newest` is the id up to which they are read."""

    sections: list[Section]
    next_after: str
    newest: int
    has_unread: bool


def groups_for(member: User) -> list[Group]:
    """The tabs of this member: review work is for reviewers."""
    return [group for group in GROUPS if group.slug != "review" or answers_cases(member)]


def group_named(slug: str) -> Group | None:
    """The group of this tab; None for all of them."""
    return next((group for group in GROUPS if group.slug == slug), None)


def notices_page(member: User, *, group: Group | None = None, after: str = "") -> NoticesPage:
    """A page of the member's notices: one query, and one for each kind of thing they name."""
    notices = Notification.objects.filter(user=member).select_related("actor").only(*COLUMNS)
    if group is not None:
        notices = notices.filter(category__in=group.categories)
    page: Page[Notification] = page_by_key(notices, ("-at", "-pk"), after=after)
    things = _things_of(page.rows, member)
    return NoticesPage(
        sections=_sections(page.rows, things),
        next_after=page.next_after,
        newest=max((notice.pk for notice in page.rows), default=0),
        has_unread=Notification.objects.unread().filter(user=member).exists(),
    )


def _things_of(notices: Sequence[Notification], reader: User) -> dict[tuple[str, int], Any]:
    """The things named that the reader may see now, by kind and id."""
    ids: dict[str, set[int]] = defaultdict(set)
    for notice in notices:
        ids[notice.kind].add(notice.object_id)
    found: dict[tuple[str, int], Any] = {}
    for name, wanted in ids.items():
        kind = kinds.get(name)
        if kind is not None:
            for thing in kind.visible_to(reader).filter(pk__in=wanted):
                found[name, thing.pk] = thing
    return found


def _sections(
    notices: Sequence[Notification], things: Mapping[tuple[str, int], Any]
) -> list[Section]:
    """The notices under the headings of their groups; a heading without notices is left out."""
    rows: dict[str, list[NoticeRow]] = defaultdict(list)
    for notice in notices:
        rows[notice.category].append(_row(notice, things.get((notice.kind, notice.object_id))))
    sections = []
    for group in GROUPS:
        together = [row for category in group.categories for row in rows.get(category, ())]
        together.sort(key=lambda row: row.at, reverse=True)
        if together:
            sections.append(Section(group.slug, group.title, together))
    return sections


def _row(notice: Notification, thing: Any | None) -> NoticeRow:
    """The notice in words, with its address where it leads somewhere."""
    kind = kinds.get(notice.kind)
    if thing is None or kind is None:
        sentence, url = _("This is about something that is no longer shown."), ""
    else:
        actor = notice.actor.name if notice.actor else _("Somebody")
        sentence, url = phrase_of(notice, kind.title_of(thing), actor), kind.url_of(thing)
    return NoticeRow(sentence, url, notice.at, is_unread=notice.read_at is None)
