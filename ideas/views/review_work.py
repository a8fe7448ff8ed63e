"""The work on a case: giving it to somebody, asking a department, asking for scores, scoring."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.people.readers import MemberRequest

from ..actions.asking import ask_department
from ..actions.assigning import assign as assign_case
from ..actions.closing import AlreadyDecided
from ..actions.scoring import (
    CaseClosed,
    ScoresAreShown,
    ask_to_score,
    excuse_from_scoring,
    give_score,
)
from ..models import Escalation
from ..review_permissions import may_review
from ..work_forms import AskDepartmentForm, AskScoresForm, AssignForm, ScoreForm
from .review_case import cases_of
from .review_door import initial_of, reviewers_only


@require_http_methods(["GET", "POST"])
@reviewers_only
def assign(request: MemberRequest, pk: int) -> HttpResponse:
    """Give the case to a reviewer; GET asks to whom."""
    found = _case(request, pk)
    form = AssignForm(request.POST if request.method == "POST" else None, case=found)
    if not found.is_open or not form.is_valid():
        heading, button = _("Who takes this case?"), _("Give it to them")
        text = _("They get a notice. Whoever has it now keeps reading it like everybody.")
        return _ask(request, found, form, heading=heading, text=text, button=button)
    person = form.cleaned_data["person"]
    if assign_case(found, to=person, by=request.user):
        messages.success(request, _("%(name)s has this case now.") % {"name": person.name})
    return SeeOther(found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@reviewers_only
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a department by a date; GET shows the form."""
    found = _case(request, pk)
    typed = initial_of(AskDepartmentForm, request, request.path)
    data = request.POST if request.method == "POST" else None
    form = AskDepartmentForm(data, case=found, initial=typed)
    if not found.is_open or not form.is_valid():
        heading, button = _("Ask a department"), _("Ask them")
        text = _("Its owners get a notice and a mail with a page to answer on.")
        return _ask(request, found, form, heading=heading, text=text, button=button)
    given = form.cleaned_data
    department = given["department"]
    try:
        ask_department(
            found,
            department,
            question=given["question"],
            due_on=given["due_on"],
            by=request.user,
        )
    except AlreadyDecided:
        return _closed(request, found)
    messages.success(request, _("%(name)s is asked.") % {"name": department.name})
    return SeeOther(f"{found.get_absolute_url()}#work")


@require_http_methods(["GET", "POST"])
@reviewers_only
def scores(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask people for their scores, or wait no longer for one; GET shows who was asked."""
    found = _case(request, pk)
    data = request.POST if request.method == "POST" else None
    form = AskScoresForm(None if data and "excuse" in data else data, case=found)
    try:
        if data and "excuse" in data:
            _excuse(request, found, data["excuse"])
            return SeeOther(request.path)
        if found.is_open and form.is_valid():
            new = ask_to_score(found, form.cleaned_data["people"], by=request.user)
            words = ngettext("%(n)d person is asked.", "%(n)d people are asked.", len(new))
            messages.success(request, words % {"n": len(new)})
            return SeeOther(f"{found.get_absolute_url()}#work")
    except ScoresAreShown:
        messages.warning(request, _("All have scored already, and everybody can see it."))
        return SeeOther(f"{found.get_absolute_url()}#scores")
    except CaseClosed:
        return _closed(request, found)
    asked = list(found.scores.select_related("by").order_by("asked_at", "pk"))
    context = {
        "case": found,
        "form": form,
        "asked": asked,
        "can_ask": form.fields["people"].queryset.exists(),  # type: ignore[attr-defined]
        "all_in": bool(asked) and all(score.scored_at for score in asked),
    }
    return render(request, "review/scores.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@reviewers_only
def score(request: MemberRequest, pk: int) -> HttpResponse:
    """Give one's own score; GET shows the form. Only who was asked, and only once."""
    found = _case(request, pk)
    own = found.scores.filter(by=request.user).first()
    if own is None:
        raise PermissionDenied
    if own.scored_at is not None:
        messages.info(request, _("You have scored this case."))
        return SeeOther(f"{found.get_absolute_url()}#work")
    form = ScoreForm(request.POST if request.method == "POST" else None)
    if not found.is_open or not form.is_valid():
        heading, button = _("Your score"), _("Score it")
        text = _("Only you see it until everybody who was asked has scored. It cannot be changed.")
        return _ask(request, found, form, heading=heading, text=text, button=button)
    try:
        give_score(found, by=request.user, **form.cleaned_data)
    except CaseClosed:
        return _closed(request, found)
    messages.success(request, _("Thank you. Your score counts."))
    return SeeOther(f"{found.get_absolute_url()}#work")


def _case(request: MemberRequest, pk: int) -> Escalation:
    return get_object_or_404(cases_of(request), pk=pk)


def _excuse(request: MemberRequest, found: Escalation, person: str) -> None:
    is_key = person.isascii() and person.isdigit() and len(person) < 19
    if is_key and excuse_from_scoring(found, int(person), by=request.user):
        messages.success(request, _("Nobody waits for this score any more."))


def _closed(request: MemberRequest, found: Escalation) -> HttpResponse:
    messages.warning(request, _("This case is closed."))
    return SeeOther(found.get_absolute_url())


def _ask(
    request: MemberRequest, found: Escalation, form: Form, *, heading: str, text: str, button: str
) -> HttpResponse:
    """A page with one form about the case; of a closed case, the case itself."""
    if not found.is_open or not may_review(request.user):
        return _closed(request, found)
    context = {
        "heading": heading,
        "text": text,
        "button": button,
        "action": request.path,
        "form": form,
        "case": found,
    }
    return render(request, "review/work.html", context, status=422 if form.errors else 200)
