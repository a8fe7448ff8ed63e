"""Runs of the admin: looked at first, then done by the worker, whoever is killed meanwhile.

How far a run is stands in its row and moves in the transaction that writes the lines before it; a
claim that a killed worker left behind runs out, and the sweep finds what is unfinished.
"""

from __future__ import annotations

import time
import zlib
from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from community.activity.actions import audit
from community.core.page_cache import forget_pages
from community.core.wake import wake
from community.people.models import User

from ..models import ImportRun
from .formats import FileRefused
from .rows import Brought, Fault
from .running import Plan, Report, batches, look, understood
from .writing import write_batch

CLAIM = timedelta(minutes=3)
SECONDS = 100.0  # that one task goes on, well below its time limit
KEPT_FAULTS = 500
NOTHING_YET: dict[str, Any] = {
    "line_done": 0,
    "new_ideas": 0,
    "new_comments": 0,
    "fault_count": 0,
    "faults": [],
}
SHOWN = 5
PREVIEW_SECONDS = 15.0  # that an admin waits for; the rest is looked at while it runs


def prepare(
    plan: Plan, *, file_name: str, all_or_nothing: bool, by: User, at: datetime | None = None
) -> ImportRun:
    """Keep the file with what a dry run says of it. Raises FileRefused.

    In no transaction: while it looks, others write.
    """
    at = at or timezone.now()
    report, _first = look(plan, at=at, seconds=PREVIEW_SECONDS)
    lines = plan.data.count(b"\n") + 1
    return ImportRun.objects.create(
        source=plan.source,
        map_name=plan.map_name,
        board=plan.board,
        file_name=file_name[:120],
        content=zlib.compress(_as_utf8(plan.data, plan.encoding)),
        comments=zlib.compress(_as_utf8(plan.comments, plan.encoding)) if plan.comments else b"",
        is_all_or_nothing=all_or_nothing,
        line_count=lines,
        line_done=report.looked_to or lines,
        new_ideas=report.good,
        new_comments=report.written.new_comments,
        by=by,
        made_at=at,
        **_faults(report.faults),
    )


def first_ideas(run: ImportRun) -> list[Brought]:
    """The first ideas of the file once more, for the preview."""
    return list(islice(understood(plan_of(run), Report(), at=run.made_at), SHOWN))


@transaction.atomic
def start(run: ImportRun, *, by: User, at: datetime | None = None) -> bool:
    """Let the worker begin; answer whether that is news."""
    at = at or timezone.now()
    waiting = ImportRun.objects.filter(pk=run.pk, state=ImportRun.State.PREVIEW)
    if not waiting.update(state=ImportRun.State.RUNNING, **NOTHING_YET):
        return False
    run.refresh_from_db()
    after = {"file": run.file_name, "source": run.source, "lines": run.line_count}
    audit("import.started", run, kind="import", by=by, after=after, at=at)
    wake("ideas.import", run.pk)
    return True


def carry_on(run_id: int, *, at: datetime | None = None, seconds: float = SECONDS) -> bool:
    """Go on with a run for a while, if nobody else does; answer whether there is more to do."""
    at = at or timezone.now()
    free = Q(claimed_until=None) | Q(claimed_until__lte=at)
    mine = ImportRun.objects.unfinished().filter(free, pk=run_id)
    if not mine.update(claimed_until=at + CLAIM):
        return False
    run = ImportRun.objects.select_related("board").get(pk=run_id)
    ends, report = time.monotonic() + seconds, Report()
    try:
        if run.is_all_or_nothing and run.line_done == 0:
            report, _first = look(plan_of(run), at=run.made_at)
            if report.faults:
                return _end(run, report, state=ImportRun.State.REFUSED, at=at)
            report = Report()
        for batch in _rest(run, report):
            _write(run, batch, report, at=at)
            if time.monotonic() > ends:
                ImportRun.objects.filter(pk=run.pk).update(claimed_until=None)
                return True
    except FileRefused as fault:
        report.faults.append(Fault(0, str(fault)))
        return _end(run, report, state=ImportRun.State.REFUSED, at=at)
    return _end(run, report, state=ImportRun.State.DONE, at=at)


def carry_on_all(at: datetime) -> int:
    """Go on with every run that nobody is at; answer how many there were."""
    runs = list(ImportRun.objects.unfinished().values_list("pk", flat=True))
    for pk in runs:
        carry_on(pk, at=at, seconds=SECONDS / 4)
    return len(runs)


def plan_of(run: ImportRun) -> Plan:
    """What the run was asked to do."""
    return Plan(
        source=run.source,
        data=zlib.decompress(run.content),
        map_name=run.map_name,
        board=run.board,
        comments=zlib.decompress(run.comments) if run.comments else b"",
    )


def keep_report(plan: Plan, report: Report, *, file_name: str, at: datetime) -> ImportRun:
    """The row of what a command brought in, so that the admin lists it too."""
    with transaction.atomic():
        run = ImportRun.objects.create(
            source=plan.source,
            map_name=plan.map_name,
            board=plan.board,
            file_name=file_name[:120],
            state=ImportRun.State.DONE,
            line_count=report.lines,
            line_done=report.lines,
            made_at=at,
            done_at=at,
            **asdict(report.written),
            **_faults(report.faults),
        )
        _audit_end(run, at=at)
    return run


def _rest(run: ImportRun, report: Report) -> Iterator[list[Brought]]:
    ideas = understood(plan_of(run), report, at=run.made_at, after_line=run.line_done)
    return batches(ideas)


@transaction.atomic
def _write(run: ImportRun, batch: list[Brought], report: Report, *, at: datetime) -> None:
    """Write a batch and how far the run is now, both or neither.

    The faults are those of the lines before this worker began, and those it has met.
    """
    written = write_batch(batch, source=run.source, at=at)
    ImportRun.objects.filter(pk=run.pk).update(
        line_done=batch[-1].line,
        claimed_until=timezone.now() + CLAIM,
        **_faults(report.faults, run),
        **{name: F(name) + count for name, count in asdict(written).items()},
    )


@transaction.atomic
def _end(run: ImportRun, report: Report, *, state: str, at: datetime) -> bool:
    """The file is done with and goes; its report stays. There is nothing more to do."""
    facts = _faults(report.faults, run)
    ImportRun.objects.filter(pk=run.pk).update(
        state=state,
        done_at=at,
        line_done=F("line_count"),
        claimed_until=None,
        content=b"",
        comments=b"",
        **facts,
    )
    run.refresh_from_db()
    _audit_end(run, at=at)
    forget_pages()
    return False


def _audit_end(run: ImportRun, *, at: datetime) -> None:
    after = {
        "file": run.file_name,
        "source": run.source,
        "new_ideas": run.new_ideas,
        "new_comments": run.new_comments,
        "faults": run.fault_count,
    }
    audit("import.ended", run, kind="import", by=run.by, after=after, at=at)


def _faults(faults: list[Fault], run: ImportRun | None = None) -> dict[str, Any]:
    """How many there are, and the first of them; after those that the run has."""
    before, count = (run.faults, run.fault_count) if run else ([], 0)
    new = [[fault.line, fault.words] for fault in faults]
    return {"fault_count": count + len(new), "faults": [*before, *new][:KEPT_FAULTS]}


def _as_utf8(data: bytes, encoding: str) -> bytes:
    """The file as it is, or out of an encoding that was named."""
    if not encoding:
        return data
    try:
        return data.decode(encoding, errors="surrogateescape").encode(errors="surrogateescape")
    except LookupError as fault:
        words = _("There is no encoding “%(name)s”.") % {"name": encoding}
        raise FileRefused(words) from fault
