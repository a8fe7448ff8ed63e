"""The hash chain over the audit trail: laid by one job, followed by `manage.py reconcile`.

Each link is SHA-256 over the link before it and all of its entry, the digest of the readable part
included. A byte changed anywhere breaks it there.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC

from django.db import IntegrityError, connection, transaction

from community.core.counters import Drift, counter

from .actions import digest_of
from .models import AuditDetail, AuditEntry, AuditSeal
from .triggers import install, missing

BATCH = 1000
LATE = 10_000  # ids behind the last sealed one, among which late commits are looked for


def seal_entries(limit: int = BATCH) -> int:
    """Lay the next links; answer how many. Of two sweeps at once, the second lays none."""
    last = AuditSeal.objects.order_by("-no").first()
    no, chain = (last.no, last.chain) if last else (0, "")
    recent = AuditEntry.objects.filter(seal=None)
    if last is not None:
        recent = recent.filter(pk__gt=last.entry_id - LATE)
    seals = []
    for entry in recent.order_by("pk")[:limit]:
        no, chain = no + 1, link(chain, entry)
        seals.append(AuditSeal(no=no, entry=entry, chain=chain))
    try:
        with transaction.atomic():
            AuditSeal.objects.bulk_create(seals)
    except IntegrityError:
        return 0
    return len(seals)


def link(before: str, entry: AuditEntry) -> str:
    """The link that seals this entry after the one before it ("" for the first)."""
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    sealed = [entry.pk, at, entry.actor_id, entry.verb, entry.kind, entry.object_id, entry.digest]
    return hashlib.sha256(json.dumps([before, *sealed]).encode()).hexdigest()


@counter("audit.chain")
def follow_chain(repair: bool) -> Iterator[Drift]:
    """Each entry whose link is not what it was when it was laid. Nothing here can be mended."""
    before = ""
    seals = AuditSeal.objects.select_related("entry__detail").order_by("no")
    for no, seal in enumerate(seals.iterator(chunk_size=BATCH), start=1):
        if seal.no != no:
            yield Drift("audit seals", f"number {seal.no}", f"number {no}")
            return
        true = link(before, seal.entry)
        if seal.chain != true:
            yield Drift(f"seal of audit entry {seal.entry_id}", seal.chain, true)
        before = seal.chain


@counter("audit.detail")
def check_details(repair: bool) -> Iterator[Drift]:
    """Each entry whose readable part is not what was written, or is gone without an erasure."""
    entries = AuditEntry.objects.select_related("detail").order_by("pk")
    erased = set(AuditEntry.objects.filter(verb="audit.erased").values_list("object_id", flat=True))
    for entry in entries.iterator(chunk_size=BATCH):
        detail: AuditDetail | None = getattr(entry, "detail", None)
        if detail is None and entry.pk not in erased:
            yield Drift(f"detail of audit entry {entry.pk}", "gone", entry.digest)
        elif detail is not None and digest_of(detail) != entry.digest:
            yield Drift(f"detail of audit entry {entry.pk}", digest_of(detail), entry.digest)


@counter("audit.triggers")
def check_triggers(repair: bool) -> Iterator[Drift]:
    """Each trigger that should guard the trail and is not there; with True they are put back."""
    gone = missing(connection)
    if gone and repair:
        install(connection)
    for name in gone:
        yield Drift(f"trigger {name}", "missing", "installed")
