"""Each rule has its scope, its measure, its cycle, and those who answer by it."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from community.notifications.models import Mail, Notification
from community.people.models import Department, RoleGrant, User
from forum.models import Topic
from ideas.actions import cast_vote, withdraw_vote
from ideas.actions.closing import ForHeadOffice
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.raising import raise_due, raise_if_crossed, return_due
from ideas.actions.reviewing import mark_overdue, remind_due, take, tell_executives
from ideas.actions.unraising import unraise_due, unraise_if_below
from ideas.models import Escalation, EscalationRule, Idea, RuleBacklog, Vote
from ideas.review_permissions import can_decide
from tests import make

DAY = timedelta(days=1)
LATER = make.NOON + timedelta(hours=1)


@pytest.fixture
def corporate(db) -> EscalationRule:
    return make.rule(votes=5)


@pytest.fixture
def stores(owner) -> Department:
    """The department that owns the board of stores."""
    return make.department(owner=owner)


@pytest.fixture
def asking(corporate, stores) -> EscalationRule:
    """Three votes, and the owning department answers."""
    make.board(department=stores)
    return make.rule(votes=3, days=14, name="Department answer", asks_owner=True)


def decide(case: Escalation, by: User, verdict: str, *, at=LATER, day: date | None = None):
    draft = draft_decision(case, by=by, verdict=verdict, reason="Because.", date=day, at=at)
    return publish_decision(draft, by=by, at=at)


def test_the_product_ships_a_rule_for_the_owning_department(db):
    rule = EscalationRule.objects.get(name="Department answer")

    assert (rule.votes, rule.days, rule.asks_owner, rule.is_active) == (25, 14, True, True)


def test_the_department_s_owner_is_called_by_notice_and_mail(asking, owner, reviewer):
    idea = make.idea(votes=3, at=make.NOON)

    assert raise_due(LATER) == 1

    case = Escalation.objects.get()
    assert (case.department, case.rule) == (idea.board.department, asking)
    assert case.due_at == LATER + 14 * DAY
    assert [each.user for each in Notification.objects.filter(verb="idea.raised")] == [owner]
    assert Mail.objects.get(key=f"raised:{case.pk}:{owner.pk}").to == owner.email
    line = idea.timeline.get(kind="raised")
    assert line.data["to"] == "Stores and Facilities"


def test_a_department_without_an_owner_leaves_it_to_the_audience(asking, stores, reviewer):
    Department.objects.update(owner=None)
    make.idea(votes=3, at=make.NOON)

    raise_due(LATER)

    assert Notification.objects.get(verb="idea.raised").user == reviewer


def test_a_board_without_a_department_asks_nobody(asking):
    make.idea(votes=4, on=make.board("online"), at=make.NOON)

    assert raise_due(LATER) == 0


SCOPES = {
    "board": lambda idea: {"board": idea.board},
    "department": lambda idea: {"department": idea.board.department},
    "tag": lambda idea: {"tag": idea.topic.tags.get()},
    "store": lambda idea: {"store": idea.store},
}


@pytest.mark.parametrize("scope", SCOPES)
def test_a_rule_keeps_to_its_scope(corporate, stores, scope):
    shop, elsewhere = make.store(), make.board("online")
    inside = make.idea(
        votes=5,
        on=make.board(department=stores),
        tags=["wi-fi"],
        store=shop,
        at=make.NOON,
    )
    outside = make.idea(votes=5, on=elsewhere, at=make.NOON)
    EscalationRule.objects.filter(pk=corporate.pk).update(**SCOPES[scope](inside))
    corporate.refresh_from_db()

    assert raise_if_crossed(outside.pk, at=LATER) == 0
    assert raise_due(LATER) == 1

    assert Escalation.objects.get().idea == inside
    assert EscalationRule.objects.filter(pk=corporate.pk).asking_for(inside).exists()
    assert not EscalationRule.objects.filter(pk=corporate.pk).asking_for(outside).exists()


def test_heat_is_votes_of_these_weeks(corporate):
    EscalationRule.objects.filter(pk=corporate.pk).update(measure="heat", votes=4)
    old = make.idea(votes=6, at=make.NOON - 42 * DAY)
    make.idea(votes=5, at=make.NOON)

    assert raise_due(make.NOON) == 1
    assert Escalation.objects.get().idea != old


def test_votes_may_have_to_come_from_several_stores(corporate):
    EscalationRule.objects.filter(pk=corporate.pk).update(measure="stores", votes=3, stores=2)
    idea = make.idea(votes=4, at=make.NOON)
    voters = list(idea.votes.order_by("pk").values_list("voter", flat=True))
    User.objects.filter(pk=voters[1]).update(home_store=make.store())
    assert raise_due(LATER) == 0

    clerk = make.employee(at=make.store("Tempe"))
    cast_vote(idea, by=clerk, at=LATER)
    assert raise_if_crossed(idea.pk, at=LATER) == 1

    assert Escalation.objects.get().crossed_at == LATER


def test_only_a_vote_that_may_cross_wakes_the_worker(corporate, django_capture_on_commit_callbacks):
    idea = make.idea(votes=3, at=make.NOON)
    with django_capture_on_commit_callbacks() as woken:
        cast_vote(idea, by=make.member(), at=LATER)
    assert woken == []

    with django_capture_on_commit_callbacks() as woken:
        cast_vote(idea, by=make.member(), at=LATER)
    assert len(woken) == 1


def test_a_no_from_the_department_does_not_silence_head_office(asking, owner):
    idea = make.idea(votes=3, at=make.NOON)
    raise_due(LATER)
    decide(idea.escalations.get(), owner, "not_now", day=date(2027, 3, 1))
    idea.refresh_from_db()
    assert (idea.status, idea.returns_on) == ("open", date(2027, 3, 1))

    for voter in make.members(2):
        cast_vote(idea, by=voter, at=LATER + DAY)
    assert raise_due(LATER + DAY) == 1

    idea.refresh_from_db()
    assert idea.status == "raised"
    assert idea.escalations.open().get().rule.name == "Corporate review"


def test_each_rule_s_cycle_ends_on_its_own_day(asking, owner, reviewer):
    idea = make.idea(votes=5, at=make.NOON)
    assert raise_due(LATER) == 2
    asked, raised = (idea.escalations.get(rule__votes=votes) for votes in (3, 5))
    decide(raised, reviewer, "not_now", day=date(2027, 1, 4))
    idea.refresh_from_db()
    assert idea.status == "raised"

    decide(asked, owner, "answered")
    idea.refresh_from_db()
    assert (idea.status, idea.returns_on) == ("open", date(2027, 1, 4))

    new_year = make.NOON.replace(year=2027, month=1, day=4)
    assert (return_due(new_year), return_due(new_year), raise_due(new_year)) == (1, 0, 1)
    again = idea.escalations.open().get()
    assert (again.rule, again.cycle) == (raised.rule, 2)


def test_an_end_of_voting_ends_every_case(asking, reviewer):
    idea = make.idea(votes=5, at=make.NOON)
    raise_due(LATER)

    decide(idea.escalations.get(department=None), reviewer, "decline")

    assert not idea.escalations.open().exists()
    assert set(idea.escalations.values_list("state", flat=True)) == {"decided"}


def test_an_answer_decides_nothing(asking, owner):
    idea = make.idea(votes=3, at=make.NOON)
    raise_due(LATER)

    decision = decide(idea.escalations.get(), owner, "answered")

    idea.refresh_from_db()
    assert (idea.status, idea.accepts_votes) == ("open", True)
    assert decision.post.is_decision
    assert idea.timeline.last().kind == "answered"
    assert raise_due(LATER + 99 * DAY) == 0


def test_a_department_cannot_end_what_head_office_has(asking, owner):
    idea = make.idea(votes=5, at=make.NOON)
    raise_due(LATER)
    case = idea.escalations.get(department__isnull=False)

    with pytest.raises(ForHeadOffice):
        decide(case, owner, "decline")

    idea.refresh_from_db()
    case.refresh_from_db()
    assert (idea.status, case.state) == ("raised", "waiting")


def test_who_may_decide_a_department_s_case(asking, owner, reviewer, customer, admin):
    idea = make.idea(votes=5, at=make.NOON)
    raise_due(LATER)
    asked, raised = (idea.escalations.get(rule__votes=votes) for votes in (3, 5))
    granted = make.member()
    RoleGrant.objects.create(
        user=granted, role="owner", kind="department", object_id=asked.department_id
    )

    assert can_decide(owner, asked, at=LATER)
    assert can_decide(granted, asked, at=LATER)
    assert not can_decide(owner, raised, at=LATER)
    assert can_decide(reviewer, raised, at=LATER)
    assert not can_decide(reviewer, asked, at=LATER)
    assert can_decide(reviewer, asked, at=asked.due_at + DAY)
    assert not can_decide(customer, asked, at=LATER)


def test_owners_see_their_department_s_cases_only(asking, owner, as_owner, as_customer):
    idea = make.idea(votes=5, at=make.NOON)
    raise_due(LATER)
    asked, raised = (idea.escalations.get(rule__votes=votes) for votes in (3, 5))
    other = make.idea("Elsewhere", votes=5, on=make.board("online"), at=make.NOON)
    raise_due(LATER)

    page = as_owner.get("/review/")

    assert page.status_code == 200
    assert asked.get_absolute_url().encode() in page.content
    assert raised.get_absolute_url().encode() not in page.content
    assert as_owner.get(asked.get_absolute_url()).status_code == 200
    assert as_owner.get(raised.get_absolute_url()).status_code == 404
    assert as_owner.get(other.escalations.get().get_absolute_url()).status_code == 404
    assert as_owner.get("/review/digests/").status_code == 403
    assert as_customer.get(asked.get_absolute_url()).status_code == 403


def test_reviewers_look_on(asking, as_reviewer):
    idea = make.idea(votes=3, at=make.NOON)
    raise_due(LATER)
    case = idea.escalations.get()

    assert case.get_absolute_url().encode() not in as_reviewer.get("/review/").content
    assert case.get_absolute_url().encode() in as_reviewer.get("/review/?with=departments").content


def test_the_page_says_with_whom_it_is_in_the_rule_s_words(asking, client):
    idea = make.idea(votes=5, at=make.NOON)
    EscalationRule.objects.filter(votes=5).update(words="{who} decides by {date}")
    raise_due(LATER)

    page = client.get(idea.get_absolute_url()).content.decode()

    assert "With Stores and Facilities, answer due by\u00a016\u00a0November" in page
    assert "Corporate decides by\u00a02\u00a0December" in page
    assert "Answer due 16 November 2026".replace(" ", "\u00a0") in page


def test_withdrawn_votes_take_it_back_before_review_starts(corporate, reviewer):
    idea = make.idea(votes=5, at=make.NOON)
    raise_due(LATER)
    idea.refresh_from_db()
    assert unraise_due(LATER) == 0

    withdraw_vote(idea, by=idea.votes.last().voter)
    assert unraise_if_below(idea.pk, at=LATER + DAY) == 1

    idea.refresh_from_db()
    assert (idea.status, idea.timeline.last().kind) == ("open", "unraised")
    assert not Notification.objects.filter(verb="idea.raised").exists()
    assert raise_due(LATER + DAY) == 0
    cast_vote(idea, by=make.member(), at=LATER + DAY)
    assert raise_due(LATER + DAY) == 1
    assert idea.escalations.open().get().cycle == 2


def test_who_has_read_of_it_hears_that_it_went_back(corporate, reviewer):
    idea = make.idea(votes=5, at=make.NOON)
    raise_due(LATER)
    Notification.objects.update(read_at=LATER)
    Idea.objects.update(vote_count=4)

    assert unraise_due(LATER) == 1

    assert Notification.objects.filter(user=reviewer, verb="idea.unraised").count() == 1
    assert idea.escalations.get().state == "unraised"


def test_a_review_that_has_begun_goes_on(corporate, reviewer):
    idea = make.idea(votes=5, at=make.NOON)
    raise_due(LATER)
    take(idea.escalations.get(), by=reviewer, at=LATER)
    Idea.objects.update(vote_count=1)

    assert unraise_due(LATER) == 0


def test_cooling_down_takes_nothing_back(corporate):
    EscalationRule.objects.filter(pk=corporate.pk).update(measure="heat")
    make.idea(votes=6, at=make.NOON)
    assert raise_due(LATER) == 1

    assert unraise_due(LATER + 300 * DAY) == 0


def test_a_rule_s_first_run_is_capped_and_the_rest_follows_by_votes(corporate):
    EscalationRule.objects.filter(pk=corporate.pk).update(first_run_cap=2)
    ideas = [make.idea(f"Idea {n}", votes=5 + n, at=make.NOON) for n in range(5)]

    assert [raise_due(LATER), raise_due(LATER)] == [2, 0]
    assert set(Escalation.objects.values_list("idea", flat=True)) == {i.pk for i in ideas[3:]}
    assert RuleBacklog.objects.count() == 3

    new = make.idea("New", votes=5, at=LATER)
    assert raise_if_crossed(new.pk, at=LATER) == 1
    assert raise_if_crossed(ideas[2].pk, at=LATER) == 0
    assert [raise_due(LATER + DAY), raise_due(LATER + 2 * DAY)] == [2, 1]
    assert not Escalation.objects.get(idea=new).is_backlog
    assert Escalation.objects.filter(is_backlog=True).count() == 5
    assert RuleBacklog.objects.count() == 0


def test_what_stays_unanswered_comes_before_the_executives_once(asking, owner, executive, settings):
    idea = make.idea(votes=3, at=make.NOON)
    raise_due(LATER)
    due = idea.escalations.get().due_at
    assert remind_due(due - 3 * DAY) == 1
    assert Notification.objects.get(verb="review.reminded_at").user == owner
    assert mark_overdue(due + DAY) == 1
    assert tell_executives(due + 6 * DAY) == 0

    assert [tell_executives(due + 7 * DAY), tell_executives(due + 8 * DAY)] == [1, 0]

    assert Notification.objects.get(verb="review.late").user == executive
    assert Mail.objects.filter(key__startswith="late:").count() == 1
    assert idea.escalations.get().executives_told_at == due + 7 * DAY


def test_imported_votes_cross_nothing(corporate):
    idea = make.idea(votes=2, at=make.NOON)
    Idea.objects.filter(pk=idea.pk).update(imported_votes=900)

    assert raise_due(LATER) == 0


def test_the_counts_hold_after_all_of_it(asking, owner):
    idea = make.idea(votes=4, at=make.NOON)
    raise_due(LATER)
    decide(idea.escalations.get(), owner, "needs_more", day=date(2027, 1, 4))
    assert Vote.objects.filter(counted_on=idea).count() == 4
    assert Topic.objects.filter(pk=idea.pk).exists()

    call_command("reconcile", verbosity=0)
