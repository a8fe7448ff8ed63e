"""Joining an idea with the one that says the same, and parting the two again, exactly.

Nothing is moved but what counts: posts, votes and watches stay where they were made, so that an
undo finds all of it, however late. A join stores what stood before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.actions import audit, record
from community.core.page_cache import forget_pages
from community.core.wake import wake
from community.people.models import User

from ..models import Escalation, Idea, IdeaJoin, IdeaStatusChange, Vote
from ..search import refresh_ideas
from ..statuses import LISTED, TAKES_VOTES, UNDER_REVIEW, Status
from .counting import recount, settle, take_votes
from .suggesting import settle_suggestions
from .timeline import add_to_timeline
from .unraising import call_off, status_by_cases, unraise_if_below

HOPS = 5  # other joins that may come between


class CannotJoin(Exception):
    """These two cannot be joined; the sentence says why."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class _Moved(Exception):
    """Another join led the idea on while we waited for it."""


@transaction.atomic
def join_ideas(
    duplicate: Idea, *, into: Idea, by: User, reason: str = "", at: datetime | None = None
) -> IdeaJoin:
    """Let the idea point at the one it duplicates, which counts for both; answer the join.

    Each person counts once. What was joined to the duplicate is led on with it. Joining the same
    two again answers the join that stands. Raises CannotJoin.
    """
    at = at or timezone.now()
    take_votes([duplicate.pk, into.pk])
    duplicate, into = _read(duplicate.pk), _read(into.pk)
    if duplicate.duplicate_of_id == into.pk:
        return _standing_join(duplicate)
    if sentence := why_not(duplicate, into):
        raise CannotJoin(sentence)
    votes = {"votes": duplicate.vote_count, "of_canonical": into.vote_count}
    join = _point(duplicate, into, by=by, reason=reason, at=at)
    _move_votes(duplicate.pk, into.pk)
    _end_cases(duplicate.pk, at=at)
    into.refresh_from_db(fields=["vote_count", "status"])
    _write(join, IdeaStatusChange.Kind.JOINED, Status.DUPLICATE, into, votes=votes, by=by, at=at)
    duplicate.duplicate_of = into
    settle_suggestions(duplicate, by=by, at=at)
    wake("ideas.raise_idea", into.pk)
    return join


def part_ideas(join: IdeaJoin, *, by: User, at: datetime | None = None) -> bool:
    """Undo a join that was asked for; answer whether it still stood.

    Votes return to where they were cast, as they stand now: withdrawn ones are gone, and whoever
    had voted for both is counted on both. Cases that the join closed go on; their time stood still.
    """
    at = at or timezone.now()
    for _hop in range(HOPS):
        own = Idea.objects.filter(pk=join.duplicate_id)
        canonical_id = own.values_list("duplicate_of", flat=True).get()
        if canonical_id is None:
            return False
        try:
            return _part(join, canonical_id, by=by, at=at)
        except _Moved:
            continue
    raise CannotJoin(_("Somebody else is joining this idea right now. Please try again."))


@transaction.atomic
def _part(join: IdeaJoin, canonical_id: int, *, by: User, at: datetime) -> bool:
    own = join.duplicate_id
    take_votes([own, canonical_id])
    idea, canonical = _read(own), _read(canonical_id)
    if not IdeaJoin.objects.standing().filter(pk=join.pk).exists():
        return False
    if idea.duplicate_of_id != canonical_id:
        raise _Moved(idea)
    votes = {"votes": 0, "of_canonical": canonical.vote_count}
    carried = list(join.carried.standing().values_list("duplicate_id", flat=True))
    group = [own, *carried]
    later = IdeaJoin.objects.standing().filter(duplicate__in=group, pk__gte=join.pk)
    later.update(parted_at=at, parted_by=by)
    status = _reopen(join, at=at)
    Idea.objects.filter(pk=own).update(status=status, duplicate_of=None)
    Idea.objects.filter(pk__in=carried).update(duplicate_of=own)
    Vote.objects.filter(counted_on=canonical_id, idea__in=group).update(counted_on=own)
    settle([own, canonical_id])
    recount([own, canonical_id])
    unraise_if_below(canonical_id, at=at)
    canonical.refresh_from_db(fields=["vote_count", "status"])
    _write(join, IdeaStatusChange.Kind.PARTED, status, canonical, votes=votes, by=by, at=at)
    wake("ideas.raise_idea", own)
    return True


def why_not(duplicate: Idea, into: Idea) -> str:
    """Why these two cannot be joined; nothing where they can."""
    if duplicate.pk == into.pk:
        return _("An idea cannot be joined with itself.")
    if duplicate.status == Status.DUPLICATE:
        return _("This idea was joined already. Part it first.")
    if duplicate.status not in TAKES_VOTES:
        return _("This idea has been decided or taken back. It stays as it is.")
    if into.status not in LISTED:
        return _("The other idea was joined itself, or taken back. Choose one that stands.")
    if into.topic.hidden_at is not None:
        return _("The other idea is hidden, so nobody could read it.")
    if duplicate.board.audience != into.board.audience:
        return _("These ideas are not open to the same readers, so they stay apart.")
    return ""


def original_join(idea: Idea) -> IdeaJoin | None:
    """The standing join that somebody asked for; undoing it lets the idea stand on its own."""
    joins = IdeaJoin.objects.standing().filter(duplicate=idea.pk, because_of=None)
    return joins.order_by("-pk").first()


def _read(pk: int) -> Idea:
    return Idea.objects.select_related("topic", "board").get(pk=pk)


def _standing_join(duplicate: Idea) -> IdeaJoin:
    joins = IdeaJoin.objects.standing().filter(duplicate=duplicate.pk)
    return joins.order_by("-pk")[0]


def _point(duplicate: Idea, into: Idea, *, by: User, reason: str, at: datetime) -> IdeaJoin:
    """Point the idea, and all that point at it, at the other; keep what stood before."""
    join = IdeaJoin.objects.create(
        duplicate=duplicate,
        canonical=into,
        status_before=duplicate.status,
        reason=reason,
        by=by,
        at=at,
    )
    led_on = Idea.objects.filter(duplicate_of=duplicate.pk)
    IdeaJoin.objects.bulk_create(
        IdeaJoin(
            duplicate_id=pk,
            canonical=into,
            because_of=join,
            status_before=Status.DUPLICATE,
            canonical_before=duplicate,
            by=by,
            at=at,
        )
        for pk in led_on.order_by("pk").values_list("pk", flat=True)
    )
    led_on.update(duplicate_of=into.pk)
    open_still = Idea.objects.filter(pk=duplicate.pk, status__in=TAKES_VOTES)
    if not open_still.update(status=Status.DUPLICATE, duplicate_of=into.pk):
        raise CannotJoin(_("This idea has been decided or taken back. It stays as it is."))
    return join


def _move_votes(duplicate_id: int, into_id: int) -> None:
    """Let each person who counts on either count once, by the earlier of their votes."""
    here = Vote.objects.filter(counted_on=duplicate_id)
    there = Vote.objects.filter(counted_on=into_id)
    here.filter(person__in=there.values("person")).update(counted_on=None)
    here.update(counted_on=into_id)
    settle([into_id])
    recount([duplicate_id, into_id])


def _end_cases(idea_id: int, *, at: datetime) -> None:
    """Close what waits for review: the other idea is raised by its own votes."""
    cases = list(Escalation.objects.open().filter(idea=idea_id))
    ended = Escalation.objects.filter(pk__in=[case.pk for case in cases])
    ended.update(state=Escalation.State.UNRAISED, closed_at=at)
    for case in cases:
        call_off(case, "idea.joined", at=at)


def _reopen(join: IdeaJoin, *, at: datetime) -> str:
    """Let the cases go on that the join closed, their time as far as it was; answer the status."""
    closed = Escalation.objects.filter(
        idea=join.duplicate_id, state=Escalation.State.UNRAISED, closed_at=join.at
    )
    cases = list(closed)
    for case in cases:
        is_taken = case.taken_by_id is not None
        case.state = Escalation.State.TAKEN if is_taken else Escalation.State.WAITING
        case.closed_at = None
        case.due_at += at - join.at
        case.remind_at += at - join.at
    Escalation.objects.bulk_update(cases, ["state", "closed_at", "due_at", "remind_at"])
    was_raised = join.status_before in UNDER_REVIEW
    return status_by_cases(join.duplicate_id) if was_raised else join.status_before


def _write(
    join: IdeaJoin,
    kind: str,
    status: str,
    canonical: Idea,
    *,
    votes: dict[str, int],
    by: User,
    at: datetime,
) -> None:
    """Say it on both timelines, in the log and to whoever reacts, and let no kept page stand."""
    duplicate = _read(join.duplicate_id)
    reason = join.reason if kind == IdeaStatusChange.Kind.JOINED else ""
    lines: Sequence[tuple[Idea, str, Idea]] = (
        (duplicate, status, canonical),
        (canonical, canonical.status, duplicate),
    )
    for idea, since, other in lines:
        add_to_timeline(
            idea, kind, status=since, at=at, by=by, byline=by.name, note=reason, other=other.pk
        )
    counts = {"votes": duplicate.vote_count, "of_canonical": canonical.vote_count}
    verb = f"idea.{kind}"
    after = {"idea": canonical.pk, **counts}
    audit(verb, duplicate, kind="idea", by=by, before=votes, after=after, reason=reason, at=at)
    record(verb, duplicate, kind="idea", by=by, at=at, canonical=canonical.pk)
    refresh_ideas(duplicate.pk)
    forget_pages()
