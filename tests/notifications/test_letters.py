"""A mail is readable everywhere, says who sends it and why, and can be stopped with one click."""

from __future__ import annotations

from collections.abc import Callable
from email.message import Message

import pytest

from community.notifications.actions import owe_mail, owe_mails, send_due
from community.notifications.colours import colours_of
from community.notifications.models import Category, Mail
from community.people.models import User
from tests import make
from tests.make import NOON

Owe = Callable[..., Mail]


def part(message: Message, kind: str) -> str:
    """The text of one part, decoded."""
    for each in message.walk():
        if each.get_content_type() == kind:
            payload = each.get_payload(decode=True)
            assert isinstance(payload, bytes)
            return payload.decode()
    raise AssertionError(f"no {kind}")


def test_it_is_text_and_html_for_one_recipient(owe: Owe, postbox, customer: User) -> None:
    mail = owe(customer)

    send_due(NOON)

    (message,) = postbox.received
    assert message["To"] == "customer@example.com"
    assert message["Message-ID"] == mail.message_id
    assert message["Subject"] == "News of wi-fi <3"
    assert message["Auto-Submitted"] == "auto-generated"
    assert "wi-fi <3 & more." in part(message, "text/plain")
    html = part(message, "text/html")
    assert "wi-fi &lt;3" in html
    assert f"background: {colours_of(255).accent}" in html  # inlined
    assert "prefers-color-scheme: dark" in html


def test_news_can_be_stopped_by_mail_programs(owe: Owe, postbox, customer: User) -> None:
    owe(customer)

    send_due(NOON)

    (message,) = postbox.received
    address = message["List-Unsubscribe"].strip().strip("<>")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address in part(message, "text/plain")
    assert address in part(message, "text/html")


def test_a_code_cannot_be_stopped(db: None, postbox) -> None:
    context = {"title": "a code"}
    owe_mail("a@example.com", key="c", category="", template="tests/news", context=context, at=NOON)

    send_due(NOON)

    (message,) = postbox.received
    assert message["List-Unsubscribe"] is None
    assert "/unsubscribe/" not in part(message, "text/html")


def test_many_get_the_same_letter_each_with_their_own_link(
    db: None, django_assert_max_num_queries
) -> None:
    people = make.members(500)
    with django_assert_max_num_queries(12):  # SQLite takes 999 values a statement
        mails = owe_mails(
            people,
            key="decision:1",
            category=Category.DECISIONS,
            template="tests/news",
            context={"title": "wi-fi"},
            at=NOON,
        )

    assert set(mails) == {person.pk for person in people}
    assert len(set(Mail.objects.values_list("text", flat=True))) == 500
    assert len(set(Mail.objects.values_list("message_id", flat=True))) == 500


def test_owing_again_is_nothing(owe: Owe, customer: User) -> None:
    first = owe(customer)

    assert owe(customer) == first
    assert Mail.objects.count() == 1


def test_news_needs_a_member(db: None) -> None:
    with pytest.raises(ValueError, match="members"):
        owe_mail("x@example.com", key="k", category="replies", template="tests/news", context={})
