"""The boards, and the lists of questions."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.people.readers import ReaderRequest

from ..lists import board_rows, boards_for, page_of, questions_on, topic_rows
from ..models import Board

STATES = ("unanswered", "solved")
LONGEST = 3


@require_safe
@cached_for_strangers
def forum(request: ReaderRequest) -> HttpResponse:
    """All boards, and who has waited longest. `?filter=` leads to the list of that state."""
    state = request.GET.get("filter", "")
    if state in STATES:
        return redirect(f"{reverse('forum-topics')}?{urlencode({'filter': state})}")
    rows = board_rows(request.user)
    boards = {row.board.pk: row.board for row in rows}
    waiting = questions_on(boards).unanswered()[:LONGEST] if boards else []  # type: ignore[attr-defined]
    context = {"rows": rows, "waiting": topic_rows(list(waiting), boards)}
    return render(request, "forum/forum.html", context)


@require_safe
@cached_for_strangers
def board(request: ReaderRequest, slug: str) -> HttpResponse:
    """The questions of one board."""
    found = get_object_or_404(Board.objects.visible_to(request.user), slug=slug)
    if found.holds == Board.Holds.IDEAS:
        return redirect(found)
    context = {"board": found, "ask_url": f"{reverse('forum-ask')}?board={found.slug}"}
    return _list(request, {found.pk: found}, context)


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
    page = page_of(questions_on(boards), state=state, after=request.GET.get("after", ""))
    here = reverse("forum-topics") if context["board"] is None else request.path
    more = {"filter": state} if state else {}
    first_url = f"{here}?{urlencode(more)}" if more else here
    context |= {
        "rows": topic_rows(page.rows, boards),
        "state": state,
        "tabs": _tabs(here, state),
        "next_url": f"{here}?{urlencode({**more, 'after': page.next_after})}"
        if page.next_after
        else "",
        "first_url": first_url if page.after else "",
    }
    return render(request, "forum/topics.html", context)


def _tabs(here: str, state: str) -> list[dict[str, Any]]:
    """The lists beside this one: address, words, and whether it is this one."""
    words = {"": _("Newest"), "unanswered": _("Unanswered"), "solved": _("Solved")}
    return [
        {"url": f"{here}?filter={name}" if name else here, "words": word, "is_here": name == state}
        for name, word in words.items()
    ]
