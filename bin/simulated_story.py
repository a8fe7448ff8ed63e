"""What people do in the simulated year, and what has to be true of it afterwards."""

from __future__ import annotations

import random
from collections import Counter
from datetime import datetime, time, timedelta
from email import message_from_bytes
from itertools import count, pairwise
from pathlib import Path

from django.contrib.auth.models import Group
from django.db.models import F, Q

from community.activity.models import Reaction
from community.core.counters import recounts
from community.notifications.models import Mail, Notification
from community.people.actions import join
from community.people.models import Department, User
from community.people.permissions import GROUPS
from forum.models import Board
from ideas.actions import cast_vote, post_idea, withdraw_vote
from ideas.actions.closing import AlreadyDecided, ForHeadOffice
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.promising import keep_promise
from ideas.actions.reopening import reopen
from ideas.actions.reviewing import take
from ideas.actions.superseding import overtaking
from ideas.actions.voting import VotingClosed
from ideas.models import (
    Audience,
    Decision,
    Escalation,
    EscalationRule,
    Idea,
    Outcome,
    ReviewDigest,
    Telling,
)
from ideas.recipients import crowd, eligible
from ideas.statuses import ENDS_VOTING, REOPENS, TAKES_VOTES

MEMBERS = 30
THREADS = 4  # of the worker, each of which may be sending when it is killed
PUT_OFF = timedelta(days=45)


class Story:
    """People who post, vote, take votes back, decide, reopen and keep promises, at random."""

    def __init__(self, chance: random.Random, *, begins: datetime) -> None:
        self.chance = chance
        self.begins = begins
        for name in GROUPS:
            Group.objects.get_or_create(name=name)
        self.members = [self._join(f"member{n}") for n in range(MEMBERS)]
        self.reviewer, self.owner, boss = map(self._join, ("reviewer", "owner", "boss"))
        self.reviewer.groups.set([Group.objects.get(name="reviewers")])
        boss.groups.set([Group.objects.get(name="executives")])
        shops = Department.objects.create(name="Shops", slug="shops", owner=self.owner)
        self.board = Board.objects.create(
            slug="shops", name="Shops", holds=Board.Holds.IDEAS, department=shops
        )
        Audience.objects.update(since=begins)
        EscalationRule.objects.filter(asks_owner=True).update(votes=4)
        EscalationRule.objects.filter(asks_owner=False).update(votes=9)
        self.ideas: list[int] = []
        self.crowds: dict[int, set[int]] = {}
        self.taken_back: dict[int, set[int]] = {}

    def _join(self, name: str) -> User:
        return join(f"{name}@example.com", username=name, at=self.begins)

    def live(self, at: datetime) -> None:
        """One day, each act at its own moment: all in the second before this one."""
        moments = (at + timedelta(milliseconds=n) for n in count(-1000))
        if self.chance.random() < 0.15 or not self.ideas:
            self._post(next(moments))
        for _vote in range(self.chance.randrange(6)):
            self._vote(next(moments))
        for case in list(Escalation.objects.open().select_related("idea__topic__board", "rule")):
            self._work_on(case, next(moments))
        for decision in list(Decision.objects.filter(promise__state="open")):
            if self.chance.random() < 0.03:
                keep_promise(decision, by=self.reviewer, at=next(moments))
        standing = Decision.objects.published().filter(
            verdict__in=ENDS_VOTING, idea__status__in=REOPENS, escalation__returned_at=None
        )
        for decision in list(standing):
            if self.chance.random() < 0.02:
                self._take_back(decision, next(moments))

    def _post(self, at: datetime) -> None:
        title = f"Idea number {len(self.ideas)} of this year"
        author = self.chance.choice(self.members)
        self.ideas.append(post_idea(self.board, title=title, body="Please.", by=author, at=at).pk)

    def _vote(self, at: datetime) -> None:
        idea = Idea.objects.filter(status__in=TAKES_VOTES).order_by("?").first()
        if idea is None:
            return
        member = self.chance.choice(self.members)
        try:
            if self.chance.random() < 0.15:
                withdraw_vote(idea, by=member)
            else:
                cast_vote(idea, by=member, at=at)
        except VotingClosed:
            return

    def _work_on(self, case: Escalation, at: datetime) -> None:
        """Sometimes take it, sometimes decide; some are forgotten until long after their date."""
        by = self.owner if case.department_id else self.reviewer
        if self.chance.random() < 0.06:
            take(case, by=by, at=at)
        if self.chance.random() < 0.05:
            self._decide(case, by, at)

    def _decide(self, case: Escalation, by: User, at: datetime) -> None:
        verdicts = ["answered"] * 3 if case.department_id else ["do_it", "decline", "exists"]
        verdict = self.chance.choice([*verdicts, "not_now", "needs_more"])
        day = (at + PUT_OFF).date()
        draft = draft_decision(case, by=by, verdict=verdict, reason="So it is.", date=day, at=at)
        try:
            decision = publish_decision(draft, by=by, at=at)
        except (AlreadyDecided, ForHeadOffice):
            return
        self.crowds[decision.pk] = self._who_asked(decision, at)

    def _take_back(self, decision: Decision, at: datetime) -> None:
        """The reviewer looks at it again, and all who asked until now hear that."""
        if reopen(decision, by=self.reviewer, reason="It was wrong.", at=at):
            asked = self._who_asked(decision, at) | self.crowds[decision.pk]
            self.taken_back[decision.pk] = asked - {self.reviewer.pk}

    def _who_asked(self, decision: Decision, at: datetime) -> set[int]:
        """Who would be told of this decision if it were published at this moment."""
        asked = {pk for source in crowd(decision.idea, before=at) for pk in source.ids()}
        told = eligible(decision.idea, at=at, but=decision.by_id).filter(pk__in=asked)
        return set(told.values_list("pk", flat=True))

    def figures(self, mail: Path) -> dict[str, object]:
        """How much happened."""
        letters = message_ids(mail)
        return {
            "ideas": len(self.ideas),
            "escalations": Escalation.objects.count(),
            "unraised": Escalation.objects.filter(state="unraised").count(),
            "digests": ReviewDigest.objects.count(),
            "decisions": len(self.crowds),
            "taken_back": len(self.taken_back),
            "tellings": Telling.objects.count(),
            "superseded": Telling.objects.filter(state="superseded").count(),
            "overdue": Escalation.objects.exclude(overdue_at=None).count(),
            "letters": len(letters),
            "repeated": len(letters) - len(set(letters)),
        }


def message_ids(folder: Path) -> list[str]:
    """The Message-ID of each letter that went out, repeats and all."""
    finished = folder.glob("[!.]*.eml")
    return [message_from_bytes(file.read_bytes())["Message-ID"] for file in finished]


def faults_of(story: Story, *, until: datetime, mail: Path, kills: dict[str, int]) -> list[str]:
    """Each thing that is missing, double or miscounted, in words; none where all is well."""
    return [
        *_periods(story, until),
        *_cases(),
        *_told(story),
        *_told_again(story),
        *_mails(mail, kills),
        *(f"drift: {drift}" for recount in recounts().values() for drift in recount(False)),
    ]


def _periods(story: Story, until: datetime) -> list[str]:
    """Monday after Monday at the hour of the audience's own clock, whatever clocks did."""
    audience = Audience.objects.get()
    rows = list(ReviewDigest.objects.order_by("begins_at").values_list("begins_at", "ends_at"))
    faults = [f"a gap at {one[1]}" for one, two in pairwise(rows) if one[1] != two[0]]
    ends = {row[1] for row in rows}
    expected = set()
    day = story.begins.astimezone(audience.zone).date()
    while True:
        close = datetime.combine(day, time(7, 0), tzinfo=audience.zone)
        if close > until:
            break
        if day.weekday() == audience.closes_on and close > story.begins:
            expected.add(close)
        day += timedelta(days=1)
    faults += [f"period to {end} missing" for end in sorted(expected - ends)]
    faults += [f"period to {end} too many" for end in sorted(ends - expected)]
    if len(ends) != len(rows):
        faults.append("a period double")
    return faults


def _cases() -> list[str]:
    """Each case raised once, called once, in a digest where its audience decides it."""
    faults = []
    last = ReviewDigest.objects.order_by("-ends_at").first()
    for case in Escalation.objects.select_related("rule"):
        begun = Q(kind="raised") | Q(kind="returned", data__again=True)  # by a rule, or a reviewer
        lines = case.idea.timeline.filter(begun, at=case.raised_at)
        if lines.filter(data__rule=case.rule.name).count() != 1:
            faults.append(f"{case}: raised {lines.count()} times on the page")
        is_ours = case.department_id is None and case.state != Escalation.State.UNRAISED
        in_time = last is not None and case.raised_at < last.ends_at
        if is_ours and in_time and not case.digest_entries.exists():
            faults.append(f"{case} is in no digest")
    calls = Notification.objects.filter(key__startswith="raised:").values_list("user", "key")
    doubles = [key for key, count in Counter(calls).items() if count > 1]
    return faults + [f"called twice: {key}" for key in doubles]


def _told(story: Story) -> list[str]:
    """Everybody who had asked when it was published, once, and each settled."""
    faults = []
    for pk, asked in story.crowds.items():
        rows = list(
            Telling.objects.filter(decision=pk, news="decision").values_list("recipient", "state")
        )
        told = Counter(person for person, _state in rows)
        if missing := asked - set(told):
            faults.append(f"decision {pk}: nobody told {sorted(missing)}")
        if more := set(told) - asked:
            faults.append(f"decision {pk}: told {sorted(more)}, who had not asked")
        unsettled = [person for person, state in rows if state in ("owed", "mailed")]
        if unsettled:
            faults.append(f"decision {pk}: {len(unsettled)} are still waiting")
    for model in (Decision, Outcome):
        settled = F("told_done") + F("bounced") + F("superseded")
        open_ones = model.objects.published().exclude(told_total=settled, told_at__isnull=False)
        faults += [f"{ledger}: its figures do not close" for ledger in open_ones]
    return faults


def _told_again(story: Story) -> list[str]:
    """Of what was taken back all who had asked, unless there was newer news to tell them."""
    faults = []
    for decision in Decision.objects.filter(pk__in=story.taken_back):
        notices = Notification.objects.filter(key=f"reopening:{decision.pk}")
        heard, asked = set(notices.values_list("user", flat=True)), story.taken_back[decision.pk]
        if heard - asked or (asked - heard and not overtaking(decision).exists()):
            faults.append(f"decision {decision.pk}, taken back: {sorted(heard ^ asked)}")
    undone = Reaction.objects.filter(done_at=None).count()
    return faults + ([f"{undone} reactions are undone"] if undone else [])


def _mails(folder: Path, kills: dict[str, int]) -> list[str]:
    """Each mail that is owed went out; again only after a kill, with the same Message-ID."""
    letters = Counter(message_ids(folder))
    rows = dict(Mail.objects.values_list("message_id", "state"))
    faults = [f"letter {name} of no mail" for name in letters if name not in rows]
    faults += [
        f"{name} says sent and was not"
        for name, state in rows.items()
        if state == "sent" and name not in letters
    ]
    faults += [
        f"{name} is {state}" for name, state in rows.items() if state not in ("sent", "stopped")
    ]
    repeated = sum(letters.values()) - len(letters)
    if repeated > THREADS * sum(kills.values()):
        faults.append(f"{repeated} letters went out again after {sum(kills.values())} kills")
    return faults
