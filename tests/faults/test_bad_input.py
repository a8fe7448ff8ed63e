"""Whatever is sent to whichever address, it answers below 500 and within two seconds."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import quote, urlencode

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.addresses import ADDRESSES, MEMBERS, ROLES
from tests.world import world

SECONDS = 2.0  # of the processor, so that a busy machine is no fault
pytestmark = [pytest.mark.server, pytest.mark.django_db]  # thousands of requests: a minute
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=cut"

FIELDS = """
    title body board tags store stores email code login password password1 username display_name
    reason note date decision verdict audience kind id level theme key action until days csp kept
    next q after sort status tag mine voted as_voice voice category by_mail post no n text terms
""".split()

VALUES = {
    "nothing": "",
    "a NUL": "a\x00b",
    "nested quotes": ">" * 10_000,
    "nested lists": "".join(" " * (n % 60) + "- " for n in range(4_000)),
    "40 digits": "9" * 40,
    "a negative number": "-1",
    "digits of another script": "١٢٣",
    "not a number": "NaN",
    "half a surrogate pair": "\ud800",
    "right-to-left": "\u202egnp.exe",
    "a script": "</title><script>alert(1)</script>",
    "a template": "{{ settings.SECRET_KEY }}{% debug %}",
    "SQL": "' OR 1=1; DROP TABLE people_user; --",
    "a format": "%s%n%(x)s{0.__class__}",
    "a day that is none": "2026-02-30",
    "a year without end": "99999-12-31",
    "an address elsewhere": "//evil.example\\@x",
}

BODIES = {
    "invalid UTF-8": (FORM, b"title=%ff%fe&body=\xc3\x28&email=%80"),
    "bytes that are no form": (FORM, bytes(range(256)) * 20),
    "a thousand fields": (FORM, b"&".join(b"f%d=1" % n for n in range(1000))),
    "a megabyte": (FORM, b"body=" + b"a" * 1_000_000),
    "a megabyte in parts": (
        MULTIPART,
        b'--cut\r\nContent-Disposition: form-data; name="body"\r\n\r\n'
        + b"a" * 1_000_000
        + b"\r\n--cut--\r\n",
    ),
    "parts cut short": (MULTIPART, b'--cut\r\nContent-Disposition: form-data; name="bo'),
    "parts without a boundary": ("multipart/form-data", b"--cut\r\n"),
    "parts in base64 that is none": (
        MULTIPART,
        b"--cut\r\nContent-Disposition: form-data; name=body\r\n%s\r\n\r\n!!!=\r\n--cut--\r\n"
        % b"Content-Transfer-Encoding: base64",
    ),
    "JSON": ("application/json", b'{"title": {"$gt": ""}, "body": [[[[[]]]]]}'),
    "XML": ("application/xml", b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    "UTF-7": (f"{FORM}; charset=utf-7", b"title=+ADw-script+AD4-"),
    "a charset that is none": (f"{FORM}; charset=klingon-8", b"title=a"),
    "a content type that is none": ("\x01; ;;=", b"title=a"),
}


@dataclass
class Asker:
    """Asks as the role to which an address opens furthest, and writes down what went wrong."""

    clients: dict[str, Client]
    things: dict[str, object]
    wrong: dict[tuple[str, str], str] = field(default_factory=dict)

    def paths(self) -> Iterator[tuple[str, Client]]:
        for address in ADDRESSES.values():
            roles = [role for role in ROLES if address.answers[role] in (200, 303)]
            path = address.path.format(**self.things)
            yield path, self.clients[roles[-1] if roles else "customer"]

    def ask(self, client: Client, path: str, what: str, **request: object) -> HttpResponse:
        """Send it, take back what it changed, and note an answer that is no answer."""
        begun = time.process_time()
        with transaction.atomic():
            answer = client.generic(path=path, **request)  # type: ignore[arg-type]
            transaction.set_rollback(True)
        seconds = time.process_time() - begun
        if answer.status_code >= 500 or seconds > SECONDS:
            self.wrong[path[:80], what] = f"{answer.status_code} in {seconds:.1f} s"
        return answer


@pytest.fixture
def asker(request: pytest.FixtureRequest, settings) -> Asker:
    """One client a role, none of which stumbles over a 500: it is counted."""
    settings.LIMITS_FACTOR = 1_000_000
    clients = {role: request.getfixturevalue(f"as_{role}") for role in MEMBERS}
    clients["signed_out"] = Client()
    for client in clients.values():
        client.raise_request_exception = False
    things = world(*(request.getfixturevalue(who) for who in ("reviewer", "moderator", "owner")))
    return Asker(clients, things)


def encoded(value: str) -> str:
    return urlencode(dict.fromkeys(FIELDS, value.encode(errors="surrogatepass")))


def test_a_field_may_hold_anything(asker: Asker) -> None:
    for what, value in VALUES.items():
        form = encoded(value)
        for path, client in asker.paths():
            asker.ask(client, path, what, method="POST", data=form, content_type=FORM)

    assert asker.wrong == {}


def test_a_parameter_may_hold_anything(asker: Asker) -> None:
    for what in VALUES.keys() - {"nested quotes", "nested lists"}:  # longer than a request line
        query = encoded(VALUES[what])
        for path, client in asker.paths():
            asker.ask(client, path, what, method="GET", QUERY_STRING=query)

    assert asker.wrong == {}


def test_a_body_may_be_anything(asker: Asker) -> None:
    for what, (content_type, body) in BODIES.items():
        for path, client in asker.paths():
            asker.ask(client, path, what, method="POST", data=body, content_type=content_type)

    assert asker.wrong == {}


def test_an_address_may_name_any_number(asker: Asker) -> None:
    for number in ("0", "9" * 19, "9" * 40, "-1", "٣"):
        for path, client in asker.paths():
            odd = re.sub(r"\d+", lambda _, n=number: quote(n), path)
            for method in ("GET", "POST"):
                asker.ask(client, odd, method, method=method)

    assert asker.wrong == {}


def test_an_odd_verb_is_refused_everywhere(asker: Asker) -> None:
    answers = {
        asker.ask(client, path, verb, method=verb).status_code
        for verb in "PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND X".split()
        for path, client in asker.paths()
    }

    assert asker.wrong == {}
    assert answers == {405}


def test_a_form_without_its_token_is_refused(asker: Asker) -> None:
    for client in asker.clients.values():
        client.handler.enforce_csrf_checks = True
    answers = {
        path: asker.ask(client, path, "no token", method="POST", content_type=FORM).status_code
        for path, client in asker.paths()
    }

    assert asker.wrong == {}
    taken = {path for path, status in answers.items() if status not in (302, 403, 404, 405)}
    assert taken == {path for path in taken if path.startswith("/unsubscribe/")}


def test_a_cookie_may_hold_anything(asker: Asker) -> None:
    for cookie in ("sessionid=" + "9" * 4000, "csrftoken=\x80; sessionid=\xff", "="):
        for path, _ in asker.paths():
            asker.ask(Client(), path, cookie[:20], method="GET", HTTP_COOKIE=cookie)

    assert asker.wrong == {}
