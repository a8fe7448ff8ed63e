"""One view with script and without: a fragment for htmx, a redirect for everybody else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import render, resolve_url
from django.utils.cache import patch_vary_headers


class SeeOther(HttpResponseRedirectBase):
    """303: it is done; look here for what became of it. Reloading that page repeats nothing."""

    status_code = 303


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment, not for a whole page to show or to restore."""
    headers = request.headers
    wants_page = "HX-Boosted" in headers or "HX-History-Restore-Request" in headers
    return headers.get("HX-Request") == "true" and not wants_page


def fragment_or_redirect(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, to: Any
) -> HttpResponse:
    """The fragment for htmx; for others a 303 to an address, a named address or a thing's page."""
    response: HttpResponse
    if is_htmx(request):
        response = render(request, template, dict(context))
    else:
        response = SeeOther(resolve_url(to))
    patch_vary_headers(response, ["HX-Request"])
    return response
