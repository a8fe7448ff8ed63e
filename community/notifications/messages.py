"""A mail row as the message that goes over the line."""

from __future__ import annotations

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from .models import Mail
from .tokens import token_for, unsubscribe_path


def message_of(mail: Mail, line: BaseEmailBackend) -> EmailMultiAlternatives:
    """The message: one recipient, its stored Message-ID, and one-click unsubscribing (RFC 8058)."""
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated"}
    if mail.category and mail.user_id is not None:
        path = unsubscribe_path(token_for(mail.user_id, mail.category))
        headers["List-Unsubscribe"] = f"<{settings.SITE_URL}{path}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.to], headers=headers, connection=line
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
