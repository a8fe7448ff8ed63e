"""Saying that a promise was kept, or missed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.people.readers import MemberRequest
from forum.models import Topic

from ..actions.promising import keep_promise, miss_promise
from ..models import Decision
from ..review_forms import NoteForm
from ..review_permissions import may_close_promise
from .review_door import initial_of, signed_in_only


@require_http_methods(["GET", "POST"])
@signed_in_only
def keep(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that it is done, and tell everybody; GET asks for a note."""
    return _close(request, pk, kept=True)


@require_http_methods(["GET", "POST"])
@signed_in_only
def miss(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that the day was missed; GET asks for a note."""
    return _close(request, pk, kept=False)


def _close(request: MemberRequest, pk: int, *, kept: bool) -> HttpResponse:
    decision = _decision(request, pk)
    typed = initial_of(NoteForm, request, request.path)
    form = NoteForm(request.POST if request.method == "POST" else None, initial=typed)
    if not form.is_valid():
        return _ask(request, decision, form, kept=kept)
    close = keep_promise if kept else miss_promise
    if close(decision, by=request.user, note=form.cleaned_data["note"]):
        messages.success(
            request,
            _("Marked as done. Everyone who was told of the decision is told of this.")
            if kept
            else _("Marked as missed. You can still mark it as done later."),
        )
    return SeeOther(decision.idea.get_absolute_url())


def _decision(request: MemberRequest, pk: int) -> Decision:
    """The decision of this promise, if the reader may see it (404) and close it (403)."""
    rows = Decision.objects.select_related("idea__topic", "promise__topic__board__department")
    decision = get_object_or_404(
        rows, promise=pk, idea__topic__in=Topic.objects.visible_to(request.user)
    )
    if decision.promise is None or not may_close_promise(request.user, decision.promise):
        raise PermissionDenied
    return decision


def _ask(request: MemberRequest, decision: Decision, form: NoteForm, *, kept: bool) -> HttpResponse:
    heading = _("Is this done: %(title)s?") if kept else _("Was this missed: %(title)s?")
    context = {
        "heading": heading % {"title": decision.idea.topic.title},
        "text": _("Your note stands on the idea’s page, with today’s date."),
        "button": _("Mark as done and tell everyone") if kept else _("Mark as missed"),
        "action": request.path,
        "cancel": decision.idea.get_absolute_url(),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "components/confirm.html", context, status=status)
