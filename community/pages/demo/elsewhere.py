"""What came from outside the story: ideas of the site before this one, and a second audience."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import Group

from community.people.permissions import EXECUTIVES
from ideas.importing.running import Plan, bring_in
from ideas.models import Audience

OLD_SITE = "old-ideas"


def bring_the_old_site(at: datetime) -> None:
    """Import the handful of ideas that stood on the old site."""
    file = settings.BASE_DIR / "data" / "demo" / "imported.jsonl"
    bring_in(Plan(source=OLD_SITE, data=file.read_bytes()), at=at)


def two_audiences(since: datetime) -> None:
    """Head office reads each week, and what rises too; executives each month what was promised."""
    corporate = Audience.objects.filter(slug="corporate")
    corporate.update(shows_rising=True, shows_promises=True, longest=20)
    group, _is_new = Group.objects.get_or_create(name=EXECUTIVES)
    Audience.objects.get_or_create(
        slug="executives",
        defaults={
            "name": "Executives",
            "group": group,
            "cadence": Audience.Cadence.MONTHLY,
            "shows_promises": True,
            "shows_rising": True,
            "since": since,
        },
    )
