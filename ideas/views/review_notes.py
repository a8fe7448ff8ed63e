"""What departments were asked, and the page on which their owners answer."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.htmx import SeeOther
from community.core.paging import page_by_key
from community.people.drafts import forget, kept
from community.people.permissions import answers_cases
from community.people.readers import MemberRequest
from forum.pages import with_authors

from ..actions.asking import answer_for_department
from ..models import DepartmentNote
from ..review_kinds import visible_notes
from ..review_permissions import may_answer_note, may_review
from ..work_forms import DepartmentAnswerForm
from .review_door import answerers_only, initial_of

KEYS = ("due_on", "pk")


@require_safe
@answerers_only
def notes(request: MemberRequest) -> HttpResponse:
    """What waits for an answer, by the day it is due: an owner's own, for reviewers all."""
    rows = visible_notes(request.user).awaited()
    page = page_by_key(rows, KEYS, after=request.GET.get("after", ""))
    return render(request, "review/notes.html", {"page": page, "today": timezone.localdate()})


@require_http_methods(["GET", "POST"])
@answerers_only
def note(request: MemberRequest, pk: int) -> HttpResponse:
    """One question to a department: its owners answer here, once; reviewers read."""
    found = get_object_or_404(visible_notes(request.user), pk=pk)
    form = None
    if found.answered_at is None and may_answer_note(request.user, found):
        form = _form(request, found)
        if form.is_bound and form.is_valid():
            return _answered(request, found, form)
    elif request.method == "POST":
        if found.answered_at is None:
            raise PermissionDenied
        messages.info(request, _("This was answered already."))
        return SeeOther(found.get_absolute_url())
    context = {
        "note": found,
        "idea": found.escalation.idea,
        "opening": with_authors(found.escalation.idea.topic.posts.numbered(1)).first(),
        "form": form,
        "is_reviewer": may_review(request.user),
        "answers_cases": answers_cases(request.user),
        "draft_key": _draft_key(found),
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "review/note.html", context, status=status)


def _form(request: MemberRequest, found: DepartmentNote) -> DepartmentAnswerForm:
    if request.method == "POST":
        return DepartmentAnswerForm(request.POST)
    typed = initial_of(DepartmentAnswerForm, request, request.path)
    return DepartmentAnswerForm(initial=typed or kept(request.user, _draft_key(found)))


def _answered(
    request: MemberRequest, found: DepartmentNote, form: DepartmentAnswerForm
) -> HttpResponse:
    given = form.cleaned_data
    is_new = answer_for_department(
        found,
        by=request.user,
        text=given["note"],
        cost=given["cost"],
        benefit=given["benefit"],
    )
    forget(request.user, _draft_key(found))
    if is_new:
        messages.success(request, _("Thank you. The reviewers have your answer."))
    else:
        messages.info(request, _("A colleague has answered already. This is what they said."))
    return SeeOther(found.get_absolute_url())


def _draft_key(found: DepartmentNote) -> str:
    return f"note:{found.pk}"
