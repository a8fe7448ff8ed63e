"""One view serves the page with script and the page without."""

import pytest
from django.http import HttpResponse, HttpResponseRedirect
from django.test import RequestFactory

from community.core.htmx import SeeOther, fragment_or_redirect, is_htmx
from community.core.middleware.htmx import HtmxRedirectMiddleware

HTMX = {"HX-Request": "true", "HX-Current-URL": "http://testserver/ideas/7-wifi/"}
FRAGMENT = "components/_notice.html"


def post(**headers: str):
    return RequestFactory().post("/ideas/7/vote/", headers=headers)


def test_script_gets_the_fragment():
    answer = fragment_or_redirect(post(**HTMX), FRAGMENT, {"text": "Voted"}, to="/ideas/7-wifi/")

    assert answer.status_code == 200
    assert "Voted" in answer.content.decode()
    assert answer["Vary"] == "HX-Request"


def test_without_script_the_browser_is_led_to_the_page():
    answer = fragment_or_redirect(post(), FRAGMENT, {"text": "Voted"}, to="/ideas/7-wifi/#post-3")

    assert answer.status_code == 303
    assert answer["Location"] == "/ideas/7-wifi/#post-3"


@pytest.mark.django_db
def test_a_thing_is_led_to_by_its_own_address(idea):
    assert (
        fragment_or_redirect(post(), FRAGMENT, {}, to=idea)["Location"] == idea.get_absolute_url()
    )


@pytest.mark.parametrize("header", ["HX-Boosted", "HX-History-Restore-Request"])
def test_htmx_asking_for_a_whole_page_gets_a_whole_page(header):
    assert not is_htmx(post(**HTMX, **{header: "true"}))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x"])
def test_no_redirect_leads_to_a_script(url):
    with pytest.raises(Exception, match="Unsafe redirect"):
        SeeOther(url)


def through_middleware(answer: HttpResponse, **headers: str) -> HttpResponse:
    return HtmxRedirectMiddleware(lambda request: answer)(post(**headers))


@pytest.mark.parametrize("redirect", [HttpResponseRedirect, SeeOther])
def test_htmx_follows_a_redirect_as_a_browser_would(redirect):
    answer = redirect("/accounts/login/?next=/ideas/7/vote/")
    answer.set_cookie("messages", "hello")
    answer = through_middleware(answer, **HTMX)

    assert answer.status_code == 204
    assert answer["HX-Redirect"] == "/accounts/login/?next=/ideas/7/vote/"
    assert "HX-Refresh" not in answer
    assert answer.cookies["messages"].value == "hello"


def test_a_redirect_to_another_anchor_of_the_same_page_loads_it_again():
    answer = through_middleware(SeeOther("/ideas/7-wifi/#post-3"), **HTMX)

    assert answer["HX-Redirect"] == "/ideas/7-wifi/#post-3"
    assert answer["HX-Refresh"] == "true"


def test_a_view_that_speaks_htmx_itself_is_left_alone():
    answer = HttpResponse(status=204, headers={"HX-Location": "/ideas/"})

    assert through_middleware(answer, **HTMX) is answer


def test_a_browser_gets_its_redirect():
    assert through_middleware(SeeOther("/ideas/")).status_code == 303


def test_a_fragment_passes():
    assert through_middleware(HttpResponse("<b>1</b>"), **HTMX).content == b"<b>1</b>"
