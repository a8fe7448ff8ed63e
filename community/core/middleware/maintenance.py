"""While MAINTENANCE is set every page says so; what watches the site still gets answers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from ..views.errors import unavailable

STILL_OPEN = ("/healthz", "/readyz")


class MaintenanceMiddleware:
    """Answers 503 with a page that needs no database."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.MAINTENANCE and request.path not in STILL_OPEN:
            return unavailable(request, maintenance=True)
        return self.get_response(request)
