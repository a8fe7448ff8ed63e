"""Who follows an idea that was joined hears what is said where it leads to, until it is parted."""

import pytest

from community.activity.models import Event
from community.notifications.actions import watch
from community.notifications.models import Notification, Watch
from forum.reactions import tell_of_post
from ideas.actions.joining import join_ideas, part_ideas
from ideas.actions.posting import comment
from tests import make

LEVELS = Watch.Level


@pytest.fixture
def pair(db, stranger, advocate):
    """An idea, and one that says the same, with a follower beside its author."""
    canonical, same = make.idea(), make.idea("Internet while shopping", by=stranger)
    watch(advocate, "topic", same.pk)
    return canonical, same


def told_of(post):
    """Who hears of the post beside the author of its idea, with the verb."""
    tell_of_post(Event.objects.get(name="post.published", object_id=post.pk))
    rows = Notification.objects.filter(object_id=post.pk)
    others = rows.exclude(user=post.topic.author)
    return set(others.values_list("user__username", "verb"))


def test_they_hear_comments_and_official_answers(pair, moderator, customer, employee):
    canonical, same = pair
    join_ideas(same, into=canonical, by=moderator)

    said = comment(canonical, text="In every shop, please.", by=customer)
    answered = comment(canonical, text="We test it.", by=employee, as_staff=True)

    assert told_of(said) == {("stranger", "post.replied"), ("advocate", "post.replied")}
    assert told_of(answered) == {("stranger", "post.answered"), ("advocate", "post.answered")}


def test_after_an_undo_each_has_its_own_listeners_as_before(pair, moderator, customer):
    canonical, same = pair
    before = list(Watch.objects.order_by("pk").values())
    join = join_ideas(same, into=canonical, by=moderator)
    told_of(comment(canonical, text="In every shop, please.", by=customer))

    part_ideas(join, by=moderator)

    assert told_of(comment(canonical, text="And at the till.", by=customer)) == set()
    same.refresh_from_db()
    assert told_of(comment(same, text="Here too.", by=customer)) == {("advocate", "post.replied")}
    assert list(Watch.objects.order_by("pk").values()) == before


@pytest.mark.parametrize("level", [LEVELS.DECISIONS, LEVELS.NONE])
def test_their_word_on_the_idea_that_counts_goes_first(pair, moderator, customer, advocate, level):
    canonical, same = pair
    join_ideas(same, into=canonical, by=moderator)
    watch(advocate, "topic", canonical.pk, level)

    said = comment(canonical, text="In every shop, please.", by=customer)

    assert told_of(said) == {("stranger", "post.replied")}


def test_who_wanted_to_hear_nothing_of_the_joined_one_hears_nothing(
    pair, moderator, customer, stranger, advocate
):
    canonical, same = pair
    watch(stranger, "topic", same.pk, LEVELS.NONE)
    watch(advocate, "topic", same.pk, LEVELS.DECISIONS)
    join_ideas(same, into=canonical, by=moderator)

    said = comment(canonical, text="In every shop, please.", by=customer)

    assert told_of(said) == set()
