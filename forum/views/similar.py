"""“Has it been answered?”: questions like the one that is being written."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from community.core.limits import LimitReached, check_limit
from community.people.door import client_of
from community.people.readers import ReaderRequest
from community.search.seen import keys_seen

from ..forms import AskForm
from ..lists import TopicRow
from ..similar import questions_like, questions_unseen


@require_http_methods(["GET", "HEAD", "POST"])
def while_typing(request: ReaderRequest) -> HttpResponse:
    """The questions for who pauses while typing one; GET leads to the page where one types."""
    if request.method != "POST":
        return redirect("forum-ask")
    try:
        check_limit("similar", request.user.pk or client_of(request))
    except LimitReached:
        return HttpResponse(status=204)
    typed = request.POST
    rows = questions_like(typed.get("title", ""), typed.get("body", ""), request.user)
    return render(request, "forum/_similar.html", _context(rows))


def before_asking(request: ReaderRequest, form: AskForm) -> HttpResponse | None:
    """The step before a question is asked, where others ask the same and its writer has not seen
    them; None where nothing stands in its way. What was typed goes along.
    """
    typed = form.cleaned_data
    seen = keys_seen(request.POST.get("seen", ""))
    rows = questions_unseen(typed["title"], typed["body"], request.user, seen)
    if not rows:
        return None
    return render(request, "forum/similar.html", {"form": form, **_context(rows)})


def _context(rows: Sequence[TopicRow]) -> dict[str, object]:
    return {"rows": rows, "seen": ",".join(str(row.pk) for row in rows)}
