"""The request as the web server's door makes it, before any middleware can look at it."""

from __future__ import annotations

from typing import Any

from django.core.handlers.wsgi import WSGIRequest


class ForgivingRequest(WSGIRequest):
    """A request that can be made whatever its content type says.

    Django fails on a header like `text/plain; charset*=bogus''x` outside of every middleware. Here
    it arrives with a charset that RefuseMiddleware answers with 400.
    """

    def __init__(self, environ: dict[str, Any]) -> None:
        try:
            super().__init__(environ)
        except (LookupError, ValueError):
            environ["CONTENT_TYPE"] = "text/plain; charset=unreadable"
            super().__init__(environ)
