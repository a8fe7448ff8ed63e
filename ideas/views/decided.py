"""You asked, we did: every idea that was looked at, and what happened next."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.people.readers import ReaderRequest

from ..outcomes import columns, looking_at


@require_safe
@cached_for_strangers
def decided(request: ReaderRequest) -> HttpResponse:
    """The same page for everybody: of what anybody may read."""
    doing, done, refused = columns()
    context = {"looking": looking_at(), "kept": [doing, done], "refused": refused}
    return render(request, "ideas/decided.html", context)
