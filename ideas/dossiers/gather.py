"""Gathering the cases of many escalations in a number of queries that does not grow with them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ..models import Decision, Escalation
from . import echoes, inside, voices, votes
from .shape import Dossier


def heads_of(escalations: Iterable[Escalation], *, at: datetime) -> dict[int, Dossier]:
    """What a list shows of these escalations (`with_case`) at this moment, by key, in four queries.

    Votes cast since are taken off again, so that a digest made late says what stood at its end.
    """
    cases = list(escalations)
    ideas = {case.idea_id for case in cases}
    gains, said = votes.gains(ideas, at), voices.voices(ideas, at)
    stores, verdicts = voices.stores(ideas, at), _verdicts(cases, at)
    return {
        case.pk: Dossier(
            title=case.idea.topic.title,
            board=case.idea.board.name,
            excerpt=case.idea.topic.excerpt,
            votes=case.idea.vote_count - gains[case.idea_id]["since"],
            gain=gains[case.idea_id]["gain"],
            comments=case.idea.topic.reply_count,
            rule=case.rule.name,
            rule_votes=case.rule.votes,
            cycle=case.cycle,
            crossed_at=case.crossed_at,
            raised_at=case.raised_at,
            due_at=case.due_at,
            state=_state_at(case, at),
            taken_by=_taker_at(case, at),
            verdict=verdicts.get(case.pk, ""),
            stores=list(dict.fromkeys([*_own_store(case), *stores[case.idea_id]])),
            voices=said[case.idea_id],
            imported=case.idea.imported_votes,
        )
        for case in cases
    }


def dossiers_of(escalations: Iterable[Escalation], *, at: datetime) -> dict[int, Dossier]:
    """The whole cases of these escalations (`with_case`) at this moment, by key."""
    cases = list(escalations)
    ideas, keys = {case.idea_id for case in cases}, [case.pk for case in cases]
    weeks, removed, places = (
        votes.weeks(ideas, at),
        votes.removed(ideas, at),
        votes.places(ideas, at),
    )
    sides, joined = voices.arguments(ideas, at), echoes.joined(ideas, at)
    questions, earlier = echoes.by_likeness(cases, at)
    notes, scores = inside.notes(keys, at), inside.scores(keys, at)
    heads = heads_of(cases, at=at)

    def whole(case: Escalation) -> Dossier:
        idea = case.idea_id
        monday, by_week = weeks.get(idea, ("", []))
        shops, regions = places.get(idea, ([], []))
        speak_for, count_for = sides.get((idea, voices.FOR), ([], 0))
        speak_against, count_against = sides.get((idea, voices.AGAINST), ([], 0))
        return replace(
            heads[case.pk],
            weeks=by_week,
            weeks_from=monday,
            removed=removed.get(idea, 0),
            places=shops,
            regions=regions,
            speak_for=speak_for,
            count_for=count_for,
            speak_against=speak_against,
            count_against=count_against,
            joined=joined.get(idea, []),
            questions=questions.get(idea, []),
            earlier=earlier.get(idea, []),
            notes=notes.get(case.pk, []),
            scores=scores.get(case.pk, {}),
        )

    return {case.pk: whole(case) for case in cases}


def _state_at(case: Escalation, at: datetime) -> str:
    """The state as it stood: what happened later is not told yet."""
    if case.closed_at is not None and case.closed_at <= at:
        return case.state
    is_taken = case.taken_at is not None and case.taken_at <= at
    return Escalation.State.TAKEN if is_taken else Escalation.State.WAITING


def _taker_at(case: Escalation, at: datetime) -> str:
    is_taken = case.taken_at is not None and case.taken_at <= at
    return case.taken_by.name if is_taken and case.taken_by else ""


def _own_store(case: Escalation) -> list[str]:
    return [str(case.idea.topic.store)] if case.idea.topic.store else []


def _verdicts(cases: list[Escalation], at: datetime) -> dict[int, str]:
    """What was decided on each of these cases: the decision of the moment that closed it."""
    published = Decision.objects.published().filter(published_at__lte=at)
    published = published.filter(idea__in={case.idea_id for case in cases})
    rows = published.values_list("idea_id", "published_at", "verdict")
    by_moment = {(idea, moment): verdict for idea, moment, verdict in rows}
    found = {case.pk: by_moment.get((case.idea_id, case.closed_at)) for case in cases}
    return {case: verdict for case, verdict in found.items() if verdict}
