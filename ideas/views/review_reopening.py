"""Looking again at a decided case: a reviewer takes its decision back, with a reason."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.people.readers import MemberRequest

from ..actions.reopening import reopen as reopen_decision
from ..models import Decision, Escalation
from ..review_forms import ReopenForm
from ..review_permissions import stands
from .case_page import decision_on
from .review_case import cases_of
from .review_door import initial_of, reviewers_only


@require_http_methods(["GET", "POST"])
@reviewers_only
def reopen(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what was decided; GET asks why. Where nothing stands, it leads to the case."""
    found = get_object_or_404(cases_of(request), pk=pk)
    decision = decision_on(found)
    if decision is None or not stands(decision):
        return _nothing_stands(request, found)
    typed = initial_of(ReopenForm, request, request.path)
    form = ReopenForm(request.POST if request.method == "POST" else None, initial=typed)
    if not form.is_valid():
        return _ask(request, found, decision, form)
    case = reopen_decision(decision, by=request.user, reason=form.cleaned_data["reason"])
    if case is None:
        return _nothing_stands(request, found)
    if case.taken_by_id:
        messages.success(request, _("The case is open again, and yours."))
    else:
        who = {"who": case.who}
        messages.success(request, _("The case is open again, and with %(who)s.") % who)
    return SeeOther(case.get_absolute_url())


def _nothing_stands(request: MemberRequest, found: Escalation) -> HttpResponse:
    """To the case that is open now, else to this one: a second click finds what the first did."""
    now = Escalation.objects.open().filter(idea=found.idea_id, rule=found.rule_id).first() or found
    if not now.is_open:
        messages.info(request, _("There is no decision on this case to look at again."))
    return SeeOther(now.get_absolute_url())


def _ask(
    request: MemberRequest, found: Escalation, decision: Decision, form: ReopenForm
) -> HttpResponse:
    text = _(
        "The decision is taken back in public, with your name and your reason. Voting opens again, "
        "and a new decision is due within %(days)d days."
    )
    if decision.promise and decision.promise.state == "open":
        text += " " + _(
            "Its promise is taken back with it, and counts neither as kept nor as missed."
        )
    context = {
        "heading": _("Look at this again: %(title)s?") % {"title": found.idea.topic.title},
        "text": text % {"days": found.rule.days},
        "button": _("Take the decision back"),
        "action": request.path,
        "cancel": found.get_absolute_url(),
        "form": form,
        "danger": True,
    }
    status = 422 if form.errors else 200
    return render(request, "components/confirm.html", context, status=status)
