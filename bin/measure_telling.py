"""Measure how fast a crowd is told of one decision: rows, notices and mails, on an empty database.

bin/measure_telling 30000                                 SQLite
DATABASE_URL=postgres://… bin/measure_telling 30000        PostgreSQL (a test_ database is made)
"""

# ruff: noqa: E402  Django has to be set up before its models are imported

import os
import sys
import tempfile
import time
from datetime import timedelta

os.environ["HEARD_VAR"] = tempfile.mkdtemp(prefix="heard-telling-")
os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
os.environ["LOG_LEVEL"] = "WARNING"

import django

django.setup()

from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from community.people.mailbox import person_key
from community.people.models import User
from forum.models import Board
from ideas.actions import post_idea
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.raising import raise_due
from ideas.actions.telling import tell
from ideas.models import Decision, Escalation, Idea, Vote


def crowd_on_an_idea(people: int) -> Idea:
    """An idea with this many votes, written by bulk statements."""
    author = User.objects.create_user(email="author@example.com", username="author")
    board = Board.objects.create(slug="stores", name="Stores", holds=Board.Holds.IDEAS)
    idea = post_idea(board, title="Free wi-fi in the stores", body="One bar in aisle 4.", by=author)
    now = timezone.now() - timedelta(days=1)
    addresses = [f"crowd{n}@example.com" for n in range(people - 1)]
    voters = User.objects.bulk_create(
        (User(username=a.split("@")[0], email=a, person=person_key(a)) for a in addresses),
        batch_size=1000,
    )
    Vote.objects.bulk_create(
        (Vote.of(idea, voter, source=Vote.Source.DEMO, at=now) for voter in voters), batch_size=1000
    )
    Idea.objects.filter(pk=idea.pk).update(vote_count=people)
    return idea


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else 30_000
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        idea = crowd_on_an_idea(people)
        reviewer = User.objects.create_user(email="reviewer@example.com", username="reviewer")
        raise_due(timezone.now())
        case = Escalation.objects.get(idea=idea)
        draft = draft_decision(
            case, by=reviewer, verdict="decline", reason="Wires cost more. " * 20
        )
        decision = publish_decision(draft, by=reviewer)
        started = time.monotonic()
        while tell("decision", decision.pk):
            pass
        seconds = time.monotonic() - started
        told = Decision.objects.get(pk=decision.pk).told_total
        print(
            f"{connection.vendor}: {told:,} people in {seconds:.1f} s,"
            f" {told / seconds:,.0f} a second"
            " (telling row, notice and mail in the outbox each)"
        )
    finally:
        teardown_databases(databases, verbosity=0)


if __name__ == "__main__":
    main()
