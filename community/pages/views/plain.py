"""Pages that are only words, and the two files that machines ask for at the root."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.people.readers import ReaderRequest

A_DAY = 86_400  # seconds
CLOSED_TO_ROBOTS = ("/accounts/", "/held/", "/me/", "/notifications/", "/report/", "/unsubscribe/")


@require_safe
@cached_for_strangers
def about(request: ReaderRequest) -> HttpResponse:
    """What this place is, and what happens to an idea."""
    return render(request, "pages/about.html")


@require_safe
@cached_for_strangers
def house_rules(request: ReaderRequest) -> HttpResponse:
    """What goes here and what does not, and what moderators do."""
    return render(request, "pages/house_rules.html", {"version": settings.TERMS_VERSION})


@require_safe
@cached_for_strangers
def accessibility(request: ReaderRequest) -> HttpResponse:
    """How this site works for everybody, and whom to tell where it does not."""
    return render(request, "pages/accessibility.html")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def robots(request: ReaderRequest) -> HttpResponse:
    """What search engines leave alone: pages that are one person's."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_ROBOTS)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@require_safe
@cache_control(public=True, max_age=A_DAY)
def favicon(request: ReaderRequest) -> HttpResponse:
    """The icon, for browsers that ask at the old place."""
    return redirect(static("icon.svg"))
