"""“Is it one of these?”: ideas like the one that is being written."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from community.core.limits import LimitReached, check_limit
from community.people.door import client_of
from community.people.readers import ReaderRequest
from community.search.seen import keys_seen

from ..forms import IdeaForm
from ..models import Idea
from ..similar import ideas_like, ideas_unseen


@require_http_methods(["GET", "HEAD", "POST"])
def while_typing(request: ReaderRequest) -> HttpResponse:
    """The ideas for who pauses while typing a title; GET leads to the page where one types."""
    if request.method != "POST":
        return redirect("idea-new")
    try:
        check_limit("similar", request.user.pk or client_of(request))
    except LimitReached:
        return HttpResponse(status=204)
    typed = request.POST
    ideas = ideas_like(typed.get("title", ""), typed.get("body", ""), request.user)
    return render(request, "ideas/_similar.html", _context(request, ideas))


def before_posting(request: ReaderRequest, form: IdeaForm) -> HttpResponse | None:
    """The step before an idea is posted, where others say the same and its writer has not seen
    them; None where nothing stands in its way. What was typed goes along.
    """
    typed = form.cleaned_data
    seen = keys_seen(request.POST.get("seen", ""))
    ideas = ideas_unseen(typed["title"], typed["body"], request.user, seen)
    if not ideas:
        return None
    return render(request, "ideas/similar.html", {"form": form, **_context(request, ideas)})


def _context(request: ReaderRequest, ideas: Sequence[Idea]) -> dict[str, object]:
    seen = ",".join(str(idea.pk) for idea in ideas)
    return {"ideas": ideas, "reader": request.user, "seen": seen}
