"""Recording a customer's vote, and the customer's one-click way to remove it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.core.htmx import SeeOther
from community.core.limits import LimitReached, check_limit
from community.people.mailbox import person_key
from community.people.readers import MemberRequest, ReaderRequest, members_only

from ..actions.recording import record_vote
from ..actions.voting import VotingClosed, canonical_of, withdraw_vote
from ..join_forms import RecordForm
from ..models import Idea
from ..permissions import may_record, may_vote
from ..recorded import recorded_vote
from ..wording import why_closed
from .finding import find_idea


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@members_only
def for_customer(request: MemberRequest, pk: int) -> HttpResponse:
    """The form for a wish that a customer told staff, and the vote it makes.

    The answer is the same whether or not the address is known, or had voted.
    """
    if not may_record(request.user):
        raise PermissionDenied
    idea = canonical_of(find_idea(request.user, pk))
    if not may_vote(idea):
        return _say(request, _("Voting is closed"), why_closed(idea), idea)
    form = RecordForm(request.POST if request.method == "POST" else None, idea=idea)
    if form.is_bound and form.is_valid() and _record(request, idea, form):
        words = _(
            "Noted. If this person had not voted, their vote counts now, and they get a mail."
        )
        messages.success(request, words)
        return SeeOther(idea.get_absolute_url())
    context = {"idea": idea, "form": form}
    return render(request, "ideas/record.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def recorded(request: ReaderRequest, token: str) -> HttpResponse:
    """GET shows the vote with one button; POST removes it. The token alone says whose it is."""
    found = recorded_vote(token)
    if found is None:
        raise Http404("This link is not one of ours.")
    _voter, vote = found
    if vote is None:
        text = _("This vote is gone. You need to do nothing more.")
        return _say(request, _("Your vote is removed"), text)
    if request.method != "POST":
        context = {
            "heading": _("Remove your vote?"),
            "text": _("An employee noted it for you: “%(title)s”. %(note)s")
            % {"title": vote.idea.topic.title, "note": vote.note},
            "button": _("Remove my vote"),
            "action": request.path,
        }
        return render(request, "components/confirm.html", context)
    try:
        withdraw_vote(vote.idea, by=vote.voter)
    except VotingClosed:
        return _say(request, _("Voting is closed"), why_closed(vote.idea), vote.idea)
    return SeeOther(request.path)


def _record(request: MemberRequest, idea: Idea, form: RecordForm) -> bool:
    """Whether it is done; the form says why not."""
    typed = form.cleaned_data
    try:
        check_limit("record-vote", request.user.pk)
        check_limit("recorded-to", person_key(typed["email"]))
        record_vote(
            idea,
            email=typed["email"],
            note=typed["note"],
            by=request.user,
            voted_at=form.voted_at,
        )
    except LimitReached as fault:
        form.add_error(None, fault.sentence)
        return False
    except VotingClosed:
        idea.refresh_from_db(fields=["status"])
        form.add_error(None, why_closed(idea))
        return False
    return True


def _say(request: ReaderRequest, heading: str, text: str, idea: Idea | None = None) -> HttpResponse:
    """A page that says one thing, and leads to the idea where one is meant."""
    context = {"heading": heading, "text": text}
    if idea is not None:
        context |= {"link": idea.get_absolute_url(), "link_words": _("Back to the idea")}
    return render(request, "components/sentence.html", context)
