"""The queue of what was reported or held: one thing at a time, the oldest first."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.core.paging import page_by_key
from community.people.models import User
from community.people.readers import MemberRequest

from .. import actions, queued
from ..cases import Case, case_of
from ..forms import ActForm
from ..models import Review
from .guard import moderators_only
from .queued import MOST, decide_queued, show_queued

BESIDE = "~"  # before the cursor of what is no report, which comes once the reports are through


@moderators_only
@require_safe
def queue(request: MemberRequest) -> HttpResponse:
    """The oldest open review, or the one after those that were skipped.

    What people report comes first: somebody may be hurt. Then come the kinds of apps above.
    """
    after = request.GET.get("after", "")
    if not after.startswith(BESIDE):
        reports = Review.objects.open().exclude(kind__in=queued.names())
        page = page_by_key(reports, ("opened_at", "pk"), after=after, size=1)
        if page.rows:
            case = case_of(page.rows[0], request.user)
            return _show(request, case, ActForm(), skip=page.next_after or BESIDE)
    others = Review.objects.open().filter(kind__in=queued.names())
    start = after.removeprefix(BESIDE) if after.startswith(BESIDE) else ""
    page = page_by_key(others, ("opened_at", "pk"), after=start, size=1)
    kind = queued.get(page.rows[0].kind) if page.rows else None
    if kind is None:
        return render(request, "moderation/all_clear.html", {"is_skipped": bool(after)})
    skip = BESIDE + page.next_after if page.next_after else ""
    return show_queued(request, page.rows[0], kind, skip=skip)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def review(request: MemberRequest, pk: int) -> HttpResponse:
    """One review; POST decides it and leads to the next."""
    found = get_object_or_404(Review, pk=pk)
    if kind := queued.get(found.kind):
        return decide_queued(request, found, kind)
    case = case_of(found, request.user)
    form = ActForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            _say(request, form, is_done=_act(case, form, by=request.user))
            return SeeOther(resolve_url("moderation"))
        except Refused as fault:
            form.add_error(None, fault.sentence)
    return _show(request, case, form)


def _act(case: Case, form: ActForm, *, by: User) -> bool:
    """Do what the moderator chose; answer whether the review was still open."""
    review, subject, reason = case.review, case.subject, form.cleaned_data["reason"]
    act = form.cleaned_data["act"]
    if subject is None:
        return actions.dismiss(review, by=by)
    if act in ("keep", "publish"):
        if subject.post is not None and subject.is_held:
            return actions.publish(review, subject.post, by=by)
        return actions.keep(review, subject, by=by)
    if act == "suspend":
        return actions.hide_and_suspend(review, subject, by=by, reason=reason, until=form.ends_at)
    decide = actions.hide_and_warn if act == "warn" else actions.hide
    return decide(review, subject, by=by, reason=reason)


def _say(request: MemberRequest, form: ActForm, *, is_done: bool) -> None:
    """What became of it, on the next page."""
    if not is_done:
        messages.info(request, _("Somebody else had decided this already."))
        return
    sentences = {
        "keep": _("Kept."),
        "publish": _("Published."),
        "hide": _("Hidden. Its author reads why."),
        "warn": _("Hidden, and its author is warned."),
        "suspend": _("Hidden, and its author is suspended."),
    }
    messages.success(request, sentences[form.cleaned_data["act"]])


def _show(request: MemberRequest, case: Case, form: ActForm, *, skip: str = "") -> HttpResponse:
    waiting = Review.objects.open()[:MOST].count()
    context = {"case": case, "form": form, "waiting": waiting, "most": MOST, "skip": skip}
    status = 422 if form.errors else 200
    return render(request, "moderation/queue.html", context, status=status)
