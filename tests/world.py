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
from ideas.actions.asking import ask_department
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.digesting import close_now
from ideas.actions.invalidating import invalidate_votes
from ideas.actions.joining import join_ideas
from ideas.actions.raising import raise_due
from ideas.actions.recording import record_vote
from ideas.actions.scoring import ask_to_score
from ideas.actions.signing import ask_sign_off
from ideas.lists import Wanted
from ideas.models import Decision, Escalation, Idea, Vote
from ideas.own_feeds import key_of
from ideas.recorded import removal_path
from ideas.statuses import Verdict
from ideas.vote_rules import VoteRule
from tests import make


def world(reviewer: User, moderator: User, owner: User | None = None) -> dict[str, object]:
    """The things by name: talk, a case, a draft and a promise of this reviewer, and a report.

    A department is asked about the case, which is this owner's.
    """
    things = {**_talk(), **_review(reviewer, owner), **_moderation(moderator), **_letters()}
    return {**things, **_votes(moderator)}


def _talk() -> dict[str, object]:
    question = make.question()
    return {
        "idea": make.idea("Gift wrapping all year"),
        "question": question,
        "answer": make.post(question),
        **_author(),
    }


def _author() -> dict[str, object]:
    author = make.member("author")
    return {"author": author, "own_feed": key_of(author, Wanted(mine=True))}


def _review(reviewer: User, owner: User | None) -> dict[str, object]:
    rule = make.rule(votes=3)
    wifi, lockers = make.idea(votes=3), make.idea("Lockers at the entrance", votes=3)
    now = timezone.now()
    raise_due(now)
    decided = publish_decision(_draft(lockers, reviewer), by=reviewer)
    case, draft = Escalation.objects.get(idea=wifi), _draft(wifi, reviewer)
    owned = make.department("Network", owner=owner or make.member("network"))
    ask_to_score(case, [reviewer, make.member("scorer", groups=("reviewers",))], by=reviewer)
    return {
        "digest": close_now(rule.audience, at=now + timedelta(minutes=5)),
        "case": case,
        "draft": draft,
        "note": ask_department(
            case, owned, question="What would it cost?", due_on=draft.date, by=reviewer
        )[0],
        "sign_off": ask_sign_off(draft, by=reviewer),
        "promise": decided.promise,
        "decided": decided.escalation,
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


def _votes(moderator: User) -> dict[str, object]:
    """A joined idea, removed votes, and the link of a recorded one."""
    tables, desks = make.idea("Tables to try things on", votes=2), make.idea("Desks", votes=2)
    join_ideas(desks, into=tables, by=moderator)
    voter = Vote.objects.filter(idea=tables).latest("pk").voter
    rule = VoteRule(accounts=(voter.username,))
    record_vote(tables, email="shopper@example.com", note="At the counter", by=moderator)
    return {
        "joined": desks,
        "removed": invalidate_votes(rule, idea=tables, by=moderator, reason="Bought."),
        "recorded": removal_path(Vote.objects.get(source="staff")).split("/")[-2],
    }
