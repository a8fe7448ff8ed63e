"""Nobody changes the audit trail, and a changed byte is found."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from community.activity import triggers
from community.activity.actions import audit, erase_detail
from community.activity.models import AuditDetail, AuditEntry, AuditSeal
from community.activity.seals import check_details, check_triggers, follow_chain, seal_entries
from community.people.models import User


@pytest.fixture
def entry(customer: User) -> AuditEntry:
    """One entry, sealed, with one before it."""
    audit("member.warned", customer, kind="person", by=customer, reason="Rude words")
    before = {"state": "published"}
    made = audit("post.hidden", customer, kind="post", by=customer, before=before, reason="Spam")
    seal_entries()
    return made


@pytest.mark.parametrize("table", triggers.TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = 7", "DELETE FROM {} WHERE {} > 0"])
def test_the_database_refuses_to_change_or_delete(
    entry: AuditEntry, table: str, statement: str
) -> None:
    column = {"activity_auditentry": "object_id", "activity_auditseal": "entry_id"}[table]

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column))


WAYS_ROUND = {  # that no trigger for UPDATE or DELETE sees
    "sqlite": "REPLACE INTO activity_auditentry SELECT id, at, 'other', kind, object_id, digest,"
    " actor_id FROM activity_auditentry",
    "postgresql": "TRUNCATE activity_auditentry CASCADE",
}


def test_the_way_round_is_barred_too(entry: AuditEntry) -> None:
    connection.check_constraints()  # PostgreSQL truncates nothing that waits for a check

    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(WAYS_ROUND[connection.vendor])


def test_an_untouched_trail_has_no_drift(entry: AuditEntry) -> None:
    assert list(follow_chain(False)) == []
    assert list(check_details(False)) == []
    assert list(check_triggers(False)) == []


def test_each_entry_is_sealed_once_in_the_order_of_sealing(entry: AuditEntry) -> None:
    assert seal_entries() == 0
    assert list(AuditSeal.objects.order_by("no").values_list("no", flat=True)) == [1, 2]


def test_a_changed_detail_is_found(entry: AuditEntry) -> None:
    AuditDetail.objects.filter(entry=entry).update(reason="spam")

    assert [drift.thing for drift in check_details(False)] == [f"detail of audit entry {entry.pk}"]


def test_a_changed_entry_is_found_by_the_chain(entry: AuditEntry) -> None:
    triggers.remove(connection)
    AuditEntry.objects.filter(pk=entry.pk).update(verb="post.restored")

    assert [drift.thing for drift in follow_chain(False)] == [f"seal of audit entry {entry.pk}"]


def test_a_changed_seal_is_found_by_the_chain(entry: AuditEntry) -> None:
    triggers.remove(connection)
    AuditSeal.objects.filter(no=1).update(chain="0" * 64)

    assert list(follow_chain(False))


def test_a_deleted_detail_is_found_unless_it_was_erased_on_record(
    entry: AuditEntry, customer: User, admin: User
) -> None:
    other = audit("post.hidden", customer, kind="post", by=customer)
    AuditDetail.objects.filter(entry=other).delete()
    erase_detail(entry, by=admin, reason="Asked for by the person")

    assert [drift.thing for drift in check_details(False)] == [f"detail of audit entry {other.pk}"]


def test_missing_triggers_are_found_and_put_back(entry: AuditEntry) -> None:
    triggers.remove(connection)

    assert len(list(check_triggers(repair=True))) == 6
    assert list(check_triggers(repair=False)) == []


@pytest.mark.django_db(transaction=True)
def test_a_test_that_commits_can_be_emptied(customer: User) -> None:
    audit("post.hidden", customer, kind="post", by=customer)
    seal_entries()

    assert triggers.missing(connection) == []
