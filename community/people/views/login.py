"""Signing in: by e-mailed code, or by password as the second way."""

from __future__ import annotations

from allauth.account.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from ..door import ask_for_email, safe_next
from ..forms import EmailForm, PasswordForm
from ..held import Outcome, resume
from ..models import HeldAct, User
from ..readers import ReaderRequest, is_member

SIGN_IN = "people.sign_in"


class PasswordDoor(LoginView):  # type: ignore[misc]
    """allauth's sign-in by password, with its limits, on our page."""

    form_class = PasswordForm
    template_name = "account/login.html"

    def form_invalid(self, form: PasswordForm) -> HttpResponse:
        """The same page again, with the address that was typed."""
        return sign_in_page(self.request, password_form=form, status=422)


_password_door = PasswordDoor.as_view()


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def login(request: ReaderRequest) -> HttpResponse:
    """Send a code to the address posted as `email`, or check `login` and `password`."""
    if is_member(request.user):
        return redirect(safe_next(request) or "home")
    if request.method == "POST" and "login" in request.POST:
        answer: HttpResponse = _password_door(request)
        return answer
    if request.method == "POST" and "email" in request.POST:
        return ask_for_email(
            request,
            kind=SIGN_IN,
            payload={"next": safe_next(request)},
            heading=_("Sign in"),
            button=_("Sign in"),
            keep={"next": safe_next(request)},
        )
    return sign_in_page(request)


@require_safe
def signup(request: HttpRequest) -> HttpResponse:
    """There is one door: a new address makes a member."""
    wanted = safe_next(request)
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return redirect(reverse("account_login") + query)


def sign_in_page(
    request: HttpRequest, *, password_form: PasswordForm | None = None, status: int = 200
) -> HttpResponse:
    """The page with both ways in; the code first."""
    context = {
        "form": EmailForm(),
        "password_form": password_form or PasswordForm(request=request),
        "has_errors": password_form is not None,
        "next": safe_next(request),
    }
    response = render(request, "account/login.html", context, status=status)
    add_never_cache_headers(response)
    return response


@resume(SIGN_IN)
def go_on_signed_in(act: HeldAct, user: User) -> Outcome:
    """Signing in is all there was to do."""
    return Outcome(act.payload.get("next") or reverse("home"), _("You are signed in."))
