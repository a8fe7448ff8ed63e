"""What ideas put into the moderators' queue: pairs that may be the same, and odd votes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from community.core.wording import grouped_number
from community.moderation.queued import QueuedKind, register
from community.people.models import User

from .actions.alarming import FEW, settle_alarm
from .actions.suggesting import keep_both
from .join_preview import preview_join
from .models import DuplicateSuggestion, Idea, Vote, VoteAlarm

SHOWN = 10


def pair_in_question(pk: int, reader: User) -> dict[str, Any] | None:
    """Both ideas with their words and votes, and what joining them would come to."""
    rows = DuplicateSuggestion.objects.select_related("idea", "canonical", "by")
    found = rows.filter(pk=pk).first()
    if found is None:
        return None
    keys = (found.idea_id, found.canonical_id)
    ideas = Idea.objects.visible_to(reader).select_related("topic__author", "board").in_bulk(keys)
    if len(ideas) < len(keys):
        return None
    preview = preview_join(ideas[found.idea_id], ideas[found.canonical_id])
    who = found.by.name if found.by else _("Somebody who left")
    return {
        "heading": _("Are these two the same?"),
        "lead": _("%(who)s says so.") % {"who": who},
        "suggestion": found,
        "preview": preview,
        "join_url": f"/ideas/{found.idea_id}/join/?into={found.canonical_id}",
        "turned_url": f"/ideas/{found.canonical_id}/join/?into={found.idea_id}",
    }


def burst_of_votes(pk: int, reader: User) -> dict[str, Any] | None:
    """The burst in figures and its newest votes, and where to look closer."""
    alarm = VoteAlarm.objects.filter(pk=pk).first()
    if alarm is None:
        return None
    ideas = Idea.objects.visible_to(reader).select_related("topic")
    idea = ideas.filter(pk=alarm.idea_id).first()
    if idea is None:
        return None
    votes = Vote.objects.filter(idea=idea, at__range=(alarm.since, alarm.until))
    newest = votes.select_related("voter").order_by("-at", "-pk")[:SHOWN]
    words = {
        VoteAlarm.Sign.FEW_NETWORKS: _("Many votes from few networks"),
        VoteAlarm.Sign.FRESH_ACCOUNTS: _("Many votes from new accounts"),
    }
    lead = _("%(suspect)s of %(votes)s votes look alike.")
    figures = {
        "suspect": grouped_number(alarm.suspect),
        "votes": grouped_number(alarm.votes),
    }
    networks = _most_from(votes) if alarm.sign == VoteAlarm.Sign.FEW_NETWORKS else []
    span = {
        "since": _typed(alarm.since),
        "until": _typed(alarm.until + timedelta(seconds=1)),
        "networks": ", ".join(name for name, _votes in networks),
    }
    return {
        "heading": words[VoteAlarm.Sign(alarm.sign)],
        "lead": lead % figures,
        "alarm": alarm,
        "idea": idea,
        "votes": newest,
        "networks": networks,
        "few_networks": alarm.sign == VoteAlarm.Sign.FEW_NETWORKS,
        "hours": settings.NEWCOMER_HOURS,
        "votes_url": f"/ideas/{idea.pk}/votes/?{urlencode(span)}",
    }


def _most_from(votes: QuerySet[Vote]) -> list[tuple[str, int]]:
    """The networks that most of these votes come from, with how many."""
    counts = votes.exclude(network="").order_by().values("network").annotate(votes=Count("pk"))
    return list(counts.order_by("-votes", "network").values_list("network", "votes")[:FEW])


def _typed(at: datetime) -> str:
    """A moment as a form's field takes it."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%S")


def _keep_both(pk: int, by: User) -> str:
    suggestion = DuplicateSuggestion.objects.select_related("idea").get(pk=pk)
    return _("They stay apart.") if keep_both(suggestion, by=by) else ""


def _all_fine(pk: int, by: User) -> str:
    alarm = VoteAlarm.objects.select_related("idea").get(pk=pk)
    return _("The votes stay.") if settle_alarm(alarm, by=by) else ""


register(
    QueuedKind(
        name="duplicate",
        template="ideas/_queued_pair.html",
        context_of=pair_in_question,
        acts={"keep": _keep_both},
    )
)
register(
    QueuedKind(
        name="vote_alarm",
        template="ideas/_queued_burst.html",
        context_of=burst_of_votes,
        acts={"fine": _all_fine},
    )
)
