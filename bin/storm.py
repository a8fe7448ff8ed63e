"""Many members vote for one idea and take it back, all at once, through the running server.

Afterwards the stored count has to be the number of counted votes, and the heat their sum.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import count
from math import isclose
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import Count, Sum  # noqa: E402

from community.people.mailbox import person_key  # noqa: E402
from community.people.models import User  # noqa: E402
from forum.models import Board  # noqa: E402
from ideas.actions import post_idea  # noqa: E402
from ideas.models import Idea, Vote  # noqa: E402

TOKEN = "s" * 32  # what the double submit compares: the same in cookie and header
RELATIVE = 1e-9
FAULTY = 500


def members(number: int) -> list[User]:
    """So many members; every tenth shares a mailbox with the one before, by a plus tag."""
    names = [f"storm{n}" for n in range(number)]
    there = {user.username: user for user in User.objects.filter(username__in=names)}
    made = []
    for n, name in enumerate(names):
        address = f"storm{n - 1}+twin@example.com" if n % 10 == 9 else f"{name}@example.com"
        if name not in there:
            made.append(User(username=name, email=address, person=person_key(address)))
    User.objects.bulk_create(made)
    return list(User.objects.filter(username__in=names).order_by("pk"))


def session_of(member: User) -> str:
    """The key of a session in which the member is signed in."""
    session = SessionStore()
    session[SESSION_KEY] = str(member.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = member.get_session_auth_hash()
    session.create()
    assert session.session_key
    return session.session_key


def idea_of(author: User) -> Idea:
    """A new idea on the first board of ideas."""
    board = Board.objects.of_ideas().filter(audience=Board.Audience.PUBLIC).first()
    board = board or Board.objects.create(slug="storm", name="Storm", holds=Board.Holds.IDEAS)
    title = f"An umbrella stand at each door, {time.time_ns()}"
    return post_idea(board, title=title, body="It rains on everybody at once.", by=author)


class Storm:
    """Posts votes and withdrawals of random members, and counts what the server answers."""

    def __init__(self, url: str, idea: Idea, sessions: list[str]) -> None:
        self.place = urlsplit(url)
        self.paths = [idea.vote_url, idea.withdraw_url]
        self.sessions = sessions
        self.answers: Counter[int] = Counter()
        self.slowest = 0.0

    def blow(self, calls: int, clients: int) -> float:
        """Make the calls through so many connections at once; answer the seconds it took."""
        numbers = count()
        begun = time.perf_counter()
        with ThreadPoolExecutor(clients) as pool:
            for work in [pool.submit(self._client, calls, numbers, n) for n in range(clients)]:
                for status, seconds in work.result():
                    self.answers[status] += 1
                    self.slowest = max(self.slowest, seconds)
        return time.perf_counter() - begun

    def _client(self, calls: int, numbers: "count[int]", seed: int) -> list[tuple[int, float]]:
        chance = random.Random(seed)
        line = HTTPConnection(self.place.hostname or "", self.place.port, timeout=60)
        answers = []
        while next(numbers) < calls:
            begun = time.perf_counter()
            status = self._post(line, chance.choice(self.paths), chance.choice(self.sessions))
            answers.append((status, time.perf_counter() - begun))
        line.close()
        return answers

    def _post(self, line: HTTPConnection, path: str, session: str) -> int:
        cookies = f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        headers = {"Cookie": cookies, "X-CSRFToken": TOKEN, "HX-Request": "true"}
        line.request("POST", path, headers=headers)
        answer = line.getresponse()
        answer.read()
        return answer.status


def figures(idea: Idea) -> dict[str, object]:
    """What is stored, and what the rows say."""
    idea.refresh_from_db()
    counted = Vote.objects.filter(counted_on=idea)
    true = counted.aggregate(votes=Count("pk"), heat=Sum("weight"))
    persons = counted.values("person").distinct().count()
    heat = true["heat"] or 0.0
    return {
        "stored": idea.vote_count,
        "rows": true["votes"],
        "persons": persons,
        "heat": idea.heat,
        "sum": heat,
        "exact": idea.vote_count == true["votes"] == persons
        and isclose(idea.heat, heat, rel_tol=RELATIVE, abs_tol=RELATIVE),
    }


def main() -> int:
    """Blow once; print the figures as one line of JSON; 1 where anything is not exact."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url", default=settings.SITE_URL)
    asked.add_argument("--calls", type=int, default=5000)
    asked.add_argument("--members", type=int, default=200)
    asked.add_argument("--clients", type=int, default=16)
    given = asked.parse_args()
    people = members(given.members)
    idea = idea_of(people[0])
    storm = Storm(given.url, idea, [session_of(member) for member in people])
    seconds = storm.blow(given.calls, given.clients)
    found = figures(idea)
    print(
        json.dumps(
            {
                "database": connection.vendor,
                "calls": given.calls,
                "a_second": round(given.calls / seconds),
                "slowest_ms": round(1000 * storm.slowest),
                "answers": dict(storm.answers),
                **found,
            }
        )
    )
    failed = any(status >= FAULTY for status in storm.answers) or set(storm.answers) != {200}
    return 0 if found["exact"] and not failed else 1


if __name__ == "__main__":
    sys.exit(main())
