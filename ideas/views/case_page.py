"""The page of a case: a reviewer's whole case in front of them, and the form to decide it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from community.people.drafts import kept
from community.people.readers import MemberRequest
from forum.pages import with_authors

from ..case_work import work_on
from ..dossiers import dossiers_of
from ..dossiers.echoes import by_search
from ..models import Decision, Escalation
from ..review_forms import DecisionForm
from ..review_permissions import can_decide, may_review, stands
from ..wording import steps


def case_page(request: MemberRequest, found: Escalation, form: DecisionForm) -> HttpResponse:
    """The whole case as it stands, with the form while it is open."""
    now = timezone.now()
    decision = None if found.is_open else decision_on(found)
    gathered = dossiers_of([found], at=now)[found.pk]
    dossier = by_search(gathered, found, reader=request.user, at=now)
    context = {
        "case": found,
        "opening": with_authors(found.idea.topic.posts.numbered(1)).first(),
        "dossier": dossier,
        "chart": dossier.chart,
        "is_overdue": found.is_overdue(now),
        "is_mine": found.taken_by_id == request.user.pk,
        "is_reviewer": may_review(request.user),
        "can_decide": can_decide(request.user, found),
        "last_like_it": next(iter(dossier.earlier), None),
        "words": list(found.words.select_related("by")),
        "work": work_on(found, reader=request.user),
        "decision": decision,
        "may_reopen": decision is not None and may_review(request.user) and stands(decision),
        "events": steps(list(found.idea.timeline.all())),
        "form": form,
        "draft_key": draft_key(found),
    }
    return render(request, "review/case.html", context, status=422 if form.errors else 200)


def decision_form(found: Escalation, *args: object, **kwargs: object) -> DecisionForm:
    """The form to decide this case with."""
    above = found.rule.audience.sign_off_above
    may_answer = found.department_id is not None
    return DecisionForm(*args, sign_off_above=above, may_answer=may_answer, **kwargs)


def begun(request: MemberRequest, found: Escalation) -> dict[str, object]:
    """What this reviewer had typed: kept while typing, or drafted and previewed."""
    typed = kept(request.user, draft_key(found))
    if typed:
        return {**typed, "stores": typed.get("stores", "").split(",")}
    draft = Decision.objects.filter(escalation=found, by=request.user, published_at=None).first()
    if draft is None:
        return {}
    return {
        "decision": draft.verdict,
        "reason": draft.reason,
        "date": draft.date,
        "stores": list(draft.stores.values_list("pk", flat=True)),
        "provenance": draft.provenance,
        "cost": draft.cost,
    }


def draft_key(found: Escalation) -> str:
    """Where the browser keeps what is being typed."""
    return f"decide:{found.pk}"


def decision_on(found: Escalation) -> Decision | None:
    """What closed the case: its own decision, or that of another case of the idea then."""
    published = Decision.objects.published().filter(idea=found.idea_id)
    rows = published.filter(published_at=found.closed_at).select_related(
        "post", "promise", "by", "idea", "escalation__rule"
    )
    return rows.first()
