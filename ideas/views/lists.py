"""The list of ideas."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.people.readers import Reader, ReaderRequest, is_member
from forum.models import Board

from ..cards import idea_rows
from ..chips import chips
from ..empty_lists import nothing_there
from ..lists import Listing, Wanted, boards_for, count_words
from ..own_feeds import own_feed_path
from ..statuses import LISTED, Status


@require_safe
@cached_for_strangers
def ideas(request: ReaderRequest) -> HttpResponse:
    """Ideas by the order and the filters in the address, twenty a page."""
    wanted = Wanted.from_query(request.GET)
    if wanted.is_personal and not is_member(request.user):
        return redirect_to_login(request.get_full_path())
    boards = boards_for(request.user)
    require_known(wanted, boards)
    listing = Listing(wanted, request.user, boards)
    page = listing.page(request.GET.get("after", ""))
    here = reverse("ideas")
    context = {
        "rows": idea_rows(page.rows, boards),
        "count_words": count_words(listing.count(page)),
        "order_words": order_words(wanted),
        "wanted": wanted,
        "tabs": _tabs(here, wanted),
        "boards": boards.values(),
        "statuses": [(status.value, status.label) for status in Status if status in LISTED],
        "next_url": here + wanted.query(after=page.next_after) if page.next_after else "",
        "first_url": here + wanted.query() if page.after else "",
        "feed_url": _feed_url(wanted, request.user),
        "csv_url": reverse("ideas-csv") + wanted.query(),
        "chips": chips(here, wanted, boards),
        "more_is_open": wanted.is_narrow,
        "heading": heading_of(wanted, boards),
        "nothing": None if page.rows else nothing_there(wanted, is_end=bool(page.after)),
    }
    return render(request, "ideas/list.html", context)


def require_known(wanted: Wanted, boards: Mapping[int, Board]) -> None:
    """Raise Http404 for a board that the reader may not read, and for a status that is none."""
    slugs = {"", *(board.slug for board in boards.values())}
    if wanted.board not in slugs or wanted.status not in {"", *Status.values}:
        raise Http404("There is no such list.")


def order_words(wanted: Wanted) -> str:
    """In which order they stand, in words."""
    words = {
        "trending": _("gaining votes fastest first"),
        "top": _("most votes first"),
        "new": _("newest first"),
    }
    return words[wanted.sort]


def _feed_url(wanted: Wanted, reader: Reader) -> str:
    """The list's feed; of one's own list at an address that only its reader is shown."""
    if wanted.is_personal and is_member(reader):
        return own_feed_path(reader, wanted)
    return reverse("ideas-feed") + wanted.query()


def _tabs(here: str, wanted: Wanted) -> list[dict[str, Any]]:
    """The orders: address, words, and whether it is this one."""
    words = {"trending": _("Rising"), "top": _("Most votes"), "new": _("New")}
    return [
        {"url": here + wanted.query(sort=sort), "words": word, "is_here": sort == wanted.sort}
        for sort, word in words.items()
    ]


def heading_of(wanted: Wanted, boards: Mapping[int, Board]) -> str:
    """What the list is called."""
    if wanted.mine:
        return _("My ideas")
    if wanted.voted:
        return _("Ideas I voted for")
    names = [board.name for board in boards.values() if board.slug == wanted.board]
    return _("Ideas: %(board)s") % {"board": names[0]} if names else _("Ideas")
