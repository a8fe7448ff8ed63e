"""Hiding a post, publishing a held one, bringing one back, from where a moderator reads it."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.people.readers import MemberRequest
from forum.models import Post

from .. import actions
from ..forms import ReasonForm
from .guard import moderators_only


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def hide(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then hide the post."""
    words = (_("Hide this post?"), _("Hide it"), _("Hidden. Its author reads why."))
    return _ask_and_do(request, pk, actions.hide_post, words, is_danger=True)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then show the post again."""
    words = (_("Show this post again?"), _("Show it again"), _("It is back."))
    return _ask_and_do(request, pk, actions.restore_post, words, is_danger=False)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: MemberRequest, pk: int) -> HttpResponse:
    """One button that publishes a held post."""
    posts = Post.objects.visible_to(request.user).select_related("topic", "author")
    post = get_object_or_404(posts, pk=pk)
    if request.method == "POST":
        if actions.publish_post(post, by=request.user):
            messages.success(request, _("Published."))
        else:
            messages.info(request, _("Somebody else had decided this already."))
        return SeeOther(post.get_absolute_url())
    context = {"heading": _("Publish this post?"), "button": _("Publish it"), "post": post}
    return render(request, "moderation/post.html", context)


def _ask_and_do(
    request: MemberRequest,
    pk: int,
    act: Callable[..., bool],
    words: tuple[str, str, str],
    *,
    is_danger: bool,
) -> HttpResponse:
    """The page with the reason, and the act. `words` are heading, button, and what was done."""
    posts = Post.objects.visible_to(request.user).select_related("topic", "author")
    post = get_object_or_404(posts, pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    heading, button, done = words
    if form.is_bound and form.is_valid():
        act(post, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, done)
        return SeeOther(post.get_absolute_url())
    context = {
        "heading": heading,
        "button": button,
        "post": post,
        "form": form,
        "is_danger": is_danger,
    }
    status = 422 if form.errors else 200
    return render(request, "moderation/post.html", context, status=status)
