"""Light or dark: kept in a cookie, so that pages arrive in the right colours."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from ..forms import ThemeForm
from ..htmx import SeeOther
from ..processors import THEME_COOKIE, theme_of
from ..static_files import hue_sheet

YEAR = 365 * 24 * 3600  # seconds


@require_http_methods(["GET", "HEAD", "POST"])
def theme(request: HttpRequest) -> HttpResponse:
    """Show the three choices; remember one and lead back to where the reader came from."""
    sent = request.POST if request.method == "POST" else None
    form = ThemeForm(sent, initial={"theme": theme_of(request)})
    if form.is_valid():
        response = SeeOther(_safe(request, request.POST.get("next", "")))
        _remember(response, form.cleaned_data["theme"])
        return response
    context = {"form": form, "next": _came_from(request)}
    return render(request, "core/theme.html", context, status=422 if form.errors else 200)


def hue(request: HttpRequest) -> HttpResponse:
    """The operator's hue as a style sheet, while files are not collected: joined, it is within."""
    return HttpResponse(hue_sheet(), content_type="text/css")


def _remember(response: HttpResponse, chosen: str) -> None:
    response.set_cookie(
        THEME_COOKIE,
        chosen,
        max_age=YEAR,
        samesite="Lax",
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
    )


def _came_from(request: HttpRequest) -> str:
    """Where to lead back to: as the link said, or the page of ours that the link stood on."""
    asked = request.POST.get("next") or request.GET.get("next")
    return _safe(request, asked or request.headers.get("Referer", ""))


def _safe(request: HttpRequest, address: str) -> str:
    """The address within this site, without its host; the home page for any other."""
    hosts, is_secure = {request.get_host()}, request.is_secure()
    if not url_has_allowed_host_and_scheme(address, hosts, require_https=is_secure):
        return "/"
    within = urlsplit(address)._replace(scheme="", netloc="").geturl()
    return within if within.startswith("/") and not within.startswith("//") else "/"
