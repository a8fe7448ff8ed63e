"""Posting an idea, changing its words, taking it back, and its public history."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.core.limits import LimitReached, check_limit
from community.people.door import ask_for_email
from community.people.drafts import forget, kept
from community.people.models import User
from community.people.readers import MemberRequest, ReaderRequest, is_member, members_only
from forum.history import revisions
from forum.models import Board
from forum.wording import waits_words

from .. import actions
from ..forms import IdeaForm, WordsForm
from ..models import Idea
from ..permissions import is_author, may_edit, may_withdraw
from ..template import begins_with
from .finding import find_idea
from .saying import say_why
from .similar import before_posting

DRAFT = "ideas.new"
CARRIED = ("title", "board", "store", "tags")


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: ReaderRequest) -> HttpResponse:
    """The page to post on, and the idea. A stranger's is held until their code comes back."""
    form = IdeaForm(
        request.POST if request.method == "POST" else None,
        initial=_begun(request),
        reader=request.user,
    )
    if form.is_valid() and "change" not in request.POST:
        if step := before_posting(request, form):
            return step
        if not is_member(request.user):
            return _hold(request, form)
        idea = _post(request.user, form)
        if idea is not None:
            _say_where_it_is(request, idea)
            return SeeOther(idea.get_absolute_url())
    return render(request, "ideas/new.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the words of an idea one writes, until it is decided."""
    idea = find_idea(request.user, pk)
    if not may_edit(request.user, idea):
        raise PermissionDenied
    opening = get_object_or_404(idea.topic.posts.all(), no=1)
    known = {"title": idea.topic.title, "body": opening.text}
    form = WordsForm(request.POST if request.method == "POST" else None, initial=known)
    if form.is_valid() and _save(request.user, idea, form):
        idea.topic.refresh_from_db(fields=["title", "slug"])
        return SeeOther(idea.get_absolute_url())
    free_until = actions.free_until(idea, at=timezone.now())
    context = {"idea": idea, "topic": idea.topic, "form": form, "free_until": free_until}
    return render(request, "ideas/edit.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back an idea one posted, while nobody else has voted for it."""
    idea = find_idea(request.user, pk)
    if not is_author(request.user, idea):
        raise PermissionDenied
    if request.method == "POST":
        if actions.withdraw_idea(idea, by=request.user):
            messages.success(request, _("You have taken your idea back."))
        else:
            messages.warning(request, _("Others have voted for it, so it stays."))
        return SeeOther(idea.get_absolute_url())
    if not may_withdraw(request.user, idea):
        return _stays(request, idea)
    context = {
        "heading": _("Take this idea back?"),
        "text": _("“%(title)s” stays readable, but takes no more votes and comments.")
        % {"title": idea.topic.title},
        "button": _("Take it back"),
        "action": request.path,
        "cancel": idea.get_absolute_url(),
        "danger": True,
    }
    return render(request, "components/confirm.html", context)


@require_safe
def history(request: ReaderRequest, pk: int) -> HttpResponse:
    """What each edit changed, newest first."""
    idea = find_idea(request.user, pk)
    opening = get_object_or_404(idea.topic.posts.shown_to(request.user), no=1)
    context = {
        "idea": idea,
        "topic": idea.topic,
        "opening": opening,
        "revisions": revisions(opening, idea.topic.title),
    }
    return render(request, "ideas/history.html", context)


def _begun(request: ReaderRequest) -> dict[str, str]:
    """What the form begins with: a template, then the draft, then what the address carries."""
    draft = kept(request.user, DRAFT) if is_member(request.user) else {}
    carried = {name: request.GET.get(name, "")[:200] for name in CARRIED if request.GET.get(name)}
    boards = Board.objects.visible_to(request.user).of_ideas().filter(slug=carried.get("board", ""))
    board = boards.first() if "board" in carried else None
    return {"body": begins_with(board.template if board else ""), **draft, **carried}


def _post(by: User, form: IdeaForm) -> Idea | None:
    """The idea, and its draft gone; None where the form now says why not."""
    typed = form.cleaned_data
    try:
        check_limit("post", by.pk)
        idea = actions.post_idea(
            typed["board"],
            title=typed["title"],
            body=typed["body"],
            tags=typed["tags"],
            store=typed["store"],
            by=by,
        )
    except (LimitReached, Refused, ValidationError) as fault:
        say_why(form, fault)
        return None
    forget(by, DRAFT)
    return idea


def _save(by: User, idea: Idea, form: WordsForm) -> bool:
    """Whether the new words stand; the form says why not."""
    typed = form.cleaned_data
    try:
        check_limit("post", by.pk)
        actions.edit_idea(idea, title=typed["title"], text=typed["body"], by=by)
    except (LimitReached, Refused, ValidationError, actions.VotingClosed) as fault:
        say_why(form, fault)
        return False
    return True


def _hold(request: ReaderRequest, form: IdeaForm) -> HttpResponse:
    """A stranger's idea waits at the door."""
    typed = form.payload()
    return ask_for_email(
        request,
        kind="ideas.new",
        payload=typed,
        heading=_("Almost posted: %(title)s") % {"title": typed["title"]},
        lead=_("We tell you what becomes of it, so we need to know where. No password."),
        button=_("Post my idea"),
        keep=typed,
    )


def _say_where_it_is(request: ReaderRequest, idea: Idea) -> None:
    if idea.topic.hidden_at is not None:
        messages.info(request, waits_words())
    else:
        messages.success(request, _("Your idea is posted, with your own vote. Share its address."))


def _stays(request: ReaderRequest, idea: Idea) -> HttpResponse:
    context = {
        "heading": _("This idea stays"),
        "text": _("Others have voted for it, or it has been decided, so it cannot be taken back."),
        "link": idea.get_absolute_url(),
        "link_words": _("Back to the idea"),
    }
    return render(request, "components/sentence.html", context, status=403)
