"""Logs: one JSON object a line, with the request's id, without mail addresses, codes and tokens."""

from __future__ import annotations

import json
import logging
import re
from contextvars import ContextVar
from datetime import UTC, datetime

request_id: ContextVar[str] = ContextVar("request_id", default="")

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")
TOKEN = re.compile(r"(/(?:held|unsubscribe)/)[^/\s?]+")
CODE = re.compile(r"([?&](?:code|token|key|password)=)[^&\s]+")
EXTRA = ("method", "path", "status", "ms", "user", "task")


def without_secrets(text: str) -> str:
    """The text with mail addresses, tokens and codes crossed out."""
    text = ADDRESS.sub("[address]", text)
    text = TOKEN.sub(r"\1[token]", text)
    return CODE.sub(r"\1[code]", text)


class PrivateFilter(logging.Filter):
    """Crosses secrets out of each message before any handler writes it."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = without_secrets(record.getMessage()), ()
        if hasattr(record, "path"):
            record.path = without_secrets(str(record.path))
        return True


class JsonFormatter(logging.Formatter):
    """A log record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if known := request_id.get():
            line["request"] = known
        line |= {name: getattr(record, name) for name in EXTRA if hasattr(record, name)}
        if record.exc_info:
            line["fault"] = without_secrets(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)
