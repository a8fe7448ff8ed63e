"""Kill the worker in the middle of its work, start it again, and count what became of the work.

Raising, closing digests, telling and mailing each have to happen once. Only a mail may go out
twice, with the same Message-ID, and only as often as a worker was killed.
"""

# ruff: noqa: E402  Django has to be set up before its models are imported

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from email import message_from_bytes
from itertools import pairwise
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="heard-killed-"))
os.environ["HEARD_VAR"] = str(FOLDER)
os.environ["DJANGO_SETTINGS_MODULE"] = "community.settings"
os.environ["LOG_LEVEL"] = "WARNING"

import django

django.setup()

from celery import current_app
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from community.core.wake import asleep
from community.notifications.actions import send_due
from community.notifications.models import Mail, Notification
from community.people.mailbox import person_key
from community.people.models import User
from forum.models import Board
from ideas.actions import post_idea
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.models import Audience, Decision, Escalation, EscalationRule, Idea, ReviewDigest, Vote

WEEKS = 12  # slept through, so that there are this many periods to close
CLAIM_IS_OVER = timedelta(minutes=6)
PATIENCE = 240  # seconds for each piece of work
WORKER = ("-m", "celery", "--quiet", "--app", "community", "worker", "--pool", "threads")


class Worker:
    """The worker of bin/dev, which can be killed with all its threads at once."""

    def __init__(self) -> None:
        self.kills = 0  # in the midst of work
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = [sys.executable, *WORKER, "--concurrency", "4"]
        with (FOLDER / "worker.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, start_new_session=True)

    def kill(self) -> None:
        """End it as a power cut would."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def work_through(
    worker: Worker, done: Callable[[], int], whole: int, *, kills: int, chance: random.Random
) -> None:
    """Let the worker work until all is done, and kill it at so many points on the way.

    The points are amounts of work done, so that each kill comes in its midst. Ticks come each
    second instead of each minute, and stand for the beat.
    """
    points = sorted(chance.sample(range(1, whole), min(kills, whole - 1)))
    deadline = time.monotonic() + PATIENCE
    ticked = 0.0
    while (so_far := done()) < whole:
        if time.monotonic() > deadline:
            sys.exit(f"Only {so_far} of {whole} in {PATIENCE} s: see {FOLDER}/worker.log")
        if worker.process is None:
            worker.start()
        if time.monotonic() - ticked > 1:
            current_app.send_task("core.tick", ignore_result=True)
            ticked = time.monotonic()
        if points and so_far >= points[0]:
            points = [point for point in points if point > so_far]
            worker.kill()
            worker.kills += 1
        time.sleep(0.02)


def crowd(people: int) -> list[User]:
    """Members who will vote, written at once."""
    addresses = [f"crowd{n}@example.com" for n in range(people)]
    return User.objects.bulk_create(
        (User(username=a.split("@")[0], email=a, person=person_key(a)) for a in addresses),
        batch_size=1000,
    )


def ripe_ideas(number: int, voters: list[User]) -> list[Idea]:
    """Ideas over the rule's threshold that nothing has raised yet; the first has every voter."""
    board = Board.objects.create(slug="killed", name="Killed", holds=Board.Holds.IDEAS)
    rule = EscalationRule.objects.get(name="Corporate review")
    now = timezone.now() - timedelta(hours=1)
    ideas = []
    for n in range(number):
        idea = post_idea(board, title=f"Idea number {n}", body="We want it.", by=voters[n], at=now)
        some = [voter for voter in voters if voter != voters[n]]
        some = some if n == 0 else some[: rule.votes]
        votes = [Vote.of(idea, voter, source=Vote.Source.DEMO, at=now) for voter in some]
        Vote.objects.bulk_create(votes, batch_size=1000)
        votes_of_it = Vote.objects.filter(counted_on=idea)
        heat = sum(votes_of_it.values_list("weight", flat=True))
        Idea.objects.filter(pk=idea.pk).update(vote_count=votes_of_it.count(), heat=heat)
        ideas.append(idea)
    return ideas


def reviewer() -> User:
    """Somebody who decides and is called, of an audience that slept through some weeks."""
    user = User.objects.create_user(username="reviewer", email="reviewer@example.com")
    user.groups.add(Group.objects.get_or_create(name="reviewers")[0])
    Audience.objects.update(since=timezone.now() - timedelta(weeks=WEEKS, hours=1))
    EscalationRule.objects.update(votes=10)
    return user


def raising(worker: Worker, ideas: list[Idea], **kills: object) -> dict[str, object]:
    """Raise the ideas; the call for each is sent, and may be lost with the worker."""
    for idea in ideas:
        current_app.send_task("ideas.raise_idea", args=[idea.pk], ignore_result=True)
    work_through(worker, Escalation.objects.count, len(ideas), **kills)  # type: ignore[arg-type]
    raised = Counter(Escalation.objects.values_list("idea", "rule", "cycle"))
    told = Counter(Notification.objects.filter(verb="idea.raised").values_list("user", "key"))
    return {
        "ideas": len(ideas),
        "escalations": sum(raised.values()),
        "notices": sum(told.values()),
        "exact": len(raised) == len(ideas) == sum(raised.values()) == sum(told.values()),
    }


def closing(worker: Worker, **kills: object) -> dict[str, object]:
    """Close the periods that were slept through: without a gap, and each once.

    They are closed by the same sweeps that raise, so this takes the audience back to its beginning.
    """
    ReviewDigest.objects.all().delete()
    work_through(worker, ReviewDigest.objects.count, WEEKS, **kills)  # type: ignore[arg-type]
    spans = list(ReviewDigest.objects.order_by("number").values_list("begins_at", "ends_at"))
    numbers = list(ReviewDigest.objects.order_by("number").values_list("number", flat=True))
    gapless = all(one[1] == next_[0] for one, next_ in pairwise(spans))
    return {
        "periods": WEEKS,
        "digests": len(spans),
        "exact": gapless and numbers == list(range(1, WEEKS + 1)),
    }


def telling(worker: Worker, by: User, idea: Idea, **kills: object) -> dict[str, object]:
    """Decide on the idea with every voter, and tell them all, by notice and mail."""
    case = Escalation.objects.get(idea=idea)
    draft = draft_decision(case, by=by, verdict="decline", reason="Wires cost more. " * 9)
    decision = publish_decision(draft, by=by)
    due = Vote.objects.filter(counted_on=idea).count()
    mails = Mail.objects.filter(key__startswith=f"decision:{decision.pk}")

    def steps_done() -> int:
        claimed = mails.filter(state=Mail.State.WAITING, claimed_until__isnull=False).count()
        return mails.count() + mails.exclude(state=Mail.State.WAITING).count() + claimed

    work_through(worker, steps_done, 2 * due, **kills)  # type: ignore[arg-type]
    worker.kill()
    with asleep():  # what a killed worker had claimed waits five minutes; they are over now
        while send_due(timezone.now() + CLAIM_IS_OVER):
            pass
        call_command("sweep", verbosity=0)
    return figures_of(decision, due)


def figures_of(decision: Decision, due: int) -> dict[str, object]:
    """Who was told, by the rows and by the letters on disk."""
    decision.refresh_from_db()
    key = f"decision:{decision.pk}"
    notices = Counter(Notification.objects.filter(key=key).values_list("user", flat=True))
    rows = dict(
        Mail.objects.filter(key__startswith=key, state=Mail.State.SENT).values_list(
            "message_id", "to"
        )
    )
    letters = Counter(ids_on_disk(rows))
    return {
        "people": due,
        "notices": sum(notices.values()),
        "mails": len(rows),
        "mailboxes": len(set(rows.values())),
        "letters": len(letters),
        "repeated": sum(letters.values()) - len(letters),
        "ledger": [decision.told_done, decision.told_total],
        "exact": len(notices) == sum(notices.values()) == len(rows) == len(letters) == due
        and len(set(rows.values())) == due
        and decision.told_done == decision.told_total == due,
    }


def ids_on_disk(rows: dict[str, str]) -> list[str]:
    """The Message-ID of each letter that was written for one of these rows, repeats and all."""
    files = (FOLDER / "mail").glob("[!.]*.eml")
    ids = [message_from_bytes(file.read_bytes())["Message-ID"] for file in files]
    return [name for name in ids if name in rows]


def main() -> int:
    """Kill and count; print one line of JSON; 1 where anything is not exact."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--ideas", type=int, default=60)
    asked.add_argument("--people", type=int, default=1500)
    asked.add_argument("--kills", type=int, default=8, help="of each of the three kinds of work")
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    kills = {"kills": given.kills, "chance": random.Random(given.seed)}
    call_command("migrate", verbosity=0)
    with asleep():
        by = reviewer()
        ideas = ripe_ideas(given.ideas, crowd(given.people))
    worker = Worker()
    try:
        found = {
            "raising": raising(worker, ideas, **kills),
            "closing": closing(worker, **kills),
            "telling": telling(worker, by, ideas[0], **kills),
        }
    finally:
        worker.kill()
    found_exact = all(part["exact"] for part in found.values())
    repeats_are_few = found["telling"]["repeated"] <= worker.kills * 4  # type: ignore[operator]
    print(json.dumps({"database": connection.vendor, "kills": worker.kills, **found}))
    return 0 if found_exact and repeats_are_few else 1


if __name__ == "__main__":
    try:
        code = main()
    finally:
        shutil.rmtree(FOLDER, ignore_errors=True)
    sys.exit(code)
