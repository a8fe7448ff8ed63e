"""The shape of what is typed in the work on a case: who, by when, a score, a note, a moment."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from community.core.forms import PlainForm
from community.core.text import BodyField, LineField
from community.people.models import Department, RoleGrant, User
from community.people.permissions import EXECUTIVES, REVIEWERS

from .models import DepartmentNote, Escalation, SignOff

FURTHEST = dt.timedelta(days=366)
MARKS = [(mark, str(mark)) for mark in range(1, 6)]


def reviewing_people(case: Escalation) -> QuerySet[User]:
    """Who may be given a case or asked for a score: the reviewers, by name."""
    now = timezone.now()
    free = Q(suspended_until=None) | Q(suspended_until__lte=now)
    people = User.objects.filter(free, is_active=True, groups__name__in=[REVIEWERS, EXECUTIVES])
    return people.distinct().order_by("display_name", "pk")


class PersonChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One person, by the name that others see."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class PeopleChoiceField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Several people, by the names that others see."""

    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name)


class AssignForm(PlainForm):
    """Who takes the case."""

    person = PersonChoiceField(
        label=_("Who takes it"),
        queryset=User.objects.none(),
        empty_label=_("Choose somebody"),
        error_messages={"required": _("Choose who takes it.")},
    )

    def __init__(self, *args: Any, case: Escalation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = reviewing_people(case)
        self.fields["person"].queryset = people.exclude(pk=case.taken_by_id or 0)  # type: ignore[attr-defined]


class AskScoresForm(PlainForm):
    """Whose view is asked for."""

    people = PeopleChoiceField(
        label=_("Whose view do you want?"),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Each scores alone. Nobody sees a score before all have given theirs."),
        error_messages={"required": _("Choose at least one person.")},
    )

    def __init__(self, *args: Any, case: Escalation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = case.scores.values("by")
        self.fields["people"].queryset = reviewing_people(case).exclude(pk__in=asked)  # type: ignore[attr-defined]


class ScoreForm(PlainForm):
    """One person's view, from 1 to 5 twice."""

    impact = forms.TypedChoiceField(
        label=_("Impact"),
        help_text=_("1: few would notice. 5: customers would talk about it."),
        error_messages={"required": _("Choose a number from 1 to 5.")},
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
    )
    feasibility = forms.TypedChoiceField(
        label=_("Feasibility"),
        help_text=_("1: years, or not at all. 5: next month."),
        error_messages={"required": _("Choose a number from 1 to 5.")},
        choices=MARKS,
        coerce=int,
        widget=forms.RadioSelect,
    )


class AskDepartmentForm(PlainForm):
    """Which department is asked what, and by when it answers."""

    department = forms.ModelChoiceField(
        label=_("Department"),
        queryset=Department.objects.none(),
        empty_label=_("Choose a department"),
        help_text=_("Those that have an owner to ask."),
        error_messages={"required": _("Choose a department.")},
    )
    question = BodyField(
        label=_("What do you want to know?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write your question.")},
    )
    due_on = forms.DateField(
        label=_("Answer by"),
        help_text=_("Its owners are reminded the day before, and on the day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("Say by which day.")},
    )

    def __init__(self, *args: Any, case: Escalation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        granted = RoleGrant.objects.filter(role=RoleGrant.Role.OWNER, kind="department")
        owned = Q(owner__isnull=False) | Q(pk__in=granted.values("object_id"))
        asked = DepartmentNote.objects.filter(escalation=case).values("department")
        self.fields["department"].queryset = Department.objects.filter(owned).exclude(pk__in=asked)  # type: ignore[attr-defined]
        self.today = case.rule.audience.today(timezone.now())

    def clean_due_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["due_on"]
        if day < self.today:
            raise forms.ValidationError(_("Give today, or a day that is still to come."))
        if day > self.today + FURTHEST:
            raise forms.ValidationError(_("Give a day within a year."))
        return day


class DepartmentAnswerForm(PlainForm):
    """What a department says to a case."""

    note = BodyField(
        label=_("Your answer"),
        help_text=_("What it would take, and what speaks against it. Only reviewers read it."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your answer.")},
    )
    cost = LineField(
        label=_("What it costs"),
        required=False,
        max_length=120,
        help_text=_("“40,000 once and 300 a store each month”"),
    )
    benefit = LineField(
        label=_("What it brings"),
        required=False,
        max_length=120,
        help_text=_("“Fewer people walk out to compare prices”"),
    )


class SignOffForm(PlainForm):
    """A second person's word."""

    answer = forms.ChoiceField(choices=SignOff.Answer.choices, widget=forms.HiddenInput)
    note = BodyField(
        label=_("What should change?"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        returns = given.get("answer") == SignOff.Answer.REFUSED
        if returns and "note" not in self.errors and not given.get("note", "").strip():
            self.add_error("note", _("Say what should change: its writer reads it."))
        return given


class ScheduleForm(PlainForm):
    """The moment at which a decision publishes itself, in the audience's own time."""

    publish_at = forms.DateTimeField(
        label=_("Publish by itself on"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"required": _("Say on which day and at what time.")},
    )

    def __init__(self, *args: Any, zone: dt.tzinfo, last: dt.date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone, self.last = zone, last
        self.fields["publish_at"].help_text = _("In the time of %(zone)s.") % {"zone": zone}

    def clean_publish_at(self) -> dt.datetime:
        given: dt.datetime = self.cleaned_data["publish_at"]
        moment = given.replace(tzinfo=self.zone)
        now = timezone.now()
        if moment <= now:
            raise forms.ValidationError(_("Give a moment that is still to come."))
        if moment > now + FURTHEST:
            raise forms.ValidationError(_("Give a moment within a year."))
        if self.last is not None and moment.date() >= self.last:
            raise forms.ValidationError(_("Its own date would have come by then."))
        return moment
