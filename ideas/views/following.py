"""Following an idea without voting: its topic is what is watched."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.notifications.actions import watch
from community.notifications.models import Watch
from community.people.readers import ReaderRequest, is_member

from .finding import find_idea


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: ReaderRequest, pk: int) -> HttpResponse:
    """Follow at the level posted; GET, or a stranger, is led to the page that asks."""
    idea = find_idea(request.user, pk)
    level = request.POST.get("level") or Watch.Level.ALL
    if request.method == "POST" and is_member(request.user) and level in Watch.Level.values:
        watch(request.user, "topic", idea.pk, level)
        return SeeOther(f"{idea.get_absolute_url()}#follow")
    asked = urlencode({"kind": "topic", "id": idea.pk, "level": Watch.Level.ALL})
    return SeeOther(f"{reverse('watch')}?{asked}")
