"""Our controls are Django's, made in less time; what was typed stands in them as text."""

import pytest
from django import forms

from community.core.widgets import Radios, TextArea

TYPED = ["", "Wi-fi, please", "</textarea><script>alert('1')</script> & \"more\"", "\nfirst", None]
CHOICES = [("", "Neither"), ("for", "For it"), ('"><b>', "<b>Hostile</b>")]


class OursForm(forms.Form):
    body = forms.CharField(widget=TextArea(attrs={"rows": 5, "data-x": '"<&'}), max_length=200)
    side = forms.ChoiceField(widget=Radios, choices=CHOICES, required=False)


class DjangosForm(forms.Form):
    body = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 5, "data-x": '"<&'}), max_length=200
    )
    side = forms.ChoiceField(widget=forms.RadioSelect, choices=CHOICES, required=False)


def controls(form: forms.Form) -> list[str]:
    choices = form["side"].subwidgets
    return [str(form["body"]), *(choice.tag() for choice in choices), str(form["side"])]


@pytest.mark.parametrize("typed", TYPED)
@pytest.mark.parametrize("side", ["", "for", '"><b>', "no such side"])
@pytest.mark.parametrize("is_sent", [False, True])
def test_each_control_is_the_one_that_django_makes(typed, side, is_sent):
    values = {"body": typed, "side": side}
    given = {"data": values} if is_sent else {"initial": values}

    ours, djangos = controls(OursForm(**given)), controls(DjangosForm(**given))

    assert [each.strip() for each in ours] == [each.strip() for each in djangos]
