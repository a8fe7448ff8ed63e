"""Of several workers one does each owed row; what a killed worker held is free again in time."""

from datetime import UTC, datetime, timedelta

import pytest

from community.core.claims import claim
from community.notifications.models import Mail

NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LATER = NOON + timedelta(minutes=5)

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails():
    return Mail.objects.bulk_create(
        Mail(to=f"m{no}@example.com", key=f"k{no}", message_id=f"<{no}@x>", next_at=NOON)
        for no in range(3)
    )


def due(at=NOON):
    return Mail.objects.due(at).order_by("pk")


def test_a_claimed_row_is_nobody_elses_until_the_claim_runs_out(mails):
    assert list(claim(due(), minutes=5, at=NOON)) == mails

    assert list(claim(due(), minutes=5, at=NOON)) == []
    assert list(claim(due(LATER), minutes=5, at=LATER)) == mails


def test_two_workers_share_the_rows_between_them(mails):
    one, two = claim(due(), minutes=5, at=NOON), claim(due(), minutes=5, at=NOON)

    taken = [next(one), next(two), *one, *two]

    assert sorted(mail.pk for mail in taken) == [mail.pk for mail in mails]


def test_a_row_is_claimed_only_when_its_turn_comes(mails):
    next(claim(due(), minutes=5, at=NOON))

    assert due().count() == 2


def test_what_was_done_meanwhile_is_left_out(mails):
    rows = claim(due(), minutes=5, at=NOON)
    next(rows)
    Mail.objects.filter(pk=mails[1].pk).update(state=Mail.State.SENT)

    assert list(rows) == [mails[2]]


def test_no_more_are_taken_than_asked_for(mails):
    assert list(claim(due(), minutes=5, limit=2, at=NOON)) == mails[:2]
    assert due().count() == 1


def test_each_claim_is_an_attempt_and_the_row_knows(mails):
    first = next(claim(due(), minutes=5, at=NOON))
    again = next(claim(due(LATER), minutes=5, at=LATER))

    assert (first.attempts, first.claimed_until) == (1, LATER)
    assert (again.pk, again.attempts) == (first.pk, 2)


def test_each_claim_is_one_update(mails, django_assert_num_queries):
    with django_assert_num_queries(1 + 2 * len(mails)):  # the list; a claim and its row, for each
        list(claim(due(), minutes=5, at=NOON))
