"""Casting and withdrawing a vote, with script and without, known or not yet known."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from community.core.gates import Refused
from community.core.htmx import fragment_or_redirect
from community.core.limits import LimitReached, check_limit
from community.people.door import ask_for_email, network_of
from community.people.models import User
from community.people.prepared import prepared_for_anybody
from community.people.readers import Reader, ReaderRequest, is_member

from .. import actions
from ..models import Idea, Vote
from ..models.ideas import IdeaQuerySet
from ..permissions import may_vote
from ..wording import why_closed
from .finding import find_for_vote


@require_http_methods(["GET", "HEAD", "POST"])
def cast(request: ReaderRequest, pk: int) -> HttpResponse:
    """Cast the vote and answer with the button; GET, or a stranger's POST, shows a page for it."""
    idea = _find(request, pk)
    if not is_member(request.user):
        return _almost_counted(request, idea) if may_vote(idea) else _closed(request, idea)
    if request.method != "POST":
        return _ask(request, idea)
    if _try(request, idea, request.user, is_cast=True):
        words = _("Your vote counts. You will hear once when it is decided.")
        messages.success(request, words, extra_tags=f"undo:{idea.withdraw_url}")
        if idea.duplicate_of_id is None:  # not joined just now: it is the one that was counted in
            idea.is_my_vote = True  # type: ignore[attr-defined]
            return _button(request, idea)
    elif idea.pk != pk:
        words = _("This idea was joined with “%(title)s”, and your vote came with you.")
        messages.info(request, words % {"title": idea.topic.title})
    return _button_now(request, idea)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: ReaderRequest, pk: int) -> HttpResponse:
    """Take the reader's vote back and answer with the button; GET shows the page that holds it."""
    idea = _find(request, pk)
    if not is_member(request.user):
        return redirect_to_login(request.get_full_path())
    if request.method != "POST":
        return _ask(request, idea)
    if _try(request, idea, request.user, is_cast=False):
        messages.success(request, _("Vote taken back."), extra_tags=f"undo:{idea.vote_url}")
    elif Vote.objects.filter(idea=idea, voter=request.user).exclude(invalidation=None).exists():
        messages.info(request, _("Your vote does not count: a moderator removed it."))
    return _button_now(request, idea)


def _find(request: ReaderRequest, pk: int) -> Idea:
    """The idea, or the one it was joined with, which counts for it."""
    found = find_for_vote(request.user, pk)
    if found.duplicate_of_id is None:
        return found
    return find_for_vote(request.user, found.duplicate_of_id)


@prepared_for_anybody
def _with_button(reader: Reader, pk: int) -> IdeaQuerySet:
    return Idea.objects.for_vote_button(reader).filter(pk=pk)


def _try(request: ReaderRequest, idea: Idea, member: User, *, is_cast: bool) -> bool:
    """Do it; answer whether anything changed. Whatever keeps it from being done is said."""
    try:
        check_limit("vote", member.pk)
        if is_cast:
            return actions.cast_vote(idea, by=member, network=network_of(request))
        return actions.withdraw_vote(idea, by=member)
    except actions.VotingClosed:
        idea.refresh_from_db(fields=["status"])
        messages.warning(request, why_closed(idea))
    except (LimitReached, Refused) as fault:
        messages.warning(request, fault.sentence)
    return False


def _button_now(request: ReaderRequest, idea: Idea) -> HttpResponse:
    """The button as it is now, read after whatever was tried."""
    [now] = _with_button(request.user, idea.pk)
    return _button(request, now)


def _button(request: ReaderRequest, idea: Idea) -> HttpResponse:
    """The button alone; without script the idea with its button."""
    context = {"idea": idea, "reader": request.user, "oob": True}
    anchor = f"{idea.get_absolute_url()}#vote-{idea.pk}"
    return fragment_or_redirect(request, "ideas/_voted.html", context, to=anchor)


def _almost_counted(request: ReaderRequest, idea: Idea) -> HttpResponse:
    """A stranger's vote waits at the door for one code."""
    return ask_for_email(
        request,
        kind="ideas.vote",
        payload={"idea": idea.pk, "network": network_of(request)},
        heading=_("Almost counted: %(title)s") % {"title": idea.topic.title},
        lead=_("One vote a person, so we need to know where you can be reached. No password."),
        button=_("Count my vote"),
    )


def _ask(request: ReaderRequest, idea: Idea) -> HttpResponse:
    """The page with one button: vote, or take the vote back."""
    if not may_vote(idea):
        return _closed(request, idea)
    is_mine = bool(getattr(idea, "is_my_vote", False))
    context = {
        "heading": _("You voted for this idea") if is_mine else _("Vote for this idea?"),
        "text": idea.topic.title,
        "button": _("Take my vote back") if is_mine else _("Vote"),
        "action": idea.withdraw_url if is_mine else idea.vote_url,
        "cancel": idea.get_absolute_url(),
    }
    return render(request, "components/confirm.html", context)


def _closed(request: ReaderRequest, idea: Idea) -> HttpResponse:
    """Why the idea takes no votes, and where to read what was decided."""
    context = {
        "heading": _("Voting is closed"),
        "text": why_closed(idea),
        "link": idea.get_absolute_url(),
        "link_words": _("Read what became of it"),
    }
    return render(request, "components/sentence.html", context)
