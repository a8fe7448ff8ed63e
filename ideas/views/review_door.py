"""Who comes in to corporate review: strangers sign in first, others are refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.forms import BaseForm, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse

from community.people.permissions import answers_cases
from community.people.readers import MemberRequest, Reader, is_member
from community.people.typed import sign_in_and_come_back, typed_before

from ..review_permissions import may_review, may_see_sign_offs

P = ParamSpec("P")
View = Callable[Concatenate[MemberRequest, P], HttpResponse]


def only(may: Callable[[Reader], bool]) -> Callable[[View[P]], View[P]]:
    """Let these people in; 403 for other members, sign-in for strangers, whose words are kept."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            reader: Reader = request.user
            if not is_member(reader):
                return sign_in_and_come_back(request)
            if not may(reader):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def _is_member(reader: Reader) -> bool:
    return is_member(reader)


reviewers_only = only(may_review)
answerers_only = only(answers_cases)
second_people_only = only(may_see_sign_offs)
signed_in_only = only(_is_member)


def initial_of(form: type[BaseForm], request: HttpRequest, path: str) -> dict[str, Any]:
    """What was typed into this form for the address before its session ended."""
    typed = typed_before(request, path)
    return {
        name: typed.getlist(name)
        if isinstance(form.base_fields[name], ModelMultipleChoiceField)  # type: ignore[attr-defined]
        else typed[name]
        for name in form.base_fields  # type: ignore[attr-defined]
        if name in typed
    }
