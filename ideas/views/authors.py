"""Who writes an idea together: asking, answering, leaving."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.core.limits import LimitReached, check_limit
from community.people.models import User
from community.people.readers import MemberRequest, members_only

from .. import actions
from ..forms import InviteForm
from ..models import CoAuthor, Idea
from ..permissions import is_author, may_invite
from .finding import find_idea


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def authors(request: MemberRequest, pk: int) -> HttpResponse:
    """The page of its writers: the author asks and removes, who is asked says yes or no."""
    idea = find_idea(request.user, pk)
    own = CoAuthor.objects.filter(idea=idea, member=request.user, declined_at=None).first()
    if own is None and not is_author(request.user, idea):
        raise PermissionDenied
    form = InviteForm(request.POST if "username" in request.POST else None)
    if form.is_bound and not may_invite(request.user, idea):
        raise PermissionDenied
    if form.is_bound and form.is_valid() and _invite(request, idea, form):
        return SeeOther(request.path)
    if request.method == "POST" and not form.is_bound:
        return _answer(request, idea)
    rows = CoAuthor.objects.filter(idea=idea).select_related("member", "invited_by")
    context = {
        "idea": idea,
        "topic": idea.topic,
        "own": own,
        "form": form if may_invite(request.user, idea) else None,
        "rows": rows.order_by("invited_at", "pk") if is_author(request.user, idea) else [],
    }
    return render(request, "ideas/authors.html", context, status=422 if form.errors else 200)


def _invite(request: MemberRequest, idea: Idea, form: InviteForm) -> bool:
    """Whether the member is asked now; the form says why not."""
    member: User = form.cleaned_data["username"]
    try:
        check_limit("invite", request.user.pk)
        is_new = actions.invite_co_author(idea, member=member, by=request.user)
    except (LimitReached, Refused) as fault:
        form.add_error("username", fault.sentence)
        return False
    asked = _("%(name)s is asked, and will say yes or no.")
    again = _("%(name)s has been asked already.")
    messages.success(request, (asked if is_new else again) % {"name": member.name})
    return True


def _answer(request: MemberRequest, idea: Idea) -> HttpResponse:
    """What a button of the page does: accept, decline (or leave), remove."""
    verbs: dict[str, Callable[[], bool]] = {
        "accept": lambda: actions.accept_invitation(idea, by=request.user),
        "decline": lambda: actions.decline_invitation(idea, by=request.user),
        "remove": lambda: _remove(request, idea),
    }
    verb = request.POST.get("do", "")
    if verb in verbs and verbs[verb]():
        words = {
            "accept": _("You write this idea together now."),
            "decline": _("Done. You will not be asked again."),
            "remove": _("Done. Their edits stay in the history."),
        }
        messages.success(request, words[verb])
    return SeeOther(idea.get_absolute_url() if verb in ("accept", "decline") else request.path)


def _remove(request: MemberRequest, idea: Idea) -> bool:
    if not is_author(request.user, idea):
        raise PermissionDenied
    member = User.objects.named(request.POST.get("member", "")[:60]).first()
    return member is not None and actions.remove_co_author(idea, member=member)
