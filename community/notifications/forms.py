"""What people choose: mail by category, and how closely they follow something."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from community.core.forms import PlainForm
from community.core.kinds import BIGGEST_KEY
from community.people.models import User
from community.people.permissions import answers_cases

from .models import Category, Preference, Watch


class PreferencesForm(PlainForm):
    """One check box for each category of mail the member can get."""

    def __init__(self, member: User, data: Any = None) -> None:
        super().__init__(data)
        self.member = member
        refused = Preference.objects.filter(user=member, by_mail=False)
        off = set(refused.values_list("category", flat=True))
        for category in Category:
            if category != Category.REVIEW or answers_cases(member):
                self.fields[category.value] = forms.BooleanField(
                    label=category.label, required=False, initial=category.value not in off
                )

    def choices(self) -> dict[str, bool]:
        """By category, whether its mail is wanted."""
        return {name: bool(wanted) for name, wanted in self.cleaned_data.items()}


class WatchForm(PlainForm):
    """What to follow, and how closely."""

    kind = forms.CharField(max_length=30, widget=forms.HiddenInput)
    id = forms.IntegerField(min_value=1, max_value=BIGGEST_KEY, widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label=_("Tell me of"), choices=Watch.Level.choices, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        """Everything, unless said otherwise: a link to the page needs no level."""
        is_silent = data is not None and not data.get("level")
        super().__init__({**data.dict(), "level": Watch.Level.ALL} if is_silent else data, **kwargs)
