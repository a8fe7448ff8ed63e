"""The log of what staff changed, for moderators to read. Nobody can edit it."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.activity.models import AuditEntry
from community.core.paging import page_by_key
from community.people.readers import MemberRequest

from ..entries import KINDS, entry_rows
from .guard import moderators_only


@moderators_only
@require_safe
def log(request: MemberRequest) -> HttpResponse:
    """Who did what, before, after and why, newest first; all of it or one kind of thing."""
    kind = request.GET.get("kind", "")
    entries = AuditEntry.objects.select_related("detail")
    if kind in KINDS:
        entries = entries.filter(kind=kind)
    page = page_by_key(entries, ("-pk",), after=request.GET.get("after", ""))
    here = {"kind": kind} if kind in KINDS else {}
    context = {
        "rows": entry_rows(page.rows, request.user),
        "kind": kind,
        "kinds": KINDS.items(),
        "next_url": f"?{urlencode({**here, 'after': page.next_after})}" if page.next_after else "",
        "first_url": f"{request.path}?{urlencode(here)}" if page.after else "",
    }
    return render(request, "moderation/log.html", context)
