"""Several people and workers at once: one decision, one answer, and nothing unsigned."""

from datetime import timedelta

import pytest

from ideas.actions.closing import AlreadyDecided
from ideas.actions.deciding import (
    DraftChanged,
    NotSignedOff,
    draft_decision,
    publish_decision,
)
from ideas.actions.raising import raise_due
from ideas.actions.scheduling import publish_due, schedule
from ideas.actions.signing import answer_sign_off, ask_sign_off
from ideas.models import Decision, Escalation, SignOff
from tests import make
from tests.at_once import at_once as together

pytestmark = pytest.mark.django_db(transaction=True)
LATER = make.NOON + timedelta(hours=5)
ROUNDS = 2


def at_once(*acts):
    together(*acts, losing=(AlreadyDecided, DraftChanged, NotSignedOff))


@pytest.fixture
def people():
    return [make.member(groups=("reviewers",)) for _ in range(3)]


def new_case(number):
    make.rule(votes=3, audience=make.audience(sign_off_above=10_000))
    idea = make.idea(f"Idea number {number}", votes=3, at=make.NOON)
    raise_due(make.NOON)
    return Escalation.objects.get(idea=idea)


def draft(case, by, **fields):
    fields = {"verdict": "exists", "reason": "By the door.", "at": make.NOON, **fields}
    return draft_decision(case, by=by, **fields)


@pytest.mark.parametrize("number", range(ROUNDS))
def test_of_two_reviewers_and_two_sweeps_one_publishes(people, number):
    case = new_case(number)
    first, second, third = people
    schedule(draft(case, first), LATER, by=first, at=make.NOON)
    own, other = draft(case, second), draft(case, third, verdict="decline")

    at_once(
        lambda: publish_due(LATER),
        lambda: publish_due(LATER),
        lambda: publish_decision(own, by=second, at=LATER),
        lambda: publish_decision(other, by=third, at=LATER),
    )

    assert Decision.objects.published().count() == 1
    assert case.idea.topic.posts.filter(is_decision=True).count() == 1
    assert not Decision.objects.filter(published_at=None, publish_at__isnull=False).exists()


@pytest.mark.parametrize("number", range(ROUNDS))
def test_nothing_unsigned_goes_out_while_it_is_edited_and_signed(people, number):
    case = new_case(number)
    writer, signer, _third = people
    big = draft(case, writer, cost=50_000)
    asked = ask_sign_off(big, by=writer)
    signer_s = SignOff.objects.select_related("decision").get(pk=asked.pk)

    at_once(
        lambda: answer_sign_off(signer_s, by=signer, allows=True),
        lambda: draft(case, writer, cost=90_000, reason="Changed.", at=LATER),
        lambda: publish_decision(Decision.objects.get(pk=big.pk), by=writer),
    )

    for published in Decision.objects.published():
        assert published.cost == 50_000
        assert published.sign_offs.filter(answer="allowed").exists()
        assert case.idea.topic.posts.get(is_decision=True).text.endswith("By the door.")
