"""The shape of what is typed in the forum."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.forms import PlainForm
from community.core.text import BodyField, LineField, clean_line
from community.core.widgets import Radios, TextArea
from community.people.models import EmployeeRecord
from community.people.readers import Reader
from community.voices.actions import brand_voice

from .actions import MAX_TAGS
from .models import Board

TAG_LENGTH = 30
AS_STAFF = "staff"
AS_MYSELF = "myself"


def tags(text: str) -> list[str]:
    """The tags in a line, divided by commas, each once whatever its case.

    Raises ValidationError where there are more than five, or one is too long.
    """
    names = [clean_line(name) for name in text.split(",")]
    found = list({name.lower(): name for name in names if name}.values())
    if len(found) > MAX_TAGS:
        raise ValidationError(_("Five tags at most, please."))
    if any(len(name) > TAG_LENGTH for name in found):
        raise ValidationError(
            _("A tag has %(length)d characters at most.") % {"length": TAG_LENGTH}
        )
    return found


class TagsField(forms.CharField):
    """Tags divided by commas; its clean value is the list of them."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Tags"))
        kwargs.setdefault("help_text", gettext_lazy("Up to five, divided by commas: wi-fi, phone"))
        super().__init__(required=False, max_length=200, **kwargs)

    def clean(self, value: Any) -> Any:
        return tags(super().clean(value))


def looks_for_similar(form_id: str, address: str) -> dict[str, str]:
    """Attributes of a title that stands above its form: what is similar is shown between the two,
    half a second after a key, again when the text has been written, and at once for a title that
    was carried along.
    """
    return {
        "form": form_id,
        "hx-post": address,
        "hx-include": f"#{form_id}",
        "hx-target": "#similar",
        "hx-sync": "this:replace",
        "hx-trigger": "load, input changed delay:500ms, change from:#id_body",
    }


class PostForm(PlainForm):
    """A reply or a comment: one text."""

    body = BodyField(
        label=gettext_lazy("Your reply"),
        error_messages={"required": gettext_lazy("Write something first.")},
        widget=TextArea(attrs={"rows": 5}),
    )


class VoiceField(forms.ChoiceField):
    """In whose name; who does not choose speaks for themselves."""

    def clean(self, value: Any) -> Any:
        return super().clean(value or AS_MYSELF)


class ReplyForm(PostForm):
    """A reply; an employee chooses in whose name, and starts from their own."""

    voice = VoiceField(label=gettext_lazy("Answer as"), widget=Radios, initial=AS_MYSELF)

    def __init__(
        self, *args: Any, reader: Reader, employee: EmployeeRecord | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if employee is None:
            del self.fields["voice"]
            return
        byline = brand_voice().byline(employee)
        field = self.fields["voice"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(AS_MYSELF, _("Myself: %(name)s") % {"name": reader}), (AS_STAFF, byline)]
        field.choice_hints = {  # type: ignore[attr-defined]
            AS_STAFF: _("An official answer. Your own name stays beside it.")
        }

    @property
    def as_staff(self) -> bool:
        """Whether it is to stand under the company's voice. Only an employee's form asks."""
        return self.cleaned_data.get("voice") == AS_STAFF


class EditForm(PostForm):
    """A text changed by its writer."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label = _("Text")


class TitleField(LineField):
    """A question's title."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", gettext_lazy("Your question in one line"))
        said = {
            "required": gettext_lazy("Say your question in one line."),
            "min_length": gettext_lazy("Write a title of at least 10 characters."),
        }
        kwargs.setdefault("error_messages", said)
        super().__init__(min_length=10, max_length=120, **kwargs)


class EditTopicForm(EditForm):
    """The opening post of a topic, with its title."""

    title = TitleField()
    field_order = ["title", "body"]


class BoardChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A board by its slug."""

    def label_from_instance(self, board: Any) -> str:
        return str(board.name)


class AskForm(PostForm):
    """A new question."""

    title = TitleField(
        help_text=gettext_lazy("For example: Does the X200 soundbar work with a 2014 TV?"),
    )
    board = BoardChoice(
        label=gettext_lazy("Board"),
        queryset=Board.objects.none(),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose where it belongs"),
        error_messages={"required": gettext_lazy("Choose a board.")},
    )
    tags = TagsField()
    field_order = ["title", "body", "board", "tags"]

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        board = self.fields["board"]
        assert isinstance(board, forms.ModelChoiceField)
        board.queryset = Board.objects.visible_to(reader).of_questions()
        self.fields["title"].widget.attrs |= looks_for_similar("ask", "/forum/ask/similar/")
        body = self.fields["body"]
        body.label = _("What do you want to know?")
        body.error_messages["required"] = _("Say what you want to know.")
        body.help_text = _(
            "What you have, what you tried, what happened. No order or phone numbers: everybody "
            "can read this, and %(company)s never asks for them here."
        ) % {"company": settings.BRAND_COMPANY}
        body.widget.attrs["rows"] = 8
