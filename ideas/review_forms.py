"""The shape of what reviewers type."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.core.forms import PlainForm
from community.core.text import BodyField
from community.core.wording import grouped_number
from community.people.models import Store

from .models import Audience, CannedReason, Decision
from .statuses import NEEDS_DATE, Verdict
from .verdict_words import MEANING


class DecisionForm(PlainForm):
    """A decision with its reason; a date and stores where the decision needs them."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=Verdict.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    reason = BodyField(
        label=_("Why, in public words"),
        help_text=_("Everyone who voted reads it. Say what tipped it, and what happens next."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Say why, in words for everybody who voted.")},
    )
    date = forms.DateField(
        label=_("Date"),
        required=False,
        help_text=_("When it will be done, when the trial ends, or when you look at it again."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    stores = forms.ModelMultipleChoiceField(
        label=_("Stores of the trial"),
        queryset=Store.objects.all(),
        required=False,
        help_text=_("Only for “Try it in some stores”. Hold Ctrl or ⌘ to choose several."),
        widget=forms.SelectMultiple(attrs={"size": 6}),
    )
    provenance = forms.ChoiceField(
        label=_("How it comes to be done"),
        choices=Decision.Provenance.choices,
        required=False,
        help_text=_("Counted on the public numbers page, so that nobody boasts."),
    )
    cost = forms.IntegerField(
        label=_("What it costs"),
        required=False,
        min_value=0,
        max_value=2_000_000_000,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    canned = forms.ModelChoiceField(
        label=_("Begin from a reason kept ready"),
        queryset=CannedReason.objects.filter(is_active=True),
        required=False,
        empty_label=_("None"),
    )

    def __init__(
        self,
        *args: Any,
        sign_off_above: int | None = None,
        may_answer: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if not may_answer:
            decides = [pair for pair in Verdict.choices if pair[0] != Verdict.ANSWERED]
            self.fields["decision"].choices = decides  # type: ignore[attr-defined]
        meaning = {verdict.value: words for verdict, words in MEANING.items()}
        self.fields["decision"].choice_hints = meaning  # type: ignore[attr-defined]
        canned = canned_by_verdict()
        self.has_canned = bool(canned)
        self.fields["canned"].choices = [("", _("None")), *canned]  # type: ignore[attr-defined]
        words = str(_("In whole units of your currency."))
        if sign_off_above is not None:
            line = _("Above %(sum)s a second person signs it off. Empty says: no more than that.")
            words = line % {"sum": grouped_number(sign_off_above)}
        self.fields["cost"].help_text = words

    def clean_provenance(self) -> str:
        return self.cleaned_data["provenance"] or Decision.Provenance.ASKED

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        verdict, day = given.get("decision"), given.get("date")
        if verdict in NEEDS_DATE and "date" not in self.errors:
            self._check_day(day)
        if verdict == Verdict.PILOT and not given.get("stores") and "stores" not in self.errors:
            self.add_error("stores", _("Choose the stores in which you try it."))
        return given

    def _check_day(self, day: dt.date | None) -> None:
        if day is None:
            self.add_error("date", _("This decision needs a date."))
        elif day <= timezone.localdate():
            self.add_error("date", _("Give a day that is still to come."))
        elif day.year > timezone.localdate().year + 10:
            self.add_error("date", _("Give a day within ten years."))


def canned_by_verdict() -> list[tuple[str, list[tuple[int, str]]]]:
    """The reasons kept ready, in groups by the decision they are for."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for reason in CannedReason.objects.filter(is_active=True):
        groups.setdefault(reason.get_verdict_display(), []).append((reason.pk, reason.title))
    return list(groups.items())


class NoteForm(PlainForm):
    """What became of a promise, in public words."""

    note = BodyField(
        label=_("What customers should know"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class ReopenForm(PlainForm):
    """Why a decision has to be looked at again, in public words."""

    reason = BodyField(
        label=_("Why it has to be looked at again"),
        help_text=_("Customers read it on the idea’s page."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Say why it has to be looked at again.")},
    )


class CloseForm(PlainForm):
    """Which audience's period ends now."""

    audience = forms.ModelChoiceField(
        label=_("Digest"), queryset=Audience.objects.order_by("name"), to_field_name="slug"
    )
