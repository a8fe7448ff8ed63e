"""Joining two ideas, parting them again, and saying that they are the same."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.core.limits import LimitReached, check_limit
from community.moderation.views.guard import moderators_only
from community.people.permissions import may_write
from community.people.readers import MemberRequest, members_only

from ..actions.joining import CannotJoin, join_ideas, original_join, part_ideas
from ..actions.suggesting import suggest_duplicate
from ..actions.voting import canonical_of
from ..join_forms import WhyForm
from ..join_preview import candidates, preview_join, preview_part
from ..models import Idea
from ..permissions import may_join
from .finding import find_idea


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: MemberRequest, pk: int) -> HttpResponse:
    """Look for the other idea, see what the join comes to, and join."""
    idea = find_idea(request.user, pk)
    other = _chosen(request, idea)
    if other is None:
        return _look(request, idea)
    form = WhyForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            join_ideas(idea, into=other, by=request.user, reason=form.cleaned_data["reason"])
            words = _("Joined. The votes of both count here.")
            messages.success(request, words, extra_tags=f"undo:/ideas/{idea.pk}/part/")
            return SeeOther(other.get_absolute_url())
        except CannotJoin as fault:
            form.add_error(None, fault.sentence)
    context = {"idea": idea, "form": form, "preview": preview_join(idea, other)}
    return render(request, "ideas/join.html", context, status=422 if form.errors else 200)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: MemberRequest, pk: int) -> HttpResponse:
    """See what parting comes to, and part."""
    idea = find_idea(request.user, pk)
    join = original_join(idea)
    if join is None or idea.duplicate_of_id is None:
        messages.info(request, _("This idea stands on its own."))
        return SeeOther(idea.get_absolute_url())
    if request.method != "POST":
        return render(request, "ideas/part.html", {"idea": idea, "preview": preview_part(idea)})
    if part_ideas(join, by=request.user):
        messages.success(request, _("Parted. Each idea has its own votes again."))
    return SeeOther(idea.get_absolute_url())


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def same(request: MemberRequest, pk: int) -> HttpResponse:
    """A member says which idea says the same; a moderator is led to where it is done."""
    idea = find_idea(request.user, pk)
    if may_join(request.user):
        query = request.GET.urlencode()
        return redirect(f"/ideas/{pk}/join/" + (f"?{query}" if query else ""))
    other = _chosen(request, idea)
    if request.method != "POST" or other is None or other.pk == idea.pk:
        return _look(request, idea)
    if not may_write(request.user):
        raise PermissionDenied
    try:
        check_limit("report", request.user.pk)
        suggest_duplicate(idea, other, by=request.user)
        messages.success(request, _("Thank you. A moderator will look at both."))
    except LimitReached as fault:
        messages.warning(request, fault.sentence)
    return SeeOther(idea.get_absolute_url())


def _look(request: MemberRequest, idea: Idea) -> HttpResponse:
    """The page on which the other idea is found."""
    words = " ".join(request.GET.get("q", "").split())[:120]
    printable = "".join(char for char in words if char.isprintable())
    context = {
        "idea": idea,
        "q": printable,
        "found": candidates(request.user, printable, but=idea),
        "is_moderator": may_join(request.user),
        "is_missing": request.method == "POST",
    }
    return render(request, "ideas/same.html", context, status=422 if context["is_missing"] else 200)


def _chosen(request: MemberRequest, idea: Idea) -> Idea | None:
    """The other idea, named by `into`; of a joined one the idea that counts for it."""
    text = request.POST.get("into") or request.GET.get("into", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        return None
    try:
        other = canonical_of(find_idea(request.user, int(text)))
        return find_idea(request.user, other.pk) if other.pk != idea.pk else idea
    except Http404:
        return None
