"""Refuses, before anything else looks at them, requests that no browser sends."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotAllowed
from django.utils.translation import gettext as _

from ..views.errors import bad_request

METHODS = ["GET", "HEAD", "POST"]
CHARSETS = {"", "utf-8"}


class RefuseMiddleware:
    """Odd verbs (405), charsets other than UTF-8, undecodable addresses and huge forms (400)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        if not _is_utf8(request):
            return bad_request(request, reason=_("Texts have to be sent as UTF-8."))
        if not _has_readable_address(request):
            return bad_request(request, reason=_("This address holds broken characters."))
        if _is_huge_form(request):
            return bad_request(request, reason=_("That was too large to be taken."))
        return self.get_response(request)


def _is_utf8(request: HttpRequest) -> bool:
    """Whether the body claims a charset we read; `utf-7` once made stock Django fall over."""
    charset = (request.content_params or {}).get("charset", "")
    return charset.strip().lower() in CHARSETS


def _has_readable_address(request: HttpRequest) -> bool:
    """Whether the query is UTF-8, and neither it nor the path holds the NUL no database takes."""
    query = unquote_to_bytes(str(request.META.get("QUERY_STRING", "")))
    try:
        return "\x00" not in request.path + query.decode()
    except UnicodeDecodeError:
        return False


def _is_huge_form(request: HttpRequest) -> bool:
    """Whether a form without files says that it is larger than Django would read."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return True
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return request.content_type != "multipart/form-data" and length > most
