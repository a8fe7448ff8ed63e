"""The rows of the log: each entry in words, with its thing where it is still there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.activity.models import AuditDetail, AuditEntry
from community.core import kinds
from community.core.wording import day_words, grouped_number, moment_words
from community.people.models import User

KINDS = {
    "post": gettext_lazy("Posts"),
    "topic": gettext_lazy("Conversations"),
    "person": gettext_lazy("People"),
    "idea": gettext_lazy("Ideas"),
    "votes": gettext_lazy("Votes"),
    "escalation": gettext_lazy("Reviews of ideas"),
    "decision": gettext_lazy("Decisions"),
    "promise": gettext_lazy("Promises"),
    "digest": gettext_lazy("Digests"),
}
UNNAMED = {  # by number, for who may not open the thing
    "post": gettext_lazy("post %(number)d"),
    "topic": gettext_lazy("conversation %(number)d"),
    "person": gettext_lazy("member %(number)d"),
    "idea": gettext_lazy("idea %(number)d"),
    "votes": gettext_lazy("act %(number)d"),
    "escalation": gettext_lazy("case %(number)d"),
    "decision": gettext_lazy("decision %(number)d"),
    "promise": gettext_lazy("promise %(number)d"),
    "digest": gettext_lazy("digest %(number)d"),
    "mail": gettext_lazy("mail %(number)d"),
    "import": gettext_lazy("import %(number)d"),
}
SLUGS = ("state", "status", "verdict")
AMOUNTS = ("cost", "votes", "counted", "of_canonical")
VERBS = {
    "post.hidden": gettext_lazy("Hid"),
    "post.restored": gettext_lazy("Brought back"),
    "post.released": gettext_lazy("Published after a hold"),
    "topic.locked": gettext_lazy("Locked"),
    "topic.unlocked": gettext_lazy("Unlocked"),
    "report.kept": gettext_lazy("Kept after reports"),
    "member.warned": gettext_lazy("Warned"),
    "member.suspended": gettext_lazy("Suspended"),
    "member.suspension_lifted": gettext_lazy("Lifted the suspension"),
    "idea.joined": gettext_lazy("Joined"),
    "idea.parted": gettext_lazy("Parted"),
    "idea.kept_apart": gettext_lazy("Kept apart"),
    "votes.removed": gettext_lazy("Removed votes"),
    "votes.restored": gettext_lazy("Put votes back"),
    "votes.found_right": gettext_lazy("Found votes right"),
    "vote.recorded": gettext_lazy("Noted a customer’s vote"),
    "escalation.taken": gettext_lazy("Took the case"),
    "escalation.assigned": gettext_lazy("Handed the case over"),
    "escalation.word_said": gettext_lazy("Said a word about"),
    "department.asked": gettext_lazy("Asked a department about"),
    "department.answered": gettext_lazy("Answered for a department"),
    "scores.asked": gettext_lazy("Asked for scores of"),
    "scores.excused": gettext_lazy("Went on without a score of"),
    "score.given": gettext_lazy("Gave a score to"),
    "sign_off.asked": gettext_lazy("Asked for a sign-off of"),
    "sign_off.allowed": gettext_lazy("Signed off"),
    "sign_off.returned": gettext_lazy("Sent back without a sign-off"),
    "decision.agreed": gettext_lazy("Decided inside, to be published later"),
    "decision.scheduled": gettext_lazy("Set a time for publishing"),
    "decision.unscheduled": gettext_lazy("Took the time for publishing away"),
    "decision.unsettled": gettext_lazy("Opened again what was decided inside"),
    "decision.not_published": gettext_lazy("Could not be published by itself"),
    "decision.published": gettext_lazy("Decided"),
    "decision.reopened": gettext_lazy("Took the decision back"),
    "promise.kept": gettext_lazy("Kept the promise"),
    "promise.missed": gettext_lazy("Missed the promise"),
    "digest.closed": gettext_lazy("Closed"),
    "import.started": gettext_lazy("Began an import"),
    "import.ended": gettext_lazy("Ended an import"),
    "admin.added": gettext_lazy("Added in the admin"),
    "admin.changed": gettext_lazy("Changed in the admin"),
    "admin.deleted": gettext_lazy("Deleted in the admin"),
    "audit.erased": gettext_lazy("Erased the words of an entry"),
    "mail.released": gettext_lazy("Sent again after failures"),
    "person.name_taken": gettext_lazy("Took the name away"),
}


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry of the log as its reader sees it."""

    at: datetime
    actor: str
    verb: str
    title: str
    url: str
    changes: str
    reason: str


def entry_rows(entries: Sequence[AuditEntry], reader: User) -> list[EntryRow]:
    """The entries in words: one query for each kind of thing they name."""
    things = _things_of(entries, reader)
    return [_row(entry, things.get((entry.kind, entry.object_id))) for entry in entries]


def _row(entry: AuditEntry, named: tuple[str, str] | None) -> EntryRow:
    detail: AuditDetail | None = getattr(entry, "detail", None)
    title, url = named or (_unnamed(entry), "")
    return EntryRow(
        at=entry.at,
        actor=detail.actor_name if detail else _("(erased)"),
        verb=str(VERBS.get(entry.verb) or entry.verb.replace(".", " ").replace("_", " ")),
        title=title,
        url=url,
        changes=_changes(detail.before, detail.after) if detail else "",
        reason=detail.reason if detail else "",
    )


def _unnamed(entry: AuditEntry) -> str:
    words = UNNAMED.get(entry.kind, f"{entry.kind} %(number)d")
    return str(words % {"number": entry.object_id})


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """`state: published → hidden, until: 12 May 2026`, without what is empty."""
    found = []
    for name in {**before, **after}:
        values = [_value(name, each[name]) for each in (before, after) if _is_said(each, name)]
        if values:
            found.append(f"{name.replace('_', ' ')}: {' → '.join(values)}")
    return ", ".join(found)


def _is_said(values: Mapping[str, Any], name: str) -> bool:
    return values.get(name) not in (None, "")


def _value(name: str, value: object) -> str:
    """Names, a number, a slug, a day or a moment as people write it; anything else as it is."""
    if isinstance(value, list):
        return ", ".join(_value(name, each) for each in value)
    if name in AMOUNTS and isinstance(value, int):
        return grouped_number(value)
    text = str(value)
    if name in SLUGS:
        return text.replace("_", " ").replace("-", " ")
    try:
        day, moment = parse_date(text), parse_datetime(text)
    except ValueError:
        return text
    if day is not None:
        return day_words(day)
    return moment_words(moment) if moment is not None else text


def _things_of(
    entries: Sequence[AuditEntry], reader: User
) -> dict[tuple[str, int], tuple[str, str]]:
    """Title and address of each thing that the reader may see now."""
    ids: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        ids[entry.kind].add(entry.object_id)
    found: dict[tuple[str, int], tuple[str, str]] = {}
    for name, wanted in ids.items():
        kind = kinds.get(name)
        if kind is not None:
            for thing in kind.visible_to(reader).filter(pk__in=wanted):
                found[name, thing.pk] = (kind.title_of(thing), kind.url_of(thing))
    return found
