"""What members report, and what moderators say when they act."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.core.forms import PlainForm
from community.core.kinds import BIGGEST_KEY
from community.core.text import BodyField

from .models import Report

LONGEST_REASON = 500
USUAL_DAYS = 7


class ReportForm(PlainForm):
    """What is wrong with it, in the reporter's choice and words."""

    kind = forms.CharField(max_length=30, widget=forms.HiddenInput)
    id = forms.IntegerField(min_value=1, max_value=BIGGEST_KEY, widget=forms.HiddenInput)
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=Report.Reason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what is wrong with it.")},
    )
    note = BodyField(
        label=_("Anything a moderator should know"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(PlainForm):
    """Why: the author reads it, and it stays in the log."""

    reason = BodyField(
        label=_("Reason, in words for the author"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why.")},
    )


class PublicReasonForm(ReasonForm):
    """Why: everybody reads it, where the thing stands and in the log."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Reason, in words for everybody")


def in_a_week() -> str:
    """The day that a suspension usually ends."""
    return (timezone.localdate() + timedelta(days=USUAL_DAYS)).isoformat()


class ActForm(ReasonForm):
    """A moderator's act, chosen by its button: keep and publish need no reason, suspend a day."""

    ACTS: tuple[str, ...] = ("keep", "publish", "hide", "warn", "suspend")
    NEEDS_NO_REASON: tuple[str, ...] = ("keep", "publish")

    act = forms.CharField(required=False, widget=forms.HiddenInput)
    until = forms.DateField(
        label=_("Suspend until"),
        initial=in_a_week,
        error_messages={"required": _("Say until which day.")},
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        act = self.data.get("act", "suspend")
        self.fields["reason"].required = act not in self.NEEDS_NO_REASON
        self.fields["until"].required = act == "suspend"

    def clean_act(self) -> str:
        """One of the acts there are."""
        act = str(self.cleaned_data["act"])
        if act not in self.ACTS:
            raise forms.ValidationError(_("Choose what to do."))
        return act

    def clean(self) -> dict[str, Any]:
        """A suspension ends on a day to come."""
        cleaned = super().clean() or self.cleaned_data
        until = cleaned.get("until")
        if cleaned.get("act") == "suspend" and until and until <= timezone.localdate():
            self.add_error("until", _("A suspension has to end on a day to come."))
        return cleaned

    @property
    def ends_at(self) -> datetime:
        """The beginning of the day on which the member may write again."""
        day = self.cleaned_data["until"]
        return timezone.make_aware(datetime(day.year, day.month, day.day))  # noqa: DTZ001


class SanctionForm(ActForm):
    """What is done about a person."""

    ACTS = ("warn", "suspend", "lift", "name")
    NEEDS_NO_REASON = ()
