"""An idea that crosses a rule is raised once in each cycle, whoever looks first."""

from datetime import timedelta

import pytest

from community.activity.models import Event
from community.notifications.models import Notification
from forum.actions import hide_post
from ideas.actions import cast_vote
from ideas.actions.raising import raise_by_rule, raise_due, raise_if_crossed, return_due
from ideas.models import Escalation, Idea
from tests import make

LATER = make.NOON + timedelta(hours=1)


@pytest.fixture
def rule(db):
    return make.rule(votes=3)


def test_the_third_vote_raises(rule, reviewer):
    idea = make.idea(votes=2, at=make.NOON)
    assert raise_due(LATER) == 0
    cast_vote(idea, by=make.member(), at=LATER)

    assert raise_if_crossed(idea.pk, at=LATER + timedelta(minutes=5)) == 1

    case = Escalation.objects.get()
    idea.refresh_from_db()
    assert (idea.status, case.votes_then, case.crossed_at) == ("raised", 3, LATER)
    assert case.due_at == case.raised_at + timedelta(days=30)
    line = idea.timeline.get(kind="raised")
    assert line.data == {"rule": rule.name, "votes": 3, "due": case.due_at.isoformat()}
    assert Event.objects.filter(name="idea.raised").count() == 1
    assert Notification.objects.get(user=reviewer).verb == "idea.raised"


def test_looking_again_raises_nothing_more(rule):
    make.idea(votes=4, at=make.NOON)

    assert [raise_due(LATER), raise_due(LATER), raise_due(LATER + timedelta(days=400))] == [1, 0, 0]


def test_two_workers_with_the_same_old_news_raise_once(rule):
    idea = make.idea(votes=3, at=make.NOON)
    stale = Idea.objects.get(pk=idea.pk)

    assert raise_by_rule(idea, rule, at=LATER)
    assert raise_by_rule(stale, rule, at=LATER) is None
    assert idea.timeline.filter(kind="raised").count() == 1


def test_a_second_rule_raises_beside_the_first(rule):
    make.rule(votes=5, name="The board")
    idea = make.idea(votes=5, at=make.NOON)

    assert raise_due(LATER) == 2
    assert Escalation.objects.filter(idea=idea).count() == 2


@pytest.mark.parametrize("change", [{"status": "declined"}, {"vote_count": 2}])
def test_what_is_put_off_or_closed_stays_down(rule, change):
    idea = make.idea(votes=3, at=make.NOON)
    Idea.objects.filter(pk=idea.pk).update(**change)

    assert raise_due(LATER) == 0


def test_a_hidden_idea_is_not_raised(rule, moderator):
    idea = make.idea(votes=3, at=make.NOON)
    hide_post(idea.topic.posts.get(no=1), by=moderator, reason="Abuse")

    assert raise_due(LATER) == 0


def test_a_rule_that_is_off_raises_nothing(rule):
    rule.is_active = False
    rule.save()
    make.idea(votes=3, at=make.NOON)

    assert raise_due(LATER) == 0


def test_a_rule_of_one_board_leaves_others_alone(rule):
    rule.board = make.board("online")
    rule.save()
    make.idea(votes=3, at=make.NOON)
    raised = make.idea(votes=3, on=rule.board, at=make.NOON)

    assert raise_due(LATER) == 1
    assert Escalation.objects.get().idea == raised


def test_it_comes_back_on_its_day_where_its_audience_is(rule):
    idea = make.idea(votes=3, at=make.NOON)
    raise_due(LATER)
    Escalation.objects.update(state="decided", closed_at=LATER, returns_on="2027-01-04")
    Idea.objects.filter(pk=idea.pk).update(status="open", returns_on="2027-01-04")
    midnight_in_chicago = make.NOON.replace(year=2027, month=1, day=4, hour=6)

    assert return_due(midnight_in_chicago - timedelta(seconds=1)) == 0
    assert return_due(midnight_in_chicago) == 1
    assert return_due(midnight_in_chicago) == 0

    assert raise_due(midnight_in_chicago) == 1
    assert Escalation.objects.filter(idea=idea).count() == 2
    assert idea.timeline.filter(kind="returned").count() == 1
