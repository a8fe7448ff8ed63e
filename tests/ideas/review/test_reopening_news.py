"""Who was told of a decision hears once that it was taken back, and nobody hears of it any more."""

from datetime import timedelta

import pytest

from community.activity.actions import react
from community.activity.models import Event, Reaction
from community.activity.owed import finish_reactions
from community.core.counters import recounts
from community.notifications.actions import choose_mail, send_due, watch
from community.notifications.models import Mail, Notification
from community.people.models import User
from forum.actions import hide_post
from ideas.actions import telling
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.raising import raise_due
from ideas.actions.reopening import reopen
from ideas.models import Decision, Idea, Telling
from tests import make

DAY = timedelta(days=1)
SOON = make.NOON + timedelta(hours=2)
THEN = SOON + 9 * DAY


@pytest.fixture
def decision(db, settings, lead) -> Decision:
    """A no to an idea with six votes; batches of two."""
    settings.TELLING_BATCH = 2
    make.rule(votes=3, days=30)
    idea = make.idea(votes=6, at=make.NOON)
    raise_due(make.NOON + timedelta(minutes=1))
    case = idea.escalations.get()
    draft = draft_decision(case, by=lead, verdict="decline", reason="Too costly.")
    return publish_decision(draft, by=lead, at=SOON)


@pytest.fixture
def told(decision: Decision) -> Decision:
    """The same, and everybody has heard it."""
    while telling.tell_owed(SOON + timedelta(minutes=5)):
        pass
    send_due(SOON + timedelta(minutes=6))
    return Decision.objects.get(pk=decision.pk)


def take_back(decision: Decision, by: User) -> None:
    reopen(decision, by=by, reason="The price was wrong.", at=THEN)


def notices():
    return Notification.objects.filter(verb="decision.reopened")


def mails():
    return Mail.objects.filter(key__startswith="reopening:")


def test_everybody_who_was_told_hears_it_once(told, reviewer):
    follower, late = make.member(), make.member()
    watch(follower, "topic", told.idea_id, "decisions", at=SOON + DAY)
    watch(late, "topic", told.idea_id, "decisions", at=THEN + DAY)

    take_back(told, reviewer)
    finish_reactions(THEN)
    finish_reactions(THEN + DAY)

    voters = set(told.idea.votes.values_list("voter_id", flat=True))
    assert set(notices().values_list("user_id", flat=True)) == voters | {follower.pk}
    assert notices().count() == mails().count() == 7
    assert set(notices().values_list("category", "object_id")) == {("decisions", told.idea_id)}
    letter = mails().first()
    assert "The price was wrong." in letter.text
    assert "A new answer is due by 11 December 2026." in letter.text.replace("\n", " ")
    assert "because you posted this idea" in " ".join(mails().values_list("text", flat=True))


def test_it_goes_by_what_each_wants_to_hear(told, reviewer):
    no_mail, nothing, author = (vote.voter for vote in told.idea.votes.order_by("-pk")[:3])
    choose_mail(no_mail.pk, {"decisions": False})
    watch(nothing, "topic", told.idea_id, "none", at=SOON + DAY)

    take_back(told, reviewer)
    finish_reactions(THEN)

    heard = set(notices().values_list("user_id", flat=True))
    mailed = set(mails().values_list("user_id", flat=True))
    assert no_mail.pk in heard - mailed
    assert nothing.pk not in heard | mailed
    assert author.pk in heard & mailed
    assert not {told.by_id, reviewer.pk} & heard


def test_each_batch_owes_the_next_so_a_killed_worker_is_followed_by_another(told, reviewer):
    take_back(told, reviewer)

    react(Event.objects.get(name="decision.reopened").pk)

    assert 0 < notices().count() == mails().count() < 6
    owed = Reaction.objects.due(THEN).filter(event__name="decision.reopening_told")
    assert owed.count() == 1
    finish_reactions(THEN)
    assert notices().count() == mails().count() == 6
    assert not owed.exists()


def test_a_batch_that_is_done_again_changes_nothing(told, reviewer):
    take_back(told, reviewer)
    finish_reactions(THEN)

    Reaction.objects.update(done_at=None, claimed_until=None)
    finish_reactions(THEN)

    assert notices().count() == mails().count() == 6


def test_a_newer_decision_is_told_in_its_place(told, reviewer):
    take_back(told, reviewer)
    react(Event.objects.get(name="decision.reopened").pk)
    begun = notices().count()
    case = told.idea.escalations.get(state="taken")
    draft = draft_decision(case, by=reviewer, verdict="exists", reason="By the door.")
    publish_decision(draft, by=reviewer, at=THEN + DAY)

    finish_reactions(THEN + DAY)

    assert notices().count() == begun < 6


def test_nobody_hears_of_a_decision_after_it_was_taken_back(decision, reviewer):
    for _step in range(4):
        telling.fill_batch("decision", decision.pk, at=SOON)
    telling.tell_batch("decision", decision.pk, at=SOON)
    telling.tell_batch("decision", decision.pk, at=SOON)
    send_due(SOON, limit=1)

    take_back(decision, reviewer)
    finish_reactions(THEN)
    for _sweep in range(3):
        telling.tell_owed(THEN + timedelta(minutes=5))
    send_due(THEN + DAY)

    decision.refresh_from_db()
    assert (decision.told_total, decision.told_done, decision.superseded) == (6, 1, 5)
    assert decision.told_at
    assert not Telling.objects.owed().exists()
    sent = Mail.objects.filter(key__startswith="decision:", state="sent")
    assert sent.count() == 1
    assert mails().filter(state="sent").count() == 6
    assert not list(recounts()["decision.told"](False))


def test_nobody_is_told_while_the_idea_is_hidden(told, reviewer, moderator):
    take_back(told, reviewer)
    hide_post(told.idea.topic.posts.get(no=1), by=moderator, reason="Rude.")

    finish_reactions(THEN)

    assert not notices().exists()


def test_the_notice_leads_to_the_idea_and_says_what_happened(told, reviewer, client):
    voter = told.idea.votes.order_by("pk").last().voter
    take_back(told, reviewer)
    finish_reactions(THEN)
    client.force_login(voter)

    page = client.get("/notifications/").content.decode()

    assert f"Taken back, and looked at again: {told.idea.topic.title}" in page
    assert Idea.objects.get(pk=told.idea_id).get_absolute_url() in page
