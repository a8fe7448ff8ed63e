"""What is open in corporate review, as it stands this moment."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.core.paging import page_by_key
from community.people.readers import MemberRequest

from ..dossiers import dossiers_of
from ..models import Audience, Decision, Escalation
from .review_door import reviewers_only

DECIDED_LATELY = 5
OPEN_KEYS = ("due_at", "pk")


@require_safe
@reviewers_only
def review(request: MemberRequest) -> HttpResponse:
    """Every open case by due date, what was decided lately, and the way to close a period."""
    now = timezone.now()
    cases = Escalation.objects.open().visible_to(request.user).with_case()
    page = page_by_key(cases, OPEN_KEYS, after=request.GET.get("after", ""))
    dossiers = dossiers_of(page.rows, at=now)
    rows = [
        {"case": case, "dossier": dossiers[case.pk], "is_overdue": case.is_overdue(now)}
        for case in page.rows
    ]
    lately = Decision.objects.published().filter(
        escalation__in=Escalation.objects.visible_to(request.user)
    )
    context = {
        "rows": rows,
        "page": page,
        "lately": lately.select_related("idea__topic").order_by("-published_at")[:DECIDED_LATELY],
        "audiences": list(Audience.objects.order_by("name")),
    }
    return render(request, "review/review.html", context)
