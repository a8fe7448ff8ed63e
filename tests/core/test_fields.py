"""A field is shown whole: label, hint, error and control know each other."""

from django import forms
from django.template import Context, Template


class Sample(forms.Form):
    title = forms.CharField(label="Title", help_text="One line.", max_length=20)
    colour = forms.ChoiceField(choices=[("r", "Red"), ("g", "Green")], widget=forms.RadioSelect)
    tags = forms.CharField(required=False)
    agreed = forms.BooleanField(label="I agree")


def render(source: str, form: forms.Form) -> str:
    return Template("{% load heard %}" + source).render(Context({"form": form}))


def test_the_hint_describes_the_control():
    html = render("{% field form.title %}", Sample())

    assert '<label for="id_title">Title</label>' in html
    assert 'aria-describedby="id_title-hint"' in html
    assert '<p class="hint" id="id_title-hint">One line.</p>' in html


def test_the_error_describes_the_control_too_and_says_so_to_screen_readers():
    html = render("{% field form.title %}", Sample({"title": ""}))

    assert 'aria-describedby="id_title-hint id_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert '<span class="visually-hidden">Error: </span>This field is required.' in html


def test_choices_stand_in_a_group_with_a_legend():
    html = render("{% field form.colour %}", Sample())

    assert "<legend>Colour</legend>" in html
    assert '<label for="id_colour_1">Green</label>' in html


def test_a_choice_may_carry_a_hint():
    form = Sample()
    form.fields["colour"].choice_hints = {"r": "Like the awning"}

    assert '<span class="hint">Like the awning</span>' in render("{% field form.colour %}", form)


def test_what_may_stay_empty_says_so():
    assert "(optional)" in render("{% field form.tags %}", Sample())


def test_a_counted_field_gets_a_counter():
    html = render("{% field form.title counted=True %}", Sample())

    assert '<char-count class="hint" data-max="20"' in html


def test_the_summary_leads_to_each_fault():
    html = render("{% error_summary form %}", Sample({"title": "", "agreed": "on"}))

    assert '<a href="#id_title">Title: This field is required.</a>' in html
    assert '<a href="#id_colour_0">Colour: This field is required.</a>' in html
    assert 'role="alert"' in html


def test_the_summary_tells_what_is_wrong_with_the_whole():
    form = Sample({"title": "a", "colour": "r", "agreed": "on"})
    form.add_error(None, "You have posted ten ideas today.")

    assert "<li>You have posted ten ideas today.</li>" in render("{% error_summary form %}", form)


def test_a_good_form_has_no_summary():
    assert render("{% error_summary form %}", Sample()).strip() == ""


def test_a_label_that_asks_keeps_its_mark_in_the_summary():
    form = Sample({"agreed": "on"})
    form.fields["title"].label = "What is it?"

    assert ">What is it? This field is required.</a>" in render("{% error_summary form %}", form)
