"""A decision that turns out wrong is taken back in public by a reviewer, and a new case begins."""

from datetime import timedelta

import pytest
from django.urls import reverse

from community.activity.models import AuditEntry
from community.notifications.models import Notification
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.promising import keep_promise, miss_due
from ideas.actions.raising import raise_due
from ideas.actions.reopening import reopen
from ideas.actions.unraising import unraise_due
from ideas.actions.voting import cast_vote
from ideas.models import Escalation, Idea
from ideas.outcomes import newest_outcomes
from tests import make
from tests.at_once import at_once

DAY = timedelta(days=1)


def decided(by, verdict="decline", **rule):
    make.rule(votes=3, days=30, **rule)
    idea = make.idea(votes=3, at=make.NOON)
    raise_due(make.NOON)
    date = (make.NOON + 60 * DAY).date()
    case = Escalation.objects.get()
    draft = draft_decision(case, by=by, verdict=verdict, reason="Too costly.", date=date)
    return publish_decision(draft, by=by, at=make.NOON), idea


def path_of(case):
    return reverse("review-reopen", args=[case.pk])


@pytest.mark.parametrize("verdict", ["do_it", "pilot", "exists", "decline"])
def test_it_is_a_case_again_and_takes_votes(reviewer, lead, customer, verdict):
    decision, idea = decided(lead, verdict)

    case = reopen(decision, by=reviewer, reason="The price was wrong.", at=make.NOON + 9 * DAY)

    idea.refresh_from_db()
    assert (idea.status, idea.cycle) == ("in-review", 2)
    assert (case.state, case.taken_by, case.cycle) == ("taken", reviewer, 2)
    assert case.due_at == make.NOON + 39 * DAY
    assert cast_vote(idea, by=customer)
    assert list(Escalation.objects.open()) == [case]
    assert not newest_outcomes().exists()


def test_all_read_who_took_it_back_and_why(reviewer, lead, client, as_moderator):
    decision, idea = decided(lead)

    reopen(decision, by=reviewer, reason="The price was wrong.", at=make.NOON + DAY)

    page = client.get(idea.get_absolute_url()).content.decode()
    assert "Decision taken back" in page
    assert "Taken back: we look at it again" in page
    assert f"{reviewer.name} · The price was wrong." in page
    entry = AuditEntry.objects.get(verb="decision.reopened")
    assert entry.actor == reviewer
    log = as_moderator.get("/moderation/log/").content.decode()
    assert "Took the decision back" in log
    assert "The price was wrong." in log
    assert Notification.objects.get(user=lead, verb="review.reopened")


def test_a_second_time_changes_nothing(reviewer, lead):
    decision, idea = decided(lead)
    reopen(decision, by=reviewer, reason="The price was wrong.")

    assert reopen(decision, by=lead, reason="Me too.") is None

    idea.refresh_from_db()
    assert idea.cycle == 2
    assert Escalation.objects.count() == 2
    assert idea.timeline.filter(kind="returned").count() == 1


def test_its_promise_was_not_kept_and_binds_no_more(reviewer, lead):
    decision, _idea = decided(lead, "do_it")

    reopen(decision, by=reviewer, reason="No supplier.", at=make.NOON + DAY)

    decision.refresh_from_db()
    assert (decision.promise.state, decision.promise.note) == ("missed", "No supplier.")
    assert not miss_due(make.NOON + 90 * DAY)
    assert not keep_promise(decision, by=lead)


def test_it_can_be_decided_anew(reviewer, lead):
    decision, idea = decided(lead)
    case = reopen(decision, by=reviewer, reason="The price was wrong.", at=make.NOON + DAY)

    draft = draft_decision(case, by=reviewer, verdict="exists", reason="By the door.")
    publish_decision(draft, by=reviewer, at=make.NOON + 2 * DAY)

    assert Idea.objects.get(pk=idea.pk).status == "exists"
    assert [row.verdict for row in newest_outcomes()] == ["exists"]


def test_a_departments_case_waits_for_the_department(reviewer, owner, lead):
    department = make.department(owner=owner)
    board = make.board(department=department)
    make.rule(votes=3, asks_owner=True)
    make.idea(votes=3, at=make.NOON, on=board)
    raise_due(make.NOON)
    case = Escalation.objects.get()
    draft = draft_decision(case, by=owner, verdict="decline", reason="No room.")
    decision = publish_decision(draft, by=owner, at=make.NOON)

    again = reopen(decision, by=reviewer, reason="There is room now.", at=make.NOON + DAY)

    assert (again.state, again.department, again.taken_by) == ("waiting", department, None)
    assert Notification.objects.filter(user=owner, verb="idea.raised").count() == 2
    assert not unraise_due(make.NOON + DAY)


def test_a_reviewer_does_it_from_the_page_of_the_case(as_reviewer, reviewer, lead):
    decision, idea = decided(lead)
    path = path_of(decision.escalation)
    assert path in as_reviewer.get(decision.escalation.get_absolute_url()).content.decode()
    assert "Taken back" not in as_reviewer.get(path).content.decode()
    assert as_reviewer.post(path, {"reason": " "}).status_code == 422

    answer = as_reviewer.post(path, {"reason": "The price was wrong."})
    again = as_reviewer.post(path, {"reason": "The price was wrong."})

    case = Escalation.objects.open().get(idea=idea)
    assert (answer.status_code, answer["location"]) == (303, case.get_absolute_url())
    assert (again.status_code, again["location"]) == (303, case.get_absolute_url())
    old = as_reviewer.get(decision.escalation.get_absolute_url()).content.decode()
    assert "This decision was taken back" in old
    assert path not in old


def test_nobody_but_a_reviewer_may(as_owner, owner, as_customer, client, lead):
    decision, idea = decided(lead)
    path = path_of(decision.escalation)

    answers = [each.post(path, {"reason": "I want it."}) for each in (as_owner, as_customer)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert client.get(path)["location"].startswith("/accounts/login/")
    assert Idea.objects.get(pk=idea.pk).status == "declined"


def test_what_comes_back_by_itself_or_is_done_is_not_reopened(as_reviewer, lead):
    decision, _idea = decided(lead, "not_now")

    answer = as_reviewer.get(path_of(decision.escalation))

    assert (answer.status_code, answer["location"]) == (303, decision.escalation.get_absolute_url())
    assert reopen(decision, by=lead, reason="Now.") is None


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_does(db):
    first, second = (make.member(groups=("reviewers",)) for _ in range(2))
    decision, idea = decided(first)

    at_once(*(lambda by=by: reopen(decision, by=by, reason="Wrong.") for by in (first, second)))

    assert Escalation.objects.open().filter(idea=idea).count() == 1
    assert idea.timeline.filter(kind="returned").count() == 1


def test_the_day_of_the_new_answer_fits_in_a_line_of_the_timeline(reviewer, lead, client):
    decision, idea = decided(lead)

    reopen(decision, by=reviewer, reason="The price was wrong.", at=make.NOON + DAY)

    page = client.get(idea.get_absolute_url()).content.decode()
    words = page.partition("Decision taken back")[2].partition('timeline__text">')[2]
    first = words.partition(" · ")[0]
    assert first == "Answer due 3 December 2026".replace(" ", "\N{NO-BREAK SPACE}")
