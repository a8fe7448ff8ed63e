"""A restored outbox is quiet until an operator says what of it is still to be sent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from community.activity.models import AuditEntry
from community.notifications.actions import send_due
from community.notifications.models import Mail
from community.people.models import User
from tests.make import NOON

Owe = Callable[..., Mail]
BACKUP = "2026-11-02T12:00Z"
AFTER = NOON + timedelta(hours=1)


@pytest.fixture
def due(owe: Owe, customer: User) -> Mail:
    """A mail that had been due when the backup was made."""
    return owe(customer)


@pytest.fixture
def later(owe: Owe, advocate: User) -> Mail:
    """One that fell due after it."""
    mail = owe(advocate)
    Mail.objects.filter(pk=mail.pk).update(next_at=AFTER)
    return mail


def release(*arguments: str) -> str:
    out = StringIO()
    call_command("release_mail", *arguments, stdout=out)
    return out.getvalue()


def states(*mails: Mail) -> list[str]:
    by_key = dict(Mail.objects.values_list("pk", "state"))
    return [by_key[mail.pk] for mail in mails]


def test_it_counts_and_changes_nothing_until_told_to(due: Mail, later: Mail) -> None:
    said = release("--backup-of", BACKUP)

    assert "2 mails wait to be sent, 0 with a code." in said
    assert "1 had been due by 2026-11-02 12:00 UTC: given up." in said
    assert "1 go out." in said
    assert "Nothing was changed." in said
    assert states(due, later) == ["waiting", "waiting"]


def test_what_had_been_due_is_given_up_and_the_rest_goes_out(
    due: Mail, later: Mail, postbox, settings
) -> None:
    settings.MAIL_PAUSED = True
    assert send_due(AFTER) == 0

    said = release("--backup-of", BACKUP, "--yes")

    assert "Done: 1 given up" in said
    assert "Take MAIL_PAUSED out" in said
    settings.MAIL_PAUSED = False
    send_due(AFTER)
    assert states(due, later) == ["stopped", "sent"]
    assert [message["To"] for message in postbox.received] == ["advocate@example.com"]


def test_a_repeat_changes_nothing(due: Mail, later: Mail) -> None:
    release("--backup-of", BACKUP, "--yes")

    assert "Done: 0 given up" in release("--backup-of", BACKUP, "--yes")
    assert states(due, later) == ["stopped", "waiting"]


def test_all_of_it_can_be_sent_again(due: Mail, later: Mail, postbox) -> None:
    assert "2 go out." in release("--again", "--yes")

    send_due(AFTER)
    assert states(due, later) == ["sent", "sent"]
    assert postbox.received[0]["Message-ID"] == due.message_id


@pytest.mark.parametrize("moment", ["yesterday", "2026-13-45T03:00Z", ""])
def test_it_asks_for_the_time_of_the_backup(due: Mail, moment: str) -> None:
    with pytest.raises(CommandError, match="Say when the backup was made"):
        release("--backup-of", moment, "--yes")

    assert states(due) == ["waiting"]


def test_a_time_to_come_is_refused(due: Mail) -> None:
    tomorrow = (timezone.now() + timedelta(days=1)).isoformat()

    with pytest.raises(CommandError):
        release("--backup-of", tomorrow, "--yes")


def test_failed_mail_is_tried_again(due: Mail, postbox) -> None:
    Mail.objects.update(state=Mail.State.FAILED, attempts=8)

    assert "1 were given up after many attempts: tried again." in release("--failed")
    assert states(due) == ["failed"]
    assert "1 to be tried again" in release("--failed", "--yes")
    send_due(timezone.now() + timedelta(seconds=1))
    assert states(due) == ["sent"]


def test_an_admin_releases_failed_mail_and_it_is_written_down(due: Mail, as_admin: Client) -> None:
    Mail.objects.update(state=Mail.State.FAILED, attempts=8)
    page = "/admin/notifications/mail/"
    assert "Release: try again" in as_admin.get(page).content.decode()

    as_admin.post(page, {"action": "try_again", "_selected_action": [str(due.pk)]})

    assert states(due) == ["waiting"]
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.detail.actor_name) == ("mail.released", "Admin")
