"""The story itself: what Northline's customers wanted, asked and were told, over half a year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from random import Random
from typing import Any

from community.moderation.actions import hide_post, report
from community.moderation.models import Report
from community.moderation.subjects import subject_of
from community.people.models import Store, User
from forum.actions import accept_solution, has_this_too, reply, start_topic
from forum.models import Post, Topic
from ideas.actions import cast_vote, post_idea
from ideas.models import Escalation, Idea, Vote

from .cast import Cast, open_boards
from .content import content
from .elsewhere import bring_the_old_site, two_audiences
from .newcomer import play_newcomer
from .opinions import play_opinions
from .review import ask_one_board, decide, explain, keep, take
from .script import Script
from .votes import play_votes
from .work import work_on_cases

DAYS_TO_ANSWER = 4  # of a department that was asked
DAYS_TO_DECIDE = 6  # between the last vote and the decision
CUSTOMERS_WISHES = (
    "Dark mode in the app",
    "Tell me when my repair moves on",
    "A box for dead batteries by the entrance",
)
CUSTOMERS_OLD_WISHES = (
    (160, "Let me choose a two-hour delivery window"),
    (120, "Late pick-up lockers outside the stores"),
    (135, "Open the stores on Thanksgiving Day"),
)


class Story:
    """Builds the script from the files, and remembers the ideas and topics that it makes."""

    def __init__(self, script: Script, cast: Cast, random: Random) -> None:
        self.script = script
        self.cast = cast
        self.random = random
        self.boards = open_boards()
        self.ideas: dict[str, Idea] = {}
        self.topics: dict[str, Topic] = {}

    def days_ago(self, days: float) -> datetime:
        return self.script.ends - timedelta(days=days)

    def write(self) -> None:
        """Put every scene into the script."""
        ask_one_board(self.boards["stores"])
        work_on_cases(self.script, self.cast)
        two_audiences(self.script.begins)
        self.script.at(self.days_ago(150), bring_the_old_site)
        for idea in content("ideas")["idea"]:
            self._idea(idea)
        questions = content("questions")
        for question in questions["question"]:
            self._question(question)
        self._abuse(questions["abuse"])
        play_newcomer(self.topics, questions["newcomer"]["question"], self.script)
        self._customer()

    def _idea(self, told: dict[str, Any]) -> None:
        posted = self.days_ago(told["age"])
        self.script.at(posted, partial(self._post_idea, told))
        self._votes(told, posted)
        for comment in told.get("comments", []):
            self.script.at(
                self.days_ago(min(comment["days"], told["age"] - 0.5)),
                partial(self._comment, told["title"], comment),
            )
        self._department(told, posted)
        self._fate(told)
        play_votes(told, self.script, self.ideas, self.cast)

    def _department(self, told: dict[str, Any], posted: datetime) -> None:
        """The department answers some days after it was asked, whenever the votes bring that."""
        if "answer" in told:
            for day in range(1, int(told["age"])):
                when = posted + timedelta(days=day)
                self.script.at(when, partial(self._answer_if_asked, told))

    def _answer_if_asked(self, told: dict[str, Any], at: datetime) -> None:
        asked = Escalation.objects.open().with_departments()
        case = asked.filter(
            idea=self.ideas[told["title"]].pk, raised_at__lte=at - timedelta(days=DAYS_TO_ANSWER)
        ).first()
        if case is not None:
            explain(case, told["answer"], self.cast, at)

    def _post_idea(self, told: dict[str, Any], at: datetime) -> None:
        self.ideas[told["title"]] = post_idea(
            self.boards[told["board"]],
            title=told["title"],
            body=told["body"].strip(),
            by=self.cast[told["by"]],
            tags=told.get("tags", []),
            store=self._store(told.get("store", "")),
            at=at,
        )

    def _store(self, code: str) -> Store | None:
        return Store.objects.filter(code=code).first() if code else None

    def _votes(self, told: dict[str, Any], posted: datetime) -> None:
        """Most soon after posting, then a long tail; a raised idea grew towards being raised."""
        closes, shape = self.script.ends, (1.1, 1.6)
        if "fate" in told:
            closes, shape = self.days_ago(told.get("decided", 0) + DAYS_TO_DECIDE), (2.6, 1.1)
        lasts = (closes - posted).total_seconds()
        for voter in self.random.sample(self.cast.crowd, told["votes"] - 1):
            seconds = lasts * self.random.betavariate(*shape)
            self.script.at(posted + timedelta(seconds=seconds), self._vote_of(told["title"], voter))

    def _vote_of(self, title: str, voter: User) -> Callable[[datetime], object]:
        return lambda at: cast_vote(self.ideas[title], by=voter, source=Vote.Source.DEMO, at=at)

    def _comment(self, title: str, told: dict[str, Any], at: datetime) -> None:
        post = reply(
            self.ideas[title].topic,
            text=told["text"],
            by=self.cast[told["by"]],
            as_staff=told.get("staff", False),
            at=at,
        )
        play_opinions(post, told, self.cast.crowd, at)
        for number in range(told.get("answers", 0)):
            answer = ("Exactly this.", "One button is all it takes.")[number % 2]
            writer = self.cast.crowd[number]
            later = at + timedelta(hours=number + 2)
            reply(post.topic, text=answer, by=writer, reply_to=post, at=later)

    def _fate(self, told: dict[str, Any]) -> None:
        fate = told.get("fate", "")
        title = told["title"]
        if fate == "taken":
            self.script.at(self.days_ago(2), lambda at: take(self._case(title), self.cast, at))
        elif "decided" in told:
            decided = self.days_ago(told["decided"])
            self.script.at(
                decided - timedelta(days=2), lambda at: take(self._case(title), self.cast, at)
            )
            self.script.at(
                decided, lambda at: decide(self._case(title), told, self.cast, self.script.ends, at)
            )
        if "kept" in told:
            kept = self.days_ago(-told["date_in"] + 1)
            self.script.at(kept, lambda at: keep(self.ideas[title], told["kept"], self.cast, at))

    def _case(self, title: str) -> Escalation:
        cases = Escalation.objects.open().filter(department=None)
        return cases.get(idea=self.ideas[title].pk)

    def _question(self, told: dict[str, Any]) -> None:
        asked = self.script.ends - timedelta(hours=told["hours"])
        self.script.at(asked, partial(self._ask, told))
        for number, answer in enumerate(told["answers"], start=1):
            self.script.at(
                asked + timedelta(minutes=answer["minutes"]),
                partial(self._answer, told, answer, number),
            )
        for member in self.random.sample(self.cast.crowd, told.get("me_too", 0)):
            shared = self.random.random() * told["hours"]
            self.script.at(asked + timedelta(hours=shared), self._me_too_of(told["title"], member))

    def _ask(self, told: dict[str, Any], at: datetime) -> None:
        self.topics[told["title"]] = start_topic(
            self.boards[told["board"]],
            kind=Topic.Kind.QUESTION,
            title=told["title"],
            text=told["text"],
            by=self.cast[told["by"]],
            tags=told.get("tags", []),
            at=at,
        )

    def _answer(
        self, told: dict[str, Any], answer: dict[str, Any], number: int, at: datetime
    ) -> None:
        topic = Topic.objects.get(pk=self.topics[told["title"]].pk)
        name = answer.get("staff", answer.get("by", "")).lower()
        post = reply(
            topic, text=answer["text"], by=self.cast[name], as_staff="staff" in answer, at=at
        )
        if told.get("solved") == number:
            self._solve(topic, post, at)

    def _solve(self, topic: Topic, post: Post, at: datetime) -> None:
        asker = topic.author
        if asker is not None:
            accept_solution(topic, post, by=asker, at=at + timedelta(minutes=20))

    def _me_too_of(self, title: str, member: User) -> Callable[[datetime], object]:
        return lambda at: has_this_too(self.topics[title], by=member, at=at)

    def _abuse(self, told: dict[str, Any]) -> None:
        """One rude reply: reported, and hidden by the moderator."""
        question = next(
            each for each in content("questions")["question"] if each["title"] == told["question"]
        )
        written = (
            self.script.ends
            - timedelta(hours=question["hours"])
            + timedelta(minutes=told["minutes"])
        )
        self.script.at(written, partial(self._write_abuse, told))
        self.script.at(written + timedelta(minutes=20), partial(self._report_abuse, told))
        self.script.at(written + timedelta(minutes=41), partial(self._hide_abuse, told))

    def _write_abuse(self, told: dict[str, Any], at: datetime) -> None:
        topic = self.topics[told["question"]]
        self.abuse = reply(topic, text=told["text"], by=self.cast[told["by"]], at=at)

    def _report_abuse(self, told: dict[str, Any], at: datetime) -> None:
        reporter = self.cast[told["reporter"]]
        subject = subject_of("post", self.abuse.pk, reporter)
        if subject is not None:
            report(subject, by=reporter, reason=Report.Reason.ABUSE, note=told["note"], at=at)

    def _hide_abuse(self, told: dict[str, Any], at: datetime) -> None:
        hide_post(self.abuse, by=self.cast["moderator"], reason=told["reason"], at=at)

    def _customer(self) -> None:
        """What the customer one signs in as has done: votes, but not yet for the wi-fi."""
        for days, title in CUSTOMERS_OLD_WISHES:
            self.script.at(self.days_ago(days), self._vote_of(title, self.cast["customer"]))
        for number, title in enumerate(CUSTOMERS_WISHES):
            self.script.at(self.days_ago(1 + number), self._vote_of(title, self.cast["customer"]))
