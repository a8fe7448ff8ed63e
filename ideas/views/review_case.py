"""One case: read it, take it, draft a decision, see it as it will stand, publish it."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.core.markdown import TextRefused
from community.people.drafts import forget, kept
from community.people.readers import MemberRequest
from forum.actions.answering import signature
from forum.actions.publishing import render_post
from forum.pages import with_authors

from ..actions.deciding import AlreadyDecided, draft_decision, public_text, publish_decision
from ..actions.reviewing import take as take_case
from ..dossiers import dossiers_of
from ..models import Decision, Escalation
from ..recipients import count_recipients
from ..review_forms import DecisionForm
from ..wording import steps
from .review_door import reviewers_only


def _cases(request: MemberRequest) -> QuerySet[Escalation]:
    return Escalation.objects.visible_to(request.user).with_case()


@require_safe
@reviewers_only
def case(request: MemberRequest, pk: int) -> HttpResponse:
    """The whole case, with the form while it is open."""
    found = get_object_or_404(_cases(request), pk=pk)
    return _case_page(request, found, DecisionForm(initial=_begun(request, found)))


@require_http_methods(["GET", "POST"])
@reviewers_only
def take(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the case; whoever comes second learns who has it."""
    found = get_object_or_404(_cases(request), pk=pk)
    if request.method == "GET":
        return SeeOther(found.get_absolute_url())
    if take_case(found, by=request.user):
        messages.success(request, _("This case is yours."))
    else:
        found.refresh_from_db()
        messages.warning(request, _taken_words(found))
    return SeeOther(found.get_absolute_url())


@require_http_methods(["GET", "POST"])
@reviewers_only
def decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Keep the draft and lead to its preview; what is wrong is said beside its field."""
    found = get_object_or_404(_cases(request), pk=pk)
    if request.method == "GET":
        return SeeOther(f"{found.get_absolute_url()}#decide")
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _case_page(request, found, form)
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
        )
    except TextRefused as refusal:
        form.add_error("reason", refusal)
        return _case_page(request, found, form)
    except AlreadyDecided:
        return _too_late(request, found)
    forget(request.user, _draft_key(found))
    return SeeOther(reverse("review-decision", args=[draft.pk]))


@require_safe
@reviewers_only
def preview(request: MemberRequest, pk: int) -> HttpResponse:
    """The public text exactly as it will stand, and how many people will be told."""
    draft = _own_draft(request, pk)
    if draft.published_at is not None:
        return SeeOther(draft.escalation.get_absolute_url())
    context = {
        "draft": draft,
        "case": draft.escalation,
        "html": render_post(public_text(draft)).html,
        "byline": signature(request.user).byline,
        "recipients": count_recipients(draft, at=timezone.now()),
    }
    return render(request, "review/preview.html", context)


@require_http_methods(["GET", "POST"])
@reviewers_only
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """Publish the draft that was seen; one that was changed meanwhile is shown again."""
    draft = _own_draft(request, pk)
    seen = request.POST.get("seen", draft.drafted_at.isoformat())
    if request.method == "GET":
        return SeeOther(reverse("review-decision", args=[pk]))
    if seen != draft.drafted_at.isoformat():
        messages.warning(request, _("This draft was changed meanwhile. Please read it once more."))
        return SeeOther(reverse("review-decision", args=[pk]))
    if draft.published_at is None:
        try:
            publish_decision(draft, by=request.user)
        except AlreadyDecided:
            return _too_late(request, draft.escalation)
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return SeeOther(reverse("review-decision", args=[pk]))
        messages.success(request, _("Published. Everyone who asked is being told."))
    return SeeOther(draft.escalation.get_absolute_url())


def _own_draft(request: MemberRequest, pk: int) -> Decision:
    """A draft is its writer's own."""
    rows = Decision.objects.select_related(
        "idea__topic", "idea__board", "escalation__rule", "escalation__idea__topic"
    )
    rows = rows.filter(escalation__in=Escalation.objects.visible_to(request.user))
    return get_object_or_404(rows, pk=pk, by=request.user)


def _case_page(request: MemberRequest, found: Escalation, form: DecisionForm) -> HttpResponse:
    now = timezone.now()
    decisions = Decision.objects.published().filter(idea=found.idea_id)
    decided = decisions.filter(escalation__cycle=found.cycle).select_related(
        "post", "promise", "by"
    )
    context = {
        "case": found,
        "opening": with_authors(found.idea.topic.posts.filter(no=1)).first(),
        "dossier": dossiers_of([found], at=now)[found.pk],
        "is_overdue": found.is_overdue(now),
        "is_mine": found.taken_by_id == request.user.pk,
        "decision": None if found.is_open else decided.first(),
        "events": steps(list(found.idea.timeline.all())),
        "form": form,
        "draft_key": _draft_key(found),
    }
    return render(request, "review/case.html", context, status=422 if form.errors else 200)


def _begun(request: MemberRequest, found: Escalation) -> dict[str, object]:
    """What this reviewer had typed: kept while typing, or drafted and previewed."""
    typed = kept(request.user, _draft_key(found))
    if typed:
        return dict(typed)
    draft = Decision.objects.filter(escalation=found, by=request.user, published_at=None).first()
    if draft is None:
        return {}
    return {
        "decision": draft.verdict,
        "reason": draft.reason,
        "date": draft.date,
        "stores": list(draft.stores.values_list("pk", flat=True)),
    }


def _draft_key(found: Escalation) -> str:
    return f"decide:{found.pk}"


def _taken_words(found: Escalation) -> str:
    if found.is_open and found.taken_by:
        return _("%(name)s has taken this case already.") % {"name": found.taken_by.name}
    return _("This case is closed.")


def _too_late(request: MemberRequest, found: Escalation) -> HttpResponse:
    """Tell the second of two reviewers that there is a decision, and show it."""
    messages.warning(
        request, _("Another decision was published meanwhile. Yours was kept as a draft.")
    )
    return SeeOther(found.get_absolute_url())
