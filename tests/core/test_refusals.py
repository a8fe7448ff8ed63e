"""What no browser sends gets a clear 4xx before anything else looks at it, and never a 500."""

import io

import pytest
from django.test import Client

from community.wsgi import application

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("method", ["TRACE", "PUT", "DELETE", "PATCH", "OPTIONS", "FOO", "CONNECT"])
def test_odd_verbs_are_not_allowed(method):
    answer = Client().generic(method, "/healthz")

    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD, POST"


@pytest.mark.parametrize("charset", ["utf-7", "utf-16", "latin-1", "idna", "nonsense", '"utf-7"'])
def test_only_utf8_is_read(charset):
    client = Client(enforce_csrf_checks=True)
    client.cookies["csrftoken"] = "a" * 32
    form = f"application/x-www-form-urlencoded; charset={charset}"

    answer = client.generic("POST", "/theme/", "theme=dark", content_type=form)

    assert answer.status_code == 400
    assert "UTF-8" in answer.content.decode()


@pytest.mark.parametrize("charset", ["utf-8", "UTF-8"])
def test_utf8_is_read(charset):
    form = f"application/x-www-form-urlencoded; charset={charset}"

    assert Client().generic("POST", "/theme/", "theme=dark", content_type=form).status_code == 303


@pytest.mark.parametrize(
    "address",
    ["/theme/?next=%00", "/theme/?next=%FF", "/theme/?%C3%28=1", "/theme/%00"],
)
def test_an_address_that_cannot_be_read_is_a_bad_request(address):
    answer = Client().get(address)

    assert answer.status_code == 400
    assert "broken characters" in answer.content.decode()


def test_a_path_that_cannot_be_read_is_nowhere():
    assert Client().get("/theme/%FF%FE").status_code == 404


def test_an_address_in_any_script_is_read():
    assert Client().get("/theme/?next=%E5%BA%97").status_code == 200


def test_a_form_of_a_megabyte_is_refused_without_being_read():
    answer = Client().post("/theme/", {"theme": "x" * 1_000_000}, content_type="text/plain")

    assert answer.status_code == 400
    assert "too large" in answer.content.decode()


@pytest.mark.parametrize("length", ["many", "-1x", "1e9"])
def test_a_length_that_is_no_number_is_refused(length):
    assert Client().post("/theme/", CONTENT_LENGTH=length).status_code == 400


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=\x01", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name"),
        ("multipart/form-data; boundary=x", b"\x00\xff" * 1000),
        ("application/x-www-form-urlencoded", b"&".join([b"a=1"] * 1000)),
        ("application/x-www-form-urlencoded", b"theme=\x00"),
        ("application/x-www-form-urlencoded", b"theme=%FF&%00=%00"),
        ("application/json", b'{"theme": "\\ud800"}'),
        ("text/plain; charset*=bogus''x", b""),
    ],
)
def test_a_broken_body_is_the_senders_fault(content_type, body):
    """Through the server's own door: some of these break Django before its first middleware."""
    environ = {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": "/theme/",
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "CONTENT_TYPE": content_type,
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.url_scheme": "http",
    }
    statuses: list[str] = []

    application(environ, lambda status, headers: statuses.append(status))

    assert statuses[0][0] == "4"


def test_what_is_refused_keeps_the_headers_of_every_page():
    answer = Client().generic("TRACE", "/")

    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Request-ID"]
