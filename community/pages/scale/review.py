"""The review of the load model's ideas: cases, decisions, promises, and who was told."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import count

from django.conf import settings

from community.core.markdown import render
from forum.models import Promise
from ideas.models import (
    Decision,
    Escalation,
    EscalationRule,
    IdeaStatusChange,
    Outcome,
    Telling,
)
from ideas.statuses import MAKES_PROMISE, Status, Verdict
from ideas.verdict_words import headline

from .bulk import Row, Table
from .courses import DAY, Course
from .shapes import moment
from .talk import Said, Talk
from .world import World

VERDICTS = {
    Status.PLANNED: Verdict.DO_IT,
    Status.DONE: Verdict.DO_IT,
    Status.PILOT: Verdict.PILOT,
    Status.DECLINED: Verdict.DECLINE,
    Status.EXISTS: Verdict.EXISTS,
}
SOON = 120  # days from a decision to its promise's day, where that lies ahead
PILOT_STORES = 3
MINUTE = 60
KINDS = IdeaStatusChange.Kind


class Review:
    """Writes what corporate review did with the ideas that crossed a rule."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.cases = Table(
            Escalation,
            *("id", "idea", "rule", "cycle", "round", "department", "votes_then", "crossed_at"),
            *("raised_at", "due_at", "state", "taken_by", "taken_at", "closed_at", "remind_at"),
            *("reminded_at", "due_reminded_at", "overdue_at"),
        )
        ledger = ("published_at", "filled_at", "rechecked_at", "told_total", "told_done", "told_at")
        self.decisions = Table(
            Decision,
            *("id", "idea", "escalation", "verdict", "reason", "date", "by", "drafted_at"),
            *("post", "promise", *ledger),
        )
        self.promises = Table(
            Promise,
            "id",
            "topic",
            "due_on",
            "state",
            "made_by",
            "made_at",
            "closed_by",
            "closed_at",
        )
        self.stores = Table(Decision.stores.through, "decision", "store")
        self.outcomes = Table(Outcome, "decision", *ledger)
        self.tellings = Table(
            Telling, "decision", "news", "recipient", "because", "state", "told_at"
        )
        self.tables = [self.cases, self.decisions, self.promises]
        self.waiting: dict[Table, list[Row]] = defaultdict(list)
        self.case_keys = count(self.cases.next_key())
        self.decision_keys = count(self.decisions.next_key())
        self.promise_keys = count(self.promises.next_key())

    def answer(self, came: Course) -> Said:
        """The company's answer in the conversation."""
        assert came.decided_at is not None
        verdict, reason = VERDICTS[came.status], self.world.prose.reason()
        sentence = headline(verdict, self._due_on(came), [])
        text = f"**{sentence}**\n\n{reason}"
        by, byline = self._reviewer()
        html = render(text).html
        return Said(came.decided_at, by, text, html, byline=byline, is_decision=True)

    def write(self, wishes: Sequence[tuple[Talk, Course, list[int]]]) -> list[Row]:
        """Cases, decisions and tellings of these ideas; answer the lines of their timelines."""
        lines: list[Row] = []
        for talk, came, voters in wishes:
            if came.crossed:
                lines += self._review(talk, came, voters)
        for table, rows in self.waiting.items():
            table.write(rows)
        self.waiting.clear()
        return lines

    def _review(self, talk: Talk, came: Course, voters: list[int]) -> Iterator[Row]:
        by = self._reviewer()[0]
        for rule in came.crossed:
            case = next(self.case_keys)
            self.waiting[self.cases].append(self._case(case, talk, came, rule, by))
            yield self._line(
                talk,
                KINDS.RAISED,
                Status.RAISED,
                came.crossing(rule) + MINUTE,
                rule=rule.name,
                votes=rule.votes,
                due=self._due(came, rule).isoformat(),
            )
        if came.taken_at is not None:
            name = self.world.bylines[by - self.world.first_employee]
            signed = (by, name)
            yield self._line(talk, KINDS.REVIEW_STARTED, Status.IN_REVIEW, came.taken_at, signed)
        if came.decided_at is not None:
            yield from self._decide(talk, came, voters, case=case)

    def _case(self, key: int, talk: Talk, came: Course, rule: EscalationRule, by: int) -> Row:
        state = Escalation.State.WAITING
        if came.taken_at is not None:
            state = Escalation.State.TAKEN
        if came.decided_at is not None:
            state = Escalation.State.DECIDED
        raised = moment(came.crossing(rule) + MINUTE)
        due, now = self._due(came, rule), self.world.ends_at
        remind = raised + timedelta(days=rule.days) * settings.REMIND_AT_SHARE
        is_open = came.decided_at is None
        return (
            *(key, talk.key, rule.pk, 1, 1),
            talk.board.department_id if rule.asks_owner else None,
            *(rule.votes, moment(came.crossing(rule)), raised, due, state.value),
            by if came.taken_at is not None else None,
            _moment(came.taken_at),
            *(_moment(came.decided_at), remind),
            remind if is_open and remind <= now else None,
            due if is_open and due <= now else None,
            due if is_open and due <= now else None,
        )

    def _decide(self, talk: Talk, came: Course, voters: list[int], *, case: int) -> Iterator[Row]:
        """The decision, its promise and tellings, as if all had been done by today."""
        assert came.decided_at is not None
        place = next(n for n, said in enumerate(talk.posts) if said.is_decision)
        post, at = talk.posts[place], moment(came.decided_at)
        verdict, due = VERDICTS[came.status], self._due_on(came)
        reason = post.text.partition("\n\n")[2]
        key, promise = next(self.decision_keys), None
        if verdict in MAKES_PROMISE:
            promise = self._promise(talk, came, post.by)
        told = self._told(talk, came, voters)
        self.waiting[self.tellings] += self._telling_rows(key, Telling.News.DECISION, told, at)
        self.waiting[self.decisions].append(
            (
                *(key, talk.key, case, verdict.value, reason, due, post.by, at),
                *(talk.keys[place], promise, at, at, at, len(told), len(told), at),
            )
        )
        if verdict == Verdict.PILOT:
            stores = self.world.random.sample(list(self.world.stores), PILOT_STORES)
            self.waiting[self.stores] += [(key, store.pk) for store in stores]
        signed = (post.by, post.byline)
        status = came.status if came.status != Status.DONE else Status.PLANNED
        yield self._line(talk, KINDS.ANSWERED, status, came.decided_at, signed, no=place + 1)
        day = due.isoformat() if due else None
        yield self._line(
            talk,
            KINDS.DECIDED,
            status,
            came.decided_at,
            signed,
            note=reason,
            decision=verdict.value,
            date=day,
        )
        if came.kept_at is not None and due is not None:
            kept = moment(came.kept_at)
            self.waiting[self.outcomes].append((key, kept, kept, kept, len(told), len(told), kept))
            self.waiting[self.tellings] += self._telling_rows(key, Telling.News.OUTCOME, told, kept)
            yield self._line(talk, KINDS.PROMISE_KEPT, Status.DONE, came.kept_at, signed, date=day)

    def _promise(self, talk: Talk, came: Course, by: int) -> int:
        key, is_kept = next(self.promise_keys), came.kept_at is not None
        state = Promise.State.KEPT if is_kept else Promise.State.OPEN
        closed_by = by if is_kept else None
        made_at = _moment(came.decided_at)
        due = self._due_on(came)
        self.waiting[self.promises].append(
            (key, talk.key, due, state.value, by, made_at, closed_by, _moment(came.kept_at))
        )
        return key

    def _told(self, talk: Talk, came: Course, voters: list[int]) -> dict[int, str]:
        """Who was told, and why: the author, voters, and who had commented by then."""
        assert came.decided_at is not None
        because, first = Telling.Because, self.world.first_member
        told = {talk.posts[0].by: because.POSTED.value}
        for number in voters:
            told.setdefault(first + number, because.VOTED.value)
        for said in talk.posts:
            if said.at <= came.decided_at and not said.is_decision:
                told.setdefault(said.by, because.COMMENTED.value)
        return told

    def _telling_rows(
        self, decision: int, news: str, told: dict[int, str], at: object
    ) -> Iterator[Row]:
        sent = Telling.State.SENT.value
        for person, because in sorted(told.items()):
            yield decision, str(news), person, because, sent, at

    def _line(
        self,
        talk: Talk,
        kind: str,
        status: str,
        at: int,
        signed: tuple[int | None, str] = (None, ""),
        *,
        note: str = "",
        **facts: object,
    ) -> Row:
        """One line of a timeline; `signed` is who did it, and as what the public reads them."""
        return talk.key, str(kind), str(status), moment(at), *signed, note, json.dumps(facts)

    def _due(self, came: Course, rule: EscalationRule) -> datetime:
        return moment(came.crossing(rule) + MINUTE) + timedelta(days=rule.days)

    def _due_on(self, came: Course) -> date | None:
        """The day of a promise: kept on it, or still ahead."""
        if VERDICTS[came.status] not in MAKES_PROMISE:
            return None
        if came.kept_at is not None:
            return moment(came.kept_at).date()
        assert came.decided_at is not None
        ahead = came.decided_at % (SOON * DAY)
        return (self.world.ends_at + timedelta(seconds=DAY + ahead)).date()

    def _reviewer(self) -> tuple[int, str]:
        """An employee of the group that decides, and how they sign."""
        place = self.world.reviewers[self.world.random.randrange(len(self.world.reviewers))]
        return self.world.first_employee + place, self.world.bylines[place]


def _moment(second: int | None) -> datetime | None:
    return None if second is None else moment(second)
