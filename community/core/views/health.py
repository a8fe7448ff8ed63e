"""For the machines that watch the site: does the process live, and can it serve?"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from ..readiness import check_readiness


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process lives; asks nobody else."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """Each part with "ok" or what fails; 503 when no page can be served, 200 otherwise."""
    readiness = check_readiness()
    answer = {"status": readiness.status, "parts": readiness.parts}
    return JsonResponse(answer, status=200 if readiness.is_ready else 503)
