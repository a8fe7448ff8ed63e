"""An admin edits the rules, is told what is wrong, and sees how many ideas one would raise."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from ideas.actions.raising import raise_due
from ideas.models import Escalation, EscalationRule, RuleBacklog
from tests import make

ADD = "/admin/ideas/escalationrule/add/"


def typed(rule: EscalationRule | None = None, **fields: object) -> dict[str, object]:
    """What the form holds for a rule, with these fields typed over."""
    given: dict[str, object] = {
        "name": "Twenty",
        "measure": "votes",
        "votes": 20,
        "stores": 1,
        "first_run_cap": 50,
        "days": 7,
        "audience": make.audience().pk,
        "is_active": "on",
    }
    if rule is not None:
        given |= {"name": rule.name, "votes": rule.votes, "days": rule.days}
    return given | fields


def place(rule: EscalationRule) -> str:
    return f"/admin/ideas/escalationrule/{rule.pk}/change/"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"words": "With {whom}"}, "Write {who} and {date}"),
        ({"words": "With {who"}, "Write {who} and {date}"),
        ({"measure": "stores", "stores": 1}, "Give at least 2 stores"),
        ({"measure": "stores", "stores": 30}, "need at least as many votes"),
        ({"votes": 0}, "Ask for at least 1."),
        ({"days": 0}, "Give at least 1 day to answer."),
    ],
)
def test_what_is_wrong_is_said(as_admin: Client, fields: dict[str, object], sentence: str) -> None:
    answer = as_admin.post(ADD, typed(**fields))

    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not EscalationRule.objects.filter(name="Twenty").exists()


def test_a_board_that_nobody_owns_cannot_be_asked(as_admin: Client) -> None:
    fields = typed(board=make.board("online").pk, asks_owner="on")

    assert "No department owns this board" in as_admin.post(ADD, fields).content.decode()


def test_a_board_of_questions_raises_nothing(as_admin: Client) -> None:
    fields = typed(board=make.question().board_id)

    assert "This board holds questions" in as_admin.post(ADD, fields).content.decode()


def test_a_rule_that_is_off_says_how_many_it_would_raise(as_admin: Client) -> None:
    rule = make.rule(votes=3, is_active=False, first_run_cap=1)
    for number in range(2):
        make.idea(f"Idea number {number}", votes=3)

    page = as_admin.get(place(rule)).content.decode()

    assert "It would raise 2 ideas now. Those with most votes come first, 1 a day" in page


def test_a_lowered_threshold_raises_no_flood(as_admin: Client) -> None:
    rule = make.rule(votes=5, first_run_cap=1)
    raise_due(timezone.now())
    for number in range(3):
        make.idea(f"Idea number {number}", votes=3)

    answer = as_admin.post(place(rule), typed(rule, votes=3, first_run_cap=1), follow=True)

    assert "It would raise 3 ideas now." in answer.content.decode()
    now = timezone.now()
    assert [raise_due(now), raise_due(now), raise_due(now + timedelta(days=1))] == [1, 0, 1]
    assert RuleBacklog.objects.count() == 1


def test_other_words_change_nothing_else(as_admin: Client) -> None:
    rule = make.rule(votes=3)
    raise_due(timezone.now())

    as_admin.post(place(rule), typed(rule, words="{who} answers by {date}"))

    rule.refresh_from_db()
    assert rule.words
    assert rule.first_run_at is not None


def test_a_rule_that_has_raised_something_stays(as_admin: Client) -> None:
    rule = make.rule(votes=3)
    make.idea(votes=3)
    raise_due(timezone.now())
    assert Escalation.objects.exists()

    assert as_admin.post(f"/admin/ideas/escalationrule/{rule.pk}/delete/").status_code == 403
