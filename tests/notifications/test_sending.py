"""No mail is lost: refused ones bounce, failing ones are tried again, a repeat is the same mail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from community.core.owed import sweep
from community.notifications import outcomes
from community.notifications.actions import owe_mail, retry_mail, send_due, stop_mails
from community.notifications.actions.sending import BACK_OFF, MAX_ATTEMPTS
from community.notifications.models import Mail
from community.people.models import User
from tests import make
from tests.make import NOON

Owe = Callable[..., Mail]
AFTER_THE_CLAIM = NOON + timedelta(minutes=6)


class Killed(BaseException):
    """The worker's process ends here."""


@pytest.fixture
def settled() -> Iterator[list[tuple[int, str]]]:
    """What an app above was told: (mail, state)."""
    told: list[tuple[int, str]] = []

    @outcomes.when_settled
    def note(mails: Sequence[Mail]) -> None:
        told.extend((mail.pk, mail.state) for mail in mails)

    yield told
    outcomes.forget(note)


def state_of(mail: Mail) -> str:
    mail.refresh_from_db()
    return mail.state


def test_a_batch_goes_over_one_connection_and_each_is_told(owe: Owe, postbox, settled) -> None:
    mails = [owe(person) for person in make.members(5)]

    assert send_due(NOON) == 5

    assert len(postbox.received) == 5
    assert postbox.connections == 1
    assert settled == [(mail.pk, "sent") for mail in mails]
    assert send_due(NOON) == 0


def test_a_refused_recipient_bounces_and_stops_nobody_else(owe: Owe, postbox, settled) -> None:
    bad, good = (owe(person) for person in make.members(2))
    postbox.to_recipients[bad.to] = "550 5.1.1 No such user"

    send_due(NOON)

    assert settled == [(bad.pk, "bounced"), (good.pk, "sent")]
    assert state_of(bad) == "bounced"
    assert bad.last_error == "550 5.1.1 No such user"
    assert postbox.connections == 1


def test_a_message_refused_for_good_bounces(owe: Owe, postbox, customer: User) -> None:
    mail = owe(customer)
    postbox.to_messages[mail.to] = "552 5.2.2 Mailbox full"

    send_due(NOON)

    assert state_of(mail) == "bounced"


@pytest.mark.parametrize("where", ["to_recipients", "to_messages"])
def test_a_temporary_failure_is_tried_again_later(
    owe: Owe, postbox, customer: User, settled, where: str
) -> None:
    mail = owe(customer)
    getattr(postbox, where)[mail.to] = "451 4.3.0 Try again"

    send_due(NOON)
    assert state_of(mail) == "waiting"
    assert mail.next_at == NOON + BACK_OFF[0]
    getattr(postbox, where).clear()

    assert send_due(NOON) == 0
    assert send_due(NOON + BACK_OFF[0]) == 1
    assert [message["Message-ID"] for message in postbox.received] == [mail.message_id]
    assert settled == [(mail.pk, "sent")]


def test_it_is_given_up_after_eight_attempts_and_an_admin_tries_again(
    owe: Owe, postbox, customer: User, settled
) -> None:
    mail = owe(customer)
    postbox.to_recipients[mail.to] = "421 4.7.0 Too many mails"
    at = NOON
    for _attempt in range(MAX_ATTEMPTS + 2):
        send_due(at)
        at += timedelta(days=1)
    assert state_of(mail) == "failed"
    assert mail.attempts == MAX_ATTEMPTS
    assert settled == [(mail.pk, "failed")]
    postbox.to_recipients.clear()

    assert retry_mail(mail, at=at)
    send_due(at)

    assert state_of(mail) == "sent"


def test_a_crash_between_send_and_mark_repeats_the_same_mail_once(
    owe: Owe, postbox, customer: User
) -> None:
    mail = owe(customer)

    @outcomes.when_settled
    def end(mails: Sequence[Mail]) -> None:
        raise Killed

    with pytest.raises(Killed):
        send_due(NOON)
    outcomes.forget(end)

    assert send_due(NOON) == 0  # still claimed
    assert send_due(AFTER_THE_CLAIM) == 1
    assert send_due(AFTER_THE_CLAIM) == 0
    assert [message["Message-ID"] for message in postbox.received] == [mail.message_id] * 2


def test_a_fault_of_ours_afterwards_sends_nobody_the_mail_again(
    owe: Owe, postbox, customer: User
) -> None:
    mail = owe(customer)

    @outcomes.when_settled
    def break_down(mails: Sequence[Mail]) -> None:
        raise RuntimeError("a fault")

    send_due(NOON)
    outcomes.forget(break_down)

    assert state_of(mail) == "sent"


def test_with_the_server_down_no_mail_loses_an_attempt(
    owe: Owe, postbox, settings, customer: User
) -> None:
    mail = owe(customer)
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1

    assert send_due(NOON) == 0
    settings.EMAIL_PORT = port
    mail.refresh_from_db()
    assert (mail.attempts, mail.state) == (0, "waiting")

    assert send_due(NOON) == 1


def test_a_code_overtakes_the_news(owe: Owe, postbox, customer: User) -> None:
    owe(customer)
    context = {"title": "a code"}
    at = NOON + timedelta(seconds=1)
    owe_mail("new@example.com", key="c", category="", template="tests/news", context=context, at=at)

    send_due(at)

    assert [message["To"] for message in postbox.received] == ["new@example.com", customer.email]


def test_nothing_goes_out_while_mail_is_paused(owe: Owe, postbox, settings, customer: User) -> None:
    settings.MAIL_PAUSED = True
    owe(customer)

    assert send_due(NOON) == 0
    assert postbox.received == []


def test_what_was_hidden_is_not_sent(owe: Owe, postbox, customer: User, advocate: User) -> None:
    hidden, shown = owe(customer, key="post:1"), owe(advocate, key="post:12")

    assert stop_mails("post:1") == 1
    send_due(NOON)

    assert (state_of(hidden), hidden.text) == ("stopped", "")
    assert state_of(shown) == "sent"


def test_the_sweep_sends_what_no_worker_was_woken_for(owe: Owe, postbox, customer: User) -> None:
    owe(customer)

    assert sweep()["notifications.send_mail"] == 1


def test_old_letters_forget_their_words_but_are_never_owed_twice(
    owe: Owe, postbox, customer: User
) -> None:
    mail = owe(customer)
    send_due(NOON)

    sweep(NOON + timedelta(days=31))
    assert owe(customer) == mail
    mail.refresh_from_db()

    assert (mail.text, mail.state) == ("", "sent")


def test_an_admin_tries_given_up_mail_again_and_reads_no_code(
    postbox, customer: User, as_admin: Client
) -> None:
    context = {"title": "code 123456"}
    mail = owe_mail("a@example.com", key="c", category="", template="tests/news", context=context)
    Mail.objects.update(state=Mail.State.FAILED)
    page = reverse("admin:notifications_mail_changelist")

    shown = as_admin.get(reverse("admin:notifications_mail_change", args=[mail.pk])).content
    listed = as_admin.get(page).content
    as_admin.post(page, {"action": "try_again", "_selected_action": [str(mail.pk)]})

    assert b"123456" not in shown + listed
    assert state_of(mail) == "waiting"
