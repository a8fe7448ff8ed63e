"""How many have been told of a decision: the figures that move while a reader waits."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.core.htmx import SeeOther, is_htmx
from community.people.readers import ReaderRequest

from ..models import Decision, Idea


@require_safe
def told(request: ReaderRequest, pk: int) -> HttpResponse:
    """The ledger of the idea's last decision, as a fragment; without script the idea itself."""
    shown = Idea.objects.visible_to(request.user).filter(pk=pk)
    decisions = Decision.objects.published().filter(idea__in=shown).select_related("idea__topic")
    decision = decisions.order_by("-published_at").first()
    if decision is None:
        raise Http404
    if not is_htmx(request):
        return SeeOther(decision.idea.get_absolute_url())
    return render(request, "ideas/_told.html", {"decision": decision})
