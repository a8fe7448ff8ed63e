"""One answer for a page with script and for one without."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url


class SeeOther(HttpResponse):
    """303: what you did is done, look here."""

    status_code = 303

    def __init__(self, to: str) -> None:
        super().__init__(headers={"Location": to})

    @property
    def url(self) -> str:
        return str(self["Location"])


def is_htmx(request: HttpRequest) -> bool:
    """Whether htmx asks for a fragment."""
    return bool(getattr(request, "htmx", False))


def fragment_or_redirect(
    request: HttpRequest, template: str, context: Mapping[str, Any], *, to: Any
) -> HttpResponse:
    """The fragment for htmx; a 303 to the page (or thing) for everybody else."""
    if is_htmx(request):
        return render(request, template, dict(context))
    return SeeOther(resolve_url(to))
