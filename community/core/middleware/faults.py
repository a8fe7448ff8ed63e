"""Turns what views raise into a page that says what is wrong, with the right status."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.http.multipartparser import MultiPartParserError

from ..caps import TextRefused
from ..limits import LimitReached
from ..views import errors

logger = logging.getLogger(__name__)

DATABASE_AWAY = (InterfaceError, OperationalError)
UNREADABLE = (BadRequest, MultiPartParserError, SuspiciousOperation)
# What a database refuses to compare or to store: NUL, half a surrogate pair, a number too large.
UNSTORABLE = (DataError, OverflowError, UnicodeError)


class FaultsMiddleware:
    """400, 404, 429 and 503 in our own look, also while developing; other faults are 500."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 404 and request.resolver_match is None:
            return errors.not_found(request)  # no view was asked, so none could raise it
        return response

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """The page for a fault of a view; None leaves it to Django."""
        match fault:
            case Http404():
                return errors.not_found(request, fault)
            case LimitReached():
                return errors.too_many_requests(request, fault.sentence, fault.seconds)
            case TextRefused():
                return errors.bad_request(request, fault, reason=" ".join(fault.messages))
            case _ if isinstance(fault, DATABASE_AWAY):
                logger.error("the database does not answer: %s", fault)
                return errors.unavailable(request)
            case _ if isinstance(fault, UNREADABLE):
                logger.warning("%s: %s", type(fault).__name__, fault)
                return errors.bad_request(request, fault)
            case _ if isinstance(fault, UNSTORABLE):
                logger.warning("refused what cannot be stored", exc_info=fault)
                return errors.bad_request(request, fault)
        return None
