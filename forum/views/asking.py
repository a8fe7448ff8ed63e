"""Asking a question."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.core.limits import LimitReached, check_limit
from community.people.door import ask_for_email
from community.people.drafts import forget, kept
from community.people.models import User
from community.people.readers import ReaderRequest, is_member

from .. import actions
from ..forms import AskForm
from ..models import Topic
from ..wording import waits_words
from .replying import say_why
from .similar import before_asking

DRAFT = "forum.ask"


@require_http_methods(["GET", "POST"])
def ask(request: ReaderRequest) -> HttpResponse:
    """The page to ask on, and the question. A stranger's is held until their code comes back."""
    draft = kept(request.user, DRAFT) if is_member(request.user) else {}
    known = {"title": request.GET.get("title", ""), "board": request.GET.get("board", "")}
    form = AskForm(
        request.POST if request.method == "POST" else None,
        initial={**draft, **{name: value for name, value in known.items() if value}},
        reader=request.user,
    )
    if form.is_valid() and "change" not in request.POST:
        if step := before_asking(request, form):
            return step
        if not is_member(request.user):
            return _hold(request, form)
        topic = _start(request.user, form)
        if topic is not None:
            if topic.hidden_at:
                messages.info(request, waits_words())
            return SeeOther(topic.get_absolute_url())
    return render(request, "forum/ask.html", {"form": form}, status=422 if form.errors else 200)


def _start(by: User, form: AskForm) -> Topic | None:
    """The question, and its draft gone; None where the form now says why not."""
    typed = form.cleaned_data
    try:
        check_limit("post", by.pk)
        topic = actions.start_topic(
            typed["board"],
            kind=Topic.Kind.QUESTION,
            title=typed["title"],
            text=typed["body"],
            tags=typed["tags"],
            by=by,
        )
    except (LimitReached, Refused, ValidationError) as fault:
        say_why(form, fault)
        return None
    forget(by, DRAFT)
    return topic


def _hold(request: ReaderRequest, form: AskForm) -> HttpResponse:
    """A stranger's question waits at the door."""
    typed = form.cleaned_data
    words = {"title": typed["title"], "body": typed["body"], "tags": ", ".join(typed["tags"])}
    return ask_for_email(
        request,
        kind="forum.question",
        payload={**words, "board": typed["board"].slug},
        heading=_("Almost asked: %(title)s") % {"title": typed["title"]},
        lead=_("We mail you when somebody answers, so we need to know where."),
        button=_("Ask my question"),
        keep={**words, "board": typed["board"].slug},
    )
