"""The mail of a laptop, shown in the browser: how a newcomer finds the sign-in code. DEBUG only."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, cast

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

P = ParamSpec("P")
FILE_NAME = re.compile(r"[\w-]+\.eml", re.ASCII)
MOST_SHOWN = 100
SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src https: data:"


@dataclass(frozen=True)
class Letter:
    """One message as the pages show it."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message.get("Subject", ""))

    @property
    def to(self) -> str:
        return str(self.message.get("To", ""))

    @property
    def date(self) -> str:
        return str(self.message.get("Date", ""))

    @property
    def text(self) -> str:
        return self._body("plain")

    @property
    def html(self) -> str:
        return self._body("html")

    def _body(self, kind: str) -> str:
        part = self.message.get_body((kind,))
        return str(part.get_content()) if part else ""


def _laptop_only(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Without DEBUG there is no such page."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not settings.DEBUG:
            raise Http404
        return view(request, *args, **kwargs)

    return cast(Callable[Concatenate[HttpRequest, P], HttpResponse], guarded)


@require_safe
@_laptop_only
def messages(request: HttpRequest) -> HttpResponse:
    """The newest messages, newest first."""
    return render(request, "core/dev_mail.html", {"letters": list(_newest())})


@require_safe
@_laptop_only
def message(request: HttpRequest, name: str) -> HttpResponse:
    """One message: its text with links that work, and the way to its HTML."""
    return render(request, "core/dev_mail_message.html", {"letter": _read(name)})


@require_safe
@_laptop_only
def message_html(request: HttpRequest, name: str) -> HttpResponse:
    """The HTML of a message, sandboxed: no script, no form, nothing of this site."""
    return HttpResponse(_read(name).html, headers={"Content-Security-Policy": SANDBOX})


def _newest() -> Iterator[Letter]:
    names = sorted((path.name for path in _folder().glob("[!.]*.eml")), reverse=True)
    yield from (_read(name) for name in names[:MOST_SHOWN])


def _read(name: str) -> Letter:
    path = _folder() / name
    if not FILE_NAME.fullmatch(name) or not path.is_file():
        raise Http404
    return Letter(name, message_from_bytes(path.read_bytes(), policy=policy.default))


def _folder() -> Path:
    return Path(settings.MAIL_DIR)
