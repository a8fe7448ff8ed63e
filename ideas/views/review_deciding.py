"""A draft on its way out: seen as it will stand, signed off, agreed, scheduled, published."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.people.readers import MemberRequest
from forum.actions.answering import signature
from forum.actions.publishing import render_post

from ..actions import scheduling, signing
from ..actions.closing import AlreadyDecided, ForHeadOffice
from ..actions.deciding import (
    DraftChanged,
    NotSignedOff,
    public_text,
    publish_decision,
)
from ..models import Decision, Escalation
from ..recipients import count_recipients
from ..review_permissions import may_edit_draft, may_read_draft
from ..signatures import needs_sign_off, text_digest
from ..work_forms import ScheduleForm
from .review_case import too_late
from .review_door import answerers_only

SENTENCES = {
    DraftChanged: gettext_lazy("This draft was changed meanwhile. Please read it once more."),
    NotSignedOff: gettext_lazy("It costs too much for one person: a second one has to allow it."),
    ForHeadOffice: gettext_lazy("Head office decides this idea. You can answer it instead."),
    scheduling.AnotherIsAgreed: gettext_lazy("Another decision on this case is agreed already."),
    signing.ReturnedAsItIs: gettext_lazy("It was returned as it reads now. Edit it first."),
}


@require_safe
@answerers_only
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The public text exactly as it will stand, and how many people will be told."""
    draft = _draft(request, pk)
    if draft.published_at is not None:
        return SeeOther(draft.escalation.get_absolute_url())
    return _page(request, draft, _schedule_form(draft))


@require_http_methods(["GET", "POST"])
@answerers_only
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Publish the draft that was seen; one that was changed meanwhile is shown again."""
    draft = _own_draft(request, pk)
    if request.method == "GET":
        return SeeOther(reverse("review-decision", args=[pk]))
    if draft.published_at is not None:
        return SeeOther(draft.escalation.get_absolute_url())

    def act() -> None:
        publish_decision(draft, by=request.user)
        messages.success(request, _("Published. Everyone who asked is being told."))

    return _try(request, draft, act, to=draft.escalation.get_absolute_url())


@require_http_methods(["GET", "POST"])
@answerers_only
def agree(request: MemberRequest, pk: int) -> HttpResponse:
    """Agree it inside the company; it is published later."""
    draft = _own_draft(request, pk)
    if request.method == "GET":
        return SeeOther(reverse("review-decision", args=[pk]))

    def act() -> None:
        scheduling.agree(draft, by=request.user)
        messages.success(request, _("Agreed. All reviewers can read it; nothing is public yet."))

    return _try(request, draft, act)


@require_http_methods(["GET", "POST"])
@answerers_only
def schedule(request: MemberRequest, pk: int) -> HttpResponse:
    """Have it published by itself at a moment."""
    draft = _own_draft(request, pk)
    if request.method == "GET":
        return SeeOther(f"{reverse('review-decision', args=[pk])}#later")
    form = _schedule_form(draft, request.POST)
    if not form.is_valid():
        return _page(request, draft, form)

    def act() -> None:
        moment = form.cleaned_data["publish_at"]
        scheduling.schedule(draft, moment, by=request.user)
        words = _("It publishes itself then. You can take that back until the moment comes.")
        if moment > draft.escalation.due_at:
            words += " " + _("By then the answer is late, and the idea’s page says so.")
        messages.success(request, words)

    return _try(request, draft, act)


@require_http_methods(["GET", "POST"])
@answerers_only
def unschedule(request: MemberRequest, pk: int) -> HttpResponse:
    """Do not publish it by itself; any reviewer may stop that."""
    draft = _draft(request, pk)
    if request.method == "POST" and scheduling.cancel_schedule(draft, by=request.user):
        messages.success(request, _("It will not publish itself. It stays agreed."))
    return SeeOther(reverse("review-decision", args=[pk]))


@require_http_methods(["GET", "POST"])
@answerers_only
def ask_sign_off(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask a second person to allow it."""
    draft = _own_draft(request, pk)
    if request.method == "GET":
        return SeeOther(reverse("review-decision", args=[pk]))

    def act() -> None:
        signing.ask_sign_off(draft, by=request.user)
        messages.success(request, _("A second person is asked. You hear when they have answered."))

    return _try(request, draft, act)


def _try(
    request: MemberRequest, draft: Decision, act: Callable[[], None], *, to: str = ""
) -> HttpResponse:
    """Do it where the draft still is what its reader saw; else say in words why not."""
    here = reverse("review-decision", args=[draft.pk])
    seen = request.POST.get("seen", draft.drafted_at.isoformat())
    try:
        if seen != draft.drafted_at.isoformat():
            raise DraftChanged(draft)
        act()
    except AlreadyDecided:
        return too_late(request, draft.escalation)
    except Refused as refusal:
        messages.error(request, refusal.sentence)
        return SeeOther(here)
    except tuple(SENTENCES) as fault:
        messages.warning(request, SENTENCES[type(fault)])
        return SeeOther(here)
    return SeeOther(to or here)


def _own_draft(request: MemberRequest, pk: int) -> Decision:
    """A draft that its reader may act on: their own. Others' are 403 once shared, 404 before."""
    draft = _draft(request, pk)
    if not may_edit_draft(request.user, draft):
        raise PermissionDenied
    return draft


def _draft(request: MemberRequest, pk: int) -> Decision:
    """A draft is its writer's own until it is agreed."""
    rows = Decision.objects.select_related(
        "idea__topic", "idea__board", "by", "escalation__rule__audience", "escalation__idea__topic"
    )
    rows = rows.filter(escalation__in=Escalation.objects.visible_to(request.user))
    draft = get_object_or_404(rows, pk=pk)
    if not may_read_draft(request.user, draft):
        raise Http404
    return draft


def _schedule_form(draft: Decision, data: object = None) -> ScheduleForm:
    zone = draft.escalation.rule.audience.zone
    moment = draft.publish_at
    initial = {"publish_at": moment.astimezone(zone).replace(tzinfo=None)} if moment else {}
    return ScheduleForm(data, zone=zone, last=draft.date, initial=initial)


def _page(request: MemberRequest, draft: Decision, form: ScheduleForm) -> HttpResponse:
    digest = text_digest(draft)
    sign_offs = draft.sign_offs.filter(text_digest=digest).select_related("by")
    signed = sign_offs.order_by("-pk").first()
    context = {
        "draft": draft,
        "case": draft.escalation,
        "html": render_post(public_text(draft)).html,
        "byline": signature(draft.by or request.user).byline,
        "recipients": count_recipients(draft, at=timezone.now()),
        "is_own": may_edit_draft(request.user, draft),
        "needs_sign_off": needs_sign_off(draft),
        "signed": signed,
        "zone": draft.escalation.rule.audience.time_zone,
        "publish_at": form.initial.get("publish_at"),
        "form": form,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "review/preview.html", context, status=status)
