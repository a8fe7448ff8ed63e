"""What a member wants by mail."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.people.readers import MemberRequest, members_only

from .. import actions
from ..forms import PreferencesForm


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def preferences(request: MemberRequest) -> HttpResponse:
    """Choose by category whether mail comes; notices on the page come in any case."""
    form = PreferencesForm(request.user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        actions.choose_mail(request.user.pk, form.choices())
        messages.success(request, _("Saved. This holds from the next mail on."))
        return SeeOther(resolve_url("preferences"))
    return render(request, "notifications/preferences.html", {"form": form})
