"""What stands in one column: a moment, a number, tags, a status. Each raises ValidationError."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from community.core.text import clean_line
from forum.actions import MAX_TAGS
from forum.forms import TAG_LENGTH

from ..statuses import Status
from .formats import plain_name
from .maps import JOINED_THERE, STATUS_OF, STATUSES

MOST_VOTES = 100_000_000
LONGEST_KEY = 120
EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
SLACK = timedelta(days=1)  # of clocks and zones, before a moment counts as one to come
NUMBER = re.compile(r"(\d{1,12}|\d{1,3}(?:,\d{3})+)(?:\.0+)?")
ZONE_WORD = re.compile(r" ?(UTC|GMT|Z)$", re.IGNORECASE)
SPACED_OFFSET = re.compile(r" ([+-]\d\d:?\d\d)$")
TAG_ENDS = re.compile("[,;|]")


def key_of(value: object) -> str:
    """The idea's key on the old site."""
    key = clean_line(str(value))
    if not key:
        raise ValidationError(_("It is empty: without it a second import cannot know the idea."))
    if len(key) > LONGEST_KEY:
        words = _("It has %(length)d characters at most.") % {"length": LONGEST_KEY}
        raise ValidationError(words)
    return key


def moment(value: object, *, now: datetime) -> datetime | None:
    """A moment in UTC; one without a zone is meant in UTC. None for nothing."""
    text = clean_line(str(value))
    if not text:
        return None
    at = _parsed(text)
    if at is None:
        words = _("“%(text)s” is no date: write 2024-05-31 or 2024-05-31T14:05:00Z.")
        raise ValidationError(words % {"text": text[:40]})
    if at > now + SLACK:
        raise ValidationError(_("%(text)s is still to come.") % {"text": text})
    if at < EARLIEST:
        raise ValidationError(_("%(text)s is too long ago to be true.") % {"text": text})
    return min(at, now)


def _parsed(text: str) -> datetime | None:
    iso = SPACED_OFFSET.sub(r"\1", ZONE_WORD.sub("+00:00", text))
    for parse, words in ((datetime.fromisoformat, iso), (parsedate_to_datetime, text)):
        try:
            at = parse(words)
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, OverflowError, TypeError):
            continue
    return None


def votes(value: object, *, points: int) -> int:
    """A count; `points` is how many points the old site gave for a vote."""
    text = str(value).strip()
    if not text:
        return 0
    found = NUMBER.fullmatch(text)
    if not found:
        raise ValidationError(_("“%(text)s” is no number of votes.") % {"text": text[:40]})
    count = round(int(found[1].replace(",", "")) / points)
    if count > MOST_VOTES:
        raise ValidationError(_("%(count)d votes cannot be true.") % {"count": count})
    return count


def tags(value: object) -> list[str]:
    """Names of tags, each once and five at most; the others are left out."""
    names = value if isinstance(value, list) else TAG_ENDS.split(str(value))
    names = [each.get("name", "") if isinstance(each, dict) else each for each in names]
    cleaned = [clean_line(str(name)) for name in names]
    found = list({name.lower(): name for name in cleaned if name}.values())
    for name in found:
        if len(name) > TAG_LENGTH:
            words = _("“%(name)s…” is too long: a tag has %(length)d characters at most.")
            raise ValidationError(words % {"name": name[:TAG_LENGTH], "length": TAG_LENGTH})
    return found[:MAX_TAGS]


def status(value: object) -> tuple[str, str]:
    """What the idea's status is here, and what it was called there."""
    called = clean_line(str(value))
    word = plain_name(called)
    if word in JOINED_THERE:
        words = _("“%(called)s”: it was joined or taken away there. Import the idea that stands.")
        raise ValidationError(words % {"called": called[:40]})
    found = STATUS_OF.get(word) if word else Status.OPEN
    if found is None:
        words = _("“%(called)s” is no status that we know: %(known)s, or a usual word for one.")
        raise ValidationError(words % {"called": called[:40], "known": ", ".join(STATUSES)})
    return found, called
