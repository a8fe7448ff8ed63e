"""Hiding an answer while the idea is decided, or a moderator decides the queue: one waits."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, connections, transaction
from django.db.models import F

from community.moderation.actions import hide_post, restore_post
from community.moderation.actions.reviewing import hide
from community.moderation.models import Review
from community.moderation.subjects import subject_of
from forum.actions.answering import answer_officially
from forum.models import Post, Topic
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.posting import comment
from ideas.actions.raising import raise_due
from ideas.models import Decision, Escalation, Idea
from tests import make
from tests.at_once import at_once
from tests.services import wait_until

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def answered_idea():
    idea = make.idea(votes=3, at=make.NOON)
    comment(idea, text="We looked into it.", by=make.employee(), as_staff=True, at=make.NOON)
    return idea


def the_answer(idea):
    return idea.topic.posts.select_related("topic").get(no=2)


def is_waiting_for_a_lock():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return bool(cursor.fetchone()[0])


def beside_a_held_idea(idea, act, then):
    """Do one act while another transaction holds the idea's row and then does its own part.

    On SQLite the second begins when the first is over.
    """
    if connection.vendor != "postgresql":
        then()
        return act()

    def do():
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        with transaction.atomic():
            Idea.objects.filter(pk=idea.pk).update(status=F("status"))
            acting = thread.submit(do)
            wait_until(is_waiting_for_a_lock, "the other act waits")
            then()
        return acting.result(timeout=10)


def test_hiding_an_answer_and_deciding_at_once_end_in_both(answered_idea):
    make.rule(votes=3)
    raise_due(make.NOON)
    reviewer, moderator = make.member(groups=("reviewers",)), make.member(groups=("moderators",))
    case = Escalation.objects.get(idea=answered_idea)
    draft = draft_decision(case, by=reviewer, verdict="exists", reason="By the door.")
    answer = the_answer(answered_idea)

    at_once(
        lambda: hide_post(answer, by=moderator, reason="Wrong figures."),
        lambda: publish_decision(Decision.objects.get(pk=draft.pk), by=reviewer),
    )

    answer.refresh_from_db()
    idea = Idea.objects.select_related("topic").get(pk=answered_idea.pk)
    assert answer.state == Post.State.HIDDEN
    assert idea.status == "exists"
    assert idea.answered_at == idea.topic.staff_answered_at is not None


@pytest.mark.parametrize("act", [hide_post, restore_post])
def test_who_hides_or_restores_takes_nothing_while_the_idea_is_held(answered_idea, act):
    moderator, reviewer = make.member(groups=("moderators",)), make.member(groups=("reviewers",))
    answer = the_answer(answered_idea)
    if act is restore_post:
        hide_post(answer, by=moderator, reason="By mistake.")

    def decide():
        topic = Topic.objects.get(pk=answered_idea.pk)
        answer_officially(topic, text="It is there.", by=reviewer, at=make.NOON)

    hidden = beside_a_held_idea(
        answered_idea, lambda: act(answer, by=moderator, reason="Wrong figures."), decide
    )

    assert hidden is True


def test_two_moderators_one_from_the_queue_and_one_from_the_page(answered_idea):
    first, second = (make.member(groups=("moderators",)) for _ in range(2))
    answer = the_answer(answered_idea)
    review = Review.objects.create(kind="post", object_id=answer.pk, opened_at=make.NOON)
    subject = subject_of("post", answer.pk, first)

    at_once(
        lambda: hide(review, subject, by=first, reason="Wrong figures."),
        lambda: hide_post(the_answer(answered_idea), by=second, reason="Wrong."),
    )

    review.refresh_from_db()
    answer.refresh_from_db()
    assert review.outcome == Review.Outcome.HIDDEN
    assert answer.state == Post.State.HIDDEN
