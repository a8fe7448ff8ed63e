"""A joined pair counts each person once, and parting it again leaves what was there before."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO
from math import isclose

import pytest
from django.core.management import call_command

from community.notifications.models import Notification
from ideas.actions import cast_vote, withdraw_vote
from ideas.actions.joining import CannotJoin, join_ideas, original_join, part_ideas
from ideas.actions.raising import raise_due
from ideas.actions.reviewing import take
from ideas.models import Escalation, Idea, IdeaJoin, Vote
from ideas.statuses import Status
from tests import make

YEARS = timedelta(days=1200)


def figures(*ideas: Idea) -> list[tuple[str, int, float, dict[int, int | None]]]:
    """Status, count, heat and where each vote counts, of each idea."""
    found = []
    for idea in ideas:
        idea.refresh_from_db()
        votes = dict(idea.votes.values_list("voter", "counted_on"))
        found.append((idea.status, idea.vote_count, round(idea.heat, 9), votes))
    return found


def no_drift() -> bool:
    """Whether `manage.py reconcile` finds every figure right."""
    said = StringIO()
    call_command("reconcile", stdout=said)
    return "No drift" in said.getvalue()


@pytest.fixture
def pair(db) -> tuple[Idea, Idea]:
    """Two ideas with votes of three and of two members; one of them voted for both, the later
    time for the one that will be the duplicate; and one by two accounts of one mailbox."""
    wifi = make.idea("Free wi-fi in the stores", at=make.NOON)
    same = make.idea("Internet for customers", at=make.NOON)
    both, twin, other = (make.member(n, email=f"{n}@example.com") for n in ("bo", "t+1", "t+2"))
    for hours, (idea, voter) in enumerate(
        [(wifi, both), (same, twin), (same, both), (same, other)]
    ):
        cast_vote(idea, by=voter, at=make.NOON + timedelta(hours=1 + hours))
    return wifi, same


def test_the_pair_counts_each_person_once(pair, moderator):
    wifi, same = pair
    assert (figures(wifi)[0][1], figures(same)[0][1]) == (2, 3)

    join_ideas(same, into=wifi, by=moderator)

    wifi.refresh_from_db()
    same.refresh_from_db()
    assert (wifi.vote_count, same.vote_count, same.heat) == (4, 0, 0.0)
    assert (same.status, same.duplicate_of) == (Status.DUPLICATE, wifi)
    persons = Vote.objects.filter(counted_on=wifi).values("person").distinct().count()
    weights = Vote.objects.filter(counted_on=wifi).values_list("weight", flat=True)
    assert persons == 4
    assert isclose(wifi.heat, sum(weights), rel_tol=1e-9)
    assert no_drift()


def test_parting_leaves_what_was_there_before(pair, moderator):
    before = figures(*pair)
    join = join_ideas(pair[1], into=pair[0], by=moderator)

    assert part_ideas(join, by=moderator, at=make.NOON + YEARS)

    assert figures(*pair) == before
    assert no_drift()


def test_joining_and_parting_twice_changes_nothing(pair, moderator):
    wifi, same = pair
    join = join_ideas(same, into=wifi, by=moderator)
    after = figures(*pair)

    assert join_ideas(same, into=wifi, by=moderator) == join
    assert figures(*pair) == after
    assert part_ideas(join, by=moderator)
    assert not part_ideas(join, by=moderator)
    assert IdeaJoin.objects.count() == 1


def test_what_happened_meanwhile_stays(pair, moderator, customer, advocate):
    wifi, same = pair
    author = same.topic.author
    join = join_ideas(same, into=wifi, by=moderator)
    cast_vote(same, by=customer)  # an old link: it leads on
    cast_vote(wifi, by=advocate)
    withdraw_vote(wifi, by=author)

    part_ideas(join, by=moderator, at=make.NOON + YEARS)

    assert figures(same)[0][1] == 2
    assert figures(wifi)[0][1] == 4
    assert set(wifi.votes.values_list("voter", flat=True)) >= {customer.pk, advocate.pk}
    assert no_drift()


def test_a_vote_for_a_joined_idea_counts_on_the_other(pair, moderator, customer):
    wifi, same = pair
    join_ideas(same, into=wifi, by=moderator)
    stale = Idea.objects.get(pk=same.pk)
    stale.duplicate_of, stale.status = None, Status.OPEN  # as a page that was open shows it

    assert cast_vote(stale, by=customer)
    assert not cast_vote(same, by=customer)

    assert Vote.objects.get(voter=customer).idea == wifi
    assert figures(wifi)[0][1] == 5
    assert withdraw_vote(same, by=customer)
    assert figures(wifi)[0][1] == 4
    assert no_drift()


def test_whoever_voted_for_the_joined_idea_has_voted_for_the_other(pair, moderator):
    wifi, same = pair
    author = same.topic.author
    join_ideas(same, into=wifi, by=moderator)

    assert not cast_vote(wifi, by=author)
    assert withdraw_vote(wifi, by=author)

    assert not same.votes.filter(voter=author).exists()
    assert figures(wifi)[0][1] == 3


def test_duplicates_of_a_duplicate_are_led_on_and_come_back(moderator):
    first, second, third = (make.idea(title, votes=n + 2) for n, title in enumerate("ABC"))
    inner = join_ideas(first, into=second, by=moderator)
    before = figures(first, second, third)
    outer = join_ideas(second, into=third, by=moderator)

    first.refresh_from_db()
    assert first.duplicate_of == third
    assert figures(third)[0][1] == 9
    part_ideas(outer, by=moderator)
    assert figures(first, second, third) == before
    part_ideas(inner, by=moderator)
    assert [each[:2] for each in figures(first, second, third)] == [
        ("open", 2),
        ("open", 3),
        ("open", 4),
    ]
    assert no_drift()


def test_one_of_those_led_on_may_be_parted_alone(moderator):
    first, second, third = (make.idea(title, votes=n + 2) for n, title in enumerate("ABC"))
    join_ideas(first, into=second, by=moderator)
    outer = join_ideas(second, into=third, by=moderator)

    part_ideas(original_join(first), by=moderator)

    assert [each[1] for each in figures(first, second, third)] == [2, 0, 7]
    part_ideas(outer, by=moderator)
    assert [each[1] for each in figures(first, second, third)] == [2, 3, 4]
    assert not IdeaJoin.objects.standing().exists()
    assert no_drift()


def test_whoever_has_the_case_of_a_duplicate_hears_of_the_join(moderator, reviewer):
    make.rule(votes=2)
    one, same = make.idea("Free wi-fi"), make.idea("Wireless internet", votes=2)
    raise_due(make.NOON)
    take(Escalation.objects.get(idea=same), by=reviewer)
    Notification.objects.all().delete()

    join_ideas(same, into=one, by=moderator)

    heard = Notification.objects.filter(verb="idea.joined").values_list("user", flat=True)
    assert list(heard) == [reviewer.pk]


def test_a_case_of_the_duplicate_ends_and_goes_on(moderator):
    make.rule(votes=3)
    wifi, same = make.idea("Wi-fi", votes=2), make.idea("Internet", votes=3)
    raise_due(make.NOON)
    case = Escalation.objects.get(idea=same)

    join = join_ideas(same, into=wifi, by=moderator, at=make.NOON + timedelta(days=2))

    raised = Escalation.objects.get(pk=case.pk)
    assert raised.state == Escalation.State.UNRAISED
    part_ideas(join, by=moderator, at=make.NOON + timedelta(days=12))
    raised.refresh_from_db()
    same.refresh_from_db()
    assert (raised.state, same.status) == (Escalation.State.WAITING, Status.RAISED)
    assert raised.due_at == case.due_at + timedelta(days=10)


def test_the_pair_is_raised_by_its_votes_together(moderator, django_capture_on_commit_callbacks):
    make.rule(votes=5)
    wifi, same = make.idea("Wi-fi", votes=3), make.idea("Internet", votes=3)
    join = join_ideas(same, into=wifi, by=moderator)

    raise_due(make.NOON)
    wifi.refresh_from_db()
    assert wifi.status == Status.RAISED
    part_ideas(join, by=moderator)
    wifi.refresh_from_db()
    assert wifi.status == Status.OPEN
    assert wifi.timeline.filter(kind="unraised").exists()


@pytest.mark.parametrize("status", [Status.PLANNED, Status.DECLINED, Status.WITHDRAWN])
def test_what_was_decided_or_taken_back_stays(pair, moderator, status):
    wifi, same = pair
    make.move(same, status)

    with pytest.raises(CannotJoin):
        join_ideas(same, into=wifi, by=moderator)


def test_no_idea_is_joined_with_itself_or_with_one_joined_itself(pair, moderator):
    wifi, same = pair
    third = make.idea("Third")
    join_ideas(same, into=wifi, by=moderator)

    for duplicate, into in ((wifi, wifi), (third, same), (same, third), (wifi, same)):
        with pytest.raises(CannotJoin):
            join_ideas(duplicate, into=into, by=moderator)


def test_ideas_of_different_readers_stay_apart(pair, moderator):
    inside = make.idea("Ours", on=make.board("staff", audience="employees"))

    with pytest.raises(CannotJoin, match="same readers"):
        join_ideas(pair[1], into=inside, by=moderator)


def test_both_timelines_and_the_log_say_it(pair, moderator):
    wifi, same = pair
    join = join_ideas(same, into=wifi, by=moderator, reason="Both want internet.")
    part_ideas(join, by=moderator)

    for idea in pair:
        assert [line.kind for line in idea.timeline.all()][-2:] == ["joined", "parted"]
