"""Measure how fast a crowd is told of one decision: rows, notices, mails, and every mail sent.

A mail server of its own takes the letters and counts them; one address in a thousand it refuses.
One process tells, as the worker does, and several send. On an empty database:

bin/measure_telling 30000 --senders 2                        SQLite
DATABASE_URL=postgres://… bin/measure_telling 30000           PostgreSQL (a test_ database is made)
"""

# ruff: noqa: E402  Django has to be set up before its models are imported

import argparse
import asyncio
import json
import multiprocessing
import os
import socket
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

FOLDER = tempfile.mkdtemp(prefix="heard-telling-")
os.environ["HEARD_VAR"] = FOLDER
os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
os.environ["LOG_LEVEL"] = "ERROR"


def free_port() -> int:
    """A port for the mail server."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


PORT = free_port()
os.environ["EMAIL_URL"] = f"smtp://127.0.0.1:{PORT}"

import django

django.setup()

from aiosmtpd.smtp import SMTP, Envelope, Session
from django.conf import settings
from django.db import connection, connections
from django.test.utils import setup_databases, teardown_databases
from django.utils import timezone

from community.core.wake import asleep
from community.notifications.actions import send_due
from community.people.mailbox import person_key
from community.people.models import User
from forum.models import Board
from ideas.actions import post_idea
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.raising import raise_due
from ideas.actions.telling import tell
from ideas.models import Decision, Escalation, Idea, Vote

ONE_REFUSED_IN = 1000
LETTERS, WRITTEN = Path(FOLDER, "letters"), Path(FOLDER, "written")
FORK = multiprocessing.get_context("fork")


class Sink:
    """Takes every letter but those to `nobody…`, and writes down each Message-ID it saw."""

    def __init__(self) -> None:
        self.book = LETTERS.open("a", buffering=1)

    async def handle_RCPT(  # noqa: N802  the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        head = content.split(b"\r\n\r\n", 1)[0]
        lines = head.lower().split(b"\r\n")
        self.book.write(next(x for x in lines if x.startswith(b"message-id")).decode() + "\n")
        return "250 OK"


def serve() -> None:
    """Run the mail server until it is ended."""
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    sink = Sink()
    loop.run_until_complete(loop.create_server(lambda: SMTP(sink, loop=loop), "127.0.0.1", PORT))
    loop.run_forever()


def crowd_on_an_idea(people: int) -> Idea:
    """An idea with this many votes, written by bulk statements."""
    author = User.objects.create_user(email="author@example.com", username="author")
    board = Board.objects.create(slug="stores", name="Stores", holds=Board.Holds.IDEAS)
    idea = post_idea(board, title="Free wi-fi in the stores", body="One bar in aisle 4.", by=author)
    now = timezone.now() - timedelta(days=1)
    names = [
        f"nobody{n}" if n % ONE_REFUSED_IN == ONE_REFUSED_IN // 2 else f"crowd{n}"
        for n in range(people - 1)
    ]
    voters = User.objects.bulk_create(
        (
            User(username=name, email=f"{name}@example.com", person=person_key(f"{name}@e.com"))
            for name in names
        ),
        batch_size=1000,
    )
    Vote.objects.bulk_create(
        (Vote.of(idea, voter, source=Vote.Source.DEMO, at=now) for voter in voters), batch_size=1000
    )
    Idea.objects.filter(pk=idea.pk).update(vote_count=people)
    return idea


def decide(idea: Idea) -> Decision:
    """Publish a decision on it."""
    reviewer = User.objects.create_user(email="reviewer@example.com", username="reviewer")
    raise_due(timezone.now())
    case = Escalation.objects.get(idea=idea)
    draft = draft_decision(case, by=reviewer, verdict="decline", reason="Wires cost more. " * 20)
    return publish_decision(draft, by=reviewer)


def write_down(decision: int) -> None:
    """Tell everybody: rows, notices and mails in the outbox; then the second look."""
    connections.close_all()
    started = time.monotonic()
    with asleep():
        while Decision.objects.get(pk=decision).rechecked_at is None:
            if not tell("decision", decision):
                if not WRITTEN.exists():
                    WRITTEN.write_text(f"{time.monotonic() - started:.1f}")
                time.sleep(1)
    connections.close_all()


def send(decision: int) -> None:
    """Send until everybody is told."""
    connections.close_all()
    with asleep():
        while Decision.objects.get(pk=decision).told_at is None:
            if not send_due():
                time.sleep(0.2)
    connections.close_all()


def start(work: Callable[..., None], *args: Any) -> Any:
    process = FORK.Process(target=work, args=args, daemon=True)
    process.start()
    return process


def main() -> int:
    """Tell the crowd; print one line of JSON; 1 where anybody was missed or mailed twice."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("people", type=int, nargs="?", default=30_000)
    asked.add_argument("--senders", type=int, default=2)
    given = asked.parse_args()
    if connection.vendor == "sqlite":  # a file, so that processes share it
        settings.DATABASES["default"]["TEST"]["NAME"] = f"{FOLDER}/test.sqlite3"
    databases = setup_databases(verbosity=0, interactive=False)
    try:
        idea = crowd_on_an_idea(given.people)
        with asleep():
            decision = decide(idea)
        connections.close_all()
        sink = start(serve)
        started = time.monotonic()
        workers = [start(write_down, decision.pk)]
        workers += [start(send, decision.pk) for _ in range(given.senders)]
        for worker in workers:
            worker.join()
        seconds = time.monotonic() - started
        sink.terminate()
        return report(decision, given.people, given.senders, seconds)
    finally:
        teardown_databases(databases, verbosity=0)


def report(decision: Decision, people: int, senders: int, seconds: float) -> int:
    """Print what came of it."""
    decision.refresh_from_db()
    letters = LETTERS.read_text().splitlines()
    found = {
        "database": connection.vendor,
        "people": people,
        "senders": senders,
        "written_down_seconds": float(WRITTEN.read_text()),
        "all_told_seconds": round(seconds, 1),
        "a_second": round(people / seconds),
        "told": [decision.told_done, decision.told_total],
        "bounced": decision.bounced,
        "letters": len(letters),
        "twice": len(letters) - len(set(letters)),
        "load": os.getloadavg()[0],
    }
    print(json.dumps(found))
    exact = decision.told_total == people == decision.told_done + decision.bounced
    return 0 if exact and len(letters) == len(set(letters)) == decision.told_done else 1


if __name__ == "__main__":
    sys.exit(main())
