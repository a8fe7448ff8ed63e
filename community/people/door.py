"""The one door: a stranger gives an address, and what they began waits for the code.

The page, its words, its time and its limits are the same whether or not the address has an
account: nobody is looked up before a code has come back.
"""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from allauth.account.adapter import get_adapter
from allauth.core.internal.ratelimit import truncate_ip
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.utils.http import url_has_allowed_host_and_scheme

from community.core.htmx import SeeOther
from community.core.limits import LimitReached, check_limit

from .forms import EmailForm
from .held import hold
from .mailbox import person_key


def ask_for_email(
    request: HttpRequest,
    *,
    kind: str,
    payload: Mapping[str, Any],
    heading: str,
    button: str,
    lead: str = "",
    keep: Mapping[str, str] | None = None,
) -> HttpResponse:
    """Hold what a stranger began and mail them a code, or ask where to mail it.

    With an address in POST `email` it answers 303 to the page that takes the code; otherwise it
    shows one field, posting to this same address. `keep` are the fields already typed here: they
    come along hidden, so that the view can build the same payload again. A payload's `title` and
    `body` are shown back to the person.
    """
    form = EmailForm(request.POST if "email" in request.POST else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            email = form.cleaned_data["email"]
            try:
                check_code_limits(request, email)
                act = hold(kind, payload=payload, email=email, heading=heading, button=button)
                return SeeOther(act.get_absolute_url())
            except LimitReached as limit:
                form.add_error("email", limit.sentence)
                status = 429
    context = {"form": form, "heading": heading, "button": button, "lead": lead, "keep": keep or {}}
    response = render(request, "people/email.html", context, status=status)
    add_never_cache_headers(response)
    return response


def check_code_limits(request: HttpRequest, email: str) -> None:
    """Raises LimitReached where this mailbox, or this client, has been sent enough codes."""
    check_limit("code-from-address", client_of(request))
    mailbox = person_key(email)
    check_limit("code", mailbox)
    check_limit("code-a-day", mailbox)


def client_of(request: HttpRequest) -> str:
    """The client's address as the trusted proxies name it; of IPv6 the network."""
    return str(truncate_ip(get_adapter().get_client_ip(request)))


def network_of(request: HttpRequest) -> str:
    """The part of the client's address that a household or an office shares: /24, of IPv6 /48.

    Empty where the address is not known.
    """
    try:
        address = ip_address(get_adapter().get_client_ip(request))
    except (PermissionDenied, ValueError):
        return ""
    if isinstance(address, IPv6Address):
        address = address.ipv4_mapped or address
    return str(ip_network(f"{address}/{24 if address.version == 4 else 48}", strict=False))


def safe_next(request: HttpRequest) -> str:
    """Where to go after signing in: a path of this site, or nothing."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_path = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if is_path and wanted.isprintable() and len(wanted) <= 1000 else ""
