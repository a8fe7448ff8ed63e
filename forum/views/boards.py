"""The boards, and the lists of questions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.core.paging import Page
from community.people.prepared import prepared_for_readers
from community.people.readers import Reader, ReaderRequest

from ..lists import board_rows, boards_for, longest_waiting, page_of, tag_called, topic_rows
from ..models import Board, Topic

STATES = ("unanswered", "solved")
LONGEST = 3
LONGEST_SLUG = 100


@require_safe
@cached_for_strangers
def forum(request: ReaderRequest) -> HttpResponse:
    """All boards, and who has waited longest. `?filter=` leads to the list of that state."""
    state = request.GET.get("filter", "")
    if state in STATES:
        return redirect(f"{reverse('forum-topics')}?{urlencode({'filter': state})}")
    rows = board_rows(request.user)
    boards = {row.board.pk: row.board for row in rows}
    waiting = longest_waiting(on=tuple(boards), most=LONGEST)
    context = {"rows": rows, "waiting": topic_rows(waiting, boards)}
    return render(request, "forum/forum.html", context)


@require_safe
@cached_for_strangers
def board(request: ReaderRequest, slug: str) -> HttpResponse:
    """The questions of one board."""
    found = _boards_called.first(request.user, slug)
    if found is None:
        raise Http404("There is no such board.")
    if found.holds == Board.Holds.IDEAS:
        return redirect(found)
    context = {"board": found, "ask_url": f"{reverse('forum-ask')}?board={found.slug}"}
    return _list(request, {found.pk: found}, context)


@prepared_for_readers
def _boards_called(reader: Reader, slug: str) -> QuerySet[Board]:
    return Board.objects.visible_to(reader).filter(slug=slug)


@require_safe
@cached_for_strangers
def topics(request: ReaderRequest) -> HttpResponse:
    """The questions of all boards."""
    return _list(request, boards_for(request.user), {"board": None})


@require_safe
@cached_for_strangers
def unanswered(request: ReaderRequest) -> HttpResponse:
    """Everybody who waits, the longest first."""
    return _list(request, boards_for(request.user), {"board": None}, state="unanswered")


def _list(
    request: HttpRequest, boards: dict[int, Board], context: dict[str, Any], *, state: str = ""
) -> HttpResponse:
    """A page of the questions on these boards, in the state the address asks for."""
    wanted = state or request.GET.get("filter", "")
    state = wanted if wanted in STATES else ""
    slug = request.GET.get("tag", "")[:LONGEST_SLUG]
    tag = tag_called(slug)
    page: Page[Topic] = Page([])
    if tag or not slug:
        page = page_of(boards, state=state, after=request.GET.get("after", ""), tag=tag)
    here = reverse("forum-topics") if context["board"] is None else request.path
    more = {"tag": tag.slug if tag else slug, "filter": state}
    context |= {
        "rows": topic_rows(page.rows, boards),
        "state": state,
        "tag": tag.name if tag else slug,
        "untagged_url": here,
        "tabs": _tabs(here, state, more),
        "next_url": f"{here}{_query(more, after=page.next_after)}" if page.next_after else "",
        "first_url": f"{here}{_query(more)}" if page.after else "",
    }
    return render(request, "forum/topics.html", context)


def _tabs(here: str, state: str, asked: dict[str, str]) -> list[dict[str, Any]]:
    """The lists beside this one, of the same tag: address, words, and whether it is this one."""
    words = {"": _("Newest"), "unanswered": _("Unanswered"), "solved": _("Solved")}
    return [
        {"url": f"{here}{_query(asked, filter=name)}", "words": word, "is_here": name == state}
        for name, word in words.items()
    ]


def _query(asked: dict[str, str], **changes: str) -> str:
    """What is asked for, with these changes, as the end of an address."""
    found = urlencode({name: value for name, value in {**asked, **changes}.items() if value})
    return f"?{found}" if found else ""
