"""The public answers of the company's people."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.core.paging import page_by_key
from community.people.readers import ReaderRequest

from ..answers import NEWEST, answer_rows, public_answers


@require_safe
@cached_for_strangers
def answers(request: ReaderRequest) -> HttpResponse:
    """Questions with what the staff answered, newest first: the same page for everybody."""
    page = page_by_key(public_answers(), NEWEST, after=request.GET.get("after", ""))
    here = reverse("answers")
    context = {
        "rows": answer_rows(page.rows),
        "next_url": f"{here}?{urlencode({'after': page.next_after})}" if page.next_after else "",
        "first_url": here if page.after else "",
    }
    return render(request, "forum/answers.html", context)
