"""The frame around every page: a title that tells of errors, nothing to send for strangers."""

import pytest
from django import forms
from django.contrib import messages
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory


class Sample(forms.Form):
    title = forms.CharField()


@pytest.fixture
def request_of_stranger(rf: RequestFactory) -> HttpRequest:
    request = rf.get("/ideas/?sort=new")
    request.user = AnonymousUser()
    request._messages = CookieStorage(request)
    return request


def test_a_strangers_frame_holds_links_only(request_of_stranger):
    page = render_to_string("layout/page.html", request=request_of_stranger)

    assert "<form" not in page
    assert "csrf" not in page
    assert 'href="/accounts/login/?next=%2Fideas%2F%3Fsort%3Dnew"' in page


def test_the_navigation_knows_where_the_reader_is(request_of_stranger):
    page = render_to_string("layout/page.html", request=request_of_stranger)

    assert '<a href="/ideas/" aria-current="page">Ideas</a>' in page
    assert '<a href="/ideas/decided/">You asked, we did</a>' in page


def test_a_longer_address_belongs_to_one_section_only(request_of_stranger):
    request_of_stranger.path = "/ideas/decided/"

    page = render_to_string("layout/page.html", request=request_of_stranger)

    assert page.count("aria-current") == 1
    assert '<a href="/ideas/decided/" aria-current="page">' in page


def test_the_title_tells_that_a_form_has_errors(request_of_stranger):
    faulty = {"form": Sample({})}

    page = render_to_string("layout/page.html", faulty, request_of_stranger)

    assert "<title>Error: " in page


def test_a_message_may_carry_its_undo(request_of_stranger, customer):
    request_of_stranger.user = customer
    messages.success(request_of_stranger, "Vote taken back.", extra_tags="undo:/ideas/17/vote/")

    page = render_to_string("components/_messages.html", request=request_of_stranger)

    assert "Vote taken back." in page
    assert '<form method="post" action="/ideas/17/vote/">' in page


@pytest.mark.parametrize("name", ["400", "403_csrf", "500", "503"])
def test_a_page_about_a_fault_needs_neither_reader_nor_database(name):
    page = render_to_string(f"{name}.html")

    assert "<h1>" in page
    assert "<form" not in page
