"""What colleagues said to cases: departments' notes, and scores once everybody has given theirs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from statistics import mean
from typing import Any

from ..models import DepartmentNote, Score
from .shape import Word


def notes(cases: Collection[int], at: datetime) -> dict[int, list[Word]]:
    """The answers of departments, by case."""
    answered = DepartmentNote.objects.filter(escalation__in=cases, answered_at__lte=at)
    found: dict[int, list[Word]] = defaultdict(list)
    for note in answered.select_related("department", "answered_by").order_by("answered_at"):
        by = note.answered_by.name if note.answered_by else ""
        word = Word(note.department.name, note.note, note.cost, note.benefit, by)
        found[note.escalation_id].append(word)
    return found


def scores(cases: Collection[int], at: datetime) -> dict[int, dict[str, Any]]:
    """By case how many were asked and have scored; means and spread only when all have."""
    asked = Score.objects.filter(escalation__in=cases, asked_at__lte=at)
    by_case: dict[int, list[Score]] = defaultdict(list)
    for score in asked:
        by_case[score.escalation_id].append(score)
    return {case: _tally(rows, at) for case, rows in by_case.items()}


def _tally(rows: list[Score], at: datetime) -> dict[str, Any]:
    given = [row for row in rows if row.scored_at is not None and row.scored_at <= at]
    tally: dict[str, Any] = {"asked": len(rows), "scored": len(given)}
    if len(given) == len(rows):
        for name in ("impact", "feasibility"):
            marks = [getattr(row, name) for row in given]
            tally[name] = [round(mean(marks), 1), min(marks), max(marks)]
    return tally
