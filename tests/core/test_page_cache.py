"""A page for strangers is made once in a while; nothing of a signed-in reader is ever kept."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client
from django.urls import path

from community.core import page_cache
from community.core.caches import breaker
from community.core.page_cache import cached_for_strangers, forget_pages

pytestmark = pytest.mark.django_db


class Pages:
    """Some pages that say how often they were made."""

    made = 0

    @staticmethod
    @cached_for_strangers
    def plain(request: HttpRequest) -> HttpResponse:
        Pages.made += 1
        return HttpResponse(f"no {Pages.made}", headers={"X-Kept": "yes"})

    @staticmethod
    @cached_for_strangers
    def with_token(request: HttpRequest) -> HttpResponse:
        Pages.made += 1
        return HttpResponse(f"no {Pages.made} {get_token(request)}")

    @staticmethod
    @cached_for_strangers
    def with_cookie(request: HttpRequest) -> HttpResponse:
        Pages.made += 1
        answer = HttpResponse(f"no {Pages.made}")
        answer.set_cookie("seen", "yes")
        return answer

    @staticmethod
    @cached_for_strangers
    def with_session(request: HttpRequest) -> HttpResponse:
        Pages.made += 1
        request.session["seen"] = True
        return HttpResponse(f"no {Pages.made}")

    @staticmethod
    @cached_for_strangers
    def missing(request: HttpRequest) -> HttpResponse:
        Pages.made += 1
        return HttpResponse(f"no {Pages.made}", status=404)

    @staticmethod
    @cached_for_strangers
    def busy(request: HttpRequest) -> HttpResponse:
        """While it is made, somebody else asks for it."""
        Pages.made += 1
        mine = f"no {Pages.made}"
        if Pages.made == 2:
            Pages.meanwhile = get("/busy/")
        return HttpResponse(mine)

    @staticmethod
    @cached_for_strangers
    def hiding(request: HttpRequest) -> HttpResponse:
        """While it is made, something is hidden."""
        Pages.made += 1
        forget_pages()
        return HttpResponse(f"no {Pages.made}")

    meanwhile = ""
    urlpatterns: list[object] = []


Pages.urlpatterns = [
    path(f"{name}/", getattr(Pages, name))
    for name in ("plain", "with_token", "with_cookie", "with_session", "missing", "busy", "hiding")
]


@pytest.fixture(autouse=True)
def pages(settings):
    settings.ROOT_URLCONF = Pages
    settings.PAGE_CACHE_SECONDS = 30
    Pages.made = 0


@pytest.fixture
def clock():
    with time_machine.travel("2026-11-02T12:00Z", tick=False) as clock:
        yield clock


def get(address: str = "/plain/", client: Client | None = None, **headers: str) -> str:
    return (client or Client()).get(address, headers=headers).content.decode()


def test_the_second_stranger_gets_the_page_of_the_first():
    first, second = Client().get("/plain/"), Client().get("/plain/")

    assert first.content == second.content == b"no 1"
    assert second["X-Kept"] == "yes"
    assert second["Vary"].startswith("Cookie, HX-Request")


def test_it_costs_no_query(django_assert_num_queries):
    get()

    with django_assert_num_queries(0):
        get()


@pytest.mark.parametrize(
    "other",
    [
        {"address": "/plain/?sort=top"},
        {"cookie": "theme=dark"},
        {"HX-Request": "true"},
    ],
)
def test_another_address_theme_or_fragment_is_another_page(other):
    assert get() == "no 1"
    assert get(**other) == "no 2"


def test_a_theme_that_is_none_makes_no_page_of_its_own():
    get()

    assert get(cookie="theme=anything") == "no 1"


@pytest.mark.parametrize("cookie", ["sessionid=abcdefgh", "messages=hello"])
def test_who_has_a_session_or_a_message_gets_a_page_of_their_own(cookie):
    get()

    assert get(cookie=cookie) == "no 2"
    assert get() == "no 1"


@pytest.mark.parametrize("name", ["with_token", "with_cookie", "with_session", "missing"])
def test_what_is_personal_or_no_page_is_not_kept(name):
    assert get(f"/{name}/").startswith("no 1")
    assert get(f"/{name}/").startswith("no 2")


def test_a_post_is_never_answered_from_what_is_kept():
    get()

    assert Client().post("/plain/").content == b"no 2"


def test_a_page_is_at_most_some_seconds_old(clock):
    get()
    clock.shift(timedelta(seconds=29))
    assert get() == "no 1"

    clock.shift(timedelta(seconds=1))
    assert get() == "no 2"


def test_while_one_makes_the_page_anew_the_others_get_the_old_one(clock):
    get("/busy/")
    clock.shift(timedelta(seconds=31))

    assert get("/busy/") == "no 2"
    assert Pages.meanwhile == "no 1"
    assert get("/busy/") == "no 2"


def test_hiding_something_makes_every_page_anew_once_it_is_committed(
    django_capture_on_commit_callbacks,
):
    get()
    with django_capture_on_commit_callbacks(execute=True):
        forget_pages()
        assert get() == "no 1"

    assert get() == "no 2"


@pytest.mark.django_db(transaction=True)
def test_hiding_that_was_rolled_back_changes_nothing():
    get()
    with transaction.atomic():
        forget_pages()
        transaction.set_rollback(True)

    assert get() == "no 1"


@pytest.mark.django_db(transaction=True)
def test_a_page_that_was_being_made_while_something_was_hidden_is_not_shown():
    get("/hiding/")

    assert get("/hiding/") == "no 2"


def test_a_lost_version_brings_no_old_page_back():
    get()
    cache.delete(page_cache.VERSION)

    assert get() == "no 2"


def test_zero_seconds_keep_nothing(settings):
    settings.PAGE_CACHE_SECONDS = 0
    get()

    assert get() == "no 2"


def test_a_dead_cache_costs_no_page(settings):
    breaker.reset()
    settings.CACHES = {
        "default": {
            "BACKEND": "community.core.caches.SafeRedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }

    assert get() == "no 1"
    assert get() == "no 2"
    breaker.reset()
