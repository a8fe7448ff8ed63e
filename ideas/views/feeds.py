"""Atom feeds of what anybody may read, and of one's own lists at an address of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from community.core.page_cache import cached_for_strangers
from community.people.readers import Reader
from forum.models import Board

from ..cards import idea_rows
from ..lists import Wanted, boards_for, ideas_wanted, page_of, public_boards
from ..outcomes import newest_outcomes
from ..own_feeds import read_key
from ..roadmap import newest_turns
from .lists import heading_of, order_words, require_known

ENTRIES = 20
OWN_KEPT = 300  # seconds


@require_safe
@cached_for_strangers
def ideas(request: HttpRequest) -> HttpResponse:
    """The first twenty of a list, by the same order and filters as the list itself."""
    wanted = Wanted.from_query(request.GET)
    if wanted.is_personal:
        raise Http404("One's own lists have no feed.")
    boards = public_boards()
    require_known(wanted, boards)
    words = {"brand": settings.BRAND_NAME, "order": order_words(wanted)}
    feed = _feed(
        _("Ideas at %(brand)s, %(order)s") % words,
        page=reverse("ideas") + wanted.query(),
        here=request.get_full_path(),
    )
    _add_ideas(feed, wanted, AnonymousUser(), boards)
    return _atom(feed)


@require_safe
@cache_control(private=True, max_age=OWN_KEPT)
def own(request: HttpRequest) -> HttpResponse:
    """A list of the member's that the key names, whoever asks: a feed reader cannot sign in."""
    found = read_key(request.GET.get("key", ""))
    if found is None:
        raise Http404("This key opens no list.")
    wanted = replace(Wanted.from_query(request.GET), mine=found.mine, voted=found.voted)
    boards = boards_for(found.member)
    require_known(wanted, boards)
    words = {
        "list": heading_of(wanted, boards),
        "brand": settings.BRAND_NAME,
        "order": order_words(wanted),
    }
    feed = _feed(
        _("%(list)s at %(brand)s, %(order)s") % words,
        page=reverse("ideas") + wanted.query(),
        here=request.get_full_path(),
    )
    _add_ideas(feed, wanted, found.member, boards)
    answer = _atom(feed)
    answer["X-Robots-Tag"] = "noindex"
    return answer


@require_safe
@cached_for_strangers
def decided(request: HttpRequest) -> HttpResponse:
    """The newest decisions, each with its reason."""
    feed = _feed(
        _("You asked, %(company)s answered") % {"company": settings.BRAND_COMPANY},
        page=reverse("ideas-decided"),
        here=request.get_full_path(),
    )
    for decision in newest_outcomes()[:ENTRIES]:
        idea = decision.idea
        feed.add_item(
            title=f"{idea.get_status_display()}: {idea.topic.title}",
            link=settings.SITE_URL + idea.get_absolute_url(),
            description=decision.reason,
            unique_id=f"{_tag(idea.pk)}/decision/{decision.pk}",
            pubdate=decision.published_at,
            updateddate=decision.published_at,
            categories=[idea.get_status_display()],
        )
    return _atom(feed)


@require_safe
@cached_for_strangers
def roadmap(request: HttpRequest) -> HttpResponse:
    """The newest promises, each once more when it was kept or its day was missed."""
    feed = _feed(
        _("Roadmap of %(company)s") % {"company": settings.BRAND_COMPANY},
        page=reverse("ideas-roadmap"),
        here=request.get_full_path(),
    )
    for turn in newest_turns(ENTRIES):
        idea = turn.idea
        feed.add_item(
            title=f"{turn.words}: {idea.topic.title}",
            link=settings.SITE_URL + idea.get_absolute_url(),
            description=turn.text,
            unique_id=f"{_tag(idea.pk)}/promise/{turn.promise.pk}/{turn.state}",
            pubdate=turn.at,
            updateddate=turn.at,
            categories=[idea.get_status_display()],
        )
    return _atom(feed)


def _add_ideas(
    feed: Atom1Feed, wanted: Wanted, reader: Reader, boards: Mapping[int, Board]
) -> None:
    """The first twenty of a list, as this reader may read them."""
    found = page_of(ideas_wanted(wanted, reader, boards), wanted).rows
    for row, columns in zip(idea_rows(found, boards), found, strict=True):
        feed.add_item(
            title=row.title,
            link=settings.SITE_URL + row.url,
            description=row.excerpt,
            unique_id=_tag(row.pk),
            pubdate=columns["created_at"],
            updateddate=columns["created_at"],
            categories=[row.board, row.status_words],
        )


def _feed(title: str, *, page: str, here: str) -> Atom1Feed:
    return Atom1Feed(
        title=title,
        link=settings.SITE_URL + page,
        description=title,
        feed_url=settings.SITE_URL + here,
        author_name=settings.BRAND_NAME,
    )


def _tag(pk: int) -> str:
    """The name of an idea that outlives its address."""
    return f"tag:{urlsplit(settings.SITE_URL).hostname},2026:idea/{pk}"


def _atom(feed: Atom1Feed) -> HttpResponse:
    return HttpResponse(
        feed.writeString("utf-8"), content_type="application/atom+xml; charset=utf-8"
    )
