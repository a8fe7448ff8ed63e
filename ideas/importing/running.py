"""A whole file: read, understood and written batch by batch, or only looked at."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from community.core.page_cache import forget_pages
from forum.models import Board

from .formats import read_records
from .rows import (
    Brought,
    Fault,
    Faulty,
    Understanding,
    boards_by_name,
    column_map,
    comments_by_idea,
)
from .writing import Written, write_batch

BATCH = 100


@dataclass(frozen=True)
class Plan:
    """What is to be brought in, and how."""

    source: str
    data: bytes
    map_name: str = "heard"
    board: Board | None = None
    comments: bytes = b""
    encoding: str = ""


@dataclass
class Report:
    """What came of it: lines read, good lines, what they brought, and every fault."""

    lines: int = 0
    good: int = 0
    written: Written = field(default_factory=Written)
    faults: list[Fault] = field(default_factory=list)
    looked_to: int = 0  # the line at which a look ended early; 0: it did not


Progress = Callable[[Report], None]


def look(
    plan: Plan, *, at: datetime, keep: int = 0, seconds: float = 0
) -> tuple[Report, list[Brought]]:
    """A dry run: the report, and the first ideas; it may end early. Raises FileRefused."""
    report, ends = Report(), time.monotonic() + seconds
    first: list[Brought] = []
    for idea in understood(plan, report, at=at):
        report.good += 1
        report.written.new_comments += len(idea.comments)
        if len(first) < keep:
            first.append(idea)
        if seconds and time.monotonic() > ends:
            report.looked_to = idea.line
            break
    return report, first


def bring_in(
    plan: Plan, *, at: datetime, after_line: int = 0, progress: Progress | None = None
) -> Report:
    """Write every good line after this one; those with faults are reported. Raises FileRefused."""
    report = Report()
    for batch in batches(understood(plan, report, at=at, after_line=after_line)):
        report.good += len(batch)
        report.written.add(write_batch(batch, source=plan.source, at=at))
        if progress:
            progress(report)
    forget_pages()
    return report


def understood(
    plan: Plan, report: Report, *, at: datetime, after_line: int = 0
) -> Iterator[Brought]:
    """The ideas of the file's good lines; lines and faults are counted in the report.

    Of lines up to `after_line` only the keys are read.
    """
    columns = column_map(plan.map_name)
    comments: Mapping[str, list[Any]] = {}
    if plan.comments:
        found = read_records(plan.comments, encoding=plan.encoding)
        comments = comments_by_idea(found, columns)
    understanding = Understanding(columns, boards_by_name(), at, plan.board, comments)
    for record in read_records(plan.data, encoding=plan.encoding):
        report.lines += 1
        if record.line <= after_line:
            understanding.pass_over(record)
            continue
        try:
            idea = understanding.of(record)
        except Faulty as fault:
            report.faults += [Fault(record.line, words) for words in fault.sentences]
            continue
        if idea is not None:
            yield idea


def batches(ideas: Iterator[Brought]) -> Iterator[list[Brought]]:
    """The ideas a hundred at a time."""
    batch: list[Brought] = []
    for idea in ideas:
        batch.append(idea)
        if len(batch) >= BATCH:
            yield batch
            batch = []
    if batch:
        yield batch
