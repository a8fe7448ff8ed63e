"""Measure a run of the rules over many ideas: the first one, the next, and one with nothing to do.

bin/measure_rules 150000                                 SQLite
DATABASE_URL=postgres://… bin/measure_rules 150000        PostgreSQL (a test_ database is made)

A tenth of the ideas has 25 votes or more, a hundredth 100 or more. Prints the plan of the scan.
"""

# ruff: noqa: E402  Django has to be set up before its models are imported

import json
import os
import sys
import tempfile
import time
from datetime import timedelta
from typing import Any

os.environ["HEARD_VAR"] = tempfile.mkdtemp(prefix="heard-rules-")
os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
os.environ["LOG_LEVEL"] = "ERROR"

import django

django.setup()

from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from community.core.wake import asleep
from community.people.models import Department, User
from forum.models import Board, Topic
from ideas.actions.raising import raise_due
from ideas.actions.unraising import unraise_due
from ideas.crossing import ripe
from ideas.models import Escalation, EscalationRule, Idea, RuleBacklog

DAY = timedelta(days=1)


def ideas_on_a_board(number: int) -> None:
    """So many ideas, written by bulk statements; their votes are only counted."""
    owner = User.objects.create_user(email="owner@example.com", username="owner")
    shops = Department.objects.create(name="Shops", slug="shops", owner=owner)
    board = Board.objects.create(
        slug="shops", name="Shops", holds=Board.Holds.IDEAS, department=shops
    )
    before = timezone.now() - 30 * DAY
    for first in range(0, number, 10_000):
        numbers = range(first, min(first + 10_000, number))
        topics = Topic.objects.bulk_create(
            Topic(board=board, kind=Topic.Kind.IDEA, title=f"Idea {n}", slug=f"idea-{n}")
            for n in numbers
        )
        Idea.objects.bulk_create(
            Idea(
                topic=topic, board=board, vote_count=votes(n), terms_version="1", created_at=before
            )
            for n, topic in zip(numbers, topics, strict=True)
        )


def votes(n: int) -> int:
    """A long tail: a hundredth from 100 up, a tenth from 25 up."""
    if n % 100 == 0:
        return 100 + n % 900
    return 25 + n % 75 if n % 10 == 0 else n % 25


def timed(days: int) -> dict[str, object]:
    """A run of the rules so many days from now."""
    before, started, cpu = Escalation.objects.count(), time.monotonic(), time.process_time()
    at = timezone.now() + days * DAY
    unraise_due(at)
    raise_due(at)
    seconds, cpu = time.monotonic() - started, time.process_time() - cpu
    raised = Escalation.objects.count() - before
    return {"seconds": round(seconds, 2), "cpu": round(cpu, 2), "raised": raised}


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 150_000
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        ideas_on_a_board(number)
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
        with asleep():
            found = {"first": timed(0), "again": timed(0), "next day": timed(1)}
        rule = EscalationRule.objects.order_by("votes").first()
        if rule is not None:
            plan = ripe(Idea.objects.all(), rule, at=timezone.now())
            options: dict[str, Any] = {"analyze": True} if connection.vendor == "postgresql" else {}
            print(plan.explain(**options))
        load = os.getloadavg()[0]
        facts = {"database": connection.vendor, "ideas": number, "load": load}
        print(json.dumps(facts | found | {"backlog": RuleBacklog.objects.count()}))
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
