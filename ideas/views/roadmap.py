"""The roadmap: what is coming, what has come, and whether promises were kept."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.people.readers import ReaderRequest

from ..roadmap import score, what_is_ahead, what_is_done


@require_safe
@cached_for_strangers
def roadmap(request: ReaderRequest) -> HttpResponse:
    """The same page for everybody; `after` goes on through what was done, further back."""
    at = timezone.now()
    done, page = what_is_done(request.GET.get("after", ""))
    here = reverse("ideas-roadmap")
    context = {
        "ahead": None if page.after else what_is_ahead(at),
        "done": done,
        "score": score(at),
        "first_url": here if page.after else "",
        "next_url": f"{here}?{urlencode({'after': page.next_after})}" if page.next_after else "",
    }
    return render(request, "ideas/roadmap.html", context)
