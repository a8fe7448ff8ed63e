"""Read, vote and comment at a steady rate, and compare what was acknowledged with what is stored.

The next request does not wait for the answer to the last one: a server that falls behind shows.
"""

import argparse
import json
import random
import sys
import time
from collections import Counter
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

from bin.storm import TOKEN, figures, idea_of, members, session_of  # sets Django up

from django.conf import settings  # isort: skip
from django.db import connection  # isort: skip
from forum.models import Post  # isort: skip
from ideas.models import Idea  # isort: skip

MEMBERS = 40
CLIENTS = 32
NO_ANSWER = 0
SAYS_SO = 503  # the page that asks to come back in a moment
SECONDS_AT_END = 3  # in which all has to be well again

PAGES = (
    *("/", "/ideas/", "/ideas/?sort=top", "/ideas/?q=umbrella", "/ideas/feed.atom"),
    *("/forum/", "/answers/", "/ideas/decided/", "/people/storm1/"),
)


@dataclass(frozen=True)
class Answer:
    """What came of one request: begun so many seconds after the first."""

    begun: float
    seconds: float
    status: int
    comment: str = ""  # its text, where it was one

    @property
    def is_fine(self) -> bool:
        return NO_ANSWER < self.status < 500

    @property
    def is_acknowledged(self) -> bool:
        return bool(self.comment) and self.status in (200, 302, 303)


class Steady:
    """Sends requests of random members to one server about one idea."""

    def __init__(self, url: str, idea: Idea, sessions: list[str]) -> None:
        self.place = urlsplit(url)
        self.idea = idea
        self.sessions = sessions
        self.started = time.monotonic()
        self.chance = random.Random(1)

    def run(self, *, seconds: float, views: int, writes: int) -> list[Answer]:
        """Keep the rate for so long; answer what came of each request, in order."""
        rate = views + writes
        answers: list[Future[Answer]] = []
        self.started = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            for number in range(int(seconds * rate)):
                time.sleep(max(0, self.started + number / rate - time.monotonic()))
                ask = self.write if number % rate < writes else self.view
                answers.append(pool.submit(ask, number))
        return [answer.result() for answer in answers]

    def view(self, number: int) -> Answer:
        """One of the pages, every fourth time as a member."""
        path = self.chance.choice([*PAGES, self.idea.get_absolute_url()])
        cookies = {"Cookie": self.cookies()} if number % 4 == 0 else {}
        return self.ask("GET", path, cookies)

    def write(self, number: int) -> Answer:
        """A vote, its withdrawal, or a comment with a text of its own."""
        headers = {"Cookie": self.cookies(), "X-CSRFToken": TOKEN}
        path = self.chance.choice([self.idea.vote_url, self.idea.withdraw_url, ""])
        if path:
            return self.ask("POST", path, headers)
        text = f"Number {number} of {self.started}: it rains here too."
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        address = f"/ideas/{self.idea.pk}/comments/"
        return self.ask("POST", address, headers, comment=text)

    def cookies(self) -> str:
        session = self.chance.choice(self.sessions)
        return f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"

    def ask(self, method: str, path: str, headers: dict[str, str], *, comment: str = "") -> Answer:
        """Send one request on a connection of its own, and read the whole answer."""
        begun = time.monotonic()
        line = HTTPConnection(self.place.hostname or "", self.place.port, timeout=60)
        body = urlencode({"body": comment}) if comment else None
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            answer.read()
            status = answer.status
        except (OSError, HTTPException):
            status = NO_ANSWER
        finally:
            line.close()
        return Answer(begun - self.started, time.monotonic() - begun, status, comment)


def main() -> int:
    """Keep the rate; print the figures as one line of JSON; 1 where anything went wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url", default=settings.SITE_URL)
    asked.add_argument("--seconds", type=float, default=120)
    asked.add_argument("--views", type=int, default=20, help="a second")
    asked.add_argument("--writes", type=int, default=5, help="a second")
    asked.add_argument("--pauses", action="store_true", help="503 is fine until the last seconds")
    given = asked.parse_args()
    people = members(MEMBERS)
    idea = idea_of(people[0])
    steady = Steady(given.url, idea, [session_of(person) for person in people])
    connection.close()  # the database may be restarted meanwhile
    print(json.dumps({"idea": idea.pk}), flush=True)
    answers = steady.run(seconds=given.seconds, views=given.views, writes=given.writes)
    found = facts(answers, given.seconds)
    acknowledged = {answer.comment for answer in answers if answer.is_acknowledged}
    stored = set(Post.objects.filter(topic=idea.topic_id).values_list("text", flat=True))
    found |= {"acknowledged": len(acknowledged), "lost": len(acknowledged - stored)}
    found |= figures(idea)
    print(json.dumps({"database": connection.vendor, **found}))
    wrong = found["lost"] or not found["exact"] or not found["well_at_end"]
    faults = {answer.status for answer in answers if not answer.is_fine}
    return 1 if wrong or faults - ({SAYS_SO} if given.pauses else set()) else 0


def facts(answers: list[Answer], seconds: float) -> dict[str, object]:
    """How many answers of each status, and how slow they were."""
    times = sorted(answer.seconds for answer in answers)
    last = [answer for answer in answers if answer.begun > seconds - SECONDS_AT_END]
    return {
        "requests": len(answers),
        "answers": dict(Counter(answer.status for answer in answers)),
        "median_ms": round(1000 * times[len(times) // 2]),
        "slowest_ms": round(1000 * times[-1]),
        "well_at_end": all(answer.is_fine for answer in last),
    }


if __name__ == "__main__":
    sys.exit(main())
