"""The log is written in words: each act has its own, and no value shows as a program keeps it."""

from __future__ import annotations

import re
from pathlib import Path

from django.conf import settings
from django.test import Client

from community.activity.actions import audit
from community.moderation.entries import VERBS
from tests import make

VERB = re.compile(r'\baudit\(\s*"([a-z_]+\.[a-z_]+)"')


def verbs_recorded() -> set[str]:
    """The verbs that our code writes into the trail by name."""
    folders = [Path(settings.BASE_DIR) / name for name in ("community", "forum", "ideas")]
    files = [path for folder in folders for path in folder.rglob("*.py")]
    return {verb for path in files for verb in VERB.findall(path.read_text())}


def test_each_act_that_is_recorded_has_its_words() -> None:
    recorded = verbs_recorded()

    assert len(recorded) > 15
    assert recorded - set(VERBS) == set()


def test_several_names_and_a_sum_are_written_as_people_write_them(
    as_moderator: Client, reviewer
) -> None:
    after = {"asked": ["Dana Reyes", "Robert Hale"], "cost": 1_400_000}
    audit("scores.asked", make.idea(), kind="idea", by=reviewer, after=after)

    page = as_moderator.get("/moderation/log/").content.decode()

    assert "Asked for scores of:" in page
    assert "asked: Dana Reyes, Robert Hale" in page  # each database has its own order of keys
    assert "cost: 1,400,000" in page
