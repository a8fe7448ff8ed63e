"""Where forms save what is being typed."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import drafts as kept_drafts
from ..readers import ReaderRequest, is_member

NOT_TYPED = {"key", "csrfmiddlewaretoken", "payload", "forget"}


@require_http_methods(["GET", "HEAD", "POST"])
def drafts(request: ReaderRequest) -> HttpResponse:
    """Keep the fields posted under `key` (each alone, or all as JSON in `payload`): 204.

    With `forget` the draft is thrown away. GET leads to the list of one's drafts.
    """
    if request.method != "POST":
        return redirect(f"{reverse('me')}#drafts")
    if not is_member(request.user):
        return HttpResponse(_("Sign in to keep drafts."), status=403)
    key = request.POST.get("key", "")
    if "forget" in request.POST:
        kept_drafts.forget(request.user, key)
        return redirect(f"{reverse('me')}#drafts")
    try:
        kept_drafts.keep(request.user, key, _typed(request))
    except ValueError:
        return HttpResponseBadRequest(_("This cannot be kept as a draft."))
    return HttpResponse(status=204)


def _typed(request: HttpRequest) -> dict[str, str]:
    """The form's fields by name. Raises ValueError where `payload` holds anything else."""
    if "payload" not in request.POST:
        return {name: request.POST.get(name, "") for name in request.POST.keys() - NOT_TYPED}
    try:
        payload = json.loads(request.POST["payload"])
    except RecursionError as deep:
        raise ValueError from deep
    if not isinstance(payload, dict):
        raise ValueError
    texts = {name: text for name, text in payload.items() if name not in NOT_TYPED}
    if not all(isinstance(text, str) for text in texts.values()):
        raise ValueError
    return texts
