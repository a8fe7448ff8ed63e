"""What is typed on the pages that join ideas, remove votes and record them."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.forms import PlainForm
from community.core.text import BodyField, LineField

from .models import Idea
from .vote_rules import VoteRule, read_network

LONGEST_REASON = 500
MOST_PARTS = 200


class WhyForm(PlainForm):
    """Why: it stands on the idea's page and in the log."""

    reason = BodyField(
        label=gettext_lazy("Reason, in words for everybody"),
        max_length=LONGEST_REASON,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": gettext_lazy("Say why they are removed.")},
    )


class RemovalForm(WhyForm):
    """Why votes are removed; this has to be said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class PartsField(forms.CharField):
    """Several names, divided by commas, spaces or lines; its clean value is a tuple."""

    def to_python(self, value: Any) -> Any:
        """The names in lower case, each once."""
        names = str(value or "").replace(",", " ").lower().split()
        if len(names) > MOST_PARTS:
            raise ValidationError(_("These are more than 200. Do it in several steps."))
        return tuple(dict.fromkeys(names))

    def validate(self, value: Any) -> None:
        """Printable names only."""
        if not all(name.isprintable() for name in value):
            raise ValidationError(_("There is a character in it that no name has."))

    def run_validators(self, value: Any) -> None:
        """Nothing more than that."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, tuple) else value


class RuleForm(PlainForm):
    """Which votes; what is left empty leaves it open."""

    accounts = PartsField(
        label=gettext_lazy("Accounts"),
        help_text=gettext_lazy("Usernames, divided by commas."),
        required=False,
    )
    networks = PartsField(
        label=gettext_lazy("Networks"),
        help_text=gettext_lazy(
            "203.0.113.0/24 or 2001:db8:7::/48; a single address means its network."
        ),
        required=False,
    )
    mail_domains = PartsField(
        label=gettext_lazy("Mail domains"),
        help_text=gettext_lazy("What stands behind the @: mailbox.example"),
        required=False,
    )
    since = forms.DateTimeField(
        label=gettext_lazy("Cast from"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
    )
    until = forms.DateTimeField(
        label=gettext_lazy("Until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "step": "1"}),
    )
    everywhere = forms.BooleanField(
        label=gettext_lazy("Of all ideas, not only this one"), required=False
    )

    def clean_networks(self) -> tuple[str, ...]:
        """Each has to be one."""
        for text in self.cleaned_data["networks"]:
            try:
                read_network(text)
            except ValueError as fault:
                said = _("“%(text)s” is no network. Write 203.0.113.0/24 or 2001:db8:7::/48.")
                raise ValidationError(said % {"text": text[:60]}) from fault
        networks: tuple[str, ...] = self.cleaned_data["networks"]
        return networks

    def clean_mail_domains(self) -> tuple[str, ...]:
        """Without what stands before the @."""
        return tuple(name.rpartition("@")[2] for name in self.cleaned_data["mail_domains"])

    def clean(self) -> dict[str, Any]:
        """A rule names something, and its time does not end before it begins."""
        cleaned = super().clean() or self.cleaned_data
        since, until = cleaned.get("since"), cleaned.get("until")
        if since and until and until <= since:
            self.add_error("until", _("This has to be later than the beginning."))
        if not self.errors and self.rule.is_empty:
            raise ValidationError(_("Say at least one thing that these votes have in common."))
        return cleaned

    @property
    def rule(self) -> VoteRule:
        """What was typed, as a rule."""
        names = ("accounts", "networks", "mail_domains", "since", "until")
        return VoteRule(**{name: self.cleaned_data[name] for name in names})


class RecordForm(PlainForm):
    """A customer's wish, as staff heard it."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail address of the customer"),
        help_text=gettext_lazy(
            "They get one mail that says so, with a link that removes the vote."
        ),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        error_messages={"required": gettext_lazy("Enter the customer’s e-mail address.")},
    )
    note = LineField(
        label=gettext_lazy("Where you heard it"),
        help_text=gettext_lazy("At the counter in Anchorage, on the phone. The customer reads it."),
        max_length=200,
        error_messages={"required": gettext_lazy("Say where you heard it.")},
    )
    on = forms.DateField(
        label=gettext_lazy("When"),
        initial=timezone.localdate,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": gettext_lazy("Say on which day you heard it.")},
    )

    def __init__(self, *args: Any, idea: Idea, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.idea = idea

    def clean_on(self) -> Any:
        """Between the posting of the idea and today."""
        on = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        if on < timezone.localdate(self.idea.created_at):
            raise ValidationError(_("The idea had not been posted then. Choose a later day."))
        return on

    @property
    def voted_at(self) -> datetime:
        """Noon of that day, or the time of posting where that is later; of today this moment."""
        on = self.cleaned_data["on"]
        if on == timezone.localdate():
            return timezone.now()
        noon = timezone.make_aware(datetime.combine(on, time(12)))
        return max(noon, self.idea.created_at)
