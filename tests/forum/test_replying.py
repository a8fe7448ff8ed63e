"""A reply gets its own number, counts once, and is posted once however often it is sent."""

from datetime import timedelta

import pytest

from community.core.gates import Refused
from community.people.models import EmployeeRecord
from forum.actions import TopicLocked, accept_solution, hide_post, reply
from forum.models import Post, Topic
from tests import make

LATER = make.NOON + timedelta(minutes=14)


@pytest.fixture
def asked(customer):
    return make.question(by=customer, at=make.NOON)


def test_replies_are_numbered_from_two(asked, advocate):
    first = reply(asked, text="Use HDMI.", by=advocate)
    second = reply(asked, text="The one marked ARC.", by=advocate)

    asked.refresh_from_db()
    assert (first.no, second.no) == (2, 3)
    assert (asked.highest_no, asked.reply_count) == (3, 2)
    assert asked.last_poster == advocate


def test_a_double_click_posts_once(asked, advocate):
    first = reply(asked, text="Use HDMI.", by=advocate, at=LATER)
    again = reply(asked, text="Use HDMI.", by=advocate, at=LATER + timedelta(seconds=2))

    asked.refresh_from_db()
    assert again == first
    assert (asked.highest_no, asked.reply_count) == (2, 1)


def test_the_same_words_a_day_later_are_another_reply(asked, advocate):
    first = reply(asked, text="Still waiting.", by=advocate, at=LATER)
    again = reply(asked, text="Still waiting.", by=advocate, at=LATER + timedelta(days=1))

    assert again != first


def test_the_same_words_of_somebody_else_are_another_reply(asked, advocate, stranger):
    first = reply(asked, text="Thank you", by=advocate, at=LATER)
    other = reply(asked, text="Thank you", by=stranger, at=LATER)

    assert (first.no, other.no) == (2, 3)


def test_a_question_sent_twice_is_asked_once(customer):
    first = make.question(by=customer, at=make.NOON)
    again = make.question(by=customer, at=make.NOON + timedelta(seconds=3))

    assert again == first
    assert Topic.objects.count() == 1


def test_an_answer_ends_the_wait_and_a_follow_up_begins_another(asked, customer, advocate):
    reply(asked, text="Use HDMI.", by=advocate, at=LATER)
    asked.refresh_from_db()
    assert asked.waiting_since is None

    reply(asked, text="Which one?", by=customer, at=LATER + timedelta(hours=1))
    reply(asked, text="Anybody?", by=customer, at=LATER + timedelta(hours=2))

    asked.refresh_from_db()
    assert asked.waiting_since == LATER + timedelta(hours=1)


def test_an_asker_who_adds_something_waits_since_they_asked(asked, customer):
    reply(asked, text="It is the 2014 model.", by=customer, at=LATER)

    asked.refresh_from_db()
    assert asked.waiting_since == make.NOON


def test_thanks_after_the_solution_are_no_question(asked, customer, advocate):
    answer = reply(asked, text="Use HDMI.", by=advocate, at=LATER)
    accept_solution(asked, answer, by=customer, at=LATER)

    asked.refresh_from_db()
    reply(asked, text="Thank you!", by=customer, at=LATER + timedelta(hours=1))

    asked.refresh_from_db()
    assert asked.waiting_since is None


def test_an_employee_answers_under_the_voice_signed_by_themselves(asked):
    priya = make.employee("priya", at=make.store("Anchorage"))

    post = reply(asked, text="Use HDMI.", by=priya, as_staff=True, at=LATER)

    asked.refresh_from_db()
    assert post.byline == "Northline — Priya, Anchorage"
    assert post.author == priya
    assert asked.staff_answered_at == LATER


def test_an_employee_may_answer_as_themselves(asked, employee):
    post = reply(asked, text="At home I use HDMI.", by=employee)

    asked.refresh_from_db()
    assert not post.is_staff_answer
    assert asked.staff_answered_at is None


def test_only_employees_answer_as_staff(asked, advocate, employee):
    EmployeeRecord.objects.filter(user=employee).update(is_active=False)

    for writer in (advocate, employee):
        with pytest.raises(Refused):
            reply(asked, text="Use HDMI.", by=writer, as_staff=True)

    assert asked.posts.count() == 1


def test_the_staff_mark_stays_when_its_writer_leaves(asked, employee):
    post = reply(asked, text="Use HDMI.", by=employee, as_staff=True)
    EmployeeRecord.objects.filter(user=employee).delete()

    post.refresh_from_db()
    assert post.is_staff_answer


def test_a_locked_topic_takes_no_reply(asked, advocate):
    Topic.objects.filter(pk=asked.pk).update(locked_at=LATER, locked_reason="Said")

    with pytest.raises(TopicLocked):
        reply(asked, text="Use HDMI.", by=advocate)

    asked.refresh_from_db()
    assert asked.highest_no == 1


def test_a_reply_to_a_reply_is_counted_there(asked, advocate, stranger, moderator):
    answer = reply(asked, text="Use HDMI.", by=advocate)
    thanks = reply(asked, text="That works.", by=stranger, reply_to=answer)

    answer.refresh_from_db()
    assert answer.answer_count == 1

    hide_post(thanks, by=moderator, reason="Off topic.")
    answer.refresh_from_db()
    assert answer.answer_count == 0


def test_a_reply_costs_the_same_in_a_long_topic(asked, advocate, django_assert_max_num_queries):
    for number in range(60):
        reply(asked, text=f"Reply {number}", by=advocate)
    asked = Topic.objects.select_related("board").get(pk=asked.pk)

    with django_assert_max_num_queries(7):
        reply(asked, text="The last one", by=advocate)

    assert Post.objects.filter(topic=asked).count() == 62
