"""What a view raises becomes a page that says what is wrong, in our own look and without a 500."""

import logging

import pytest
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db import DataError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from community.core.caps import TextRefused
from community.core.limits import LimitReached
from community.core.models import Tick
from community.core.views import errors

pytestmark = pytest.mark.django_db


class Faulty:
    """A site whose one page raises what the test says."""

    fault: Exception = Http404()
    handler400 = staticmethod(errors.bad_request)
    handler403 = staticmethod(errors.forbidden)
    handler404 = staticmethod(errors.not_found)
    handler500 = staticmethod(errors.server_error)

    @staticmethod
    def page(request: HttpRequest) -> HttpResponse:
        raise Faulty.fault

    @staticmethod
    def search(request: HttpRequest) -> HttpResponse:
        return HttpResponse(Tick.objects.filter(name=request.POST["name"]).count())

    urlpatterns: list[object] = []


Faulty.urlpatterns = [path("page/", Faulty.page), path("search/", Faulty.search)]


@pytest.fixture(autouse=True)
def faulty(settings):
    settings.ROOT_URLCONF = Faulty


def get(fault: Exception, address: str = "/page/") -> HttpResponse:
    Faulty.fault = fault
    return Client(raise_request_exception=False).get(address)


@pytest.mark.parametrize("is_developing", [True, False])
@pytest.mark.parametrize(
    ("fault", "status", "words"),
    [
        (Http404("No Idea matches the given query."), 404, "There is nothing on this page"),
        (BadRequest("secret detail"), 400, "could not read"),
        (SuspiciousOperation("secret detail"), 400, "could not read"),
        (DataError("secret detail"), 400, "could not read"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates"), 400, "could not read"),
        (OverflowError("Python int too large"), 400, "could not read"),
        (TextRefused("The table in this text is too large."), 400, "too large"),
        (PermissionDenied("Only reviewers decide."), 403, "Only reviewers decide."),
        (LimitReached(90), 429, "Please try again in 2 minutes."),
        (OperationalError("secret detail"), 503, "back in a moment"),
        (InterfaceError("secret detail"), 503, "back in a moment"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_each_fault_has_its_page(settings, is_developing, fault, status, words):
    settings.DEBUG = is_developing

    answer = get(fault)

    assert answer.status_code == status
    assert words in answer.content.decode()
    assert "secret detail" not in answer.content.decode()
    assert "given query" not in answer.content.decode()


@pytest.mark.parametrize("is_developing", [True, False])
def test_an_address_without_a_view_has_our_page_too(settings, is_developing):
    settings.DEBUG = is_developing

    answer = get(Http404(), "/nowhere/")

    assert answer.status_code == 404
    assert "There is nothing on this page" in answer.content.decode()


def test_a_fault_of_ours_is_a_500_with_the_id_that_the_log_has(caplog):
    with caplog.at_level(logging.ERROR):
        answer = get(ZeroDivisionError("secret detail"))

    assert answer.status_code == 500
    assert answer["X-Request-ID"] in answer.content.decode()
    assert "secret detail" not in answer.content.decode()
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("fault", [OperationalError(), ZeroDivisionError()])
def test_pages_for_our_faults_need_no_database(fault, django_assert_num_queries, as_customer):
    Faulty.fault = fault
    as_customer.raise_request_exception = False
    as_customer.get("/page/")

    with django_assert_num_queries(0):
        as_customer.get("/page/")


def test_a_browser_is_told_when_to_come_back():
    assert get(OperationalError())["Retry-After"] == "30"
    assert get(LimitReached(90))["Retry-After"] == "90"


def test_what_went_wrong_is_never_kept_by_a_browser():
    for fault in (BadRequest(), OperationalError(), ZeroDivisionError()):
        assert get(fault)["Cache-Control"] == "no-store"


@pytest.mark.parametrize("name", ["a\x00b", "\ud800", "9" * 5000, "\u202e"])
def test_no_text_makes_the_database_fall_over(name):
    body = {"name": name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}

    assert Client().post("/search/", body).status_code in (200, 400)


def test_a_database_fault_outside_of_the_views_is_a_503_too(monkeypatch, as_customer):
    """As when the session is read or written; Django calls handler500 for these."""
    try:
        raise OperationalError
    except OperationalError:
        answer = errors.server_error(HttpRequest())

    assert answer.status_code == 503


def test_a_form_with_a_stale_token_gives_back_what_was_typed(settings):
    settings.ROOT_URLCONF = "community.urls"
    client = Client(enforce_csrf_checks=True)
    typed = {"body": "Three <b>paragraphs</b>", "password": "hunter2", "csrfmiddlewaretoken": "old"}

    answer = client.post("/theme/", typed)

    assert answer.status_code == 403
    assert "Three &lt;b&gt;paragraphs&lt;/b&gt;" in answer.content.decode()
    assert "hunter2" not in answer.content.decode()
