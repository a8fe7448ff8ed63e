"""The staff's public answers as an Atom feed."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers

from ..answers import AnswerRow, answer_rows, public_answers

ENTRIES = 20


@require_safe
@cached_for_strangers
def feed(request: HttpRequest) -> HttpResponse:
    """The newest answers, each with its question and who signed it."""
    rows = answer_rows(list(public_answers()[:ENTRIES]))
    answers = Atom1Feed(
        title=_("Answers from %(company)s") % {"company": settings.BRAND_COMPANY},
        link=settings.SITE_URL + reverse("answers"),
        description=_("Questions of customers, answered by staff."),
        feed_url=settings.SITE_URL + reverse("answers-feed"),
        author_name=settings.BRAND_COMPANY,
    )
    for row in rows:
        _add(answers, row)
    return HttpResponse(
        answers.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )


def _add(answers: Atom1Feed, row: AnswerRow) -> None:
    answers.add_item(
        title=row.title,
        link=settings.SITE_URL + row.url,
        description=row.html.replace('href="/', f'href="{settings.SITE_URL}/'),
        author_name=row.byline,
        unique_id=f"tag:{urlsplit(settings.SITE_URL).hostname},2026:post/{row.pk}",
        pubdate=row.at,
        updateddate=row.edited_at or row.at,
        categories=[row.board],
    )
