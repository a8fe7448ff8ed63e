"""The pages for what went wrong. Those for our own faults need no database, session or reader."""

from __future__ import annotations

import logging
import sys
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from ..logs import request_id
from ..processors import brand, theme_of

logger = logging.getLogger(__name__)

RETRY_SECONDS = 30
MOST_KEPT = 20_000  # characters of a text that is shown again
KEPT_FIELDS = ("title", "body", "reason", "note")
LAST_RESORT = "<!doctype html><title>Error</title><h1>Something broke on our side</h1>"


def bad_request(
    request: HttpRequest, exception: Exception | None = None, *, reason: str = ""
) -> HttpResponse:
    """400: we cannot read what was sent. `reason` is a sentence for the person."""
    return _bare(request, "400.html", status=400, reason=reason)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the reader may not do this. A PermissionDenied may say why, in a sentence."""
    reason = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"reason": reason}, status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form came without a good token. Shows what was typed, so that it is not lost."""
    typed = [request.POST[name][:MOST_KEPT] for name in KEPT_FIELDS if request.POST.get(name)]
    return _bare(request, "403_csrf.html", status=403, typed=typed)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is here, or nothing that this reader may see; the two look the same."""
    return render(request, "404.html", status=404)


def too_many_requests(request: HttpRequest, sentence: str, seconds: int) -> HttpResponse:
    """429: a limit was reached where no form could say so."""
    response = _bare(request, "400.html", status=429, reason=sentence)
    response["Retry-After"] = str(seconds)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: a fault of ours; 503 when it is the database that does not answer."""
    if isinstance(sys.exc_info()[1], InterfaceError | OperationalError):
        return unavailable(request)
    try:
        return _bare(request, "500.html", status=500, request_id=request_id.get())
    except Exception:
        logger.exception("the page for a fault has a fault")
        return HttpResponse(LAST_RESORT, status=500)


def unavailable(request: HttpRequest, *, maintenance: bool = False) -> HttpResponse:
    """503: the database is away, or somebody works on the site."""
    response = _bare(request, "503.html", status=503, maintenance=maintenance)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _bare(request: HttpRequest, template: str, *, status: int, **context: Any) -> HttpResponse:
    """A page rendered without the request's context processors, which may ask the database."""
    context |= {"brand": brand(), "theme": theme_of(request)}
    response = HttpResponse(render_to_string(template, context), status=status)
    response["Cache-Control"] = "no-store"
    return response
