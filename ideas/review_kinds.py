"""Cases, digests, decisions and promises by their kinds, and how notices of review read."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from community.core import kinds
from community.notifications import phrases
from community.people.readers import Reader
from forum.models import Promise

from .models import Decision, Escalation, Idea, ReviewDigest
from .review_permissions import may_review


def visible_cases(reader: Reader) -> QuerySet[Escalation]:
    """The cases of ideas that a reviewer may open; none for others."""
    if not may_review(reader):
        return Escalation.objects.none()
    return Escalation.objects.visible_to(reader).select_related("idea__topic")


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
_say("review.reminded_at", "Most of the time to answer has passed: %(title)s")
_say("review.due_reminded_at", "The answer is due today: %(title)s")
_say("digest.closed", "%(title)s is ready")
_say("decision.published", "Decided: %(title)s")
_say("promise.kept", "Done: %(title)s")
