"""Following a thing: the page with its choices, and the act."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.core import kinds
from community.core.htmx import SeeOther
from community.people.door import ask_for_email
from community.people.readers import ReaderRequest, is_member

from .. import actions
from ..forms import WatchForm
from ..models import Watch
from ..permissions import thing_to_watch

SENTENCES = {  # by level
    Watch.Level.ALL: gettext_lazy("You follow “%s”."),
    Watch.Level.DECISIONS: gettext_lazy("You will hear what is decided on “%s”."),
    Watch.Level.NONE: gettext_lazy("You will hear nothing more of “%s”."),
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def follow(request: ReaderRequest) -> HttpResponse:
    """GET shows the choices and one button; POST follows. A stranger goes through the door."""
    wanted = request.POST if request.method == "POST" else request.GET
    form = WatchForm(wanted)
    if not form.is_valid():
        raise Http404("There is no such thing to follow.")
    kind, pk, level = (form.cleaned_data[name] for name in ("kind", "id", "level"))
    thing, about = thing_to_watch(kind, pk, request.user), kinds.get(kind)
    if thing is None or about is None:
        raise Http404("There is no such thing to follow.")
    title, url = about.title_of(thing), about.url_of(thing)
    if not is_member(request.user):
        return ask_for_email(
            request,
            kind="notifications.watch",
            payload={"kind": kind, "id": pk, "level": level},
            heading=_("Follow “%s”") % title,
            button=_("Follow"),
            lead=_("We mail you when there is news. Every mail has a link that stops it."),
            keep={"kind": kind, "id": str(pk), "level": level},
        )
    if request.method == "POST":
        actions.watch(request.user, kind, pk, level)
        messages.success(request, SENTENCES[level] % title)
        return SeeOther(url)
    context = {
        "heading": _("Follow “%s”?") % title,
        "button": _("Save"),
        "action": request.path,
        "cancel": url,
        "form": _choices(request, kind, pk),
    }
    return render(request, "components/confirm.html", context)


def _choices(request: ReaderRequest, kind: str, pk: int) -> WatchForm:
    """The choices as they stand for this member."""
    mine = Watch.objects.filter(user=request.user.pk, kind=kind, object_id=pk)
    level = mine.values_list("level", flat=True).first()
    return WatchForm(initial={"kind": kind, "id": pk, "level": level or Watch.Level.ALL})
