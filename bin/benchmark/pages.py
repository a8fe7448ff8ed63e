"""What is measured: each page, who reads it, and the requests that are sent for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any
from urllib.parse import quote_plus, urlencode

CONSTANT = "constant string"
OUT, KEPT, SIGNED_IN = "signed out", "from the page cache", "signed in"
TOKEN = "b" * 32  # the double submit compares cookie and header
SIMILAR = (
    *("wi fi in the store", "parking for pick-up", "longer returns after hollidays"),
    *("receipts by mail", "charge my phone at the checkout", "dark mode for the app"),
)


@dataclass(frozen=True)
class Page:
    """One line of the table. `paths` are asked for in turn; what writes has a body for each."""

    name: str
    reader: str
    paths: tuple[str, ...]
    goal: float | None = None  # ms of the processor, server and database together
    body: str | None = None
    walks: bool = False  # each member once on the first path, then on the second, and so on
    by: str = "members"
    counted: str = ""  # the table that grows by a row a request, or shrinks

    @property
    def writes(self) -> bool:
        return self.body is not None

    @property
    def key(self) -> str:
        return f"{self.name}, {self.reader}"


def pages_of(places: dict[str, Any]) -> list[Page]:
    """Every page of the benchmark, for the places that the working database has."""
    return [
        Page(CONSTANT, OUT, ("/bench/constant/",)),
        *_read(places, OUT),
        *_read(places, KEPT),
        *_read(places, SIGNED_IN),
        Page(
            f"digest of {places['cases']}",
            SIGNED_IN,
            (f"/review/digests/{places['digest']}/",),
            by="reviewers",
        ),
        *_written(places),
    ]


def _read(places: dict[str, Any], reader: str) -> Iterator[Page]:
    """The pages that all read; from the page cache only the ones that people land on."""
    goal = {OUT: 7.0, KEPT: None, SIGNED_IN: 11.0}[reader]
    long = {OUT: 9.0, KEPT: None, SIGNED_IN: 11.0}[reader]
    idea, question = places["discussed"], places["question"]
    yield Page("home", reader, ("/",), 6.0 if reader == OUT else goal)
    yield Page("ideas, rising", reader, ("/ideas/",), goal)
    yield Page("idea with 520 comments", reader, (idea,), long)
    if reader == KEPT:
        return
    yield Page("ideas, rising, deep", reader, (places["deep"]["trending"],), goal)
    yield Page("ideas, most votes", reader, ("/ideas/?sort=top",), goal)
    yield Page("ideas, most votes, deep", reader, (places["deep"]["top"],), goal)
    yield Page("ideas, new", reader, ("/ideas/?sort=new",), goal)
    yield Page("ideas, new, deep", reader, (places["deep"]["new"],), goal)
    yield Page("ideas, one status", reader, ("/ideas/?status=declined",), goal)
    yield Page("idea, last comments", reader, (f"{idea}?before=20",), long)
    yield Page("questions of a board", reader, (places["board"],), goal)
    yield Page("question with 500 posts", reader, (question,), long)
    yield Page("question, last posts", reader, (f"{question}500/",), long)
    yield Page("forum", reader, ("/forum/",), 6.0 if reader == OUT else goal)
    yield Page("similar", reader, ("/ideas/new/similar/",), 30.0, "title={words}")
    yield Page("search, common words", reader, _searches(SIMILAR), 30.0)
    yield Page("search, a rare word", reader, _searches(places["rare"]), 12.0)


def _searches(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"/search/?{urlencode({'q': some})}" for some in words)


def _written(places: dict[str, Any]) -> Iterator[Page]:
    """What members write, each request by another member or on another idea."""
    ideas, hot = places["ideas"], places["wanted"]
    votes = tuple(f"/ideas/{key}/vote/" for key in ideas)
    yield Page("vote", SIGNED_IN, votes, 5.5, "", walks=True, counted="ideas_vote")
    withdrawn = tuple(f"/ideas/{key}/vote/withdraw/" for key in ideas)
    yield Page("withdraw", SIGNED_IN, withdrawn, None, "", walks=True, counted="ideas_vote")
    all_on_one = (f"/ideas/{hot}/vote/",)
    yield Page("vote, all on one", SIGNED_IN, all_on_one, 5.5, "", walks=True, counted="ideas_vote")
    comments = tuple(f"/ideas/{key}/comments/" for key in ideas)
    said = "body=" + "I+would+use+it+every+week%2C+number+{n}.+It+would+save+me+a+trip."
    yield Page("comment", SIGNED_IN, comments, 11.0, said, counted="forum_post")
    reply = (f"/forum/t/{places['question_key']}/reply/",)
    yield Page("reply", SIGNED_IN, reply, 11.0, said, counted="forum_post")


class Requests:
    """The bytes that are sent for a page, one request after the other, none of them twice."""

    def __init__(self, page: Page, port: int, sessions: list[str]) -> None:
        self.page = page
        self.port = port
        self.sessions = sessions if page.reader == SIGNED_IN else [""]
        self.numbers = count()

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        number, members = next(self.numbers), len(self.sessions)
        at = number // members if self.page.walks else number
        if self.page.walks and at >= len(self.page.paths):
            raise StopIteration
        path = self.page.paths[at % len(self.page.paths)]
        return self._request(path, self.sessions[number % members], number)

    def _request(self, path: str, session: str, number: int, *extra: str) -> bytes:
        words = quote_plus(SIMILAR[number % len(SIMILAR)])
        body = (self.page.body or "").replace("{n}", str(number)).replace("{words}", words).encode()
        lines = [
            f"{'POST' if self.page.writes else 'GET'} {path} HTTP/1.1",
            f"Host: 127.0.0.1:{self.port}",
            "Accept-Encoding: gzip",
            *extra,
        ]
        known = f"sessionid={session}; " if session else ""
        if known or self.page.writes:
            lines.append(f"Cookie: {known}csrftoken={TOKEN}")
        if self.page.writes:
            lines += [f"X-CSRFToken: {TOKEN}", "HX-Request: true", f"Content-Length: {len(body)}"]
            lines.append("Content-Type: application/x-www-form-urlencoded")
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
