"""Saying in a form why something was refused, where its writer looks."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.forms import Form
from django.utils.translation import gettext as _

from .. import actions


def say_why(form: Form, fault: Exception) -> None:
    """Put the sentence of a refusal beside the text, or above all."""
    if isinstance(fault, ValidationError):
        form.add_error("body", fault)
    elif isinstance(fault, actions.CommentsClosed):
        form.add_error(None, _("This idea takes no more comments. What you wrote is still here."))
    elif isinstance(fault, actions.VotingClosed):
        sentence = _("This idea has been decided; its words stay as they were voted for.")
        form.add_error(None, sentence)
    else:
        form.add_error(None, getattr(fault, "sentence", str(fault)))
