"""Whole pages for strangers, kept for some seconds. Nothing of a signed-in reader is ever stored.

A page is found by its address, language and theme, and is good as long as the version of all pages
is the one it was made under: what is hidden is gone at once, a count may be some seconds old.
"""

from __future__ import annotations

import hashlib
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from .htmx import is_htmx
from .processors import theme_of

P = ParamSpec("P")
R = TypeVar("R", bound=HttpRequest)
AnyView = Callable[Concatenate[R, P], HttpResponseBase]

VERSION = "pages:version"
REBUILD_SECONDS = 5  # how long one request may take to make a page while others show the old one


@dataclass(frozen=True)
class KeptPage:
    """A page as it was answered, and until when it is fresh (by `time.time`)."""

    version: str
    fresh_until: float
    body: bytes
    headers: dict[str, str]

    @property
    def is_fresh(self) -> bool:
        return time.time() < self.fresh_until

    def answer(self) -> HttpResponse:
        return HttpResponse(self.body, headers=self.headers)


def cached_for_strangers(view: AnyView[R, P]) -> AnyView[R, P]:
    """Answer a stranger's GET with a page kept for PAGE_CACHE_SECONDS; everybody else afresh.

    When a page gets old one request makes it anew, and the others are shown the old one meanwhile.
    """

    @wraps(view)
    def answered(request: R, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if not _is_strangers(request):
            return view(request, *args, **kwargs)
        key = _key(request)
        found = cache.get_many([VERSION, key])
        version = cast(str, found.get(VERSION)) or _new_version()
        kept = found.get(key)
        if not isinstance(kept, KeptPage) or kept.version != version:
            kept = None
        if kept and (kept.is_fresh or not _may_rebuild(key)):
            return kept.answer()
        response = view(request, *args, **kwargs)
        _keep(request, response, key, version)
        return response

    return cast(AnyView[R, P], answered)


def forget_pages() -> None:
    """Make every kept page void once this transaction is committed: for what has been hidden."""
    transaction.on_commit(_new_version, robust=True)


def _new_version() -> str:
    """A version that no page was made under; random, since a counter might be lost and repeat."""
    version = uuid.uuid4().hex
    cache.set(VERSION, version, timeout=None)
    return version


def _may_rebuild(key: str) -> bool:
    """Whether it falls to this request to make the page anew; to one at a time."""
    return cache.add(f"{key}:rebuild", True, timeout=REBUILD_SECONDS)


def _is_strangers(request: HttpRequest) -> bool:
    """A GET without a session and without a message that waits to be shown."""
    personal = (settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name)
    has_none = not any(name in request.COOKIES for name in personal)
    return request.method == "GET" and has_none and settings.PAGE_CACHE_SECONDS > 0


def _key(request: HttpRequest) -> str:
    parts = (
        request.build_absolute_uri(),
        get_language() or "",
        theme_of(request),
        str(is_htmx(request)),
    )
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()


def _keep(request: HttpRequest, response: HttpResponseBase, key: str, version: str) -> None:
    """Store a page that is the same for every stranger; a token or a cookie makes it personal."""
    patch_vary_headers(response, ["Cookie", "HX-Request"])
    if not isinstance(response, HttpResponse) or response.status_code != 200:
        return
    hands_out_token = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    if response.cookies or hands_out_token or request.session.modified:
        return
    seconds = settings.PAGE_CACHE_SECONDS
    page = KeptPage(version, time.time() + seconds, response.content, dict(response.headers))
    cache.set(key, page, timeout=seconds + REBUILD_SECONDS)
    cache.delete(f"{key}:rebuild")
