"""Reporting something to the moderators."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from community.core.gates import Refused
from community.core.htmx import SeeOther
from community.core.kinds import BIGGEST_KEY
from community.core.limits import LimitReached, check_limit
from community.people.door import ask_for_email
from community.people.models import User
from community.people.readers import ReaderRequest, is_member

from .. import actions
from ..forms import ReportForm
from ..subjects import Subject, subject_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def report(request: ReaderRequest) -> HttpResponse:
    """The form, and the report. A stranger's is held until their code comes back."""
    subject = _subject(request)
    known = {"kind": subject.kind, "id": subject.pk}
    is_sent = request.method == "POST"
    form = ReportForm({**request.POST.dict(), **known} if is_sent else None, initial=known)
    if is_sent and form.is_valid():
        if not is_member(request.user):
            return _hold(request, subject, form)
        if _report(request.user, subject, form):
            messages.success(request, _("Thank you. A moderator will look at it."))
            return SeeOther(subject.url)
    context = {"form": form, "subject": subject}
    status = 422 if form.errors else 200
    return render(request, "moderation/report.html", context, status=status)


def _subject(request: ReaderRequest) -> Subject:
    """What is reported, named by `kind` and `id`. Raises Http404 where nothing can be seen."""
    wanted = request.POST if request.method == "POST" else request.GET
    typed = wanted.get("id", "")
    pk = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 20 else 0
    subject = subject_of(wanted.get("kind", ""), min(pk, BIGGEST_KEY), request.user)
    if subject is None:
        raise Http404("There is no such thing to report.")
    return subject


def _report(by: User, subject: Subject, form: ReportForm) -> bool:
    """Whether the report stands; the form says why not."""
    typed = form.cleaned_data
    try:
        check_limit("report", by.pk)
        actions.report(subject, by=by, reason=typed["reason"], note=typed["note"])
    except (LimitReached, Refused) as fault:
        form.add_error(None, fault.sentence)
        return False
    return True


def _hold(request: ReaderRequest, subject: Subject, form: ReportForm) -> HttpResponse:
    """A stranger's report waits at the door."""
    typed = {name: form.cleaned_data[name] for name in ("kind", "id", "reason", "note")}
    return ask_for_email(
        request,
        kind="moderation.report",
        payload=typed,
        heading=_("Almost reported: “%s”") % subject.title,
        button=_("Report it"),
        lead=_("We ask for your address so that one person cannot report a hundred times."),
        keep={name: str(value) for name, value in typed.items()},
    )
