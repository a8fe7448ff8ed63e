"""A member's public page, and their own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from community.core.htmx import SeeOther
from community.core.page_cache import cached_for_strangers
from community.people.actions import change_names, choose_store
from community.people.kinds import visible_people
from community.people.models import Draft, Sanction, User
from community.people.permissions import employee_record, is_moderator
from community.people.readers import MemberRequest, Reader, ReaderRequest, members_only
from forum.models import Post, Topic
from ideas.models import Idea, Vote

from ..forms import ProfileForm

SHOWN = 20
FEW = 5
DRAFT_PAGES = {
    "ideas": ("idea-new", gettext_lazy("An idea")),
    "forum": ("forum-ask", gettext_lazy("A question")),
    "reply": ("topic-reply", gettext_lazy("A reply")),
    "comment": ("idea-comments", gettext_lazy("A comment")),
}


@require_safe
@cached_for_strangers
def person(request: ReaderRequest, username: str) -> HttpResponse:
    """Who a member is and what they gave that the reader may read; never their address."""
    found = get_object_or_404(visible_people(request.user).named(username))
    if found.username != username:
        return SeeOther(found.get_absolute_url())
    context = {
        "person": found,
        "record": employee_record(found),
        "ideas": _ideas_of(found, request.user).select_related("topic")[:SHOWN],
        "answers": _answers_of(found, request.user)[:SHOWN],
        "is_mine": found.pk == request.user.pk,
        "may_moderate": is_moderator(request.user) and found.pk != request.user.pk,
    }
    return render(request, "pages/person.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only
def me(request: MemberRequest) -> HttpResponse:
    """One's own page: names, what became of what one gave, drafts, and the way to the settings."""
    member = request.user
    form = ProfileForm(request.POST if request.method == "POST" else None, member=member)
    if form.is_valid() and _save_names(member, form):
        messages.success(request, _("Saved. This is how others see you: %s") % member.name)
        return SeeOther(reverse("me"))
    context = {
        "form": form,
        "ideas": _ideas_of(member, member).select_related("topic")[:FEW],
        "votes": _votes_of(member)[:FEW],
        "questions": _questions_of(member)[:FEW],
        "drafts": [_draft_row(draft) for draft in _drafts_of(member)],
        "sanctions": _sanctions_of(member),
    }
    return render(request, "pages/me.html", context, status=422 if form.errors else 200)


def _save_names(member: User, form: ProfileForm) -> bool:
    """Whether the names stand; the form says why not."""
    names = dict(form.cleaned_data)
    store = names.pop("home_store")
    try:
        change_names(member, **names)
    except ValidationError as fault:
        form.add_error(None, fault)
        return False
    choose_store(member, store)
    return True


def _ideas_of(member: User, reader: Reader) -> Any:
    """The member's ideas that the reader may read, newest first; hidden ones only for oneself."""
    ideas = Idea.objects.visible_to(reader).filter(topic__author=member)
    if reader.pk != member.pk:
        ideas = ideas.listed().filter(topic__hidden_at=None)
    return ideas.newest()


def _answers_of(member: User, reader: Reader) -> Any:
    """What the member answered in public words, newest first."""
    answers = Post.objects.visible_to(reader).published().replies().filter(author=member)
    shown = answers.filter(topic__hidden_at=None, is_decision=False)
    return shown.select_related("topic").order_by("-created_at", "-pk")


def _votes_of(member: User) -> Any:
    """The member's votes on ideas they may still read, newest first."""
    votes = Vote.objects.filter(voter=member, idea__in=Idea.objects.visible_to(member))
    return votes.select_related("idea__topic").order_by("-at", "-pk")


def _questions_of(member: User) -> Any:
    asked = Topic.objects.visible_to(member).questions().filter(author=member)
    return asked.order_by("-created_at", "-pk")


def _drafts_of(member: User) -> Any:
    return Draft.objects.filter(user=member).order_by("-updated_at")


def _sanctions_of(member: User) -> Any:
    return Sanction.objects.in_force(timezone.now()).filter(member=member).order_by("-at")


def _draft_row(draft: Draft) -> dict[str, object]:
    """A draft as the page lists it: what it is, how it begins, and where it is gone on with."""
    place, _sign, number = draft.key.replace(".", ":").partition(":")
    address, words = DRAFT_PAGES[place]
    arguments = [int(number)] if number.isdigit() else []
    text = draft.payload.get("title") or draft.payload.get("body") or ""
    url = reverse(address, args=arguments)
    return {"key": draft.key, "words": words, "text": text, "url": url, "at": draft.updated_at}
