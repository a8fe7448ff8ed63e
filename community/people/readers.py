"""Who asks: a member, or a stranger. Types that keep strangers out of member-only calls."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeGuard

from django.contrib.auth.models import AnonymousUser
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django_htmx.middleware import HtmxDetails

from .models import User

Reader = User | AnonymousUser
P = ParamSpec("P")


class ReaderRequest(HttpRequest):
    """A request of anybody."""

    user: User | AnonymousUser
    htmx: HtmxDetails


class MemberRequest(ReaderRequest):
    """A request of someone signed in."""

    user: User


def is_member(reader: "Reader") -> TypeGuard[User]:
    """Whether the reader is signed in."""
    return reader.is_authenticated


def members_only(
    view: Callable[Concatenate[MemberRequest, P], HttpResponse],
) -> Callable[Concatenate[MemberRequest, P], HttpResponse]:
    """Lead strangers to sign-in, and back to this page afterwards."""

    @wraps(view)
    def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        reader: Reader = request.user
        if not is_member(reader):
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return guarded
