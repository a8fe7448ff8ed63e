"""Measuring one page: its statements and bytes counted, then driven by one client and by many."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Any

from . import processes
from .client import Run, ask, drive
from .pages import Page, Requests
from .servers import Cluster, Web

BESIDE = 0.5  # seconds of the constant string before and after each page
LEAST = 30  # requests behind each figure, where there is time
SAMPLE = 10  # requests whose statements are counted
WARM = 8  # so that every process has made its templates and plans


@dataclass
class Figures:
    """What one page cost at one number of clients; CPU in ms a request."""

    rate: float
    p50: float
    p95: float
    server: float
    database: float
    bad: int
    requests: int

    @property
    def cpu(self) -> float:
        return self.server + self.database


@dataclass
class Result:
    """All that is known of a page at one scale, by number of clients."""

    statements: float = 0.0
    bytes: int = 0
    packed: int = 0
    fault: str = ""
    at: dict[str, dict[str, float]] = field(default_factory=dict)
    constant: dict[str, dict[str, float]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


class Bench:
    """A running server and its database, of which pages are measured one after the other."""

    def __init__(self, web: Web, cluster: Cluster, database: str, places: dict[str, Any]) -> None:
        self.web = web
        self.cluster = cluster
        self.database = database
        self.places = places

    def requests(self, page: Page) -> Iterator[bytes]:
        return iter(Requests(page, self.web.port, self.places[page.by]))

    def measure(self, page: Page, constant: Page, *, seconds: float, clients: list[int]) -> Result:
        """Everything of one page, the constant string measured beside it."""
        requests = self.requests(page)
        result = self._look(requests, page)
        if result.fault:
            return result
        for number in clients:
            before = self._drive(self.requests(constant), number, BESIDE)
            figures = self._drive(requests, number, seconds)
            after = self._drive(self.requests(constant), number, BESIDE)
            result.at[str(number)] = asdict(figures)
            result.constant[str(number)] = {
                "rate": (before.rate + after.rate) / 2,
                "cpu": (before.cpu + after.cpu) / 2,
            }
        return result

    def _look(self, requests: Iterator[bytes], page: Page) -> Result:
        """The answer's size and the statements it takes; a fault where it is no good answer."""
        status, head, body = ask(self.web.port, next(requests))
        if status >= 400 or (status >= 300 and not page.writes):
            return Result(fault=f"answers {status}")
        for request in islice(requests, WARM):
            ask(self.web.port, request)
        before = self.cluster.statements(self.database)
        for request in islice(requests, SAMPLE):
            ask(self.web.port, request)
        statements = self.cluster.statements(self.database) - before
        is_packed = b"content-encoding: gzip" in head.lower()
        whole = gzip.decompress(body) if is_packed else body
        packed = body if is_packed else gzip.compress(body, 6)
        return Result(statements / SAMPLE, len(whole), len(packed))

    def _drive(self, requests: Iterator[bytes], clients: int, seconds: float) -> Figures:
        trees = (self.web.process, self.cluster.process)
        roots = [process.pid for process in trees if process is not None]
        before = [processes.cpu_seconds(root) for root in roots]
        run: Run = drive(self.web.port, requests, clients=clients, seconds=seconds, least=LEAST)
        spent = [
            processes.cpu_seconds(root) - then for root, then in zip(roots, before, strict=True)
        ]
        done = max(1, len(run.latencies))
        server, database = (1000 * cpu / done for cpu in spent)
        return Figures(
            rate=run.rate,
            p50=run.percentile(0.5),
            p95=run.percentile(0.95),
            server=server,
            database=database,
            bad=run.bad,
            requests=len(run.latencies),
        )
