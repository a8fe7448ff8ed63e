"""Closing a topic or an idea to new posts, and opening it again."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.people.readers import MemberRequest
from forum.actions import lock_topic, unlock_topic
from forum.models import Topic

from ..forms import PublicReasonForm
from .guard import moderators_only


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def lock(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the reason that everybody will read, then take no more posts."""
    words = {
        "heading": _("Lock this conversation?"),
        "lead": _("Nobody can add to it or edit it until it is unlocked. Votes go on."),
        "button": _("Lock it"),
        "done": _("Locked. Everybody reads why."),
    }
    return _ask_and_do(request, pk, lock_topic, words, is_danger=True)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then take posts again."""
    words = {
        "heading": _("Unlock this conversation?"),
        "lead": _("Everybody who can read it can write in it again."),
        "button": _("Unlock it"),
        "done": _("Unlocked."),
    }
    return _ask_and_do(request, pk, unlock_topic, words, is_danger=False)


def _ask_and_do(
    request: MemberRequest,
    pk: int,
    act: Callable[..., bool],
    words: dict[str, str],
    *,
    is_danger: bool,
) -> HttpResponse:
    """The page with the reason, and the act."""
    topic = get_object_or_404(Topic.objects.visible_to(request.user), pk=pk)
    form = PublicReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if act(topic, by=request.user, reason=form.cleaned_data["reason"]):
            messages.success(request, words["done"])
        else:
            messages.info(request, _("Somebody else had done that already."))
        return SeeOther(topic.get_absolute_url())
    context = {"topic": topic, "form": form, "is_danger": is_danger, **words}
    return render(request, "moderation/topic.html", context, status=422 if form.errors else 200)
