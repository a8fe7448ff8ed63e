"""A password is a second way in, at the same address, with allauth's limits; `next` stays here."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client

from community.notifications.models import Mail
from community.people.actions import join
from community.people.models import User

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough password"
SIGN_IN = "/accounts/login/"
KEYS = {"login": "keyholder@example.com", "password": PASSWORD}


@pytest.fixture
def keyholder(db: None) -> User:
    """A member who has a password too."""
    return join("keyholder@example.com", password=PASSWORD)


def test_the_page_offers_the_code_first(client):
    page = client.get(SIGN_IN).content.decode()

    assert page.index('name="email"') < page.index('name="login"') < page.index('name="password"')
    assert "Send me a code" in page
    assert "no-store" in client.get(SIGN_IN)["Cache-Control"]


def test_the_right_password_signs_in_and_another_does_not(client, keyholder):
    refused = client.post(SIGN_IN, {**KEYS, "password": "wrong"})
    assert refused.status_code == 422
    assert SESSION_KEY not in client.session
    assert "keyholder@example.com" in refused.content.decode()

    welcome = client.post(SIGN_IN, KEYS)
    assert welcome["Location"] == "/"
    assert client.session[SESSION_KEY] == str(keyholder.pk)


def test_the_address_may_be_typed_in_any_case(client, keyholder):
    client.post(SIGN_IN, {**KEYS, "login": " KeyHolder@Example.COM "})

    assert client.session[SESSION_KEY] == str(keyholder.pk)


def test_after_too_many_wrong_ones_even_the_right_password_waits(client, keyholder):
    for number in range(5):
        client.post(SIGN_IN, {**KEYS, "password": f"wrong {number}"})

    assert client.post(SIGN_IN, KEYS).status_code == 422
    assert SESSION_KEY not in client.session


def test_forged_proxy_headers_buy_no_tries(keyholder):
    for number in range(5):
        wrong = {**KEYS, "password": f"wrong {number}"}
        Client().post(SIGN_IN, wrong, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")

    last = Client()
    last.post(SIGN_IN, KEYS, HTTP_X_FORWARDED_FOR="10.0.0.99")
    assert SESSION_KEY not in last.session


@pytest.mark.parametrize("path", ["/me/", "/ideas/?sort=new", "/forum/t/7-x/2/#post-2"])
def test_it_leads_on_to_where_one_wanted_to_go(client, keyholder, path):
    assert client.post(SIGN_IN, {**KEYS, "next": path})["Location"] == path


FOREIGN = [
    "https://evil.example/",
    "//evil.example/",
    "///evil.example",
    r"\\evil.example",
    r"/\evil.example",
    "javascript:alert(1)",
    "http:evil.example",
    "/\tevil.example",
    "/\n/evil.example",
    "https:///evil.example",
    "//evil.example\\@testserver/",
    "http://testserver@evil.example/",
    "data:text/html,x",
    " //evil.example",
    "/%0d%0aSet-Cookie:x=1\r\nX: y",
]


@pytest.mark.parametrize("wanted", FOREIGN)
def test_it_leads_to_no_other_site(client, keyholder, wanted, begin_sign_in, code_sent_to):
    by_password = client.post(SIGN_IN, {**KEYS, "next": wanted})
    assert by_password.status_code == 302
    assert by_password["Location"].startswith("/")
    assert not by_password["Location"].startswith(("//", "/\\"))

    stranger = Client()
    act = begin_sign_in(stranger, keyholder.email, next=wanted)
    by_code = stranger.post(act.get_absolute_url(), {"code": code_sent_to(keyholder.email)})
    assert by_code["Location"] == "/"
    assert client.get(SIGN_IN, {"next": wanted})["Location"] == "/"


def test_who_is_signed_in_is_led_on(as_customer):
    assert as_customer.get(f"{SIGN_IN}?next=/me/")["Location"] == "/me/"


def test_there_is_no_other_form_to_sign_up_with(client):
    assert client.get("/accounts/signup/?next=/me/")["Location"] == "/accounts/login/?next=%2Fme%2F"
    assert client.post("/accounts/signup/", {"email": "new@example.com"}).status_code == 405
    assert not User.objects.exists()


def test_signing_out_takes_a_press(as_customer):
    assert as_customer.get("/accounts/logout/").status_code == 200
    assert SESSION_KEY in as_customer.session

    as_customer.post("/accounts/logout/")
    assert SESSION_KEY not in as_customer.session


def test_a_closed_account_is_signed_out_everywhere(as_customer, customer):
    assert as_customer.get("/me/").status_code == 200

    User.objects.filter(pk=customer.pk).update(is_active=False)

    assert as_customer.get("/me/").status_code == 302


def test_a_forgotten_password_is_set_anew_by_a_link_that_works_once(client, keyholder):
    elsewhere = Client()
    elsewhere.force_login(keyholder)
    client.post("/accounts/password/reset/", {"email": keyholder.email})
    letter = Mail.objects.get(to=keyholder.email)
    path = next(word for word in letter.text.split() if "/reset/key/" in word)
    path = "/" + path.split("/", 3)[3]

    form = client.get(path, follow=True)
    new = {"password1": "another long password", "password2": "another long password"}
    answer = client.post(form.request["PATH_INFO"], new)
    assert answer.status_code == 302

    keyholder.refresh_from_db()
    assert keyholder.check_password("another long password")
    assert elsewhere.get("/me/").status_code == 302
    assert "has run out" in Client().get(path, follow=True).content.decode()


def test_a_new_password_keeps_this_device_and_ends_the_others(client, keyholder):
    client.post(SIGN_IN, KEYS)
    elsewhere = Client()
    elsewhere.force_login(keyholder)

    new = {"oldpassword": PASSWORD, "password1": "yet another one", "password2": "yet another one"}
    assert client.post("/accounts/password/change/", new).status_code == 302

    assert client.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert Mail.objects.filter(to=keyholder.email, subject__contains="changed").exists()


def test_a_first_password_can_be_set(as_customer, customer):
    new = {"password1": PASSWORD, "password2": PASSWORD}

    assert as_customer.post("/accounts/password/set/", new).status_code == 302

    customer.refresh_from_db()
    assert customer.check_password(PASSWORD)
    assert as_customer.get("/me/").status_code == 200
