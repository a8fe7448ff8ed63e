"""Bytes that no browser sends are refused by the running server, which goes on serving."""

import socket
import time

import pytest

from tests.faults.load import Backed

pytestmark = pytest.mark.server

SECONDS = 2.0
FORM = b"Content-Type: application/x-www-form-urlencoded"

REQUESTS = {
    "TRACE": b"TRACE / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a verb that is none": b"\xff\xfe / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "no request at all": bytes(range(256)),
    "a NUL in the path": b"GET /ideas/\x00/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an encoded NUL in the path": b"GET /people/%00/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "an encoded NUL in the query": b"GET /ideas/?q=%00&tag=%00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "broken UTF-8 in the path": b"GET /people/%ff%fe/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "broken UTF-8 in the query": b"GET /ideas/?q=%c3%28 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "raw high bytes in the query": b"GET /ideas/?q=\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "forty digits": b"GET /ideas/%s/ HTTP/1.1\r\nHost: localhost\r\n\r\n" % (b"9" * 40),
    "forty digits as JSON": b"GET /ideas/%s.json HTTP/1.1\r\nHost: a\r\n\r\n" % (b"9" * 40),
    "a cursor of forty digits": b"GET /ideas/?after=%s HTTP/1.1\r\nHost: a\r\n\r\n" % (b"9" * 40),
    "a host that is none": b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "an address of a megabyte": b"GET /?q=%s HTTP/1.1\r\nHost: a\r\n\r\n" % (b"a" * 1_000_000),
    "a cookie of broken bytes": b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: a=\xff\x80\r\n\r\n",
    "UTF-7 with a token": b"POST /ideas/new/ HTTP/1.1\r\nHost: localhost\r\n%s; charset=utf-7\r\n"
    b"Cookie: csrftoken=%s\r\nContent-Length: 3\r\n\r\na=b" % (FORM, b"s" * 32),
    "a length that is none": b"POST /ideas/new/ HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
    b"Content-Length: many\r\n\r\na=b" % FORM,
    "a length and chunks": b"POST /ideas/new/ HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
    b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\na=b\r\n" % FORM,
    "a megabyte": b"POST /ideas/new/ HTTP/1.1\r\nHost: localhost\r\n%s\r\n"
    b"Content-Length: 1000005\r\n\r\nbody=%s" % (FORM, b"a" * 1_000_000),
}


def test_every_odd_request_is_refused_and_none_hurts(backed: Backed) -> None:
    answers = {}
    for what, sent in REQUESTS.items():
        begun = time.monotonic()
        status = status_of(backed.site.port, sent)
        answers[what] = (status, round(time.monotonic() - begun, 1))

    wrong = {
        what: answer for what, answer in answers.items() if answer[0] >= 500 or answer[1] > SECONDS
    }
    assert wrong == {}
    assert "Ideas" in backed.site.get("/ideas/")


def status_of(port: int, sent: bytes) -> int:
    """The status that the server answers with; 0 where it only hangs up, as it may."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        try:
            line.sendall(sent)
            first = line.recv(64)
        except ConnectionError:
            return 0
    words = first.split(b" ", 2)
    return int(words[1]) if len(words) > 2 else 0
