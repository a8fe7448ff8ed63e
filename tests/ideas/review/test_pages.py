"""The pages of corporate review: for reviewers only, whole without script, cheap at any size."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.people.models import RoleGrant
from forum.actions import edit_post, hide_post
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.digesting import close_now
from ideas.actions.raising import raise_due
from ideas.models import Decision, Escalation, ReviewDigest
from tests import make

TOMORROW = (timezone.now() + timedelta(days=2)).date().isoformat()
AREAS = ["/review/", "/review/digests/", "/review/digests/close/", "/review/digests/1/"]


@pytest.fixture
def case(db):
    make.rule(votes=3)
    idea = make.idea(votes=3)
    make.post(idea.topic, "I had to walk out to compare two laptops.")
    raise_due(timezone.now())
    return Escalation.objects.get()


def decide(client, case, **fields):
    given = {"decision": "decline", "reason": "Wires cost more than they bring.", **fields}
    return client.post(f"/review/escalations/{case.pk}/decide/", given)


@pytest.mark.parametrize("address", [*AREAS, "/review/escalations/{pk}/"])
def test_reviewers_come_in_others_do_not(
    case, client, as_customer, as_reviewer, as_executive, address
):
    close_now(case.rule.audience, at=timezone.now() + timedelta(minutes=5))
    address = address.format(pk=case.pk)

    assert as_reviewer.get(address).status_code == 200
    assert as_executive.get(address).status_code == 200
    assert as_customer.get(address).status_code == 403
    assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("verb", ["take", "decide"])
def test_acts_are_refused_to_others(case, client, as_customer, verb):
    address = f"/review/escalations/{case.pk}/{verb}/"

    assert as_customer.post(address).status_code == 403
    assert client.post(address).status_code == 302
    case.refresh_from_db()
    assert case.state == "waiting"


def test_the_case_stands_on_the_page(case, as_reviewer):
    page = as_reviewer.get("/review/").content.decode()

    assert case.idea.topic.title in page
    assert "I had to walk out" in page
    assert "+3 in 28 days" in page


def test_nothing_to_decide_says_so(db, as_reviewer):
    assert "Nothing waits for a decision" in as_reviewer.get("/review/").content.decode()


def test_the_first_to_take_it_has_it(case, as_reviewer, as_executive, reviewer):
    as_reviewer.post(f"/review/escalations/{case.pk}/take/")
    page = as_executive.post(f"/review/escalations/{case.pk}/take/", follow=True).content.decode()

    case.refresh_from_db()
    assert (case.taken_by, case.idea.status) == (reviewer, "in-review")
    assert f"{reviewer.name} has taken this case already." in page


def test_from_the_form_over_the_preview_to_the_public(case, as_reviewer, client):
    preview = decide(as_reviewer, case, decision="do_it", date=TOMORROW)
    page = as_reviewer.get(preview["Location"]).content.decode()
    assert "3 people will be told" not in page  # the author, two voters and a commenter
    assert "4 people will be told" in page
    assert "Wires cost more" in page
    assert not case.idea.topic.posts.filter(is_decision=True).exists()

    shown = as_reviewer.post(preview["Location"] + "publish/", follow=True).content.decode()

    case.refresh_from_db()
    assert (case.state, case.idea.status) == ("decided", "planned")
    assert "What was decided" in shown
    assert as_reviewer.post(preview["Location"] + "publish/").status_code == 303


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"decision": "do_it"}, "This decision needs a date."),
        ({"decision": "not_now", "date": "2020-01-01"}, "Give a day that is still to come."),
        ({"decision": "pilot", "date": TOMORROW}, "Choose the stores in which you try it."),
        ({"decision": "pilot", "date": TOMORROW, "stores": "999999"}, "can no longer be chosen"),
        ({"decision": "perhaps"}, "Choose one of those shown."),
        ({"reason": ""}, "Say why, in words for everybody who voted."),
        ({"reason": "nul\x00"}, "cannot be shown"),
        ({"date": "soon", "decision": "do_it"}, "Enter a day of the calendar"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(case, as_reviewer, fields, words):
    answer = decide(as_reviewer, case, **fields)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    if "reason" not in fields:
        assert "Wires cost more" in answer.content.decode()
    assert not Decision.objects.exists()


def test_a_draft_is_its_writer_s_own_and_comes_back(case, as_reviewer, as_executive):
    preview = decide(as_reviewer, case)["Location"]

    assert as_executive.get(preview).status_code == 404
    assert "Wires cost more" in as_reviewer.get(case.get_absolute_url()).content.decode()
    assert "Wires cost more" not in as_executive.get(case.get_absolute_url()).content.decode()


def test_the_second_of_two_is_told(case, as_reviewer, as_executive):
    first, second = decide(as_reviewer, case), decide(as_executive, case, decision="exists")
    as_reviewer.post(first["Location"] + "publish/")
    page = as_executive.post(second["Location"] + "publish/", follow=True).content.decode()

    assert "Another decision was published meanwhile." in page
    assert Decision.objects.published().get().verdict == "decline"


def test_a_draft_changed_in_another_tab_is_shown_again(case, as_reviewer):
    preview = decide(as_reviewer, case)["Location"]
    seen = Decision.objects.get().drafted_at.isoformat()
    decide(as_reviewer, case, reason="Something else.")

    answer = as_reviewer.post(preview + "publish/", {"seen": seen})

    assert answer["Location"] == preview
    assert not Decision.objects.published().exists()


def test_closing_a_period_leads_to_its_digest(case, as_reviewer, as_customer):
    make.audience(since=timezone.now() - timedelta(hours=1))
    before = ReviewDigest.objects.count()

    assert as_customer.post("/review/digests/close/", {"audience": "corporate"}).status_code == 403
    answer = as_reviewer.post("/review/digests/close/", {"audience": "corporate"}, follow=True)

    assert case.idea.topic.title in answer.content.decode()
    assert ReviewDigest.objects.count() > before
    as_reviewer.post("/review/digests/close/", {"audience": "corporate"})
    assert as_reviewer.post("/review/digests/close/", {"audience": "no"}).status_code == 422


def test_a_digest_forgets_what_was_hidden_since(case, as_reviewer, moderator):
    digest = close_now(case.rule.audience, at=timezone.now() + timedelta(minutes=5))
    hide_post(case.idea.topic.posts.get(no=2), by=moderator, reason="Abuse")

    page = as_reviewer.get(digest.get_absolute_url()).content.decode()
    assert case.idea.topic.title in page
    assert "walk out" not in page


@pytest.fixture
def promise(case, reviewer):
    day = (timezone.now() + timedelta(days=9)).date()
    draft = draft_decision(case, by=reviewer, verdict="do_it", reason="Yes.", date=day)
    return publish_decision(draft, by=reviewer).promise


def test_reviewers_and_the_owner_close_a_promise(promise, as_customer, as_owner, owner, client):
    keep = f"/review/promises/{promise.pk}/keep/"
    assert client.post(keep).status_code == 302
    assert as_customer.post(keep).status_code == as_owner.post(keep).status_code == 403
    board = promise.topic.board
    board.department = make.department(owner=owner)
    board.save()

    assert as_owner.get(keep).status_code == 200
    assert (
        as_owner.post(f"/review/promises/{promise.pk}/miss/", {"note": "Late"}).status_code == 303
    )
    assert as_owner.post(keep, {"note": "Now"}).status_code == 303
    promise.refresh_from_db()
    assert (promise.state, promise.note) == ("kept", "Now")


def test_a_grant_over_the_department_is_enough(promise, as_owner, owner):
    board = promise.topic.board
    board.department = make.department("Network")
    board.save()
    RoleGrant.objects.create(
        user=owner, role="owner", kind="department", object_id=board.department_id
    )

    assert as_owner.get(f"/review/promises/{promise.pk}/keep/").status_code == 200


def test_the_case_holds_the_whole_idea(case, as_reviewer):
    words = "Every morning the same walk to the front of the shop. "
    edit_post(case.idea.topic.posts.get(no=1), text=words * 60, by=case.idea.topic.author)

    page = as_reviewer.get(case.get_absolute_url()).content.decode()

    assert page.count(words.strip()) >= 60
    assert "Read all of it" in page


@pytest.mark.parametrize("size", [1, 12])
def test_the_pages_cost_the_same_at_two_sizes(
    case, as_reviewer, size, django_assert_max_num_queries
):
    for number in range(size - 1):
        made = make.idea(f"Idea number {number} of many", votes=3)
        make.post(made.topic, "Yes please.")
    raise_due(timezone.now())
    digest = close_now(case.rule.audience, at=timezone.now() + timedelta(minutes=5))

    with django_assert_max_num_queries(9 + 4):
        as_reviewer.get("/review/")
    with django_assert_max_num_queries(7 + 4):
        as_reviewer.get(digest.get_absolute_url())
    as_reviewer.get(case.get_absolute_url())  # what texts mean is read once a process
    with django_assert_max_num_queries(36 + 4):
        as_reviewer.get(case.get_absolute_url())
