"""Every stored count is exact, and a drift made by hand is found and mended."""

import pytest

from community.core.counters import recounts
from forum.actions import accept_solution, has_this_too, hide_post, reply
from forum.models import Post, Topic
from tests import make

OURS = ["post.answer_count", "topic.highest_no", "topic.me_too_count", "topic.posts"]


def drifts(*, repair: bool = False) -> list[str]:
    return [str(drift) for name in OURS for drift in recounts()[name](repair)]


@pytest.fixture
def story(customer, advocate, employee, moderator, stranger):
    """A question with a bit of everything."""
    topic = make.question(by=customer)
    answer = reply(topic, text="Use HDMI.", by=advocate)
    reply(topic, text="The ARC socket.", by=employee, as_staff=True, reply_to=answer)
    rude = reply(topic, text="Ask a dog.", by=stranger, reply_to=answer)
    hide_post(rude, by=moderator, reason="Insults.")
    has_this_too(topic, by=stranger)
    accept_solution(topic, answer, by=customer)
    topic.refresh_from_db()
    reply(topic, text="Thank you.", by=customer)
    return topic


def test_what_the_actions_store_is_exact(story):
    assert drifts() == []


def test_a_follow_up_is_exact_too(customer, advocate):
    topic = make.question(by=customer)
    reply(topic, text="Use HDMI.", by=advocate)
    reply(topic, text="Which one?", by=customer)

    assert drifts() == []


@pytest.mark.parametrize(
    "damage",
    [
        {"reply_count": 0},
        {"me_too_count": 7},
        {"waiting_since": make.NOON},
        {"staff_answered_at": None},
        {"last_post_at": make.NOON},
        {"highest_no": 4},
    ],
)
def test_a_drift_is_found_and_mended(story, damage):
    Topic.objects.filter(pk=story.pk).update(**damage)

    assert len(drifts(repair=True)) == 1
    assert drifts() == []


def test_a_count_of_answers_is_found_and_mended(story):
    Post.objects.filter(topic=story, no=2).update(answer_count=5)

    assert len(drifts(repair=True)) == 1
    assert drifts() == []
    assert Post.objects.get(topic=story, no=2).answer_count == 1
