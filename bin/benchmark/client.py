"""A client that costs little itself: raw requests over open connections, answers read whole."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
BUFFER = 1 << 18
TIMEOUT = 60
FAULTY = 400
PATIENCE = 4


@dataclass
class Run:
    """What came of one measurement; latencies in seconds."""

    seconds: float = 0.0
    latencies: list[float] = field(default_factory=list)
    bad: int = 0
    bytes: int = 0

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    def percentile(self, share: float) -> float:
        """Milliseconds in which this share of the answers had come."""
        ordered = sorted(self.latencies)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


class Line:
    """One connection with at most one request under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=TIMEOUT)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.begun = 0.0
        self.answer = b""
        self.wanted = -1

    def send(self, request: bytes) -> None:
        self.answer, self.wanted = b"", -1
        self.begun = time.perf_counter()
        self.socket.sendall(request)

    def has_all(self) -> bool:
        """Read what is there; answer whether it is the whole answer."""
        data = self.socket.recv(BUFFER)
        if not data:
            raise ConnectionError("the server hung up")
        self.answer += data
        if self.wanted < 0:
            head, found, _rest = self.answer.partition(HEAD_END)
            if not found:
                return False
            self.wanted = len(head) + len(HEAD_END) + _length(head)
        return len(self.answer) >= self.wanted

    @property
    def status(self) -> int:
        return int(self.answer[9:12])


def drive(
    port: int, requests: Iterator[bytes], *, clients: int, seconds: float, least: int = 0
) -> Run:
    """Send requests through so many connections until the time is up, or there are none left.

    On a busy machine it goes on until `least` were answered, for so many times as long at most.
    """
    run, selector = Run(), selectors.DefaultSelector()
    begun = time.perf_counter()
    under_way = 0
    for _ in range(clients):
        if request := next(requests, b""):
            line = Line(port)
            selector.register(line.socket, selectors.EVENT_READ, line)
            line.send(request)
            under_way += 1
    while under_way:
        for key, _events in selector.select(TIMEOUT):
            line = key.data
            if not line.has_all():
                continue
            now = time.perf_counter()
            run.latencies.append(now - line.begun)
            run.bad += line.status >= FAULTY
            run.bytes += len(line.answer)
            patience = PATIENCE if len(run.latencies) < least else 1
            request = next(requests, b"") if now - begun < patience * seconds else b""
            if request:
                line.send(request)
            else:
                selector.unregister(line.socket)
                line.socket.close()
                under_way -= 1
    run.seconds = time.perf_counter() - begun
    return run


def ask(port: int, request: bytes) -> tuple[int, bytes, bytes]:
    """One request on a connection of its own: status, head and body."""
    line = Line(port)
    line.send(request)
    while not line.has_all():
        pass
    line.socket.close()
    head, _found, body = line.answer.partition(HEAD_END)
    return line.status, head, body


def _length(head: bytes) -> int:
    lower = head.lower()
    place = lower.find(LENGTH)
    if place < 0:
        return 0
    return int(lower[place + len(LENGTH) :].split(b"\r\n", 1)[0])
