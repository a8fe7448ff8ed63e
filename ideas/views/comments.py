"""Commenting on an idea, and saying which side a comment takes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.core.limits import LimitReached, check_limit
from community.people.door import ask_for_email
from community.people.drafts import forget, kept
from community.people.models import User
from community.people.permissions import employee_record
from community.people.readers import MemberRequest, ReaderRequest, is_member, members_only
from forum.models import Post
from forum.wording import waits_words

from .. import actions
from ..forms import CommentForm, SideForm
from ..models import Idea, Stance
from ..permissions import may_comment, may_take_side
from .finding import find_idea
from .saying import say_why

NUMBER_LENGTH = 9


@require_http_methods(["GET", "HEAD", "POST"])
def comment(request: ReaderRequest, pk: int) -> HttpResponse:
    """The page to comment on, and the comment. A stranger's is held until their code comes back."""
    idea = find_idea(request.user, pk)
    if not may_comment(idea) and request.method != "POST":
        return _closed(request, idea)
    reply_to = _replied_to(idea, request.POST.get("to") or request.GET.get("to", ""))
    draft = kept(request.user, f"comment:{pk}") if is_member(request.user) else {}
    form = CommentForm(
        request.POST if request.method == "POST" else None,
        initial=draft,
        reader=request.user,
        employee=employee_record(request.user),
    )
    if form.is_valid():
        if not is_member(request.user):
            return _hold(request, idea, form, reply_to)
        post = _post(request.user, idea, form, reply_to)
        if post is not None:
            if post.is_held:
                messages.info(request, waits_words())
            return SeeOther(post.get_absolute_url())
    context = {"idea": idea, "topic": idea.topic, "form": form, "reply_to": reply_to}
    return render(request, "ideas/comment.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def side(request: MemberRequest, pk: int, no: int) -> HttpResponse:
    """Say which side one's own comment takes, as long as the idea takes comments."""
    idea = find_idea(request.user, pk)
    post = get_object_or_404(idea.topic.posts.shown_to(request.user).replies(), no=no)
    if not may_take_side(request.user, post, idea):
        raise PermissionDenied
    stance = Stance.objects.filter(post=post).first()
    now = {"side": stance.side if stance else ""}
    form = SideForm(request.POST if request.method == "POST" else None, initial=now)
    if form.is_valid():
        actions.take_side(post, form.cleaned_data["side"])
        return SeeOther(post.get_absolute_url())
    context = {"idea": idea, "topic": idea.topic, "post": post, "form": form}
    return render(request, "ideas/side.html", context, status=422 if form.errors else 200)


def _post(by: User, idea: Idea, form: CommentForm, reply_to: Post | None) -> Post | None:
    """The comment, and its draft gone; None where the form now says why not."""
    try:
        check_limit("comment", by.pk)
        text = form.cleaned_data["body"]
        side = form.cleaned_data["side"]
        post = actions.comment(
            idea, text=text, by=by, as_staff=form.as_staff, reply_to=reply_to, side=side
        )
    except (LimitReached, Refused, ValidationError, actions.CommentsClosed) as fault:
        say_why(form, fault)
        return None
    forget(by, f"comment:{idea.pk}")
    return post


def _hold(
    request: ReaderRequest, idea: Idea, form: CommentForm, reply_to: Post | None
) -> HttpResponse:
    """A stranger's comment waits at the door."""
    typed = {
        "body": form.cleaned_data["body"],
        "to": str(reply_to.no) if reply_to else "",
        "side": form.cleaned_data["side"],
    }
    headings = {
        "": _("Almost posted: your comment"),
        Stance.Side.FOR: _("Almost posted: your comment for it"),
        Stance.Side.AGAINST: _("Almost posted: your comment against it"),
    }
    return ask_for_email(
        request,
        kind="ideas.comment",
        payload={"idea": idea.pk, **typed},
        heading=headings[typed["side"]],
        lead=idea.topic.title,
        button=_("Post my comment"),
        keep=typed,
    )


def _replied_to(idea: Idea, number: str) -> Post | None:
    """The public comment that this one answers, if the number names one."""
    if not (number.isascii() and number.isdigit() and len(number) <= NUMBER_LENGTH):
        return None
    found = idea.topic.posts.published().replies().select_related("author")
    return found.numbered(int(number)).first()


def _closed(request: ReaderRequest, idea: Idea) -> HttpResponse:
    read_it = _("This idea takes no more comments. You can still read what was said.")
    context = {
        "heading": _("Comments are closed"),
        "text": f"{idea.topic.locked_reason} {read_it}".strip(),
        "link": idea.get_absolute_url(),
        "link_words": _("Read the idea"),
    }
    return render(request, "components/sentence.html", context, status=403)
