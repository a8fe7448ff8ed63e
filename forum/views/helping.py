"""“This helped me”, and “it did not”."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.htmx import fragment_or_redirect
from community.people.door import ask_for_email
from community.people.readers import ReaderRequest, is_member

from .. import actions
from ..models import Helpful, Post
from ..pages import Rows
from ..permissions import may_say_helpful
from .topic import find_post


@require_http_methods(["GET", "HEAD", "POST"])
def helpful(request: ReaderRequest, pk: int, no: int) -> HttpResponse:
    """Say that a post helped, that it did not (`helpful=0`), or neither any more (`undo`)."""
    post = find_post(request.user, pk, no)
    if post.no == 1:
        raise Http404("The opening post is what is answered.")
    if not may_say_helpful(request.user, post):
        raise PermissionDenied
    if not is_member(request.user):
        return ask_for_email(
            request,
            kind="forum.helpful",
            payload={"topic": pk, "no": no, "helpful": request.POST.get("helpful") != "0"},
            heading=_("Almost counted: this helped you"),
            lead=post.topic.title,
            button=_("Count me in"),
            keep={"helpful": "0"} if request.POST.get("helpful") == "0" else None,
        )
    if request.method != "POST":
        return _page(request, post)
    if "undo" in request.POST:
        actions.take_back_helpful(post, by=request.user)
    else:
        is_helpful = request.POST.get("helpful") != "0"
        actions.mark_helpful(post, by=request.user, is_helpful=is_helpful)
    fresh = Post.objects.with_word_of(request.user).select_related("author").get(pk=post.pk)
    row = Rows(post.topic, request.user)(fresh)
    return fragment_or_redirect(request, "forum/_helpful.html", {"post": row}, to=post)


def _page(request: ReaderRequest, post: Post) -> HttpResponse:
    """The post with its buttons."""
    word = Helpful.objects.filter(post=post, member=request.user.pk).first()
    context = {"topic": post.topic, "post": post, "word": word}
    return render(request, "forum/helpful.html", context)
