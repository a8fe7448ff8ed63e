"""One case: read it, take it, draft a decision."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.htmx import SeeOther
from community.core.markdown import TextRefused
from community.people.drafts import forget
from community.people.readers import MemberRequest
from forum.actions.publishing import render_post

from ..actions.deciding import AlreadyDecided, draft_decision
from ..actions.reviewing import take as take_case
from ..models import CannedReason, Escalation
from ..review_forms import DecisionForm
from ..review_permissions import can_decide
from .case_page import begun, case_page, decision_form, draft_key
from .review_door import answerers_only, initial_of


def cases_of(request: MemberRequest) -> QuerySet[Escalation]:
    """The cases that this reader may open."""
    return Escalation.objects.visible_to(request.user).with_case()


@require_safe
@answerers_only
def case(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole case, with the form while it is open."""
    found = get_object_or_404(cases_of(request), pk=pk)
    path = reverse("review-decide", args=[pk])
    typed = initial_of(DecisionForm, request, path) or begun(request, found)
    return case_page(request, found, decision_form(found, initial=typed))


@require_http_methods(["GET", "POST"])
@answerers_only
def take(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the case; whoever comes second learns who has it."""
    found = get_object_or_404(cases_of(request), pk=pk)
    if request.method == "GET":
        return SeeOther(found.get_absolute_url())
    _require_decider(request, found)
    if take_case(found, by=request.user):
        messages.success(request, _("This case is yours."))
    else:
        found.refresh_from_db()
        messages.warning(request, _taken_words(found))
    return SeeOther(found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@answerers_only
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep the draft and lead to its preview; what is wrong is said beside its field."""
    found = get_object_or_404(cases_of(request), pk=pk)
    if request.method == "GET":
        query = request.META.get("QUERY_STRING", "")
        return SeeOther(f"{found.get_absolute_url()}{'?' * bool(query)}{query}#decide")
    _require_decider(request, found)
    if "insert" in request.POST:
        return _with_reason(request, found)
    form = decision_form(found, request.POST)
    if not form.is_valid():
        return case_page(request, found, form)
    given = form.cleaned_data
    try:
        render_post(given["reason"])
        draft = draft_decision(
            found,
            by=request.user,
            verdict=given["decision"],
            reason=given["reason"],
            date=given["date"],
            stores=given["stores"],
            provenance=given["provenance"],
            cost=given["cost"],
        )
    except TextRefused as refusal:
        form.add_error("reason", refusal)
        return case_page(request, found, form)
    except AlreadyDecided:
        return too_late(request, found)
    forget(request.user, draft_key(found))
    return SeeOther(reverse("review-decision", args=[draft.pk]))


def _require_decider(request: MemberRequest, found: Escalation) -> None:
    """403 for who may read the case and not decide it: others have it."""
    if not can_decide(request.user, found):
        raise PermissionDenied


def _with_reason(request: MemberRequest, found: Escalation) -> HttpResponse:
    """The form as it was typed, with a reason kept ready put after what stands there."""
    typed = {name: request.POST.get(name, "") for name in DecisionForm.base_fields}
    typed["stores"] = request.POST.getlist("stores")  # type: ignore[assignment]
    chosen = typed.get("canned", "")
    reasons = CannedReason.objects.filter(is_active=True)
    canned = (
        reasons.filter(pk=int(chosen)).first() if chosen.isdecimal() and len(chosen) < 19 else None
    )
    if canned is not None:
        typed["decision"] = typed["decision"] or canned.verdict
        typed["reason"] = "\n\n".join(filter(None, [typed["reason"].strip(), canned.text]))
    return case_page(request, found, decision_form(found, initial={**typed, "canned": ""}))


def _taken_words(found: Escalation) -> str:
    if found.is_open and found.taken_by:
        return _("%(name)s has taken this case already.") % {"name": found.taken_by.name}
    return _("This case is closed.")


def too_late(request: MemberRequest, found: Escalation) -> HttpResponse:
    """Tell the second of two reviewers that there is a decision, and show it."""
    messages.warning(
        request, _("Another decision was published meanwhile. Yours was kept as a draft.")
    )
    return SeeOther(found.get_absolute_url())
