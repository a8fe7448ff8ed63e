"""Moderators warn, suspend until a date and lift; it is on record, and no one can be put beyond."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from community.activity.models import AuditEntry, Event
from community.core.gates import Refused
from community.people.actions import lift, suspend, warn
from community.people.models import Sanction
from community.people.permissions import can_sanction, may_write
from tests.make import NOON

pytestmark = pytest.mark.django_db
WEEK = timedelta(days=7)
REASON = "Insults in three topics."


def test_a_suspended_member_may_not_write_until_the_date(customer, moderator):
    assert may_write(customer, NOON)

    suspend(customer, until=NOON + WEEK, by=moderator, reason=REASON, at=NOON)

    assert not may_write(customer, NOON)
    assert not may_write(customer, NOON + WEEK - timedelta(seconds=1))
    assert may_write(customer, NOON + WEEK)


def test_strangers_and_closed_accounts_may_not_write(customer):
    customer.is_active = False

    assert not may_write(AnonymousUser(), NOON)
    assert not may_write(customer, NOON)


def test_what_was_done_and_why_is_on_record(customer, moderator):
    suspend(customer, until=NOON + WEEK, by=moderator, reason=REASON, at=NOON)

    entry = AuditEntry.objects.select_related("detail").get(verb="member.suspended")
    assert (entry.actor_id, entry.object_id, entry.at) == (moderator.pk, customer.pk, NOON)
    assert entry.detail.before == {"suspended_until": None}
    assert entry.detail.after == {"suspended_until": (NOON + WEEK).isoformat()}
    assert entry.detail.reason == REASON
    assert Event.objects.get(name="member.suspended").object_id == customer.pk


def test_the_same_again_changes_nothing_and_another_date_takes_its_place(customer, moderator):
    for _ in range(2):
        suspend(customer, until=NOON + WEEK, by=moderator, reason=REASON, at=NOON)
    assert AuditEntry.objects.count() == Sanction.objects.count() == 1

    suspend(customer, until=NOON + 2 * WEEK, by=moderator, reason=REASON, at=NOON)
    customer.refresh_from_db()
    assert customer.suspended_until == NOON + 2 * WEEK
    assert Sanction.objects.in_force(NOON).count() == 1


def test_a_lifted_suspension_is_over_at_once_and_only_once(customer, moderator):
    suspend(customer, until=NOON + WEEK, by=moderator, reason=REASON, at=NOON)

    assert lift(customer, by=moderator, reason="Apologised.", at=NOON)
    assert not lift(customer, by=moderator, reason="Apologised.", at=NOON)

    assert may_write(customer, NOON)
    assert not Sanction.objects.in_force(NOON).exists()
    assert AuditEntry.objects.filter(verb="member.suspension_lifted").count() == 1


def test_a_suspension_ends_in_the_future(customer, moderator):
    with pytest.raises(Refused):
        suspend(customer, until=NOON, by=moderator, reason=REASON, at=NOON)

    assert not Sanction.objects.exists()


def test_a_warning_is_kept_and_stops_nobody(customer, moderator):
    warn(customer, by=moderator, reason=REASON, at=NOON)

    assert may_write(customer, NOON)
    assert Sanction.objects.get().kind == Sanction.Kind.WARNING
    assert Event.objects.filter(name="member.warned").exists()


def test_who_may_sanction_whom(moderator, customer, advocate, reviewer, admin):
    assert can_sanction(moderator, customer)
    assert can_sanction(admin, moderator)
    assert not can_sanction(moderator, moderator)
    assert not can_sanction(moderator, admin)
    for other in (advocate, reviewer):
        assert not can_sanction(other, customer)
        with pytest.raises(Refused):
            warn(customer, by=other, reason=REASON, at=NOON)
    assert not Sanction.objects.exists()
