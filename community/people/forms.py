"""Forms of the door (an address, a code, a password) and of one's own page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from zoneinfo import available_timezones

from allauth.account.forms import LoginForm
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from community.core.forms import PlainForm
from community.core.text import TextField

from .models import User
from .names import clean_display_name, clean_username

NOT_DIGITS = re.compile(r"[\s\-\u2010-\u2015\u00a0]+")


class EmailForm(PlainForm):
    """One field: where the code goes."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        help_text=_("No other member ever sees it."),
        widget=forms.EmailInput(attrs={"autocomplete": "email", "autofocus": True}),
        error_messages={
            "required": _("Please enter your e-mail address."),
            "invalid": _("Please enter an e-mail address, as name@example.com."),
        },
    )

    def clean_email(self) -> str:
        """Addresses are kept in lower case."""
        return str(self.cleaned_data["email"]).lower()


class CodeForm(PlainForm):
    """One field: the six digits, as typed or pasted, with spaces or without."""

    code = TextField(
        label=_("Code from the mail"),
        max_length=20,
        widget=forms.TextInput(
            attrs={
                "class": "code",
                "inputmode": "numeric",
                "autocomplete": "one-time-code",
                "autofocus": True,
            }
        ),
        error_messages={"required": _("Please enter the six digits from the mail.")},
    )

    def clean_code(self) -> str:
        """The digits alone."""
        code = NOT_DIGITS.sub("", str(self.cleaned_data["code"]))
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError(_("The code has six digits."))
        return code


class PasswordForm(PlainForm, LoginForm):  # type: ignore[misc]
    """Sign-in by address and password, through allauth so that its limits apply.

    allauth drops the password where signing up asks for none; here it is the second way in.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("remember", None)
        self.fields["login"].label = _("E-mail address")
        self.fields["login"].widget.attrs.pop("placeholder", None)
        self.fields["password"].widget.attrs.pop("placeholder", None)
        self.fields["password"].help_text = ""
        asked = {
            "login": _("Enter your e-mail address."),
            "password": _("Enter your password."),
        }
        for name, words in asked.items():
            self.fields[name].error_messages["required"] = words

    def _setup_password_field(self) -> None:
        """Keep the field."""


class NamesForm(PlainForm):
    """What others see of a member."""

    display_name = TextField(
        label=_("Name others see"),
        max_length=120,
        required=False,
        help_text=_("Your own or one you like. Empty: your username is shown."),
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )
    username = TextField(
        label=_("Username"),
        max_length=60,
        help_text=_("For @mentions and the address of your page. Old addresses stop working."),
        error_messages={"required": _("Choose a username.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, member: User, **kwargs: Any) -> None:
        names = ("display_name", "username", "time_zone")
        kwargs.setdefault("initial", {name: getattr(member, name) for name in names})
        super().__init__(*args, **kwargs)
        self.member = member
        zones = sorted({*available_timezones(), member.time_zone})
        self.fields["time_zone"] = forms.ChoiceField(
            label=_("Time zone"), choices=[(zone, zone.replace("_", " ")) for zone in zones]
        )

    def clean_display_name(self) -> str:
        """A name that is free of tricks; the one borne already may be kept."""
        return self._kept_or(clean_display_name, "display_name")

    def clean_username(self) -> str:
        """A username that nobody else has; the one borne already may be kept."""
        username = self._kept_or(clean_username, "username")
        if User.objects.named(username).exclude(pk=self.member.pk).exists():
            raise ValidationError(_("Somebody has this username. Please choose another."))
        return username

    def _kept_or(self, clean: Callable[[str], str], name: str) -> str:
        typed = str(self.cleaned_data[name])
        borne: str = getattr(self.member, name)
        return borne if typed == borne else clean(typed)
