"""The page of a held act: one field for the code, or one button."""

from __future__ import annotations

from typing import Any

from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.core.limits import LimitReached, check_limit

from ..door import check_code_limits, client_of
from ..forms import CodeForm, EmailForm
from ..held import CodeRefused, confirm, finish, renew
from ..models import HeldAct, User
from ..readers import ReaderRequest, is_member


@require_http_methods(["GET", "HEAD", "POST"])
def held(request: ReaderRequest, token: str) -> HttpResponse:
    """Show the act that waits for its code; a POST brings the code, or asks for a new one."""
    act = HeldAct.objects.filter(token=token).first()
    if act is None:
        return _long_gone(request)
    if act.is_done:
        return _show_outcome(request, act)
    if request.method != "POST":
        return _page(request, act)
    if "again" in request.POST:
        return _send_again(request, act)
    if is_member(request.user) and act.belongs_to(request.user):
        return _do(request, act, by=request.user)
    return _take_code(request, act)


def _take_code(request: ReaderRequest, act: HeldAct) -> HttpResponse:
    """Check the code, sign its person in and go on with the act.

    Signing in goes through allauth's stages: where a second factor is asked, its page answers here
    and leads back to the act's page, which then has one button.
    """
    form = CodeForm(request.POST)
    try:
        check_limit("code-try", client_of(request))
        if not form.is_valid():
            return _page(request, act, form, status=422)
        user, is_new = confirm(act, form.cleaned_data["code"])
    except LimitReached as limit:
        form.add_error("code", limit.sentence)
        return _page(request, act, form, status=429)
    except CodeRefused:
        if act.is_done or not act.code_digest:  # another press of the same button was quicker
            return SeeOther(act.get_absolute_url())
        form.add_error("code", _why_refused(act))
        return _page(request, act, form, status=422)
    response = _sign_in(request, user, act, is_new=is_new)
    if is_member(request.user) and request.user.pk == user.pk:
        return _do(request, act, by=user, is_new=is_new)
    return response


def _sign_in(request: ReaderRequest, user: User, act: HeldAct, *, is_new: bool) -> HttpResponse:
    """Sign the member in through allauth, which gives the session a new key."""
    record_authentication(request, user, method="code", email=act.email)
    response: HttpResponse = perform_login(
        request,
        user,
        email_verification=EmailVerificationMethod.NONE,
        redirect_url=act.get_absolute_url(),
        signup=is_new,
        email=act.email,
    )
    return response


def _do(request: ReaderRequest, act: HeldAct, *, by: User, is_new: bool = False) -> HttpResponse:
    """Do the act, say what became of it, and lead there."""
    try:
        outcome = finish(act, by=by)
    except Refused as refused:
        return _page(request, act, refusal=refused.sentence, status=422)
    messages.success(request, outcome.sentence)
    if is_new:
        known_as = _("Others see you as %(name)s. You can choose another name on your page.")
        messages.info(request, known_as % {"name": by.name})
    return SeeOther(outcome.url)


def _send_again(request: ReaderRequest, act: HeldAct) -> HttpResponse:
    """Mail a new code, to the address corrected here if there is one."""
    form = EmailForm({"email": request.POST.get("email") or act.email})
    if not form.is_valid():
        return _page(request, act, email_form=form, status=422)
    try:
        check_code_limits(request, form.cleaned_data["email"])
    except LimitReached as limit:
        form.add_error("email", limit.sentence)
        return _page(request, act, email_form=form, status=429)
    renew(act, email=form.cleaned_data["email"])
    messages.success(request, _("A new code is on its way. The last one does not work any more."))
    return SeeOther(act.get_absolute_url())


def _why_refused(act: HeldAct) -> str:
    """What to do now that the code did not open the act."""
    if act.is_expired():
        return _("The time for this code has run out. Send a new one: nothing you typed is lost.")
    if not act.tries_left:
        return _("That was not the code, and it takes no more tries. Send a new one.")
    return ngettext(
        "That is not the code. You have one more try.",
        "That is not the code. You have %(left)d more tries.",
        act.tries_left,
    ) % {"left": act.tries_left}


def _page(
    request: ReaderRequest,
    act: HeldAct,
    form: CodeForm | None = None,
    *,
    email_form: EmailForm | None = None,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    """The act's page: a field for the code, one button, or only the way to a new code."""
    linked = CodeForm(request.GET)
    has_link = form is None and "code" in request.GET and linked.is_valid()
    takes_code = not act.is_expired() and bool(act.tries_left and act.code_digest)
    context: dict[str, Any] = {
        "act": act,
        "form": form or CodeForm(),
        "email_form": email_form or EmailForm(auto_id="again_%s", initial={"email": act.email}),
        "has_errors": status != 200,
        "is_mine": act.belongs_to(request.user),
        "takes_code": takes_code,
        "linked_code": linked.cleaned_data["code"] if has_link and takes_code else "",
        "refusal": refusal,
    }
    response = render(request, "people/held.html", context, status=status)
    add_never_cache_headers(response)
    return response


def _show_outcome(request: ReaderRequest, act: HeldAct) -> HttpResponse:
    """It was done, here or on another device: its member goes there, others read so."""
    if is_member(request.user) and request.user.pk == act.done_by_id:
        return SeeOther(act.outcome_url)
    context = {
        "heading": _("Done"),
        "text": act.outcome_sentence,
        "link": act.outcome_url,
        "link_words": _("See it"),
    }
    response = render(request, "components/sentence.html", context)
    add_never_cache_headers(response)
    return response


def _long_gone(request: ReaderRequest) -> HttpResponse:
    """Nothing is held under this address, or not any more."""
    context = {
        "heading": _("This link has run out"),
        "text": _("What waited here for its code is gone. Please start again."),
        "link": "/",
        "link_words": _("Go to the first page"),
    }
    return render(request, "components/sentence.html", context, status=404)
