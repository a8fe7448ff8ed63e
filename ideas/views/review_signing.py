"""Second sign-off: what waits for another person, and the page on which they allow or return it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.htmx import SeeOther
from community.core.paging import page_by_key
from community.people.readers import MemberRequest
from forum.actions.publishing import render_post

from ..actions.closing import AlreadyDecided
from ..actions.deciding import DraftChanged, public_text
from ..actions.signing import answer_sign_off
from ..models import SignOff
from ..review_kinds import visible_sign_offs
from ..review_permissions import may_review, may_sign_off
from ..work_forms import SignOffForm
from .review_door import initial_of, second_people_only

KEYS = ("asked_at", "pk")


@require_safe
@second_people_only
def sign_offs(request: MemberRequest) -> HttpResponse:
    """What waits for a second person, oldest first."""
    rows = visible_sign_offs(request.user).filter(answer="", decision__published_at=None)
    page = page_by_key(rows, KEYS, after=request.GET.get("after", ""))
    return render(request, "review/sign_offs.html", {"page": page})


@require_http_methods(["GET", "POST"])
@second_people_only
def sign_off(request: MemberRequest, pk: int) -> HttpResponse:
    """One decision to allow or to return with a note; never one's own."""
    rows = visible_sign_offs(request.user).select_related(
        "decision__idea__topic",
        "decision__idea__board",
        "decision__by",
        "decision__escalation__rule__audience",
        "by",
    )
    found = get_object_or_404(rows, pk=pk)
    is_allowed = may_sign_off(request.user, found)
    if request.method == "POST" and not is_allowed:
        raise PermissionDenied
    form = _form(request)
    if form.is_bound and form.is_valid():
        return _answered(request, found, form)
    return _page(request, found, form, is_allowed=is_allowed)


def _form(request: MemberRequest) -> SignOffForm:
    if request.method == "POST":
        return SignOffForm(request.POST)
    return SignOffForm(initial=initial_of(SignOffForm, request, request.path))


def _answered(request: MemberRequest, found: SignOff, form: SignOffForm) -> HttpResponse:
    allows = form.cleaned_data["answer"] == SignOff.Answer.ALLOWED
    note = form.cleaned_data["note"]
    try:
        if answer_sign_off(found, by=request.user, allows=allows, note=note):
            words = _("Allowed. Its writer can publish it now.")
            messages.success(
                request, words if allows else _("Returned. Its writer reads your note.")
            )
        else:
            messages.info(request, _("Somebody has answered this already."))
    except (DraftChanged, AlreadyDecided):
        messages.warning(request, _("This is not what you read any more, so nothing was signed."))
    return SeeOther(reverse("review-sign-offs"))


def _page(
    request: MemberRequest, found: SignOff, form: SignOffForm, *, is_allowed: bool
) -> HttpResponse:
    decision = found.decision
    context = {
        "sign_off": found,
        "decision": decision,
        "case": decision.escalation,
        "html": render_post(public_text(decision)).html,
        "form": form,
        "is_allowed": is_allowed,
        "is_open": not found.answer and decision.published_at is None,
        "is_reviewer": may_review(request.user),
    }
    return render(request, "review/sign_off.html", context, status=422 if form.errors else 200)
