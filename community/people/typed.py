"""What was typed into a form when its session had ended: kept until after sign-in, without script.

The row is a held act that waits for no code: its token, in the address to come back to, opens it.
"""

from __future__ import annotations

import json
from datetime import timedelta

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from community.core.limits import LimitReached, check_limit

from .door import client_of
from .drafts import MAX_CHARACTERS
from .held import Outcome, resume
from .models import HeldAct, User

KIND = "people.typed"
KEPT = timedelta(days=1)
NOT_TYPED = {"csrfmiddlewaretoken"}


def sign_in_and_come_back(request: HttpRequest) -> HttpResponse:
    """Lead to sign-in, and from there back here with what was posted, if anything was."""
    return redirect_to_login(_keep(request) or request.get_full_path())


def typed_before(request: HttpRequest, path: str) -> MultiValueDict[str, str]:
    """What was typed for this address before signing in; empty if nothing was."""
    token = request.GET.get("typed", "")
    if not token or not token.isprintable():
        return MultiValueDict()
    rows = HeldAct.objects.filter(token=token, kind=KIND, expires_at__gt=timezone.now())
    act = rows.first()
    if act is None or act.payload.get("path") != path:
        return MultiValueDict()
    return MultiValueDict(act.payload["fields"])


@resume(KIND)
def lead_back(act: HeldAct, user: User) -> Outcome:
    """To the form, for whoever opens the act itself."""
    return Outcome(_address(act), _("You are signed in. Nothing you typed is lost."))


def _keep(request: HttpRequest) -> str:
    """Keep the posted fields and answer the address that opens them; empty where that cannot be."""
    fields = {name: request.POST.getlist(name) for name in request.POST.keys() - NOT_TYPED}
    words = json.dumps(fields, ensure_ascii=False)
    is_storable = len(words) <= MAX_CHARACTERS and "\\u0000" not in words
    if request.method != "POST" or not fields or not is_storable:
        return ""
    try:
        words.encode()
        check_limit("typed", client_of(request))
    except (UnicodeEncodeError, LimitReached):
        return ""
    act = HeldAct.objects.create(
        kind=KIND,
        payload={"path": request.path, "fields": fields},
        expires_at=timezone.now() + KEPT,
    )
    return _address(act)


def _address(act: HeldAct) -> str:
    return f"{act.payload['path']}?typed={act.token}"
