"""On a laptop mail goes into files, which the browser shows; elsewhere there is no such page."""

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.test import Client

HTML = '<p onclick="x()">Your code: <b>204815</b></p><script>x()</script>'


@pytest.fixture(autouse=True)
def laptop(settings, tmp_path):
    settings.DEBUG = True
    settings.MAIL_DIR = tmp_path / "mail"


@pytest.fixture
def letter():
    post = get_connection("community.core.mail.FolderBackend")
    letter = EmailMultiAlternatives(
        "Your code — Café <b>",
        "Code: 204815\nhttp://127.0.0.1:8000/held/abc/",
        "hello@example.com",
        ["mara@example.com"],
        connection=post,
    )
    letter.attach_alternative(HTML, "text/html")
    letter.send()
    return letter


def get(address: str) -> str:
    return Client().get(address).content.decode()


def address_of_newest() -> str:
    return get("/dev/mail/").partition('href="/dev/mail/')[2].partition('"')[0]


def test_a_message_is_one_file(letter, settings):
    (file,) = settings.MAIL_DIR.iterdir()

    assert file.suffix == ".eml"
    assert b"mara@example.com" in file.read_bytes()


def test_two_messages_of_the_same_moment_are_two_files(letter, settings):
    letter.send()
    letter.send()

    assert len(list(settings.MAIL_DIR.iterdir())) == 3


def test_before_the_first_mail_the_page_says_how_to_get_one():
    assert "Ask for a sign-in code" in get("/dev/mail/")


def test_the_newest_stands_first(letter):
    letter.subject = "Second"
    letter.send()

    html = get("/dev/mail/")

    assert html.index("Second") < html.index("Your code — Café &lt;b&gt;")


def test_a_message_shows_its_text_with_links_that_work(letter):
    html = get(f"/dev/mail/{address_of_newest()}")

    assert "204815" in html
    assert 'href="http://127.0.0.1:8000/held/abc/"' in html
    assert "mara@example.com" in html
    assert "<b>" not in html.partition("<h1>")[2].partition("</h1>")[0]


def test_its_html_is_shown_where_nothing_of_it_can_run(letter):
    answer = Client().get(f"/dev/mail/{address_of_newest()}html/")

    assert answer.content.decode().strip() == HTML
    assert answer["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "script-src" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(
    "name", ["none.eml", "..", "%2e%2e%2fsecret.eml", ".hidden.eml", "x.txt", "a%5Cb.eml"]
)
def test_only_messages_of_the_folder_are_shown(letter, settings, name):
    (settings.MAIL_DIR.parent / "secret.eml").write_text("secret")
    (settings.MAIL_DIR / "x.txt").write_text("secret")

    assert Client().get(f"/dev/mail/{name}/").status_code == 404


@pytest.mark.parametrize("part", ["", "{}", "{}html/"])
def test_in_production_there_is_no_such_page(letter, settings, part):
    address = f"/dev/mail/{part.format(address_of_newest())}"
    settings.DEBUG = False

    assert Client().get(address).status_code == 404
