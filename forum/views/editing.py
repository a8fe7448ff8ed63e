"""Changing what one wrote, and the public history of a text."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.people.readers import MemberRequest, ReaderRequest, members_only

from .. import actions
from ..forms import EditForm, EditTopicForm
from ..history import revisions
from ..models import Post
from ..permissions import may_edit
from ..wording import waits_words
from .replying import say_why
from .topic import find_post


@require_http_methods(["GET", "POST"])
@members_only
def edit(request: MemberRequest, pk: int, no: int) -> HttpResponse:
    """Change a post one wrote; an opening post with its title, an idea at its own page."""
    post = find_post(request.user, pk, no)
    if not may_edit(request.user, post, post.topic):
        raise PermissionDenied
    if post.no == 1 and post.topic.is_idea:
        return redirect("idea-edit", pk)
    form_class = EditTopicForm if post.no == 1 else EditForm
    known = {"title": post.topic.title, "body": post.text}
    form = form_class(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid() and _save(request, post, form):
        post.topic.refresh_from_db(fields=["title", "slug"])
        return SeeOther(post.get_absolute_url())
    context = {"post": post, "topic": post.topic, "form": form}
    return render(request, "forum/edit.html", context, status=422 if form.errors else 200)


def _save(request: MemberRequest, post: Post, form: EditForm) -> bool:
    """Whether the new words stand; the form says why not."""
    typed = form.cleaned_data
    try:
        actions.edit_post(post, text=typed["body"], title=typed.get("title"), by=request.user)
    except (Refused, ValidationError) as fault:
        say_why(form, fault)
        return False
    if post.is_held:
        messages.info(request, waits_words())
    return True


@require_safe
def history(request: ReaderRequest, pk: int, no: int) -> HttpResponse:
    """What each edit changed, newest first."""
    post = find_post(request.user, pk, no)
    context = {
        "post": post,
        "topic": post.topic,
        "revisions": revisions(post, post.topic.title if post.no == 1 else ""),
    }
    return render(request, "forum/history.html", context)
