"""How a notice reads on its page: each verb's sentence is registered by the app that gives it.

phrases.register("post.replied", lambda notice, title, actor: _("%(actor)s replied …") % …)
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from .models import Notification

Phrase = Callable[[Notification, str, str], str]
_phrases: dict[str, Phrase] = {}


def register(verb: str, phrase: Phrase) -> None:
    """Say how notices of this verb read: from the notice, its thing's title, its actor's name."""
    _phrases[verb] = phrase


def phrase_of(notice: Notification, title: str, actor_name: str) -> str:
    """The notice as a sentence; a verb that nobody registered says only where something is new."""
    phrase = _phrases.get(notice.verb)
    if phrase is None:
        return _("News: %(title)s") % {"title": title}
    return phrase(notice, title, actor_name)
