"""Everyone who asked is told of a decision: nobody missing, nobody twice."""

from datetime import timedelta

import pytest
from django.db.models import F

from community.core.counters import recounts
from community.notifications.actions import choose_mail, send_due, watch
from community.notifications.models import Mail, Notification
from community.people.models import User
from forum.actions import has_this_too, hide_post, reply, restore_post
from ideas.actions import cast_vote, telling
from ideas.actions.deciding import AlreadyDecided, draft_decision, publish_decision
from ideas.actions.promising import keep_promise, miss_due
from ideas.actions.raising import raise_due
from ideas.models import Decision, Outcome, Telling
from ideas.recipients import count_recipients
from tests import make

DAY = timedelta(days=1)
SOON = make.NOON + timedelta(hours=2)
LATER = SOON + timedelta(minutes=5)


@pytest.fixture
def crowd(db, settings):
    """An idea with five votes, raised; batches of two."""
    settings.TELLING_BATCH = 2
    make.rule(votes=3)
    idea = make.idea(votes=5, at=make.NOON)
    raise_due(make.NOON + timedelta(minutes=1))
    return idea


def decide(idea, by, verdict="decline", **fields):
    case = idea.escalations.get()
    draft = draft_decision(case, by=by, verdict=verdict, reason="Wires cost more.", **fields)
    return publish_decision(draft, by=by, at=SOON)


def tell_all(at=LATER):
    told = telling.tell_owed(at)
    while telling.tell_owed(at):
        pass
    return told


def told(decision):
    decision.refresh_from_db()
    return decision.told_total, decision.told_done, decision.bounced


def test_publishing_changes_everything_at_once(crowd, reviewer):
    decision = decide(crowd, reviewer, "do_it", date=(SOON + 90 * DAY).date())

    crowd.refresh_from_db()
    assert crowd.status == "planned"
    assert crowd.escalations.get().state == "decided"
    assert decision.promise.due_on == decision.date
    assert decision.post.is_decision
    assert decision.post.byline == "Northline — Reviewer"
    assert [line.kind for line in crowd.timeline.all()][-2:] == ["answered", "decided"]


def test_only_one_of_two_reviewers_decides(crowd, reviewer, executive):
    case = crowd.escalations.get()
    drafts = [
        draft_decision(case, by=who, verdict=what, reason="Because.")
        for who, what in [(reviewer, "decline"), (executive, "exists")]
    ]

    publish_decision(drafts[0], by=reviewer, at=SOON)
    with pytest.raises(AlreadyDecided):
        publish_decision(drafts[1], by=executive, at=SOON)

    crowd.refresh_from_db()
    assert crowd.status == "declined"
    assert crowd.topic.posts.filter(is_decision=True).count() == 1


def test_a_reviewer_outside_the_directory_signs_by_name(crowd):
    boss = make.member("boss", groups=("executives",))

    assert decide(crowd, boss).post.byline == "Northline — Boss"


def test_everyone_is_told_once(crowd, reviewer):
    follower, commenter, sharer, out = (make.member() for _ in range(4))
    watch(follower, "topic", crowd.pk, "decisions", at=make.NOON)
    reply(crowd.topic, text="Yes please.", by=commenter, at=make.NOON)
    has_this_too(crowd.topic, by=sharer, at=make.NOON)
    quiet = User.objects.get(pk=crowd.votes.order_by("voter_id").last().voter_id)
    watch(quiet, "topic", crowd.pk, "none", at=make.NOON)
    gone = User.objects.get(pk=crowd.votes.exclude(voter=quiet).order_by("-voter_id")[0].voter_id)
    User.objects.filter(pk=gone.pk).update(is_active=False)
    decision = decide(crowd, reviewer)
    expected = count_recipients(decision, at=SOON)

    tell_all()
    tell_all(LATER + DAY)

    assert expected == 3 + 3
    assert told(decision) == (6, 0, 0)
    recipients = set(Telling.objects.values_list("recipient_id", flat=True))
    assert {follower.pk, commenter.pk, sharer.pk} <= recipients
    assert not {quiet.pk, gone.pk, out.pk, reviewer.pk} & recipients
    mails = Mail.objects.filter(key__startswith="decision:")
    assert mails.count() == Notification.objects.filter(verb="decision.published").count() == 6
    assert "Wires cost more." in mails.first().text


def test_counts_follow_the_mail(crowd, reviewer):
    voters = list(User.objects.filter(votes__idea=crowd).order_by("pk"))
    choose_mail(voters[0].pk, {"decisions": False})
    decision = decide(crowd, reviewer)
    tell_all()
    assert told(decision) == (5, 1, 0)
    bounced = Mail.objects.filter(user=voters[1], key__startswith="decision:")
    bounced.update(state="bounced")
    assert telling.settle_forgotten(LATER) == 1

    send_due(LATER)

    assert told(decision) == (5, 4, 1)
    assert decision.told_at is not None
    assert not list(recounts()["decision.told"](False))


@pytest.mark.parametrize("step", ["_notice", "_mail", "_book"])
def test_a_batch_that_breaks_is_done_whole_later(crowd, reviewer, monkeypatch, step):
    decision = decide(crowd, reviewer)
    sound, calls = getattr(telling, step), []

    def breaks(*args, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return sound(*args, **kwargs)

    monkeypatch.setattr(telling, step, breaks)
    with pytest.raises(RuntimeError):
        telling.tell_owed(LATER)
    telling.tell_owed(LATER)

    assert told(decision)[0] == 5
    assert Mail.objects.filter(key__startswith="decision:").count() == 5
    assert Notification.objects.filter(verb="decision.published").count() == 5
    assert not list(recounts()["decision.told"](False))


def test_a_vote_stored_while_the_crowd_was_written_down_is_found(crowd, reviewer):
    decision = decide(crowd, reviewer)
    telling.tell_owed(SOON)
    late = make.members(1)[0]
    crowd.votes.model.objects.create(
        idea=crowd, voter=late, counted_on=crowd, person=late.person, weight=1, at=make.NOON
    )
    telling.tell_owed(SOON + timedelta(seconds=2))
    assert told(decision)[0] == 5

    tell_all()

    assert told(decision)[0] == 6


def test_who_votes_after_the_decision_is_not_told(crowd, reviewer):
    decision = decide(crowd, reviewer, "not_now", date=(SOON + 90 * DAY).date())
    cast_vote(crowd, by=make.member(), at=SOON + timedelta(seconds=1))
    tell_all()

    assert told(decision)[0] == 5


def test_nobody_is_told_while_it_is_hidden(crowd, reviewer, moderator):
    decision = decide(crowd, reviewer)
    opening = crowd.topic.posts.get(no=1)
    hide_post(opening, by=moderator, reason="Wait")
    assert tell_all() == 0

    restore_post(opening, by=moderator, reason="Sorry")
    tell_all()
    assert told(decision)[0] == Mail.objects.filter(key__startswith="decision:").count() == 5


def test_a_kept_promise_is_told_to_the_same_people(crowd, reviewer):
    decision = decide(crowd, reviewer, "do_it", date=(SOON + 9 * DAY).date())
    tell_all()

    assert keep_promise(decision, by=reviewer, note="All stores have it.", at=LATER)
    assert not keep_promise(decision, by=reviewer, at=LATER)
    tell_all(LATER + DAY)

    crowd.refresh_from_db()
    assert crowd.status == "done"
    assert Outcome.objects.get().told_total == 5
    assert Mail.objects.filter(key__startswith="outcome:").count() == 5


def test_a_promise_is_missed_when_its_day_has_passed_and_can_be_kept_late(crowd, reviewer):
    decision = decide(crowd, reviewer, "do_it", date=(SOON + 9 * DAY).date())
    assert miss_due(SOON + 9 * DAY) == 0

    assert miss_due(SOON + 10 * DAY) == 1
    assert miss_due(SOON + 10 * DAY) == 0
    decision.refresh_from_db()
    assert keep_promise(decision, by=reviewer, at=SOON + 11 * DAY)
    kinds = list(crowd.timeline.values_list("kind", flat=True))
    assert kinds[-2:] == ["promise_missed", "promise_kept"]


@pytest.mark.parametrize("size", [20, 60])
def test_a_batch_costs_the_same_for_any_crowd(
    settings, reviewer, django_assert_max_num_queries, size
):
    settings.TELLING_BATCH = 100
    make.rule(votes=3)
    idea = make.idea(votes=size, at=make.NOON)
    raise_due(make.NOON + timedelta(minutes=1))
    decision = decide(idea, reviewer)
    telling.fill_batch("decision", decision.pk, at=LATER)

    with django_assert_max_num_queries(25):
        assert telling.tell_batch("decision", decision.pk, at=LATER) == size


def test_reconcile_finds_and_mends_a_drift(crowd, reviewer):
    decision = decide(crowd, reviewer)
    tell_all()
    Decision.objects.update(told_done=F("told_done") + 1)

    assert len(list(recounts()["decision.told"](True))) == 1
    assert told(decision) == (5, 0, 0)


def test_mail_stopped_on_its_way_counts_as_told_not_as_bounced(crowd, reviewer):
    decision = decide(crowd, reviewer)
    tell_all()
    voter = Mail.objects.filter(category="decisions").order_by("pk").first().user

    choose_mail(voter.pk, {"decisions": False})

    assert told(decision) == (5, 1, 0)
    send_due(LATER)
    assert told(decision) == (5, 5, 0)
    assert Telling.objects.get(recipient=voter).state == "declined"
    assert list(recounts()["decision.told"](False)) == []


def test_before_anybody_is_written_down_the_ledger_says_that_it_begins(crowd, reviewer, client):
    decide(crowd, reviewer)
    address = f"/ideas/{crowd.pk}/told/"
    at_once = client.get(address, headers={"HX-Request": "true"}).content.decode()
    tell_all()
    listed = client.get(address, headers={"HX-Request": "true"}).content.decode()

    assert "begins now" in at_once
    assert "0 of 0" not in at_once
    assert "of 5 told" in listed


def test_while_people_are_still_written_down_no_total_is_said(crowd, reviewer, client):
    decision = decide(crowd, reviewer)
    telling.fill_batch("decision", decision.pk, at=LATER)
    telling.tell_batch("decision", decision.pk, at=LATER)
    send_due(LATER, limit=1)

    page = client.get(crowd.get_absolute_url()).content.decode()

    assert "1 told so far, and still going through all who asked" in page
    assert "of 2 told" not in page
