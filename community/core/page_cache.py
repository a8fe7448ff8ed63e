"""Pages for strangers, kept for some seconds: nothing of a signed-in reader is ever stored."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
VERSION = "pages:version"


def forget_pages() -> None:
    """Make every kept page old once this transaction is committed: for what was hidden."""
    transaction.on_commit(_bump)


def _bump() -> None:
    try:
        cache.incr(VERSION)
    except ValueError:
        cache.set(VERSION, 2, timeout=None)


def cached_for_strangers(view: View[P]) -> View[P]:
    """Keep the page for whoever comes without a session; others always get a fresh one."""

    @wraps(view)
    def answered(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return view(request, *args, **kwargs)
        key = _key(request)
        kept = cache.get(key)
        if isinstance(kept, HttpResponse):
            return kept
        response = view(request, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:
            cache.set(key, response, timeout=settings.PAGE_CACHE_SECONDS)
        return response

    return answered


def _key(request: HttpRequest) -> str:
    parts = [
        str(cache.get(VERSION, 1)),
        get_language() or "",
        request.COOKIES.get("theme", ""),
        request.headers.get("HX-Request", ""),
        request.get_full_path(),
    ]
    return "page:" + hashlib.sha256("\n".join(parts).encode()).hexdigest()
