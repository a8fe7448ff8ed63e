"""One click that stops mail, for people and for mail programs (RFC 8058)."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from .. import actions
from ..tokens import Stop, read_token


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """POST stops the mail, or with `undo` brings it back; GET only asks: scanners follow links.

    The token alone says who and what: no account, no cookie. A repeat changes nothing.
    """
    stop = read_token(token)
    if stop is None:
        raise Http404("This link is not one of ours.")
    is_undo = "undo" in request.POST
    if request.method == "POST":
        actions.stop_or_start(stop.user_id, stop.category, by_mail=is_undo)
    return render(request, "notifications/unsubscribe.html", _words(request, stop, is_undo=is_undo))


def _words(request: HttpRequest, stop: Stop, *, is_undo: bool) -> dict[str, object]:
    """What the page says: the question, or what is now the case."""
    category = {"category": stop.category.label}
    if request.method != "POST":
        heading = _("Stop these mails?")
        text = _("You will get no more mail of this kind: %(category)s.")
    elif is_undo:
        heading = _("The mails go on")
        text = _("You get mail of this kind again: %(category)s.")
    else:
        heading = _("These mails are stopped")
        text = _("You get no more mail of this kind: %(category)s.")
    return {
        "heading": heading,
        "text": text % category,
        "is_done": request.method == "POST",
        "is_undo": is_undo,
    }
