"""Lists of ideas: what an address asks for, and which rows that is. A row is shown by `cards`."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db.models import Q, QuerySet, Value
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from taggit.models import Tag

from community.core.paging import (
    PAGE_SIZE,
    Page,
    as_page,
    place_of,
    rows_beyond,
)
from community.core.wording import grouped_number
from community.people.models import Store
from community.people.prepared import prepared_for_anybody, prepared_for_readers
from community.people.readers import Reader
from community.search.finding import keys_of
from community.search.queries import Scope
from forum.models import Board

from .cards import COLUMNS
from .models import Idea
from .models.ideas import IdeaQuerySet
from .search import KIND

SORTS: Mapping[str, tuple[str, ...]] = {
    "trending": ("-heat", "-pk"),
    "top": ("-vote_count", "-pk"),
    "new": ("-pk",),
}
FILTERS = ("status", "board", "tag", "store", "q")
FLAGS = ("mine", "voted", "waiting")
COUNTED_TO = 1000
COUNT_KEPT = 60  # seconds
MOST_WORDS = 8
LONGEST = 120


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address of a list asks for; "" and False leave it open.

    `mine` are the reader's own, `voted` those they voted for, `waiting` those that still take votes
    and that nobody of the staff has said anything to.
    """

    sort: str = "trending"
    status: str = ""
    board: str = ""
    tag: str = ""
    store: str = ""
    q: str = ""
    mine: bool = False
    voted: bool = False
    waiting: bool = False

    @classmethod
    def from_query(cls, query: QueryDict) -> Wanted:
        """As the address says; an unknown order is none, what cannot be printed is left out."""
        typed: dict[str, Any] = {name: _line(query.get(name, "")) for name in FILTERS}
        typed |= {name: query.get(name, "") == "1" for name in FLAGS}
        sort = query.get("sort", "")
        return cls(**typed, sort=sort if sort in SORTS else "trending")

    @property
    def is_personal(self) -> bool:
        """Whether it asks about the reader, who then has to be known."""
        return self.mine or self.voted

    @property
    def is_filtered(self) -> bool:
        return self != Wanted(sort=self.sort)

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for one of the things that the page keeps folded."""
        return bool(self.store or self.tag or self.waiting or self.mine or self.voted)

    def query(self, *, after: str = "", **changes: Any) -> str:
        """The query of the address of this list, or of one that differs in some of it."""
        asked = replace(self, **changes)
        known = {name: getattr(asked, name) for name in FILTERS}
        if asked.sort != "trending":
            known["sort"] = asked.sort
        known |= {name: "1" if getattr(asked, name) else "" for name in FLAGS}
        known["after"] = after
        found = urlencode({name: value for name, value in known.items() if value})
        return f"?{found}" if found else ""


def boards_for(reader: Reader) -> dict[int, Board]:
    """The boards of ideas that this reader may read, by key, in their order."""
    return {board.pk: board for board in _boards(reader)}


@prepared_for_readers
def _boards(reader: Reader) -> QuerySet[Board]:
    return Board.objects.visible_to(reader).of_ideas()


def public_boards() -> dict[int, Board]:
    """The boards of ideas that everybody may read."""
    public = Board.objects.filter(audience=Board.Audience.PUBLIC).of_ideas()
    return {board.pk: board for board in public}


def ideas_wanted(
    wanted: Wanted, reader: Reader, boards: Mapping[int, Board]
) -> QuerySet[Idea, dict[str, Any]]:
    """The rows asked for, on these boards, as the columns that cards show; in no order yet.

    By the keys of boards, stores and tag, not by subqueries: the database then knows how many they
    have, and reads in the list's order where that is quicker. One's own list holds what was hidden,
    joined and withdrawn too.
    """
    on = [pk for pk, board in boards.items() if wanted.board in ("", board.slug)]
    ideas = Idea.objects.filter(board_id__in=on)
    ideas = ideas.filter(topic__author=reader.pk) if wanted.mine else ideas.unhidden()
    if wanted.voted:
        ideas = ideas.filter(votes__voter=reader.pk).annotate(is_my_vote=Value(True))
    else:
        ideas = ideas.with_vote_of(reader)
    if wanted.waiting:
        ideas = ideas.unanswered()
    if wanted.status:
        ideas = ideas.filter(status=wanted.status)
    elif not wanted.is_personal:
        ideas = ideas.listed()
    if wanted.tag or wanted.store:
        ideas = _of_tag_and_store(ideas, wanted)
    found: QuerySet[Idea, dict[str, Any]] = _with_words(ideas, wanted, boards.values()).values(
        *COLUMNS
    )
    return found


def _of_tag_and_store(ideas: IdeaQuerySet, wanted: Wanted) -> IdeaQuerySet:
    """Those with the tag and for the stores asked for, whose keys are asked for in one query."""
    tags = Tag.objects.filter(slug=wanted.tag.lower()).values_list("pk", Value("tag"))
    stores = stores_called(wanted.store).values_list("pk", Value("store"))
    asked = [
        rows.order_by() for rows, words in ((tags, wanted.tag), (stores, wanted.store)) if words
    ]
    found = list(asked[0].union(*asked[1:], all=True) if asked[1:] else asked[0])
    if wanted.tag:
        ideas = ideas.filter(topic__topic_tags__tag__in=[pk for pk, of in found if of == "tag"])
    if wanted.store:
        ideas = ideas.filter(store__in=[pk for pk, of in found if of == "store"])
    return ideas


def page_of(
    ideas: QuerySet[Idea, dict[str, Any]], wanted: Wanted, *, after: str = ""
) -> Page[dict[str, Any]]:
    """A page of them in the order asked for."""
    keys = SORTS[wanted.sort]
    place = place_of(Idea.objects.all(), keys, after)
    return as_page(list(_behind(ideas, wanted.sort, place)), keys, after)


def _behind(
    ideas: QuerySet[Idea, dict[str, Any]], sort: str, place: Sequence[Any]
) -> QuerySet[Idea, dict[str, Any]]:
    """The rows behind a place of an order.

    In the order of keys the topic's is bounded too: PostgreSQL walks both tables side by side, and
    would go through all newer topics first, so that a page cost more the deeper it lies.
    """
    if sort == "new" and place:
        ideas = ideas.extra(where=['"forum_topic"."id" < %s'], params=list(place))
    return rows_beyond(ideas, SORTS[sort], place, size=PAGE_SIZE)


class Listing:
    """What a reader wants of these boards: a page of it, and how many there are."""

    def __init__(self, wanted: Wanted, reader: Reader, boards: Mapping[int, Board]) -> None:
        self.wanted = wanted
        self.reader = reader
        self.boards = boards

    @cached_property
    def ideas(self) -> QuerySet[Idea, dict[str, Any]]:
        return ideas_wanted(self.wanted, self.reader, self.boards)

    def page(self, after: str) -> Page[dict[str, Any]]:
        """A page of them; the query of what most people ask for is prepared."""
        wanted, keys = self.wanted, SORTS[self.wanted.sort]
        if wanted.is_personal or wanted.is_narrow or wanted.q:
            return page_of(self.ideas, wanted, after=after)
        place = place_of(Idea.objects.all(), keys, after)
        on = tuple(pk for pk, each in self.boards.items() if wanted.board in ("", each.slug))
        found = _rows_beyond(self.reader, *place, sort=wanted.sort, status=wanted.status, on=on)
        return as_page(found, keys, after)

    def count(self, page: Page[dict[str, Any]]) -> int:
        """How many there are, to one over a thousand. Where they fit on this page, its rows; else
        remembered for a minute, save of one's own lists."""
        if not page.after and not page.next_after:
            return len(page.rows)
        if self.wanted.is_personal:
            return _count(self.ideas)
        asked = f"{','.join(map(str, sorted(self.boards)))}{self.wanted.query(sort='trending')}"
        key = f"ideas:count:{hashlib.sha256(asked.encode()).hexdigest()}"
        found: int | None = cache.get(key)
        if found is None:
            found = _count(self.ideas)
            cache.set(key, found, timeout=COUNT_KEPT)
        return found


@prepared_for_anybody
def _rows_beyond(
    reader: Reader, *place: Any, sort: str, status: str, on: tuple[int, ...]
) -> QuerySet[Idea, dict[str, Any]]:
    """The rows behind a place in an order, on these boards."""
    boards = {pk: Board(pk=pk) for pk in on}
    ideas = ideas_wanted(Wanted(sort=sort, status=status), reader, boards)
    return _behind(ideas, sort, place)


def count_words(count: int) -> str:
    """How many ideas a list has, as its reader hears it."""
    if count > COUNTED_TO:
        return _("More than 1,000 ideas")
    return ngettext("%(count)s idea", "%(count)s ideas", count) % {"count": grouped_number(count)}


def stores_called(words: str) -> QuerySet[Store]:
    """The stores of this code or postcode, or with each of these words in name, city or state."""
    named = Q()
    for word in words.replace(",", " ").split()[:MOST_WORDS]:
        named &= Q(name__icontains=word) | Q(city__icontains=word) | Q(state__iexact=word)
    return Store.objects.filter(Q(code=words) | Q(postcode=words) | named)


def _count(ideas: QuerySet[Idea, dict[str, Any]]) -> int:
    return ideas.order_by().values("pk")[: COUNTED_TO + 1].count()


def _with_words(ideas: QuerySet[Idea], wanted: Wanted, boards: Collection[Board]) -> QuerySet[Idea]:
    """Those that say all the words. One's own are looked through, because the index leaves out
    what was hidden, joined and withdrawn.
    """
    if not wanted.q:
        return ideas
    if not wanted.mine:
        audiences = {board.audience for board in boards}
        scope = Scope(KIND, sorted(audiences), [board.pk for board in boards])
        keys = keys_of(wanted.q, scope)
        return ideas.none() if keys is None else ideas.filter(pk__in=keys)
    said = Q(topic__posts__no=1)
    for word in wanted.q.split()[:MOST_WORDS]:
        said &= Q(topic__title__icontains=word) | Q(topic__posts__text__icontains=word)
    return ideas.filter(said)


def _line(text: str) -> str:
    """What was typed into an address as one printable line."""
    printable = "".join(char if char.isprintable() else " " for char in text[: 2 * LONGEST])
    return " ".join(printable.split())[:LONGEST]
