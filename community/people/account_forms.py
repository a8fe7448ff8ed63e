"""allauth's forms in our words: one label a field, one sentence of help, nothing said twice."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as theirs
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from community.core.forms import PlainForm

LABELS: dict[str, str | Promise] = {
    "email": _("Your e-mail address"),
    "password": _("Your password"),
    "oldpassword": _("Your password now"),
    "password1": _("Your new password"),
    "password2": _("The new password once more"),
    "code": _("Code from the mail"),
}
HINTS: dict[str, str | Promise] = {
    "password1": _("At least 8 characters, not only digits, and none that many people use."),
}


ASKED: dict[str, str | Promise] = {
    "email": _("Enter your e-mail address."),
    "password": _("Enter your password."),
    "oldpassword": _("Enter the password you have now."),
    "password1": _("Choose a new password."),
    "password2": _("Enter the new password once more."),
    "code": _("Enter the code from the mail."),
}


class OurWords(PlainForm):
    """What the forms below share."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name, field in fields.items():
            field.label = LABELS.get(name, field.label)
            field.help_text = HINTS.get(name, "")
            field.error_messages["required"] = ASKED[name]
            field.widget.attrs.pop("placeholder", None)


class NewAddressForm(OurWords, theirs.AddEmailForm):  # type: ignore[misc]
    """Another address in place of the old one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Your new e-mail address")
        self.fields["email"].widget.attrs["autocomplete"] = "email"


class ChangePasswordForm(OurWords, theirs.ChangePasswordForm):  # type: ignore[misc]
    """A new password, after the one there is."""


class SetPasswordForm(OurWords, theirs.SetPasswordForm):  # type: ignore[misc]
    """A first password."""


class ForgottenForm(OurWords, theirs.ResetPasswordForm):  # type: ignore[misc]
    """Where the link to a new password goes."""


class FromLinkForm(OurWords, theirs.ResetPasswordKeyForm):  # type: ignore[misc]
    """A new password, by the mailed link."""


class ReauthenticateForm(OurWords, theirs.ReauthenticateForm):  # type: ignore[misc]
    """The password, before something important."""


class AddressCodeForm(OurWords, theirs.ConfirmEmailVerificationCodeForm):  # type: ignore[misc]
    """The code that was mailed to a new address."""
