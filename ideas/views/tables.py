"""A list of ideas as a table to download: the same order and filters, public columns only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.limits import LimitReached, check_limit
from community.core.paging import page_by_key
from community.core.tables import csv_answer
from community.people.door import client_of
from community.people.readers import Reader, ReaderRequest, is_member
from forum.models import Board

from ..lists import SORTS, Wanted, boards_for, ideas_wanted
from .lists import require_known

AT_ONCE = 500
HEADER = (
    "id",
    "title",
    "status",
    "board",
    "store",
    "votes",
    "imported_votes",
    "comments",
    "posted_at",
    "answered_at",
    "address",
)
COLUMNS = (
    "pk",
    "topic__title",
    "status",
    "board_id",
    "store__name",
    "vote_count",
    "heat",
    "imported_votes",
    "topic__reply_count",
    "created_at",
    "answered_at",
    "topic__slug",
)


@require_safe
def ideas(request: ReaderRequest) -> HttpResponse | StreamingHttpResponse:
    """The list as CSV, at most CSV_ROWS rows, read page by page by key while it is sent."""
    wanted = Wanted.from_query(request.GET)
    if wanted.is_personal and not is_member(request.user):
        return redirect_to_login(request.get_full_path())
    boards = boards_for(request.user)
    require_known(wanted, boards)
    try:
        check_limit("csv", client_of(request))
    except LimitReached as limit:
        return _later(request, wanted, limit)
    rows = islice(idea_cells(wanted, request.user, boards), settings.CSV_ROWS)
    return csv_answer("ideas", HEADER, rows)


def idea_cells(
    wanted: Wanted, reader: Reader, boards: Mapping[int, Board]
) -> Iterator[tuple[object, ...]]:
    """The cells of every idea of the list, in its order."""
    found, after = ideas_wanted(wanted, reader, boards).values(*COLUMNS), ""
    while True:
        page = page_by_key(found, SORTS[wanted.sort], after=after, size=AT_ONCE)
        for row in page.rows:
            yield (
                row["pk"],
                row["topic__title"],
                row["status"],
                boards[row["board_id"]].slug,
                row["store__name"],
                row["vote_count"],
                row["imported_votes"],
                row["topic__reply_count"],
                row["created_at"].isoformat(timespec="seconds"),
                row["answered_at"].isoformat(timespec="seconds") if row["answered_at"] else None,
                f"{settings.SITE_URL}/ideas/{row['pk']}-{row['topic__slug']}/",
            )
        after = page.next_after
        if not after:
            return


def _later(request: ReaderRequest, wanted: Wanted, limit: LimitReached) -> HttpResponse:
    context = {
        "heading": _("That was often"),
        "text": limit.sentence,
        "link": reverse("ideas") + wanted.query(),
        "link_words": _("Back to the list"),
    }
    return render(request, "components/sentence.html", context, status=429)
