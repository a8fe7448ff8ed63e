"""A moderator decides one thing at a time; each act is logged, told, and done by one of two."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.activity.models import AuditEntry
from community.activity.owed import finish_reactions
from community.core.gates import Refused
from community.moderation.actions import hide, keep, report
from community.moderation.models import Review
from community.moderation.subjects import subject_of
from community.notifications.models import Mail, Notification
from community.people.models import Sanction, User
from forum.models import Post
from ideas.actions import cast_vote
from ideas.models import Idea
from tests import make

IN_A_WEEK = (timezone.localdate() + timedelta(days=7)).isoformat()


@pytest.fixture
def rude(question: object, stranger: User) -> Post:
    return make.post(question, "You are all fools.", by=stranger)  # type: ignore[arg-type]


@pytest.fixture
def review(rude: Post, customer: User) -> Review:
    """The rude reply, reported by the customer."""
    subject = subject_of("post", rude.pk, customer)
    assert subject
    report(subject, by=customer, reason="abuse", note="Not nice")
    return Review.objects.get()


def act(client: Client, review: Review, **form: str) -> int:
    return client.post(f"/moderation/reviews/{review.pk}/", form).status_code


def test_the_oldest_is_shown_in_context(
    review: Review, rude: Post, as_moderator: Client, customer: User
) -> None:
    page = as_moderator.get("/moderation/").content.decode()

    for words in ("You are all fools.", rude.topic.title, "Not nice", "Customer", "Stranger"):
        assert words in page


def test_keep_closes_it_and_leaves_it(review: Review, rude: Post, as_moderator: Client) -> None:
    assert act(as_moderator, review, act="keep") == 303

    review.refresh_from_db()
    rude.refresh_from_db()
    assert (review.outcome, rude.state) == ("kept", "published")
    assert AuditEntry.objects.get().verb == "report.kept"
    assert b"All clear" in as_moderator.get("/moderation/").content


def test_hide_takes_it_away_and_tells_its_author_why(
    review: Review, rude: Post, as_moderator: Client, stranger: User, customer: User
) -> None:
    assert act(as_moderator, review, act="hide", reason="Insults") == 303

    rude.refresh_from_db()
    assert (rude.state, rude.hidden_reason) == ("hidden", "Insults")
    finish_reactions(timezone.now())
    assert Notification.objects.get(user=stranger).verb == "post.hidden"
    assert Notification.objects.get(user=customer).verb == "report.hidden"
    assert "Insults" in Mail.objects.get(user=stranger, key__startswith="event:").text
    assert AuditEntry.objects.get().verb == "post.hidden"


def test_hiding_needs_a_reason(review: Review, rude: Post, as_moderator: Client) -> None:
    assert act(as_moderator, review, act="hide", reason=" ") == 422

    rude.refresh_from_db()
    assert rude.state == "published"


def test_hide_and_warn(review: Review, as_moderator: Client, stranger: User) -> None:
    act(as_moderator, review, act="warn", reason="Insults")

    assert Sanction.objects.get(member=stranger).kind == "warning"


def test_hide_and_suspend_until_a_day(
    review: Review, as_moderator: Client, stranger: User, idea: Idea
) -> None:
    act(as_moderator, review, act="suspend", reason="Insults", until=IN_A_WEEK)

    stranger.refresh_from_db()
    assert stranger.is_suspended()
    day = f"{date.fromisoformat(IN_A_WEEK).day} "
    with pytest.raises(Refused, match=day):
        cast_vote(idea, by=stranger)
    with pytest.raises(Refused, match=day):
        make.post(make.question(), "Again", by=stranger)


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01"])
def test_a_suspension_ends_on_a_day_to_come(
    until: str, review: Review, as_moderator: Client, rude: Post
) -> None:
    assert act(as_moderator, review, act="suspend", reason="Insults", until=until) == 422

    rude.refresh_from_db()
    assert rude.state == "published"


def test_of_two_moderators_one_decides(
    review: Review, rude: Post, moderator: User, admin: User
) -> None:
    subject = subject_of("post", rude.pk, moderator)
    assert subject

    assert keep(review, subject, by=moderator)
    assert not hide(review, subject, by=admin, reason="Insults")

    rude.refresh_from_db()
    assert rude.state == "published"


def test_a_reported_name_is_replaced(stranger: User, customer: User, as_moderator: Client) -> None:
    subject = subject_of("person", stranger.pk, customer)
    assert subject
    report(subject, by=customer, reason="other")
    assert as_moderator.get("/moderation/").status_code == 200

    act(as_moderator, Review.objects.get(), act="hide", reason="Not a name")

    stranger.refresh_from_db()
    assert (stranger.display_name, stranger.username) != ("Stranger", "stranger")
    assert AuditEntry.objects.get().detail.before["username"] == "stranger"


def test_skipping_leads_to_the_next_and_keeps_the_first(
    review: Review, as_moderator: Client, customer: User
) -> None:
    other = make.post(make.question("Another question?"), "Buy my watches.")
    subject = subject_of("post", other.pk, customer)
    assert subject
    report(subject, by=customer, reason="spam")
    page = as_moderator.get("/moderation/")

    following = as_moderator.get("/moderation/", {"after": page.context["skip"]})

    assert "You are all fools." in page.content.decode()
    assert "Buy my watches." in following.content.decode()


def test_a_moderator_hides_and_restores_where_they_read(
    rude: Post, as_moderator: Client, client: Client, django_capture_on_commit_callbacks
) -> None:
    address, acts = rude.topic.get_absolute_url(), f"/moderation/posts/{rude.pk}"
    assert b"fools" in client.get(address).content
    assert as_moderator.get(f"{acts}/hide/").status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        as_moderator.post(f"{acts}/hide/", {"reason": "Insults"})
    assert b"fools" not in client.get(address).content

    with django_capture_on_commit_callbacks(execute=True):
        as_moderator.post(f"{acts}/restore/", {"reason": "A joke after all"})

    assert b"fools" in client.get(address).content


def test_a_suspension_is_lifted_on_the_members_page(stranger: User, as_moderator: Client) -> None:
    page = "/moderation/people/stranger/"
    assert as_moderator.get(page).status_code == 200
    as_moderator.post(page, {"act": "suspend", "reason": "Spam", "until": IN_A_WEEK})
    as_moderator.post(page, {"act": "lift", "reason": "Said sorry"})

    stranger.refresh_from_db()
    assert not stranger.is_suspended()
    finish_reactions(timezone.now())
    told = Notification.objects.filter(user=stranger).order_by("pk")
    assert list(told.values_list("verb", flat=True)) == [
        "member.suspended",
        "member.suspension_lifted",
    ]


def test_no_moderator_sanctions_themselves_or_an_admin(
    moderator: User, admin: User, as_moderator: Client
) -> None:
    for name in ("moderator", "admin"):
        form = {"act": "warn", "reason": "Why not"}
        assert as_moderator.post(f"/moderation/people/{name}/", form).status_code == 422

    assert not Sanction.objects.exists()


def test_the_log_says_who_did_what_and_why(
    review: Review, as_moderator: Client, rude: Post
) -> None:
    act(as_moderator, review, act="warn", reason="Insults & worse")

    page = as_moderator.get("/moderation/log/").content.decode()
    only_people = as_moderator.get("/moderation/log/", {"kind": "person"}).content.decode()

    assert "Moderator" in page
    assert "Insults &amp; worse" in page
    assert "state: published → hidden" in page
    assert "Hid:" in page
    assert "Hid:" not in only_people
    assert "Warned:" in only_people


@pytest.mark.parametrize(
    "path",
    [
        "/moderation/",
        "/moderation/log/",
        "/moderation/people/stranger/",
        "/moderation/posts/1/hide/",
        "/moderation/posts/1/restore/",
        "/moderation/reviews/1/",
    ],
)
def test_only_moderators_enter(
    path: str, client: Client, as_customer: Client, as_employee: Client, stranger: User
) -> None:
    for method in ("get", "post"):
        assert getattr(as_customer, method)(path).status_code == 403
        assert getattr(as_employee, method)(path).status_code == 403
        answer = getattr(client, method)(path)
        assert answer.headers["Location"].startswith("/accounts/login/?next=")


def test_the_queue_costs_the_same_with_two_reports_and_with_twenty(
    review: Review, rude: Post, as_moderator: Client, django_assert_max_num_queries
) -> None:
    for person in make.members(20):
        subject = subject_of("post", rude.pk, person)
        assert subject
        report(subject, by=person, reason="abuse")

    with django_assert_max_num_queries(16):
        as_moderator.get("/moderation/")
