"""A stranger's wish to follow something, gone on with once their code is back."""

from __future__ import annotations

from django.utils.translation import gettext as _

from community.core import kinds
from community.core.gates import Refused
from community.people.held import Outcome, resume
from community.people.models import HeldAct, User

from .actions import watch
from .permissions import thing_to_watch


@resume("notifications.watch")
def follow(act: HeldAct, user: User) -> Outcome:
    """Follow the thing, if the member may see it."""
    kind, pk, level = (act.payload[name] for name in ("kind", "id", "level"))
    thing = thing_to_watch(kind, pk, user)
    about = kinds.get(kind)
    if thing is None or about is None:
        raise Refused(_("This is no longer there to be followed."))
    watch(user, kind, pk, level)
    return Outcome(about.url_of(thing), _("You follow “%s”.") % about.title_of(thing))
