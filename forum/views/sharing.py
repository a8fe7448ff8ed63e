"""“I have this too”, and “this solved it”."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther, fragment_or_redirect
from community.people.door import ask_for_email
from community.people.readers import MemberRequest, ReaderRequest, is_member, members_only

from .. import actions
from ..models import MeToo
from ..permissions import may_reply, may_solve
from .topic import find_question


@require_http_methods(["GET", "POST"])
def me_too(request: ReaderRequest, pk: int) -> HttpResponse:
    """Share the question, or (`undo`) no longer; a stranger's waits for their code."""
    topic = find_question(request.user, pk)
    if not may_reply(topic):
        raise PermissionDenied
    if not is_member(request.user):
        return ask_for_email(
            request,
            kind="forum.me_too",
            payload={"topic": topic.pk},
            heading=_("Almost counted: %(title)s") % {"title": topic.title},
            lead=_("You have this too: we mail you when staff answer, or when it is solved."),
            button=_("Count me in"),
        )
    if request.method == "GET":
        has_it = MeToo.objects.filter(topic=topic, member=request.user).exists()
        context = {
            "heading": _("You said you have this too") if has_it else _("Do you have this too?"),
            "text": topic.title,
            "button": _("Take it back") if has_it else _("I have this too"),
            "fields": {"undo": "1"} if has_it else {},
            "action": request.path,
            "cancel": topic.get_absolute_url(),
        }
        return render(request, "components/confirm.html", context)
    is_undone = "undo" in request.POST
    change = actions.take_back_me_too if is_undone else actions.has_this_too
    change(topic, by=request.user)
    topic.refresh_from_db(fields=["me_too_count"])
    button = {"topic": topic, "has_this_too": not is_undone, "reader": request.user}
    return fragment_or_redirect(request, "forum/_me_too.html", button, to=topic)


@require_http_methods(["GET", "POST"])
@members_only
def solve(request: MemberRequest, pk: int, no: int) -> HttpResponse:
    """The asker says that this reply solved it, or (`undo`) that it did not."""
    topic = find_question(request.user, pk)
    post = get_object_or_404(topic.posts.published().replies(), no=no)
    if not may_solve(request.user, topic):
        raise PermissionDenied
    is_solution = topic.solution_id == post.pk and topic.solved_at is not None
    if request.method == "GET":
        context = {
            "heading": _("Did this not solve it after all?")
            if is_solution
            else _("Did this solve it?"),
            "text": topic.title,
            "button": _("Take it back") if is_solution else _("This solved it"),
            "fields": {"undo": "1"} if is_solution else {},
            "action": reverse("topic-solve", args=[pk, no]),
            "cancel": topic.post_url(no),
        }
        return render(request, "components/confirm.html", context)
    if "undo" not in request.POST:
        actions.accept_solution(topic, post, by=request.user)
    elif is_solution:
        actions.accept_solution(topic, None, by=request.user)
    return SeeOther(f"{topic.get_absolute_url()}#post-{no}")
