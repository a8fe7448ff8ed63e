"""Gives each request an id that stands in its log lines, in its answer, and on the error page."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from ..logs import request_id

HEADER = "X-Request-ID"
SANE = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)


class RequestIdMiddleware:
    """Takes a proxy's id over when it looks like one; otherwise makes a new one."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get(HEADER, "")
        known_as = given if SANE.fullmatch(given) else uuid.uuid4().hex
        token = request_id.set(known_as)
        try:
            response = self.get_response(request)
            response[HEADER] = known_as
            return response
        finally:
            request_id.reset(token)
