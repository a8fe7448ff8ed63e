"""How allauth behaves here: its mail goes through our outbox, names never come from addresses."""

from __future__ import annotations

import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from .codes import new_code
from .letters import post_letter
from .usernames import random_username


class AccountAdapter(DefaultAccountAdapter):
    """allauth's choices that are ours to make."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This address and this password do not belong together."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("That is not the code."),
        "enter_current_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Wait some minutes, or sign in by a code."),
        "same_as_current": _("This is your address already."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """There is one door: community.people.door."""
        return False

    def generate_unique_username(self, txts: list[str | None], regex: str | None = None) -> str:
        """Never from the address or anything else that was typed."""
        return random_username()

    def populate_username(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """The same, where allauth fills it in."""
        user.username = user.username or random_username()  # type: ignore[attr-defined]

    def generate_email_verification_code(self) -> str:
        """Codes look the same everywhere."""
        return new_code()

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Owe the mail instead of sending it: no page waits for a mail server, for any address."""
        post_letter(
            email,
            key=f"account:{secrets.token_hex(16)}",
            template=template_prefix,
            context={**context, "email": email},
        )
