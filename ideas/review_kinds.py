"""Cases, digests, decisions and promises by their kinds, and how notices of review read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.core import kinds
from community.notifications import phrases
from community.people.readers import Reader
from forum.models import Promise

from .models import Decision, DepartmentNote, Escalation, Idea, ReviewDigest, SignOff
from .models.work import DepartmentNoteQuerySet
from .review_permissions import may_review, may_see_sign_offs


def visible_cases(reader: Reader) -> QuerySet[Escalation]:
    """The cases of ideas that a reviewer may open; none for others."""
    if not may_review(reader):
        return Escalation.objects.none()
    return Escalation.objects.visible_to(reader).select_related("idea__topic")


def visible_notes(reader: Reader) -> DepartmentNoteQuerySet:
    """What departments were asked: all for reviewers, for owners what their own were asked."""
    if not reader.is_authenticated or not reader.is_active:
        return DepartmentNote.objects.none()
    notes = DepartmentNote.objects.select_related("department", "escalation__idea__topic")
    notes = notes.filter(escalation__idea__in=Idea.objects.visible_to(reader))
    return notes if may_review(reader) else notes.answered_by_owner(reader)


def visible_sign_offs(reader: Reader) -> QuerySet[SignOff]:
    """What a second person was asked to allow; none for who may not sign anything off."""
    if not may_see_sign_offs(reader):
        return SignOff.objects.none()
    rows = SignOff.objects.select_related("decision__idea__topic", "decision__by")
    return rows.filter(decision__idea__in=Idea.objects.visible_to(reader))


def visible_digests(reader: Reader) -> QuerySet[ReviewDigest]:
    """All digests, for reviewers."""
    return ReviewDigest.objects.all() if may_review(reader) else ReviewDigest.objects.none()


def visible_decisions(reader: Reader) -> QuerySet[Decision]:
    """What was decided on the ideas that the reader may open."""
    published = Decision.objects.published().select_related("idea__topic")
    return published.filter(idea__in=Idea.objects.visible_to(reader))


def visible_promises(reader: Reader) -> QuerySet[Promise]:
    """What was promised on the ideas that the reader may open."""
    ideas = Idea.objects.visible_to(reader)
    return Promise.objects.filter(topic__idea__in=ideas).select_related("topic__idea__topic")


kinds.register(
    kinds.Kind(
        name="decision",
        visible_to=visible_decisions,
        title_of=lambda decision: decision.idea.topic.title,
        url_of=lambda decision: decision.idea.get_absolute_url(),
        author_of=lambda decision: None,
    )
)
kinds.register(
    kinds.Kind(
        name="promise",
        visible_to=visible_promises,
        title_of=lambda promise: promise.topic.title,
        url_of=lambda promise: promise.topic.idea.get_absolute_url(),
        author_of=lambda promise: None,
    )
)
kinds.register(
    kinds.Kind(
        name="escalation",
        visible_to=visible_cases,
        title_of=lambda case: case.idea.topic.title,
        url_of=lambda case: case.get_absolute_url(),
        author_of=lambda case: None,
    )
)
kinds.register(
    kinds.Kind(
        name="department-note",
        visible_to=visible_notes,
        title_of=lambda note: note.escalation.idea.topic.title,
        url_of=lambda note: note.get_absolute_url(),
        author_of=lambda note: None,
    )
)
kinds.register(
    kinds.Kind(
        name="sign-off",
        visible_to=visible_sign_offs,
        title_of=lambda sign_off: sign_off.decision.idea.topic.title,
        url_of=lambda sign_off: sign_off.get_absolute_url(),
        author_of=lambda sign_off: None,
    )
)
kinds.register(
    kinds.Kind(
        name="digest",
        visible_to=visible_digests,
        title_of=lambda digest: _("Review digest %(number)d") % {"number": digest.number},
        url_of=lambda digest: digest.get_absolute_url(),
        author_of=lambda digest: None,
    )
)


def _say(verb: str, sentence: str) -> None:
    phrases.register(
        verb, lambda notice, title, actor: _(sentence) % {"title": title, "actor": actor}
    )


_say("idea.raised", "Raised to review: %(title)s")
_say("idea.unraised", "Taken back to voting, too few votes are left: %(title)s")
_say("idea.joined", "Closed, joined with another idea: %(title)s")
_say("review.late", "Still without the answer that was due: %(title)s")
_say("review.reminded_at", "Most of the time to answer has passed: %(title)s")
_say("review.due_reminded_at", "The answer is due today: %(title)s")
_say("review.assigned", "A case was given to you: %(title)s")
_say("review.score_asked", "Your score is asked for: %(title)s")
_say("review.scored", "Everybody has scored: %(title)s")
_say("review.department_asked", "Your department is asked about: %(title)s")
_say("review.department_reminded", "Your department’s answer is due tomorrow: %(title)s")
_say("review.department_due", "Your department’s answer is due today: %(title)s")
_say("review.department_answered", "A department has answered: %(title)s")
_say("review.sign_off_asked", "A decision waits for your sign-off: %(title)s")
_say("review.sign_off.allowed", "Signed off, ready to publish: %(title)s")
_say("review.sign_off.returned", "Returned to you with a note: %(title)s")
_say("review.not_published", "Not published as planned, please look: %(title)s")
_say("review.reopened", "A decision of yours is looked at again: %(title)s")
_say("review.word", "An executive asks about: %(title)s")
_say("digest.closed", "%(title)s is ready")
_say("decision.published", "Decided: %(title)s")
_say("decision.reopened", "Taken back, and looked at again: %(title)s")
_say("promise.kept", "Done: %(title)s")
