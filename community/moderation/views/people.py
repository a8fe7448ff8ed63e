"""A member as moderators know them, and what is done about them."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.people import actions as people
from community.people.models import User
from community.people.readers import MemberRequest

from .. import actions
from ..cases import history_of
from ..forms import SanctionForm
from .guard import moderators_only


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: MemberRequest, username: str) -> HttpResponse:
    """What is known of the member; POST warns, suspends, lifts, or takes the name away."""
    member = get_object_or_404(User.objects.named(username))
    form = SanctionForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            messages.success(request, _act(member, form, by=request.user))
            return SeeOther(f"/moderation/people/{member.username}/")
        except Refused as fault:
            form.add_error(None, fault.sentence)
    context = {"form": form, "history": history_of(member, request.user)}
    status = 422 if form.errors else 200
    return render(request, "moderation/person.html", context, status=status)


def _act(member: User, form: SanctionForm, *, by: User) -> str:
    """Do what the moderator chose; answer what was done. Raises Refused."""
    act, reason = form.cleaned_data["act"], form.cleaned_data["reason"]
    if act == "warn":
        people.warn(member, by=by, reason=reason)
        return _("The member is warned.")
    if act == "suspend":
        people.suspend(member, until=form.ends_at, by=by, reason=reason)
        return _("The member is suspended.")
    if act == "lift":
        people.lift(member, by=by, reason=reason)
        return _("The suspension is lifted.")
    actions.take_name_away(member, by=by, reason=reason)
    return _("The member has a plain name now.")
