"""What is open in corporate review, as it stands this moment."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from community.core.paging import page_by_key
from community.people.readers import MemberRequest, Reader

from ..dossiers import heads_of
from ..models import Audience, Decision, Escalation
from ..review_permissions import may_read_brief, may_review
from ..statuses import Verdict
from .review_door import answerers_only

DECIDED_LATELY = 5
OPEN_KEYS = ("due_at", "pk")


@require_safe
@answerers_only
def review(request: MemberRequest) -> HttpResponse:
    """The open cases by due date, what was decided lately, and the way to close a period.

    A reviewer sees what head office decides, or what departments answer; an owner their own.
    """
    now, reader = timezone.now(), request.user
    visible = Escalation.objects.open().visible_to(reader)
    is_ours = may_review(reader) and request.GET.get("with") != "departments"
    cases = visible.for_head_office() if is_ours else visible.with_departments()
    page = page_by_key(cases.with_case(), OPEN_KEYS, after=request.GET.get("after", ""))
    dossiers = heads_of(page.rows, at=now)
    rows = [
        {"case": case, "dossier": dossiers[case.pk], "is_overdue": case.is_overdue(now)}
        for case in page.rows
    ]
    here = reverse("review") + ("" if is_ours or not may_review(reader) else "?with=departments")
    join = "&" if "?" in here else "?"
    context = {
        "rows": rows,
        "page": page,
        "next_url": f"{here}{join}after={page.next_after}" if page.next_after else "",
        "first_url": here if page.after else "",
        "is_ours": is_ours,
        "may_review": may_review(reader),
        "may_brief": may_read_brief(reader),
        "lately": _decided_lately(reader),
        "audiences": list(Audience.objects.order_by("name")) if may_review(reader) else [],
    }
    return render(request, "review/review.html", context)


def _decided_lately(reader: Reader) -> QuerySet[Decision]:
    """The last decisions on cases that this reader sees; an answer alone decides nothing."""
    decisions = Decision.objects.published().exclude(verdict=Verdict.ANSWERED)
    seen = decisions.filter(escalation__in=Escalation.objects.visible_to(reader))
    return seen.select_related("idea__topic").order_by("-published_at")[:DECIDED_LATELY]
