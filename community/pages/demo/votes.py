"""What moderators do with votes in the story: two ideas joined, votes of one office removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from ideas.actions import cast_vote
from ideas.actions.invalidating import invalidate_votes
from ideas.actions.joining import join_ideas
from ideas.actions.suggesting import suggest_duplicate
from ideas.models import Idea, Vote
from ideas.vote_rules import VoteRule

from .cast import Cast
from .script import Script

OFFICE = "203.0.113.0/24"


def play_votes(
    told: Mapping[str, Any], script: Script, ideas: Mapping[str, Idea], cast: Cast
) -> None:
    """Put what is told of one idea's votes into the script; most ideas have nothing of it."""
    title = told["title"]
    if joined := told.get("joined"):
        act = partial(_join, ideas, title, joined, cast)
        script.at(script.ends - timedelta(days=joined["days"]), act)
    if said := told.get("same_as"):
        act = partial(_suggest, ideas, title, said, cast)
        script.at(script.ends - timedelta(days=said["days"]), act)
    if office := told.get("office"):
        begins = script.ends - timedelta(days=office["days"])
        for number in range(office["votes"]):
            act = partial(_vote, ideas, title, cast, number)
            script.at(begins + timedelta(seconds=20 * number), act)
        script.at(begins + timedelta(hours=3), partial(_remove, ideas, title, office, cast))


def _join(
    ideas: Mapping[str, Idea], title: str, told: Mapping[str, Any], cast: Cast, at: datetime
) -> None:
    reason = told["reason"]
    join_ideas(ideas[title], into=ideas[told["into"]], by=cast["moderator"], reason=reason, at=at)


def _suggest(
    ideas: Mapping[str, Idea], title: str, told: Mapping[str, Any], cast: Cast, at: datetime
) -> None:
    suggest_duplicate(ideas[title], ideas[told["as"]], by=cast[told["by"]], at=at)


def _vote(ideas: Mapping[str, Idea], title: str, cast: Cast, number: int, at: datetime) -> None:
    voter, demo = cast.crowd[-1 - number], Vote.Source.DEMO
    cast_vote(ideas[title], by=voter, source=demo, network=OFFICE, at=at)


def _remove(
    ideas: Mapping[str, Idea], title: str, told: Mapping[str, Any], cast: Cast, at: datetime
) -> None:
    by = cast["moderator"]
    rule = VoteRule(networks=(OFFICE,))
    invalidate_votes(rule, idea=ideas[title], reason=told["reason"], by=by, at=at)
