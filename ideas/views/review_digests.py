"""The review digests: frozen, numbered, and closed by hand where nobody wants to wait."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from community.core.htmx import SeeOther
from community.core.paging import PAGE_SIZE, page_by_key
from community.core.tables import csv_lines
from community.people.readers import MemberRequest
from forum.models import Post, Topic

from ..actions.digesting import close_now
from ..digest_extras import shown_extras
from ..dossiers import Dossier
from ..models import DigestEntry, Escalation, ReviewDigest
from ..review_forms import CloseForm
from .review_door import reviewers_only

WHOLE = 10_000  # cases on one page, for whoever prints them
HEADER = (
    "position",
    "title",
    "board",
    "votes",
    "gain_28_days",
    "rule",
    "raised_on",
    "due_on",
    "state",
    "taken_by",
    "decision",
    "rolled_over",
    "address",
)


@require_safe
@reviewers_only
def digests(request: MemberRequest) -> HttpResponse:
    """All digests, newest first."""
    rows = ReviewDigest.objects.select_related("audience").with_case_count()
    page = page_by_key(rows, ("-number",), after=request.GET.get("after", ""))
    return render(request, "review/digests.html", {"page": page})


@require_safe
@reviewers_only
def digest(request: MemberRequest, number: int) -> HttpResponse:
    """One digest as it was frozen, without what has been hidden since; `?all=1` on one page."""
    found = get_object_or_404(ReviewDigest.objects.select_related("audience"), number=number)
    size = WHOLE if request.GET.get("all") == "1" else PAGE_SIZE
    entries = _entries(request, found)
    page = page_by_key(entries, ("position",), after=request.GET.get("after", ""), size=size)
    context = {
        "digest": found,
        "page": page,
        "rows": _rows(request, page.rows),
        "extras": None if page.next_after else shown_extras(found.extras, request.user),
    }
    return render(request, "review/digest.html", context)


@require_safe
@reviewers_only
def table(request: MemberRequest, number: int) -> HttpResponse:
    """The digest as CSV: a line for each case that the reader may open."""
    found = get_object_or_404(ReviewDigest, number=number)
    lines = csv_lines(HEADER, (_cells(row) for row in _rows(request, _entries(request, found))))
    answer = HttpResponse("".join(lines), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="digest-{number}.csv"'
    return answer


def _entries(request: MemberRequest, found: ReviewDigest) -> QuerySet[DigestEntry]:
    """Its cases that the reader may open."""
    shown = Escalation.objects.visible_to(request.user)
    return found.entries.filter(escalation__in=shown).select_related("escalation__idea__topic")


def _rows(request: MemberRequest, entries: Iterable[DigestEntry]) -> list[dict[str, Any]]:
    """Each case as it was frozen, without words and topics that have been hidden since."""
    entries = list(entries)
    dossiers = [Dossier.from_json(entry.dossier) for entry in entries]
    said = [post for dossier in dossiers for post in dossier.posts]
    named = [topic for dossier in dossiers for topic in dossier.topics]
    posts = set(Post.objects.published().filter(pk__in=said).values_list("pk", flat=True))
    readable = Topic.objects.visible_to(request.user).filter(pk__in=named)
    topics = set(readable.values_list("pk", flat=True))
    return [
        {
            "entry": entry,
            "case": entry.escalation,
            "dossier": dossier.showing(posts, topics),
        }
        for entry, dossier in zip(entries, dossiers, strict=True)
    ]


def _cells(row: dict[str, Any]) -> tuple[object, ...]:
    dossier: Dossier = row["dossier"]
    return (
        row["entry"].position,
        dossier.title,
        dossier.board,
        dossier.votes,
        dossier.gain,
        dossier.rule,
        dossier.raised_at.date().isoformat(),
        dossier.due_at.date().isoformat(),
        dossier.state,
        dossier.taken_by,
        dossier.verdict,
        "yes" if row["entry"].is_rolled_over else "no",
        settings.SITE_URL + row["case"].get_absolute_url(),
    )


@require_http_methods(["GET", "POST"])
@reviewers_only
def close(request: MemberRequest) -> HttpResponse:
    """End the running period now and show its digest; GET asks once more."""
    form = CloseForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return _ask_which(request, form)
    made = close_now(form.cleaned_data["audience"], by=request.user)
    if made is None:
        messages.info(request, _("The running period has only just begun."))
        return SeeOther(reverse("review-digests"))
    messages.success(request, _("The period is closed. This is its digest."))
    return redirect(made)


def _ask_which(request: MemberRequest, form: CloseForm) -> HttpResponse:
    context = {
        "heading": _("Close the period now?"),
        "text": _("The digest is frozen as things stand and mailed to its reviewers."),
        "button": _("Close the period"),
        "action": reverse("review-close"),
        "cancel": reverse("review"),
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "components/confirm.html", context, status=status)
