"""The comments of an idea: one window of them, in one of three orders, each with its address.

By number (newest, oldest, around one comment) a window is a range of numbers; by helpfulness it is
a page by key. Either way one query, and the last costs what the first does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from django.db.models import F
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from community.core.paging import page_by_key
from community.core.templatetags.heard import pill
from community.people.prepared import prepared_for_readers
from community.people.readers import Reader
from forum.models.posts import PostQuerySet
from forum.pages import WINDOW, PostRow, PostsPage, Rows, posts_for, posts_page, window_of

from .models import Idea, Stance
from .permissions import may_comment

NUMBER_LENGTH = 9
MOST_HELPFUL = ("-helpfulness", "-pk")


@dataclass(frozen=True, slots=True)
class Order:
    """One order of comments: its words, its address, and whether it is this one."""

    words: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Comments:
    """A window of the comments, and the addresses of the windows around it ("" = none)."""

    rows: list[PostRow]
    count: int
    order: str
    orders: list[Order]
    older_url: str
    newer_url: str

    @property
    def is_oldest_first(self) -> bool:
        return self.order == "oldest"


def comments_of(idea: Idea, reader: Reader, query: QueryDict) -> Comments:
    """The window asked for: `?at=` holds a number, `?before=` ends before one; `?order=oldest`,
    `?order=helpful` (from `&after=` on), else the newest. Raises Http404 for what never was."""
    at, order = _number(query, "at"), query.get("order", "")
    if order == "helpful" and at is None:
        rows, older, newer = _most_helpful(idea, reader, query.get("after", ""))
    elif at is not None or order == "oldest":
        order = "oldest"
        rows, older, newer = _in_order(idea, reader, at or 1)
    else:
        order = "newest"
        rows, older, newer = _newest_first(idea, reader, _number(query, "before"))
    mark_sides(rows, idea, reader)
    orders = _orders(idea.get_absolute_url(), order)
    return Comments(rows, idea.topic.reply_count, order, orders, older, newer)


def with_sides(posts: PostQuerySet) -> PostQuerySet:
    """Annotate `mark`: which side of the idea the comment takes, if any."""
    return posts.annotate(mark=F("stance__side"))


@prepared_for_readers
def windows(reader: Reader, topic: int, first: int, last: int) -> PostQuerySet:
    """The posts between two numbers, each with its side."""
    return with_sides(window_of(reader, topic, first, last))


@lru_cache(maxsize=16)
def side_pills(language: str) -> dict[str, SafeString]:
    """What stands beside a comment's writer, by the side they take, in this language."""
    return {side.value: pill(side.value, str(side.label)) for side in Stance.Side}


def listed_comments(idea: Idea, reader: Reader) -> PostQuerySet:
    """All comments that the reader may read. Not by `no > 1`: that would draw another index."""
    posts = with_sides(posts_for(idea.topic, reader))
    return posts.exclude(no=1).filter(is_decision=False)


def mark_sides(rows: list[PostRow], idea: Idea, reader: Reader) -> None:
    """Turn the side of each comment into what stands beside its writer, who may change it there."""
    words = side_pills(get_language() or "")
    own = reader.pk if reader.is_authenticated and may_comment(idea) else None
    for row in rows:
        row.mark = words.get(row.mark, "")
        if own is not None and row.author_id == own and not (row.is_staff or row.is_hidden):
            to = f"/ideas/{idea.pk}/comments/{row.no}/side/"
            row.mark = format_html('<a href="{}">{}</a>', to, row.mark or _("For or against?"))


def _most_helpful(idea: Idea, reader: Reader, after: str) -> tuple[list[PostRow], str, str]:
    here = f"{idea.get_absolute_url()}?order=helpful"
    page = page_by_key(listed_comments(idea, reader), MOST_HELPFUL, after=after, size=WINDOW)
    make_row = Rows(idea.topic, reader)
    older = f"{here}&after={page.next_after}#comments" if page.next_after else ""
    return [make_row(post) for post in page.rows], older, f"{here}#comments" if after else ""


def _in_order(idea: Idea, reader: Reader, at: int) -> tuple[list[PostRow], str, str]:
    page = posts_page(idea.topic, reader, at_no=at, windows=windows)
    return _comments(page), page.earlier_url, page.later_url


def _newest_first(idea: Idea, reader: Reader, before: int | None) -> tuple[list[PostRow], str, str]:
    """The newest, or those before a number."""
    topic, here = idea.topic, idea.get_absolute_url()
    end = min(before - 1 if before else topic.highest_no, topic.highest_no)
    page = posts_page(topic, reader, after_no=max(0, end - WINDOW), windows=windows)
    older = "" if page.first_no <= 2 else f"{here}?before={page.first_no}#comments"
    newer = f"{here}#comments" if before and before <= topic.highest_no else ""
    # The first windows of a short topic would reach past `before`.
    rows = [row for row in _comments(page) if before is None or row.no < before]
    return rows[::-1], older, newer


def _comments(page: PostsPage) -> list[PostRow]:
    return [row for row in page.rows if row.no > 1 and not row.is_decision]


def _orders(here: str, order: str) -> list[Order]:
    words = {
        "newest": (_("Newest"), "#comments"),
        "helpful": (_("Most helpful"), "?order=helpful#comments"),
        "oldest": (_("Oldest"), "?order=oldest#comments"),
    }
    return [Order(word, here + to, name == order) for name, (word, to) in words.items()]


def _number(query: QueryDict, name: str) -> int | None:
    """A post's number from the address; anything else is none."""
    text = query.get(name, "")
    fits = text.isascii() and text.isdigit() and len(text) <= NUMBER_LENGTH
    return int(text) or None if fits else None
