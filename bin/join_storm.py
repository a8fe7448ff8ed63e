"""Twenty ideas are joined with another, and parted again, while many vote on all of them.

Between the parts some members' votes are removed, and in the end put back.

Through the running server, joins and votes alike. After each storm every count has to be the number
of distinct persons who voted there, and a join with its undo at rest has to change nothing at all.
"""

import argparse
import json
import sys
import threading
import time
from http.client import HTTPConnection
from math import isclose
from urllib.parse import urlencode, urlsplit

from bin.storm import FAULTY, RELATIVE, TOKEN, Storm, idea_of, members, session_of

from django.conf import settings  # isort: skip
from django.contrib.auth.models import Group  # isort: skip
from django.db import connection  # isort: skip
from django.db.models import Count, Sum  # isort: skip

from community.people.models import User  # isort: skip
from ideas.models import Idea, Vote, VoteInvalidation  # isort: skip

LONGEST = 120  # seconds that one storm may take


def moderator_of(people: list[User]) -> User:
    """The first of them, who moderates from now on."""
    Group.objects.get_or_create(name="moderators")[0].user_set.add(people[0])
    return people[0]


class Moderator:
    """Joins and parts ideas through the pages, one after the other."""

    def __init__(self, url: str, session: str) -> None:
        self.place = urlsplit(url)
        self.session = session
        self.answers: list[int] = []

    def post(self, path: str, **fields: object) -> None:
        """Post the form of a page, and keep its answer."""
        line = HTTPConnection(self.place.hostname or "", self.place.port, timeout=LONGEST)
        names = settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME
        headers = {
            "Cookie": f"{names[0]}={self.session}; {names[1]}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line.request("POST", path, urlencode(fields), headers)
        answer = line.getresponse()
        answer.read()
        line.close()
        self.answers.append(answer.status)

    def join(self, duplicates: list[Idea], into: Idea, pause: float) -> None:
        """Join one after the other, with a pause before each."""
        for idea in duplicates:
            time.sleep(pause)
            self.post(f"/ideas/{idea.pk}/join/", into=into.pk, reason="They say the same.")

    def part(self, duplicates: list[Idea], pause: float) -> None:
        """Part one after the other, with a pause before each."""
        for idea in duplicates:
            time.sleep(pause)
            self.post(f"/ideas/{idea.pk}/part/")

    def part_and_remove(self, duplicates: list[Idea], into: Idea, pause: float) -> None:
        """Part; and between the parts remove some members' votes, and in the end put all back."""
        for number, idea in enumerate(duplicates):
            self.part([idea], pause)
            names = ", ".join(f"storm{n}" for n in range(number, 40, 7))
            fields = {"accounts": names, "everywhere": "on", "reason": "They look alike."}
            self.post(f"/ideas/{into.pk}/votes/", **fields)
        for made in VoteInvalidation.objects.filter(undone_at=None):
            self.post(f"/ideas/votes/{made.pk}/restore/")


def is_exact(idea: Idea, family: list[Idea]) -> bool:
    """Whether the idea counts each person with a vote for the family once, and the heat is so."""
    idea.refresh_from_db()
    counted = Vote.objects.filter(counted_on=idea).aggregate(votes=Count("pk"), heat=Sum("weight"))
    persons = Vote.objects.filter(idea__in=family).values("person").distinct().count()
    heat = counted["heat"] or 0.0
    return idea.vote_count == counted["votes"] == persons and isclose(
        idea.heat, heat, rel_tol=RELATIVE, abs_tol=RELATIVE
    )


def rows(ideas: list[Idea]) -> list[tuple[object, ...]]:
    """All that a join may change of ideas and their votes."""
    keys = [idea.pk for idea in ideas]
    votes = Vote.objects.filter(idea__in=keys).order_by("pk")
    figures = Idea.objects.filter(pk__in=keys).order_by("pk")
    return [
        *votes.values_list("pk", "counted_on"),
        *(
            (pk, status, duplicate_of, count, round(heat, 6))
            for pk, status, duplicate_of, count, heat in figures.values_list(
                "pk", "status", "duplicate_of", "vote_count", "heat"
            )
        ),
    ]


def main() -> int:
    """Two storms and a calm; print the figures as one line of JSON; 1 where one is not exact."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--url", default=settings.SITE_URL)
    asked.add_argument("--calls", type=int, default=6000, help="in each of the two storms")
    asked.add_argument("--members", type=int, default=200)
    asked.add_argument("--clients", type=int, default=16)
    asked.add_argument("--joins", type=int, default=20)
    asked.add_argument("--pause", type=float, default=0.2, help="seconds before each join")
    given = asked.parse_args()
    people = members(given.members)
    sessions = [session_of(member) for member in people]
    moderator = Moderator(given.url, session_of(moderator_of(people)))
    into, *duplicates = ideas = [idea_of(people[n]) for n in range(given.joins + 1)]
    storm = Storm(given.url, into, sessions)
    storm.paths = [path for idea in ideas for path in (*[idea.vote_url] * 3, idea.withdraw_url)]

    seconds = blow(storm, given, moderator.join, duplicates, into, given.pause)
    joined = is_exact(into, ideas)
    alone = all(not Vote.objects.filter(counted_on=idea).exists() for idea in duplicates)
    union = into.vote_count
    seconds += blow(storm, given, moderator.part_and_remove, duplicates, into, given.pause)
    acts = len(moderator.answers)
    parted = all(is_exact(idea, [idea]) for idea in ideas)
    before = rows(ideas)
    moderator.join(duplicates, into, 0)
    moderator.part(duplicates, 0)
    undone = rows(ideas) == before

    print(
        json.dumps(
            {
                "database": connection.vendor,
                "calls": 2 * given.calls,
                "a_second": round(2 * given.calls / seconds),
                "slowest_ms": round(1000 * storm.slowest),
                "answers": dict(storm.answers),
                "acts": acts + 2 * given.joins,
                "votes_joined": union,
                "joined_exact": joined and alone,
                "parted_exact": parted,
                "undone_exact": undone,
            }
        )
    )
    faults = [each for each in (*storm.answers, *moderator.answers) if each >= FAULTY]
    is_good = joined and alone and parted and undone and set(moderator.answers) == {303}
    return 0 if is_good and not faults and set(storm.answers) == {200} else 1


def blow(storm: Storm, given: argparse.Namespace, act: object, *arguments: object) -> float:
    """Let the moderator act in the midst of the storm; answer how long it blew."""
    acting = threading.Thread(target=act, args=arguments)  # type: ignore[arg-type]
    acting.start()
    seconds = storm.blow(given.calls, given.clients)
    acting.join(LONGEST)
    return seconds


if __name__ == "__main__":
    sys.exit(main())
