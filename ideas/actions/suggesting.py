"""Members say that two ideas are the same; moderators join them, or keep both."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from community.activity.actions import audit
from community.moderation.actions import close_queued, queue
from community.people.models import User

from ..models import DuplicateSuggestion, Idea

QUEUED = "duplicate"


@transaction.atomic
def suggest_duplicate(idea: Idea, canonical: Idea, *, by: User, at: datetime | None = None) -> bool:
    """Put it before the moderators, once for each pair; answer whether nobody had said so."""
    at = at or timezone.now()
    suggestion, is_new = DuplicateSuggestion.objects.get_or_create(
        idea=idea, canonical=canonical, defaults={"by": by, "at": at}
    )
    if is_new:
        queue(QUEUED, suggestion.pk, at=at)
    return is_new


@transaction.atomic
def keep_both(suggestion: DuplicateSuggestion, *, by: User, at: datetime | None = None) -> bool:
    """Say that they are not the same; answer whether nobody had decided yet."""
    at = at or timezone.now()
    mine = DuplicateSuggestion.objects.open().filter(pk=suggestion.pk)
    if not mine.update(settled_at=at, settled_by=by):
        return False
    close_queued(QUEUED, [suggestion.pk], by=by, at=at)
    after = {"other": suggestion.canonical_id}
    audit("idea.kept_apart", suggestion.idea, kind="idea", by=by, after=after, at=at)
    return True


def settle_suggestions(idea: Idea, *, by: User, at: datetime) -> None:
    """What members suggested about an idea is answered by its join.

    Accepted is what named this pair, whichever of the two came first.
    """
    other = idea.duplicate_of_id or 0
    turned = Q(idea=other, canonical=idea.pk)
    mine = DuplicateSuggestion.objects.open().filter(Q(idea=idea.pk) | turned)
    keys = list(mine.values_list("pk", flat=True))
    mine.filter(Q(canonical=other) | turned).update(is_accepted=True)
    mine.update(settled_at=at, settled_by=by)
    close_queued(QUEUED, keys, by=by, at=at)
