"""Lets htmx follow a redirect as a browser would, so that no page is swapped into a button."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urljoin, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from ..htmx import is_htmx


class HtmxRedirectMiddleware:
    """Answers 204 with `HX-Redirect` instead of a redirect, unless the view speaks htmx itself."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_redirect = 300 <= response.status_code < 400 and "Location" in response
        speaks_htmx = any(name.startswith("HX-") for name in response.headers)
        if is_redirect and is_htmx(request) and not speaks_htmx:
            return _for_htmx(request, response)
        return response


def _for_htmx(request: HttpRequest, redirect: HttpResponseBase) -> HttpResponse:
    """The same redirect in htmx's words, with the cookies that came with it."""
    to = redirect["Location"]
    answer = HttpResponse(status=204, headers={"HX-Redirect": to})
    answer.cookies = redirect.cookies
    here = request.headers.get("HX-Current-URL", "")
    if _without_fragment(urljoin(here, to)) == _without_fragment(here):
        answer["HX-Refresh"] = "true"  # another anchor alone would not load the page again
    return answer


def _without_fragment(url: str) -> str:
    return urlsplit(url)._replace(fragment="").geturl()
