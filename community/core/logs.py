"""Logs: one JSON object a line, with the request's id, without mail addresses, codes and tokens."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

ACCESS_FIELDS = ("method", "path", "status", "ms", "user")
SLASH, AT = r"(?:/|%2F)", r"(?:@|%40)"
SECRETS = (
    # a mail address, also one that is percent-encoded in an address
    (re.compile(rf"[\w.+%-]+?{AT}[\w-]+(?:\.[\w-]+)+", re.IGNORECASE), "[address]"),
    # the token in the path of a page that needs no sign-in
    (
        re.compile(
            rf"({SLASH}(?:held|unsubscribe|confirm-email|reset{SLASH}key){SLASH})[^/\s?&%\"']+",
            re.IGNORECASE,
        ),
        r"\1[token]",
    ),
    # what a query, a form or a connection's address gives away
    (
        re.compile(r"\b((?:code|token|key|password|secret|sessionid)=)[^&\s\"']+", re.IGNORECASE),
        r"\1[secret]",
    ),
    (re.compile(r"(://[^:/\s]*:)[^@/\s]+@"), r"\1[secret]@"),
)


def without_secrets(text: str) -> str:
    """The text with mail addresses, codes, tokens and passwords crossed out."""
    for pattern, instead in SECRETS:
        text = pattern.sub(instead, text)
    return text


class PrivateFilter(logging.Filter):
    """Crosses secrets out of a record's message and path before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), ()
        if hasattr(record, "path"):
            record.path = without_secrets(str(record.path))
        return True


class JsonFormatter(logging.Formatter):
    """A record as one line of JSON: when, how bad, who says it, what, and for which request."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if known_as := request_id.get():
            line["request"] = known_as
        for name in ACCESS_FIELDS:
            if (value := getattr(record, name, None)) is not None:
                line[name] = value
        if record.exc_info:
            line["fault"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)
