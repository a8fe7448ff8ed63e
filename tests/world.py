"""A small world in which every page has something to show: what sample paths name."""

from datetime import timedelta

from django.utils import timezone

from community.moderation.actions.reporting import report
from community.moderation.models import Review
from community.moderation.subjects import subject_of
from community.notifications.models import Category
from community.notifications.tokens import token_for
from community.people.held import hold
from community.people.models import User
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.digesting import close_now
from ideas.actions.raising import raise_due
from ideas.models import Decision, Escalation, Idea
from ideas.statuses import Verdict
from tests import make


def world(reviewer: User, moderator: User) -> dict[str, object]:
    """The things by name: talk, a case, a draft and a promise of this reviewer, and a report."""
    return {**_talk(), **_review(reviewer), **_moderation(moderator), **_letters()}


def _talk() -> dict[str, object]:
    question = make.question()
    return {
        "idea": make.idea("Gift wrapping all year"),
        "question": question,
        "answer": make.post(question),
        "author": make.member("author"),
    }


def _review(reviewer: User) -> dict[str, object]:
    rule = make.rule(votes=3)
    wifi, lockers = make.idea(votes=3), make.idea("Lockers at the entrance", votes=3)
    now = timezone.now()
    raise_due(now)
    decided = publish_decision(_draft(lockers, reviewer), by=reviewer)
    return {
        "digest": close_now(rule.audience, at=now + timedelta(minutes=5)),
        "case": Escalation.objects.get(idea=wifi),
        "draft": _draft(wifi, reviewer),
        "promise": decided.promise,
    }


def _draft(idea: Idea, reviewer: User) -> Decision:
    return draft_decision(
        Escalation.objects.get(idea=idea),
        by=reviewer,
        verdict=Verdict.DO_IT,
        reason="Everybody wants it, and it costs little.",
        date=(timezone.now() + timedelta(days=90)).date(),
    )


def _moderation(moderator: User) -> dict[str, object]:
    reply = make.post(make.question("Is the warranty worth it?"), "Only fools ask that.")
    subject = subject_of("post", reply.pk, moderator)
    assert subject is not None
    report(subject, by=make.member("annoyed"), reason="abuse")
    return {"review": Review.objects.get(), "reply": reply}


def _letters() -> dict[str, object]:
    reader = make.member("reader")
    door = {"heading": "Sign in", "button": "Sign in"}
    return {
        "held": hold("people.sign_in", payload={}, email="newcomer@example.com", **door),
        "unsubscribe": token_for(reader.pk, Category.DECISIONS),
    }
