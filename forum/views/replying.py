"""Replying to a question."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
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
from community.people.permissions import employee_record
from community.people.readers import ReaderRequest, is_member

from .. import actions
from ..forms import ReplyForm
from ..models import Post, Topic
from ..permissions import may_reply
from ..wording import waits_words
from .topic import find_question

DIGITS = 9


@require_http_methods(["GET", "POST"])
def reply(request: ReaderRequest, pk: int) -> HttpResponse:
    """The page to reply on, and the reply. A stranger's is held until their code comes back."""
    topic = find_question(request.user, pk)
    if not may_reply(topic) and request.method == "GET":
        return _closed(request, topic)
    reply_to = _replied_to(topic, request.POST.get("to") or request.GET.get("to", ""))
    form = _form(request, topic)
    if form.is_valid():
        if not is_member(request.user):
            return _hold(request, topic, form, reply_to)
        post = _post(request.user, topic, form, reply_to)
        if post is not None:
            _say_where_it_is(request, post)
            return SeeOther(topic.post_url(post.no))
    context = {"topic": topic, "form": form, "reply_to": reply_to}
    return render(request, "forum/reply.html", context, status=422 if form.errors else 200)


def _form(request: ReaderRequest, topic: Topic) -> ReplyForm:
    """What was sent, or what was begun before."""
    reader, employee = request.user, employee_record(request.user)
    if request.method == "POST":
        return ReplyForm(request.POST, reader=reader, employee=employee)
    draft = kept(reader, f"reply:{topic.pk}") if is_member(reader) else {}
    return ReplyForm(initial=draft, reader=reader, employee=employee)


def _post(by: User, topic: Topic, form: ReplyForm, reply_to: Post | None) -> Post | None:
    """The reply, and its draft gone; None where the form now says why not."""
    try:
        check_limit("comment", by.pk)
        text = form.cleaned_data["body"]
        post = actions.reply(topic, text=text, by=by, as_staff=form.as_staff, reply_to=reply_to)
    except (LimitReached, Refused, ValidationError, actions.TopicLocked) as fault:
        say_why(form, fault)
        return None
    forget(by, f"reply:{topic.pk}")
    return post


def say_why(form: Form, fault: Exception) -> None:
    """Put the sentence of a refusal where the form shows it: beside the text, or above all."""
    if isinstance(fault, ValidationError):
        form.add_error("body", fault)
    elif isinstance(fault, actions.TopicLocked):
        form.add_error(None, _("This question has been closed; it takes no more replies."))
    else:
        form.add_error(None, getattr(fault, "sentence", str(fault)))


def _say_where_it_is(request: ReaderRequest, post: Post) -> None:
    if post.is_held:
        messages.info(request, waits_words())


def _hold(
    request: ReaderRequest, topic: Topic, form: ReplyForm, reply_to: Post | None
) -> HttpResponse:
    """A stranger's reply waits at the door."""
    body, to = form.cleaned_data["body"], str(reply_to.no) if reply_to else ""
    return ask_for_email(
        request,
        kind="forum.reply",
        payload={"topic": topic.pk, "body": body, "to": to},
        heading=_("Almost posted: your reply"),
        lead=topic.title,
        button=_("Post my reply"),
        keep={"body": body, "to": to},
    )


def _replied_to(topic: Topic, number: str) -> Post | None:
    """The public reply that this one answers, if the number names one."""
    if not (number.isascii() and number.isdigit() and len(number) <= DIGITS):
        return None
    found = topic.posts.published().replies().select_related("author")
    return found.numbered(int(number)).first()


def _closed(request: ReaderRequest, topic: Topic) -> HttpResponse:
    read_it = _("It takes no more replies. You can still read it, or ask a question of your own.")
    context = {
        "heading": _("This question is closed"),
        "text": f"{topic.locked_reason} {read_it}".strip(),
        "link": topic.get_absolute_url(),
        "link_words": _("Read the question"),
    }
    return render(request, "components/sentence.html", context, status=403)
