"""An executive sees in five minutes what matters, and answers or hands over with one press."""

from datetime import timedelta

import pytest
from django.utils import timezone

from community.activity.models import AuditEntry
from community.notifications.models import Mail, Notification
from ideas.actions.briefing import have_read, say_word
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.promising import miss_promise
from ideas.actions.raising import raise_due
from ideas.briefs import brief_of
from ideas.models import BriefLook, CaseWord, Escalation
from tests import make

DAY = timedelta(days=1)
BRIEF = "/review/brief/"


@pytest.fixture
def raised(db, reviewer):
    """A case that was raised so many days ago, with so many votes; it has 30 days."""
    make.rule(votes=2)

    def act(title, *, days_ago, votes=2):
        at = timezone.now() - days_ago * DAY
        idea = make.idea(title, votes=votes, at=at)
        raise_due(at)
        return Escalation.objects.get(idea=idea)

    return act


def test_the_late_come_first_then_the_biggest(raised, executive):
    raised("In time and small", days_ago=3)
    big = raised("In time and big", days_ago=2, votes=9)
    late = raised("Late", days_ago=40)
    later = raised("Later still", days_ago=50)

    found = brief_of(executive, at=timezone.now())

    assert [row.case for row in found.late] == [later, late]
    assert found.biggest[0].case == big
    assert (found.late_count, found.late[1].days_late) == (2, 10)


def test_decisions_are_those_since_the_last_look(raised, executive, reviewer):
    def decided(title, days_ago):
        case = raised(title, days_ago=30)
        draft = draft_decision(case, by=reviewer, verdict="decline", reason="No.")
        return publish_decision(draft, by=reviewer, at=timezone.now() - days_ago * DAY)

    decided("Long ago", 12)
    recent = decided("Lately", 2)
    assert brief_of(executive, at=timezone.now()).decisions == [recent]

    have_read(by=executive, at=timezone.now() - DAY)
    assert brief_of(executive, at=timezone.now()).decisions == []

    have_read(by=executive, at=timezone.now() - 30 * DAY)
    assert BriefLook.objects.get().at > timezone.now() - 2 * DAY


def test_a_missed_promise_stays_until_it_is_made_good(raised, executive, reviewer):
    case = raised("Wi-fi", days_ago=20)
    dated = {"date": (timezone.now() + 5 * DAY).date()}
    draft = draft_decision(case, by=reviewer, verdict="do_it", reason="Yes.", **dated)
    decision = publish_decision(draft, by=reviewer)
    miss_promise(decision)

    assert brief_of(executive, at=timezone.now() + 60 * DAY).promises == [decision]


def test_one_press_tells_who_has_the_case(raised, as_executive, executive, reviewer):
    case = raised("Late", days_ago=40)
    for _press in range(2):
        answer = as_executive.post(f"{BRIEF}{case.pk}/say/", {"text": "Please decide this week."})
        assert answer.status_code == 303

    assert CaseWord.objects.get().text == "Please decide this week."
    assert Notification.objects.filter(verb="review.word", user=reviewer).count() == 1
    mail = Mail.objects.get(key__startswith="word:")
    assert (mail.user, "Please decide this week." in mail.text) == (reviewer, True)
    assert AuditEntry.objects.filter(verb="escalation.word_said").count() == 1
    assert "Please decide this week." in as_executive.get(BRIEF).text
    assert "Please decide this week." in as_executive.get(case.get_absolute_url()).text


def test_handing_over_comes_back_to_the_brief(raised, as_executive, reviewer):
    case = raised("Late", days_ago=40)

    answer = as_executive.post(f"{BRIEF}{case.pk}/hand-over/", {"person": reviewer.pk})

    case.refresh_from_db()
    assert (case.taken_by, answer.url) == (reviewer, f"{BRIEF}#case-{case.pk}")


def test_bad_words_are_said_beside_the_field(raised, as_executive):
    case = raised("Late", days_ago=40)
    for text in ("", "x" * 501, "a\x00b"):
        answer = as_executive.post(f"{BRIEF}{case.pk}/say/", {"text": text})
        assert answer.status_code == 422
    assert as_executive.post(f"{BRIEF}read/", {"shown_at": "2199-99-99T00:00"}).status_code == 303


def test_a_closed_case_takes_no_words(raised, executive, as_executive, reviewer):
    case = raised("Decided", days_ago=40)
    publish_decision(
        draft_decision(case, by=reviewer, verdict="decline", reason="No."), by=reviewer
    )

    assert not say_word(case, text="Hurry", by=executive)
    assert as_executive.get(f"{BRIEF}{case.pk}/say/").status_code == 404


def test_only_executives_and_admins_come_in(as_executive, as_admin, as_reviewer, as_owner, client):
    assert as_executive.get(BRIEF).status_code == as_admin.get(BRIEF).status_code == 200
    assert as_reviewer.get(BRIEF).status_code == as_owner.get(BRIEF).status_code == 403
    assert client.get(BRIEF).status_code == 302


def test_the_queries_do_not_grow(raised, as_executive, django_assert_max_num_queries):
    raised("One", days_ago=40)
    raised("Two", days_ago=2)
    with django_assert_max_num_queries(22):
        as_executive.get(BRIEF)
    for number in range(12):
        raised(f"Late number {number}", days_ago=41)
        raised(f"Big number {number}", days_ago=1, votes=3)
    with django_assert_max_num_queries(22):
        as_executive.get(BRIEF)


def test_an_idea_that_waits_by_two_rules_stands_there_once(raised, executive, owner, as_executive):
    department = make.department(owner=owner)
    board = make.board(department=department)
    make.rule(votes=2, days=14, name="Department answer", asks_owner=True)
    for days_ago in (3, 50):
        at = timezone.now() - days_ago * DAY
        make.rule(votes=2)
        make.idea(f"Raised {days_ago} days ago", votes=2, at=at, on=board)
        raise_due(at)

    found = brief_of(executive, at=timezone.now())

    assert found.late_count == 2
    assert [row.case.idea.topic.title for row in found.late] == ["Raised 50 days ago"]
    assert [row.case.idea.topic.title for row in found.biggest] == ["Raised 3 days ago"]
    assert found.biggest[0].case.department == department
    page = as_executive.get(BRIEF).content.decode()
    assert "Stores and Facilities answers, nobody there has taken it" in page
