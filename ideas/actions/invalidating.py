"""Taking votes out of the count by a rule, with a public reason, and putting them back exactly."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from community.activity.actions import audit
from community.core.page_cache import forget_pages
from community.core.wake import wake
from community.people.models import User

from ..models import Idea, IdeaStatusChange, Vote, VoteInvalidation
from ..statuses import UNDER_REVIEW
from ..vote_rules import VoteRule, votes_by
from .alarming import settle_alarms
from .counting import chunks, recount, settle, take_votes
from .unraising import unraise_if_below

MOST_WOKEN = 100  # ideas looked at by the raise task at once; the sweep finds the others


@transaction.atomic
def invalidate_votes(
    rule: VoteRule,
    *,
    reason: str,
    by: User,
    idea: Idea | None = None,
    at: datetime | None = None,
) -> VoteInvalidation | None:
    """Take the votes that the rule names out of the count, of one idea or of all.

    None where it names none. Whoever has another vote there, by another account of theirs, counts
    by that one if the rule does not name it. An idea that falls below its rule before its review
    began goes back to voting.
    """
    at = at or timezone.now()
    named = votes_by(rule, idea)
    ideas = sorted(set(named.order_by().values_list("target", flat=True)))
    if not ideas:
        return None
    take_votes(ideas)
    before = _counts(ideas)
    made = VoteInvalidation.objects.create(
        idea=idea, rule=rule.to_json(), reason=reason, by=by, at=at
    )
    here = named.order_by().values_list("pk", "target")
    keys = [pk for pk, target in here if target in before]
    for some in chunks(keys):
        taken = Vote.objects.filter(pk__in=some, invalidation=None)
        made.vote_count += taken.update(invalidation=made, counted_on=None)
    made.save(update_fields=["vote_count"])
    _count_anew(made, before, IdeaStatusChange.Kind.VOTES_REMOVED, reason, by=by, at=at)
    reviewed = Idea.objects.filter(pk__in=ideas, status__in=UNDER_REVIEW)
    for pk in list(reviewed.values_list("pk", flat=True)):
        unraise_if_below(pk, at=at)
    settle_alarms(ideas, by=by, at=at)
    return made


@transaction.atomic
def restore_votes(made: VoteInvalidation, *, by: User, at: datetime | None = None) -> bool:
    """Undo an invalidation; answer whether it stood. What was voted meanwhile stays as it is.

    A vote counts again unless its person has an earlier one there; votes withdrawn or accounts
    deleted meanwhile are gone.
    """
    at = at or timezone.now()
    mine = Vote.objects.filter(invalidation=made.pk).with_target()
    ideas = sorted(set(mine.order_by().values_list("target", flat=True)))
    take_votes(ideas)
    standing = VoteInvalidation.objects.filter(pk=made.pk, undone_at=None)
    if not standing.update(undone_at=at, undone_by=by):
        return False
    before = _counts(ideas)
    Vote.objects.filter(invalidation=made.pk).update(invalidation=None)
    _count_anew(made, before, IdeaStatusChange.Kind.VOTES_RESTORED, "", by=by, at=at)
    for pk in [pk for pk, count in _counts(ideas).items() if count > before[pk]][:MOST_WOKEN]:
        wake("ideas.raise_idea", pk)
    made.refresh_from_db()
    return True


def _counts(ideas: Collection[int]) -> dict[int, int]:
    """The stored counts, read while the rows are ours."""
    return {
        pk: count
        for some in chunks(ideas)
        for pk, count in Idea.objects.filter(pk__in=some).values_list("pk", "vote_count")
    }


def _count_anew(
    made: VoteInvalidation,
    before: dict[int, int],
    kind: str,
    reason: str,
    *,
    by: User,
    at: datetime,
) -> None:
    """Let the right votes count, and say on each idea and in the log what changed."""
    for some in chunks(before):
        settle(some)
    recount(before)
    after = _counts(before)
    changed = {pk: after[pk] - count for pk, count in before.items() if after[pk] != count}
    _say_on_each(changed, kind, reason, by=by, at=at)
    audit(
        f"votes.{'removed' if reason else 'restored'}",
        made,
        kind="votes",
        by=by,
        before={"counted": sum(before.values())},
        after={"counted": sum(after.values()), "ideas": len(after), "rule": _words(made)},
        reason=reason,
        at=at,
    )
    forget_pages()


def _say_on_each(
    changed: dict[int, int], kind: str, reason: str, *, by: User, at: datetime
) -> None:
    """A line on the timeline of each idea whose count changed."""
    statuses = dict(Idea.objects.filter(pk__in=changed).values_list("pk", "status"))
    lines = (
        IdeaStatusChange(
            idea_id=pk,
            kind=kind,
            status=statuses[pk],
            at=at,
            by=by,
            byline=by.name,
            note=reason,
            data={"votes": abs(change)},
        )
        for pk, change in changed.items()
    )
    IdeaStatusChange.objects.bulk_create(lines, batch_size=1000)


def _words(made: VoteInvalidation) -> str:
    """The rule in one line of the log."""
    return "; ".join(
        f"{name}: {', '.join(value) if isinstance(value, list) else value}"
        for name, value in made.rule.items()
    )
