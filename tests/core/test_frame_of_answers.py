"""Every answer carries an id, keeps itself to itself, and leaves one line in the log."""

import json
import logging

import pytest
from django.test import Client

from community.core.logs import JsonFormatter, PrivateFilter, without_secrets

pytestmark = pytest.mark.django_db


def test_every_answer_has_an_id_of_its_own():
    first, second = Client().get("/healthz"), Client().get("/healthz")

    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_a_proxys_id_is_taken_over():
    answer = Client().get("/healthz", headers={"X-Request-ID": "proxy-12345678"})

    assert answer["X-Request-ID"] == "proxy-12345678"


@pytest.mark.parametrize(
    "given", ["short", "a" * 65, "a b c d e f", "id\n12345678", "<script>x</script>"]
)
def test_an_id_that_could_harm_a_log_is_replaced(given):
    answer = Client().get("/healthz", headers={"X-Request-ID": given})

    assert answer["X-Request-ID"] != given
    assert len(answer["X-Request-ID"]) == 32


@pytest.mark.parametrize("address", ["/healthz", "/theme/", "/nowhere/"])
def test_no_page_runs_what_stands_in_it_or_is_framed(address):
    answer = Client().get(address)
    policy = answer["Content-Security-Policy"]

    assert "unsafe" not in policy
    for rule in (
        "default-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    ):
        assert rule in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.fixture
def access_lines(caplog):
    caplog.set_level(logging.INFO, "heard.access")

    def lines() -> list[dict[str, object]]:
        records = [record for record in caplog.records if record.name == "heard.access"]
        return [json.loads(formatted(record)) for record in records]

    return lines


def formatted(record: logging.LogRecord) -> str:
    PrivateFilter().filter(record)
    return JsonFormatter().format(record)


def test_each_request_leaves_one_line(access_lines, as_customer, customer):
    as_customer.get("/me/", headers={"X-Request-ID": "proxy-12345678"})

    (line,) = access_lines()
    assert {name: line[name] for name in ("method", "path", "status", "level", "user")} == {
        "method": "GET",
        "path": "/me/",
        "status": 200,
        "level": "info",
        "user": customer.pk,
    }
    assert line["ms"] >= 0
    assert line["time"].endswith("+00:00")


def test_a_stranger_has_no_id_and_logging_opens_no_session(access_lines, django_assert_num_queries):
    with django_assert_num_queries(0):
        Client().get("/healthz", headers={"cookie": "sessionid=abcdefghijklmnop"})

    assert "user" not in access_lines()[0]


def test_what_was_asked_for_is_not_logged(access_lines):
    Client().get("/theme/?next=/held/abc/&q=private&code=123456")

    (line,) = access_lines()
    assert "private" not in json.dumps(line)
    assert line["path"] == "/theme/"


def test_the_token_in_a_path_is_crossed_out(access_lines):
    Client().get("/unsubscribe/s3cr3t-token/")

    assert "s3cr3t" not in json.dumps(access_lines())
    assert access_lines()[0]["path"] == "/unsubscribe/[token]/"


@pytest.mark.parametrize(
    ("said", "logged"),
    [
        ("mail to mara@example.com failed", "mail to [address] failed"),
        ("mail to <m.a+ra@mail.example.co.uk>: no", "mail to <[address]>: no"),
        ("GET /x?email=mara%40example.com", "GET /x?email=[address]"),
        ("/held/AbC-12_3/", "/held/[token]/"),
        ("/accounts/login/?next=%2Fheld%2FAbC%2F", "/accounts/login/?next=%2Fheld%2F[token]%2F"),
        ("/accounts/password/reset/key/3-abc-def/", "/accounts/password/reset/key/[token]/"),
        ("/x?code=123456&sort=top", "/x?code=[secret]&sort=top"),
        ("password=hunter2", "password=[secret]"),
        ("postgres://heard:hunter2@db/heard", "postgres://heard:[secret]@db/heard"),
        ("the unsubscribe page, @mara", "the unsubscribe page, @mara"),
    ],
)
def test_no_address_code_or_token_stands_in_a_log(said, logged):
    assert without_secrets(said) == logged


def test_a_traceback_keeps_no_address_either():
    try:
        raise ValueError("no mail for mara@example.com")
    except ValueError as fault:
        info = (ValueError, fault, fault.__traceback__)
        record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "to %s", ("a@b.de",), info)

    line = json.loads(formatted(record))

    assert line["message"] == "to [address]"
    assert "mara@" not in line["fault"]
    assert "ValueError" in line["fault"]
