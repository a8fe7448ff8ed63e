"""The executive's brief: five minutes, and one tap to answer or to hand over."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from community.core.forms import PlainForm
from community.core.htmx import SeeOther
from community.core.text import LineField
from community.people.models import User
from community.people.readers import MemberRequest

from ..actions.assigning import assign
from ..actions.briefing import have_read, say_word
from ..briefs import CaseRow, brief_of
from ..models import Escalation
from ..review_permissions import may_read_brief
from ..work_forms import AssignForm, reviewing_people
from .review_door import only

executives_only = only(may_read_brief)
READY_WORDS = (
    gettext_lazy("Please decide this week."),
    gettext_lazy("What do you need from me?"),
)


class WordForm(PlainForm):
    """A word to whoever has the case."""

    text = LineField(
        label=gettext_lazy("Your word"),
        help_text=gettext_lazy("They get a notice and a mail. It is never public."),
        max_length=500,
        error_messages={"required": gettext_lazy("Write something first.")},
    )


@require_safe
@executives_only
def brief(request: MemberRequest) -> HttpResponse:
    """What matters now, since the last look."""
    found = brief_of(request.user, at=timezone.now())
    context = {"brief": found, "people": _people(found.late or found.biggest), "ready": READY_WORDS}
    return render(request, "review/brief.html", context)


@require_http_methods(["GET", "POST"])
@executives_only
def read(request: MemberRequest) -> HttpResponse:
    """Say that the brief has been read, as far as it went when it was shown."""
    if request.method == "POST":
        have_read(by=request.user, at=_shown_at(request))
        messages.success(request, _("The next brief begins where this one ends."))
        return SeeOther(reverse("review-brief"))
    context = {
        "heading": _("Have you read the brief?"),
        "text": _("The next one then begins where this one ends."),
        "button": _("I have read this"),
        "action": reverse("review-brief-read"),
        "cancel": reverse("review-brief"),
    }
    return render(request, "components/confirm.html", context)


@require_http_methods(["GET", "POST"])
@executives_only
def say(request: MemberRequest, pk: int) -> HttpResponse:
    """Say a word to who has the case; GET shows the form."""
    case = _case(request, pk)
    form = WordForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        context = {
            "heading": case.idea.topic.title,
            "button": _("Send it"),
            "action": request.path,
            "cancel": reverse("review-brief"),
            "form": form,
        }
        status = 422 if form.errors else 200
        return render(request, "components/confirm.html", context, status=status)
    if say_word(case, text=form.cleaned_data["text"], by=request.user):
        messages.success(request, _("Sent to %(who)s.") % {"who": _holder(case)})
    return SeeOther(f"{reverse('review-brief')}#case-{pk}")


@require_http_methods(["GET", "POST"])
@executives_only
def hand_over(request: MemberRequest, pk: int) -> HttpResponse:
    """Give the case to somebody, and come back to the brief; GET asks to whom."""
    case = _case(request, pk)
    form = AssignForm(request.POST if request.method == "POST" else None, case=case)
    if not form.is_valid():
        context = {
            "heading": _("Who takes this case?"),
            "text": case.idea.topic.title,
            "button": _("Give it to them"),
            "action": request.path,
            "cancel": reverse("review-brief"),
            "form": form,
        }
        status = 422 if form.errors else 200
        return render(request, "components/confirm.html", context, status=status)
    person = form.cleaned_data["person"]
    if assign(case, to=person, by=request.user):
        messages.success(request, _("%(name)s has this case now.") % {"name": person.name})
    return SeeOther(f"{reverse('review-brief')}#case-{pk}")


def _case(request: MemberRequest, pk: int) -> Escalation:
    cases = Escalation.objects.open().visible_to(request.user).with_case()
    return get_object_or_404(cases, pk=pk)


def _holder(case: Escalation) -> str:
    return case.taken_by.name if case.taken_by else _("everybody who can take it")


def _people(rows: list[CaseRow]) -> list[User]:
    """Whom a case can be given to; nobody is looked for where there is no case."""
    return list(reviewing_people(rows[0].case)) if rows else []


def _shown_at(request: MemberRequest) -> datetime:
    """When the page was made that they have read; never later than now."""
    now = timezone.now()
    try:
        at = parse_datetime(request.POST.get("shown_at", ""))
    except ValueError:
        at = None
    return min(at, now) if at is not None and timezone.is_aware(at) else now
