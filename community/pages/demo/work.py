"""The work on two open cases: notes, scores, sides, a sign-off awaited, a publication set."""

from __future__ import annotations

from datetime import datetime, timedelta

from community.people.models import Department, Store
from ideas.actions.asking import answer_for_department, ask_department
from ideas.actions.deciding import draft_decision
from ideas.actions.scheduling import schedule
from ideas.actions.scoring import ask_to_score, give_score
from ideas.actions.signing import ask_sign_off
from ideas.actions.stances import take_side
from ideas.models import Audience, CannedReason, Escalation
from ideas.statuses import Verdict

from .cast import Cast
from .script import Script

QUIET = "A quiet hour each week, without music and screens shouting"
LABELS = "Show on the shelf label what the item costs online"
LINE = 250_000  # above it a second person signs off
DAY = timedelta(days=1)
SIDES = {QUIET: ("for", "for"), LABELS: ("for", "for")}
READY = (
    (
        Verdict.DECLINE,
        "It costs more than it brings",
        "We worked it out, and it would cost more than it brings you. What we do instead: ",
    ),
    (Verdict.DECLINE, "The law does not let us", "The law does not let us do this. In short: "),
    (
        Verdict.NOT_NOW,
        "Full until spring",
        "Until spring all hands are on what we promised before. We look at it again then.",
    ),
    (Verdict.EXISTS, "It is in the app", "You can do this today in the app: "),
    (Verdict.DO_IT, "Convinced by your comments", "You convinced us. What tipped it: "),
)


def work_on_cases(script: Script, cast: Cast) -> None:
    """Put into the script what reviewers and a department do in the last days."""
    Audience.objects.filter(slug="corporate").update(sign_off_above=LINE)
    for verdict, title, text in READY:
        CannedReason.objects.get_or_create(verdict=verdict, title=title, defaults={"text": text})
    ends = script.ends
    script.at(ends - 1.9 * DAY, lambda at: _ask(_case(QUIET), cast, ends, at))
    script.at(ends - 1.2 * DAY, lambda at: _answer(_case(QUIET), cast, at))
    script.at(ends - 0.9 * DAY, lambda at: _score(_case(QUIET), cast, at))
    script.at(ends - 0.3 * DAY, lambda at: _schedule(_case(QUIET), cast, ends, at))
    script.at(ends - 0.8 * DAY, lambda at: _ask_and_wait(_case(LABELS), cast, ends, at))
    script.at(ends - 0.2 * DAY, lambda at: _want_sign_off(_case(LABELS), cast, ends, at))
    script.at(ends - 0.1 * DAY, lambda at: _take_sides())


def _case(title: str) -> Escalation:
    return Escalation.objects.open().get(idea__topic__title=title, department=None)


def _facilities() -> Department:
    return Department.objects.get(slug="stores-and-facilities")


def _ask(case: Escalation, cast: Cast, ends: datetime, at: datetime) -> None:
    ask_department(
        case,
        _facilities(),
        question="What would an hour like this take in every store, and who is against it?",
        due_on=(ends + 3 * DAY).date(),
        by=cast["reviewer"],
        at=at,
    )


def _answer(case: Escalation, cast: Cast, at: datetime) -> None:
    answer_for_department(
        case.department_notes.get(),
        by=cast["owner"],
        text="Music is one switch. The screens are not: each has to be dimmed by hand, twelve "
        "minutes a store. The two stores that tried it would do it again.",
        cost="About 9,000 a year in working time",
        benefit="Four families thanked us in one winter; nobody complained",
        at=at,
    )


def _score(case: Escalation, cast: Cast, at: datetime) -> None:
    """Three people, each alone; the last score shows them all."""
    views = {"reviewer": (4, 5), "executive": (3, 4), "admin": (5, 4)}
    people = [cast[name] for name in views]
    ask_to_score(case, people, by=cast["reviewer"], at=at)
    for person, (impact, feasibility) in zip(people, views.values(), strict=True):
        give_score(case, by=person, impact=impact, feasibility=feasibility, at=at)


def _schedule(case: Escalation, cast: Cast, ends: datetime, at: datetime) -> None:
    """Decided, and published by itself when the stores have been told."""
    draft = draft_decision(
        case,
        by=cast["reviewer"],
        verdict=Verdict.PILOT,
        reason="We want this, and begin where teams asked for it themselves: Tuesdays from 9 to "
        "10, music off and screens dimmed. If it works through the winter, all stores follow.",
        date=(ends + 120 * DAY).date(),
        stores=Store.objects.filter(code__in=["539", "1760"]),
        cost=9_000,
        at=at,
    )
    schedule(draft, ends + 5 * DAY, by=cast["reviewer"], at=at)


def _ask_and_wait(case: Escalation, cast: Cast, ends: datetime, at: datetime) -> None:
    ask_department(
        case,
        _facilities(),
        question="How many stores have electronic labels already?",
        due_on=(ends + 4 * DAY).date(),
        by=cast["reviewer"],
        at=at,
    )
    ask_to_score(case, [cast["reviewer"], cast["executive"]], by=cast["reviewer"], at=at)
    give_score(case, by=cast["executive"], impact=4, feasibility=2, at=at)


def _want_sign_off(case: Escalation, cast: Cast, ends: datetime, at: datetime) -> None:
    """A big one: it waits for a second person."""
    draft = draft_decision(
        case,
        by=cast["reviewer"],
        verdict=Verdict.DO_IT,
        reason="One price, everywhere. Stores get electronic labels that follow the web shop, "
        "beginning with the forty busiest. Until yours has them, the till gives you the lower "
        "price without being asked.",
        date=(ends + 200 * DAY).date(),
        provenance="planned",
        cost=1_400_000,
        at=at,
    )
    ask_sign_off(draft, by=cast["reviewer"], at=at)


def _take_sides() -> None:
    """The first customers who commented say which side they are on."""
    for title, sides in SIDES.items():
        posts = _case(title).idea.topic.posts.published().replies().filter(voice=None)
        for post, side in zip(posts.order_by("no"), sides, strict=False):
            take_side(post, side)
