"""What became of my ideas and votes."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.htmx import SeeOther
from community.people.readers import MemberRequest, members_only

from ..actions.looking import mark_seen
from ..became import OUTCOMES, overview, page_of


@require_safe
@members_only
def mine(request: MemberRequest) -> HttpResponse:
    """What is new, then a few of each outcome; `?outcome=` has all of one, paged by key."""
    slug = request.GET.get("outcome", "")
    if not slug:
        return render(request, "ideas/mine.html", {"all": overview(request.user)})
    outcome = next((each for each in OUTCOMES if each.slug == slug), None)
    if outcome is None:
        raise Http404("There is no such outcome.")
    rows, page = page_of(request.user, outcome, after=request.GET.get("after", ""))
    here = f"{reverse('my-ideas')}?{urlencode({'outcome': slug})}"
    context = {
        "outcome": outcome,
        "rows": rows,
        "first_url": here if page.after else "",
        "next_url": f"{here}&{urlencode({'after': page.next_after})}" if page.next_after else "",
    }
    return render(request, "ideas/mine_of.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def seen(request: MemberRequest) -> HttpResponse:
    """Say that one has seen what is new, up to the newest that was shown."""
    if request.method == "POST":
        mark_seen(request.user, up_to=_moment(request.POST.get("up_to", "")))
        return SeeOther(reverse("my-ideas"))
    context = {
        "heading": _("Have you seen what is new?"),
        "text": _("It goes to its place among the others then."),
        "button": _("I have seen it"),
        "action": request.path,
        "cancel": reverse("my-ideas"),
    }
    return render(request, "components/confirm.html", context)


def _moment(text: str) -> datetime:
    """The moment that the page said, never one to come; now where it said none."""
    now = timezone.now()
    try:
        said = parse_datetime(text[:40])
    except ValueError:
        return now
    return min(said, now) if said and timezone.is_aware(said) else now
