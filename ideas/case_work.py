"""The work on a case as its page shows it: who was asked what, scores, and shared drafts."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db.models import Q

from community.people.models import User

from .models import Decision, DepartmentNote, Escalation, Score, SignOff


@dataclass
class CaseWork:
    """What is going on, as one reader may see it."""

    notes: list[DepartmentNote] = field(default_factory=list)
    asked: int = 0
    scored: int = 0
    is_asked: bool = False
    own: Decision | None = None
    agreed: Decision | None = None
    sign_off: SignOff | None = None

    @property
    def waits_for_scores(self) -> bool:
        return self.scored < self.asked


def work_on(case: Escalation, *, reader: User) -> CaseWork:
    """Four queries for whatever number of people, departments and drafts."""
    scores = Score.objects.filter(escalation=case).values_list("by_id", "scored_at")
    marks = dict(scores)
    shared = Q(by=reader) | Q(agreed_at__isnull=False)
    drafts = Decision.objects.filter(shared, escalation=case, published_at=None)
    rows = list(drafts.select_related("by"))
    notes = DepartmentNote.objects.filter(escalation=case).select_related(
        "department", "answered_by", "asked_by"
    )
    waiting = SignOff.objects.filter(
        decision__escalation=case, decision__published_at=None, answer=""
    )
    return CaseWork(
        notes=list(notes.order_by("asked_at")),
        asked=len(marks),
        scored=sum(scored is not None for scored in marks.values()),
        is_asked=marks.get(reader.pk, True) is None,
        own=next((each for each in rows if each.by_id == reader.pk), None),
        sign_off=waiting.select_related("asked_by").first(),
        agreed=next((each for each in rows if each.agreed_at is not None), None),
    )
