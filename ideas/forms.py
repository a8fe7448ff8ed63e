"""The shape of what is typed on the pages of ideas."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from community.core.forms import PlainForm
from community.core.text import BodyField, LineField
from community.core.widgets import Radios
from community.people.models import Store, User
from community.people.readers import Reader
from forum.forms import BoardChoice, ReplyForm, TagsField, looks_for_similar
from forum.models import Board

from .lists import stores_called
from .models import Stance
from .template import says_nothing

MOST_STORES = 5


class SideField(forms.ChoiceField):
    """Which side of the idea a comment takes; most take none."""

    def __init__(self, **kwargs: Any) -> None:
        neither = ("", gettext_lazy("Neither"))
        kwargs.setdefault("label", gettext_lazy("Do you speak for it, or against it?"))
        super().__init__(
            required=False,
            choices=[neither, *Stance.Side.choices],
            widget=Radios,
            initial="",
            **kwargs,
        )


class SideForm(PlainForm):
    """The side of a comment that stands already."""

    side = SideField()


class CommentForm(ReplyForm):
    """A comment; its writer may take a side, and an employee chooses in whose name."""

    side = SideField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        body = self.fields["body"]
        body.label = _("Add a comment")
        body.help_text = _("Say what it would change for you. No order numbers or phone numbers.")
        if "voice" in self.fields:
            self.fields["voice"].label = _("Comment as")


class StoreField(forms.CharField):
    """A store by its code, or by words that fit one only; its clean value is the store or None."""

    def clean(self, value: Any) -> Any:
        words = super().clean(value)
        if not words:
            return None
        found = list(stores_called(words)[: MOST_STORES + 1])
        names = [(store, {store.name.lower(), store.code.lower()}) for store in found]
        exact = [store for store, called in names if words.lower() in called]
        if len(exact) == 1:
            return exact[0]
        if not found:
            raise ValidationError(_("We know no store of that name, town or postcode."))
        if len(found) > 1:
            raise ValidationError(_which(found))
        return found[0]


class MemberField(LineField):
    """A member by the name in their address; its clean value is the member."""

    def clean(self, value: Any) -> Any:
        name = str(super().clean(value)).removeprefix("@")
        member = User.objects.named(name).filter(is_active=True).first()
        if member is None:
            raise ValidationError(_("Nobody here has this username."))
        return member


class InviteForm(PlainForm):
    """Whom the author asks to write the idea too."""

    username = MemberField(
        label=gettext_lazy("Username"),
        help_text=gettext_lazy("As it stands in the address of their page: /people/username/"),
        max_length=31,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
        error_messages={"required": gettext_lazy("Enter the username of who writes it with you.")},
    )


class WordsForm(PlainForm):
    """Title and text of an idea."""

    title = LineField(
        label=gettext_lazy("Your idea in one line"),
        help_text=gettext_lazy("One idea a post, in your own words. 10 to 120 characters."),
        min_length=10,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={
            "required": gettext_lazy("Say your idea in one line."),
            "min_length": gettext_lazy("Enter a title of at least 10 characters."),
            "max_length": gettext_lazy("Enter a title of at most 120 characters."),
        },
    )
    body = BodyField(
        label=gettext_lazy("What happens today, and what would be better?"),
        help_text=gettext_lazy("Do not include order numbers, phone numbers or addresses."),
        widget=forms.Textarea(attrs={"rows": 9}),
        error_messages={
            "required": gettext_lazy("Say what happens today, and what would be better.")
        },
    )

    def clean_body(self) -> str:
        """The template alone says nothing."""
        body = str(self.cleaned_data["body"])
        if any(says_nothing(body, template) for template in self.templates()):
            raise ValidationError(self.fields["body"].error_messages["required"])
        return body

    def templates(self) -> list[str]:
        """What a new idea begins with on the boards it may be on."""
        return [""]


class IdeaForm(WordsForm):
    """A new idea."""

    board = BoardChoice(
        label=gettext_lazy("Topic"),
        queryset=Board.objects.none(),
        to_field_name="slug",
        empty_label=gettext_lazy("Choose what it is about"),
        error_messages={"required": gettext_lazy("Choose what it is about.")},
    )
    store = StoreField(
        label=gettext_lazy("Store"),
        help_text=gettext_lazy("If it is about one of them: its name, town or postcode."),
        required=False,
        max_length=80,
    )
    tags = TagsField(help_text=gettext_lazy("Up to five, divided by commas: wi-fi, parking"))

    def __init__(self, *args: Any, reader: Reader, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boards = Board.objects.visible_to(reader).of_ideas()
        board = self.fields["board"]
        assert isinstance(board, forms.ModelChoiceField)
        board.queryset = self.boards
        self.fields["title"].widget.attrs |= looks_for_similar("post-idea", "/ideas/new/similar/")

    def templates(self) -> list[str]:
        """Each board may have its own."""
        return ["", *(board.template for board in self.boards if board.template)]

    def payload(self) -> dict[str, str]:
        """What was typed, as it is held for a stranger and typed again."""
        typed = self.cleaned_data
        return {
            "title": typed["title"],
            "body": typed["body"],
            "board": typed["board"].slug,
            "tags": ", ".join(typed["tags"]),
            "store": typed["store"].code if typed["store"] else "",
        }


def _which(stores: list[Store]) -> str:
    """Asks which of several stores is meant."""
    names = ", ".join(f"{store} ({store.code})" for store in stores[:MOST_STORES])
    more = _(" and more") if len(stores) > MOST_STORES else ""
    return _("Which one: %(names)s%(more)s? Enter the name or the number in brackets.") % {
        "names": names,
        "more": more,
    }
