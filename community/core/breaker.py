"""A breaker: after a service has failed, nobody waits for it again for some seconds."""

from __future__ import annotations

import logging
import time

logger = logging.getLogger(__name__)


class Breaker:
    """Remembers, within this process, that a service failed a moment ago."""

    def __init__(self, service: str, *, seconds: float = 5.0) -> None:
        self.service = service
        self.seconds = seconds
        self._open_until = 0.0

    @property
    def is_open(self) -> bool:
        """Whether to leave the service alone for now."""
        return time.monotonic() < self._open_until

    def trip(self, fault: Exception) -> None:
        """Leave the service alone from now on; says so once each time, without what was sent."""
        self._open_until = time.monotonic() + self.seconds
        logger.warning("%s does not answer: %s", self.service, type(fault).__name__)

    def reset(self) -> None:
        """Try the service again at the next occasion."""
        self._open_until = 0.0
