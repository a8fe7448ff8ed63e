"""Taking votes out of the count by a rule, with a preview, and putting them back."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.core.wording import grouped_number
from community.moderation.views.guard import moderators_only
from community.people.readers import MemberRequest

from ..actions.invalidating import invalidate_votes, restore_votes
from ..invalidation_preview import acts_on, preview_removal
from ..join_forms import RemovalForm, RuleForm
from ..models import Idea, VoteInvalidation
from .finding import find_idea


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def votes(request: MemberRequest, pk: int) -> HttpResponse:
    """GET shows which votes a rule names and what removing them does; POST removes them."""
    idea = find_idea(request.user, pk)
    typed = request.POST if request.method == "POST" else request.GET
    rule = RuleForm(typed if any(name in typed for name in RuleForm.base_fields) else None)
    why = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and rule.is_bound and rule.is_valid() and why.is_valid():
        return _remove(request, idea, rule, why)
    context: dict[str, Any] = {"idea": idea, "rule": rule, "why": why, "acts": acts_on(idea)}
    if rule.is_bound and rule.is_valid():
        everywhere = rule.cleaned_data["everywhere"]
        context["preview"] = preview_removal(rule.rule, None if everywhere else idea)
        context["typed"] = {name: typed.get(name, "") for name in rule.fields if typed.get(name)}
    status = 422 if rule.errors or why.errors else 200
    return render(request, "ideas/votes.html", context, status=status)


@moderators_only
@require_http_methods(["GET", "HEAD", "POST"])
def restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Put the votes of one act back; GET shows the page with the button."""
    made = get_object_or_404(VoteInvalidation.objects.select_related("idea__topic"), pk=pk)
    back = f"/ideas/{made.idea_id}/votes/" if made.idea_id else "/moderation/log/?kind=votes"
    if request.method == "POST":
        if restore_votes(made, by=request.user):
            messages.success(request, _("The votes count again."))
        else:
            messages.info(request, _("Somebody else had put them back already."))
        return SeeOther(back)
    text = ngettext(
        "%(count)s vote was removed: %(reason)s",
        "%(count)s votes were removed: %(reason)s",
        made.vote_count,
    )
    context = {
        "heading": _("Put these votes back?"),
        "text": text % {"count": grouped_number(made.vote_count), "reason": made.reason},
        "button": _("Put them back"),
        "action": request.path,
        "cancel": back,
    }
    return render(request, "components/confirm.html", context)


def _remove(request: MemberRequest, idea: Idea, rule: RuleForm, why: RemovalForm) -> HttpResponse:
    """Remove them, and say how many with a way back."""
    made = invalidate_votes(
        rule.rule,
        idea=None if rule.cleaned_data["everywhere"] else idea,
        reason=why.cleaned_data["reason"],
        by=request.user,
    )
    if made is None:
        messages.info(request, _("There are no such votes any more."))
    else:
        words = ngettext("%(count)s vote removed.", "%(count)s votes removed.", made.vote_count)
        said = words % {"count": grouped_number(made.vote_count)}
        messages.success(request, said, extra_tags=f"undo:/ideas/votes/{made.pk}/restore/")
    return SeeOther(f"/ideas/{idea.pk}/votes/")
