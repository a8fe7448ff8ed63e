"""Who hears of a post: each once, never its writer, and only who may read it."""

import pytest

from community.activity.models import Event
from community.notifications.actions import watch
from community.notifications.models import Category, Mail, Notification, Preference, Watch
from forum.actions import accept_solution, edit_post, has_this_too, hide_post, reply
from forum.models import Board
from forum.reactions import tell_of_new_mentions, tell_of_post, tell_of_solution
from tests import make


def follow(name: str) -> None:
    """Do what follows from the newest event of this name, twice, as a retried worker would."""
    react = {
        "post.published": tell_of_post,
        "post.edited": tell_of_new_mentions,
        "topic.solved": tell_of_solution,
    }[name]
    event = Event.objects.filter(name=name).latest("pk")
    react(event)
    react(event)


def told() -> set[tuple[str, str]]:
    return set(Notification.objects.values_list("user__username", "verb"))


def mailed() -> list[str]:
    return sorted(Mail.objects.values_list("to", flat=True))


@pytest.fixture
def asked(customer):
    return make.question(by=customer)


def test_the_asker_hears_of_a_reply_once(asked, advocate):
    reply(asked, text="Use HDMI.", by=advocate)
    follow("post.published")

    assert told() == {("customer", "post.replied")}
    assert mailed() == ["customer@example.com"]


def test_nobody_hears_of_what_they_wrote(asked, customer):
    watch(customer, "topic", asked.pk)
    reply(asked, text="It is me, @customer.", by=customer)
    follow("post.published")

    assert told() == set()


def test_a_question_tells_those_it_mentions(customer, advocate):
    make.question(text="@advocate, do you know?", by=customer)
    follow("post.published")

    assert told() == {("advocate", "post.mentioned")}


def test_each_is_told_once_for_the_nearest_reason(asked, customer, advocate):
    watch(customer, "topic", asked.pk)
    has_this_too(asked, by=customer)
    reply(asked, text="@customer, use HDMI.", by=advocate)
    follow("post.published")

    assert told() == {("customer", "post.mentioned")}
    assert mailed() == ["customer@example.com"]


def test_who_has_it_too_hears_when_staff_answer(asked, stranger, advocate, employee):
    has_this_too(asked, by=stranger)
    reply(asked, text="Try another cable.", by=advocate)
    follow("post.published")
    assert ("stranger", "post.replied") not in told()

    reply(asked, text="Use the ARC socket.", by=employee, as_staff=True)
    follow("post.published")
    assert ("stranger", "post.answered") in told()


def test_who_is_answered_hears_of_it(asked, advocate, stranger):
    first = reply(asked, text="Use HDMI.", by=advocate)
    reply(asked, text="Which one?", by=stranger, reply_to=first)
    follow("post.published")

    assert ("advocate", "post.replied") in told()


def test_followers_hear_of_everything_unless_they_said_otherwise(
    asked, customer, stranger, advocate
):
    watch(stranger, "topic", asked.pk, Watch.Level.ALL)
    watch(customer, "topic", asked.pk, Watch.Level.NONE)
    reply(asked, text="Use HDMI.", by=advocate)
    follow("post.published")

    assert told() == {("stranger", "post.replied")}


def test_a_solution_thanks_its_writer_and_tells_who_has_it_too(asked, customer, advocate, stranger):
    has_this_too(asked, by=stranger)
    answer = reply(asked, text="Use HDMI.", by=advocate)
    accept_solution(asked, answer, by=customer)
    follow("topic.solved")

    assert told() == {("advocate", "post.helped"), ("stranger", "post.solved")}


def test_an_asker_who_solves_it_alone_thanks_nobody(asked, customer):
    accept_solution(asked, reply(asked, text="It was the cable.", by=customer), by=customer)
    follow("topic.solved")

    assert told() == set()


def test_mail_goes_only_to_who_wants_it(asked, customer, advocate):
    Preference.objects.create(user=customer, category=Category.REPLIES, by_mail=False)
    reply(asked, text="Use HDMI.", by=advocate)
    follow("post.published")

    assert told() == {("customer", "post.replied")}
    assert mailed() == []


def test_an_edit_tells_only_whom_it_mentions_anew(asked, advocate, stranger):
    post = reply(asked, text="@stranger may know.", by=advocate)
    follow("post.published")
    edit_post(post, text="@stranger or @customer may know.", by=advocate)
    follow("post.edited")

    assert Notification.objects.filter(user=stranger).count() == 1
    assert told() == {("stranger", "post.mentioned"), ("customer", "post.replied")}


def test_what_was_hidden_meanwhile_tells_nobody(asked, advocate, moderator):
    post = reply(asked, text="Use HDMI.", by=advocate)
    hide_post(post, by=moderator, reason="Spam.")
    follow("post.published")

    assert told() == set()


def test_an_employees_board_tells_only_who_may_read_it(customer, employee, moderator):
    board = make.board("staff", holds=Board.Holds.QUESTIONS, audience=Board.Audience.EMPLOYEES)
    topic = make.question(on=board, by=employee)
    watch(customer, "topic", topic.pk)
    reply(topic, text="@customer and @moderator, look.", by=employee)
    follow("post.published")

    assert told() == {("moderator", "post.mentioned")}
    assert mailed() == ["moderator@example.com"]


def test_a_comment_tells_the_author_of_the_idea(idea, advocate):
    reply(idea.topic, text="Yes please.", by=advocate)
    follow("post.published")

    notice = Notification.objects.get()
    assert notice.user == idea.topic.author
    assert notice.verb == "post.replied"


def test_the_letter_says_what_and_where(asked, advocate, settings):
    settings.SITE_URL = "https://heard.example"
    post = reply(asked, text="Use the ARC socket.", by=advocate)
    follow("post.published")

    mail = Mail.objects.get()
    assert mail.subject == f"Advocate replied: {asked.title}"
    for body in (mail.text, mail.html):
        assert "Use the ARC socket." in body
        assert f"https://heard.example{post.get_absolute_url()}" in body
