"""Things in the queue that an app above put there, each kind with its own verbs."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.htmx import SeeOther
from community.people.readers import MemberRequest

from .. import actions
from ..models import Review
from ..queued import QueuedKind

MOST = 100  # of a count that nobody needs more exactly


def show_queued(
    request: MemberRequest, review: Review, kind: QueuedKind, *, skip: str = ""
) -> HttpResponse:
    """The thing with what surrounds it, and the verbs of its kind."""
    found = kind.context_of(review.object_id, request.user)
    context = {
        "review": review,
        "kind": kind,
        "is_gone": found is None,
        "waiting": Review.objects.open()[:MOST].count(),
        "most": MOST,
        "skip": skip,
        **(found or {}),
    }
    return render(request, "moderation/queued.html", context)


def decide_queued(request: MemberRequest, review: Review, kind: QueuedKind) -> HttpResponse:
    """GET shows it; POST does what its button says, and leads to the next."""
    act = request.POST.get("act", "")
    if request.method != "POST" or act not in (*kind.acts, "close"):
        return show_queued(request, review, kind)
    if act == "close":
        now = timezone.now()
        is_done = actions.close_queued(kind.name, [review.object_id], by=request.user, at=now)
        sentence = _("Closed.") if is_done else ""
    else:
        sentence = kind.acts[act](review.object_id, request.user)
    if sentence:
        messages.success(request, sentence)
    else:
        messages.info(request, _("Somebody else had decided this already."))
    return SeeOther(resolve_url("moderation"))
