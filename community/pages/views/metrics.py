"""`/metrics`: what is owed, as gauges in the text format that Prometheus reads.

Figures of this moment out of the database, the same whichever process answers. Only for who knows
METRICS_TOKEN (as `Authorization: Bearer …`); on a laptop for everybody. Others get a 404.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.activity.models import Reaction
from community.core.models import Tick
from community.core.owed import SWEEP
from community.moderation.models import Review
from community.notifications.models import Mail
from forum.models import Topic
from ideas.models import Escalation, Telling


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """The gauges, one a line, each with what it means."""
    if not _may_read(request):
        raise Http404
    lines = [
        f"# HELP heard_{name} {meaning}\n# TYPE heard_{name} gauge\nheard_{name} {value}\n"
        for name, meaning, value in _gauges()
    ]
    return HttpResponse("".join(lines), content_type="text/plain; version=0.0.4; charset=utf-8")


def _may_read(request: HttpRequest) -> bool:
    if not settings.METRICS_TOKEN:
        return bool(settings.DEBUG)
    expected = f"Bearer {settings.METRICS_TOKEN}"
    given = request.headers.get("Authorization", "")
    return hmac.compare_digest(given.encode(), expected.encode())


def _gauges() -> Iterator[tuple[str, str, float]]:
    """Name, meaning and value of each gauge."""
    now = timezone.now()
    mails, reactions = Mail.objects, Reaction.objects.filter(done_at=None)
    cases = Escalation.objects.open()
    yield "tick_age_seconds", "Since the last sweep ended; -1 before the first.", _tick_age()
    yield "mail_waiting", "Mails in the outbox.", mails.filter(state=Mail.State.WAITING).count()
    yield "mail_failed", "Mails given up.", mails.filter(state=Mail.State.FAILED).count()
    yield "reactions_owed", "Consequences of events not done yet.", reactions.count()
    yield "tellings_owed", "People not told of a decision yet.", Telling.objects.owed().count()
    yield "escalations_open", "Ideas raised and not decided.", cases.count()
    yield "escalations_overdue", "Of these, those late.", cases.filter(due_at__lt=now).count()
    yield "questions_waiting", "Questions without an answer.", Topic.objects.unanswered().count()
    yield "reports_open", "Reported things not looked at.", Review.objects.open().count()


def _tick_age() -> float:
    tick = Tick.objects.filter(name=SWEEP).first()
    return (timezone.now() - tick.at).total_seconds() if tick else -1.0
