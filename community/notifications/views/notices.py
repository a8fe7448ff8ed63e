"""A member's notices."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from community.core.htmx import SeeOther
from community.core.kinds import BIGGEST_KEY
from community.people.readers import MemberRequest, members_only

from .. import actions
from ..lists import group_named, groups_for, notices_page


@require_safe
@never_cache
@members_only
def notices(request: MemberRequest) -> HttpResponse:
    """What the member was told, newest first, all of it or one group."""
    slug = request.GET.get("about", "")
    group = group_named(slug)
    if slug and group is None:
        raise Http404("There is no such group.")
    page = notices_page(request.user, group=group, after=request.GET.get("after", ""))
    here = f"{request.path}?about={slug}&" if slug else f"{request.path}?"
    context = {
        "page": page,
        "groups": groups_for(request.user),
        "group": group,
        "next_url": f"{here}after={page.next_after}" if page.next_after else "",
        "first_url": here[:-1] if request.GET.get("after") else "",
    }
    return render(request, "notifications/notices.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def read(request: MemberRequest) -> HttpResponse:
    """Mark all read that had come when the page was made."""
    if request.method == "POST":
        actions.mark_read(request.user, up_to=_number(request, "up_to"))
        messages.success(request, _("All notices are marked read."))
        return SeeOther(resolve_url("notifications"))
    newest = notices_page(request.user).newest
    context = {
        "heading": _("Mark all notices read?"),
        "button": _("Mark all read"),
        "action": request.path,
        "cancel": resolve_url("notifications"),
        "fields": {"up_to": newest},
    }
    return render(request, "components/confirm.html", context)


def _number(request: HttpRequest, name: str) -> int:
    """A number that was posted; where it is none, the biggest: everything."""
    typed = request.POST.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else BIGGEST_KEY
