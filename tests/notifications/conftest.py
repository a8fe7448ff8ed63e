"""A real mail server of the tests' own, which can be told to refuse; and one small letter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from community.notifications.actions import owe_mail
from community.notifications.models import Category, Mail
from community.people.models import User
from tests.make import NOON
from tests.services import free_port

LETTERS = Path(__file__).parent / "letters"


class Postbox:
    """Takes mail over SMTP and keeps it; answers as told to recipients and to messages."""

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.connections = 0
        self.to_recipients: dict[str, str] = {}
        self.to_messages: dict[str, str] = {}

    async def handle_EHLO(  # noqa: N802  aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, answers: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return answers

    async def handle_RCPT(  # noqa: N802
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        if address in self.to_recipients:
            return self.to_recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        (recipient,) = envelope.rcpt_tos
        if recipient in self.to_messages:
            return self.to_messages[recipient]
        assert isinstance(envelope.content, bytes)
        self.received.append(message_from_bytes(envelope.content))
        return "250 OK"

    def to(self, address: str) -> list[Message]:
        """What this mailbox got."""
        return [message for message in self.received if message["To"] == address]


@pytest.fixture
def postbox(settings: Any) -> Iterator[Postbox]:
    """A running mail server, to which the product sends."""
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = controller.port
    yield box
    controller.stop()


@pytest.fixture(autouse=True)
def letters(settings: Any) -> None:
    """The templates of this folder's letters, before the product's own."""
    frames = settings.TEMPLATES
    settings.TEMPLATES = [{**frames[0], "DIRS": [LETTERS, *frames[0]["DIRS"]]}]


@pytest.fixture
def owe(db: None) -> Callable[..., Mail]:
    """Owes one mail of news to a member, at noon."""

    def owe_news(to: User, *, key: str = "news:1", category: str = Category.DECISIONS) -> Mail:
        context = {"title": "wi-fi <3"}
        key = f"{key}:{to.pk}"
        return owe_mail(
            to, key=key, category=category, template="tests/news", context=context, at=NOON
        )

    return owe_news
