"""However many cases come before the executives at once, each of them gets one mail of it."""

from datetime import timedelta

import pytest

from community.notifications.models import Mail, Notification
from ideas.actions.raising import raise_due
from ideas.actions.reviewing import mark_overdue, tell_executives
from ideas.models import Escalation
from tests import make

DAY = timedelta(days=1)
LATE = make.NOON + 60 * DAY


@pytest.fixture
def late(executive):
    """Make so many cases that nobody answered in time."""
    make.rule(votes=1)

    def made(count: int) -> list[Escalation]:
        for n in range(count):
            make.idea(f"Nobody answered number {n}", at=make.NOON + timedelta(minutes=n))
        raise_due(make.NOON + DAY)
        mark_overdue(LATE)
        return list(Escalation.objects.by_due_date())

    return made


def test_one_mail_names_them_all(late, executive):
    cases = late(3)

    assert [tell_executives(LATE), tell_executives(LATE + DAY)] == [3, 0]

    mail = Mail.objects.get(key__startswith="late:")
    assert mail.user == executive
    assert mail.subject == f"Still unanswered: {cases[0].idea.topic.title}, and 2 more"
    for case in cases:
        assert case.idea.topic.title in mail.text
        assert case.get_absolute_url() in mail.text
        assert case.get_absolute_url() in mail.html
    assert Notification.objects.filter(verb="review.late", user=executive).count() == 3


def test_what_has_no_room_in_it_is_counted(late):
    late(23)

    tell_executives(LATE)

    mail = Mail.objects.get(key__startswith="late:")
    assert mail.text.count("customers want") + mail.text.count("customer wants") == 20
    assert "3 more are late: http" in " ".join(mail.text.split())
    assert "/review/brief/" in mail.html


def test_a_single_one_reads_as_before(late):
    late(1)

    tell_executives(LATE)

    mail = Mail.objects.get(key__startswith="late:")
    assert mail.subject == "Still unanswered: Nobody answered number 0"
    assert "more" not in mail.text.split("--")[0]
