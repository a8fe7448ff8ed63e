"""One log line for each request, without its query, which may hold what is private."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

logger = logging.getLogger("heard.access")


class AccessLogMiddleware:
    """Method, path, status, milliseconds, and the id of the member when somebody asked for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.monotonic()
        response = self.get_response(request)
        facts = {
            "method": request.method,
            "path": request.path,
            "status": response.status_code,
            "ms": round((time.monotonic() - started) * 1000, 1),
            "user": _known_member(request),
        }
        logger.info("%s %s", request.method, request.path, extra=facts)
        return response


def _known_member(request: HttpRequest) -> int | None:
    """The member's key if the page has looked them up; logging alone does not open the session."""
    member = getattr(request, "_cached_user", None)
    return member.pk if member is not None else None
