"""A member's page shows what others may see; one's own page shows what became of everything."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from community.people.actions import suspend
from community.people.drafts import keep
from community.people.models import EmployeeRecord, User
from forum.actions import hide_post
from ideas.actions import cast_vote
from tests import make

pytestmark = pytest.mark.django_db
ME = "/me/"
NAMES = {"display_name": "Rosa", "username": "rosa", "time_zone": "Europe/Berlin"}


def shown(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return str(answer.content.decode())


def test_a_page_says_who_they_are_and_never_their_address(client, customer):
    page = shown(client, "/people/customer/")

    assert "Customer" in page
    assert "Member since" in page
    assert customer.email not in page


def test_it_shows_ideas_and_answers_that_the_reader_may_read(client, as_employee, customer):
    staff_board = make.board("back-office", audience="employees")
    make.idea("Benches at the tills", by=customer)
    make.idea("Cheaper staff lunch", by=customer, on=staff_board)
    make.post(make.question(), "Use the HDMI socket, it works.", by=customer)

    for_strangers = shown(client, "/people/customer/")
    assert "Benches at the tills" in for_strangers
    assert "it works" in for_strangers
    assert "Cheaper staff lunch" not in for_strangers
    assert "Cheaper staff lunch" in shown(as_employee, "/people/customer/")


def test_what_was_hidden_is_gone_from_it(client, as_customer, customer, moderator):
    answer = make.post(make.question(), "An insult.", by=customer)
    idea = make.idea("A rude idea", by=customer)
    hide_post(answer, by=moderator, reason="Rude.")
    hide_post(idea.topic.posts.get(no=1), by=moderator, reason="Rude.")

    for session in (client, as_customer):
        page = shown(session, "/people/customer/")
        assert "An insult." not in page
    assert "A rude idea" not in shown(client, "/people/customer/")


def test_an_employee_is_marked_with_their_store_while_they_work_here(client):
    member = make.employee("priya", at=make.store("Anchorage"))
    assert "Works at Northline" in shown(client, "/people/priya/")
    assert "Anchorage" in shown(Client(), "/people/priya/")

    EmployeeRecord.objects.filter(user=member).update(is_active=False)
    page = shown(make_signed_in(), "/people/priya/")
    assert "Works at" not in page


def make_signed_in() -> Client:
    client = Client()
    client.force_login(make.member())
    return client


def test_closed_accounts_and_unknown_names_have_no_page(client):
    make.member("gone", is_active=False)

    for name in ("gone", "nobody", "%00", "x" * 3000):
        assert client.get(f"/people/{name}/").status_code in (400, 404)


def test_a_name_in_other_case_leads_to_the_page(client, customer):
    answer = client.get("/people/Customer/")

    assert (answer.status_code, answer["Location"]) == (303, "/people/customer/")


@pytest.mark.parametrize("size", [2, 15])
def test_a_page_costs_the_same_however_much_there_is(
    client, customer, size, django_assert_max_num_queries
):
    for number in range(size):
        make.idea(f"Idea number {number}", by=customer)
        make.post(make.question(), by=customer)

    with django_assert_max_num_queries(4):
        shown(client, "/people/customer/")


@pytest.mark.parametrize("size", [2, 12])
def test_ones_own_page_costs_the_same_however_much_there_is(
    as_customer, customer, size, django_assert_max_num_queries
):
    for number in range(size):
        make.idea(f"Idea number {number}", by=customer)
        make.question(f"Question number {number}?", by=customer)
        keep(customer, f"reply:{number + 1}", {"body": "Begun"})

    with django_assert_max_num_queries(11):
        shown(as_customer, ME)


def test_ones_own_page_is_for_members(client):
    assert client.get(ME)["Location"] == "/accounts/login/?next=/me/"


def test_a_new_member_is_told_what_to_do_first(as_customer):
    page = shown(as_customer, ME)

    assert "Post an idea" in page
    assert "Ask a question" in page


def test_it_shows_what_became_of_votes_ideas_questions_and_drafts(as_customer, customer):
    wanted = make.idea("Free wi-fi in the stores")
    cast_vote(wanted, by=customer)
    make.idea("Benches at the tills", by=customer)
    make.post(make.question("Which cable do I need?", by=customer), by=make.member())
    keep(customer, "forum.ask", {"title": "Does it fit?"})

    page = shown(as_customer, ME)

    for words in (
        "Free wi-fi in the stores",
        "Benches at the tills",
        "Open",
        "Answered",
        "Does it fit?",
    ):
        assert words in page


def test_names_are_changed_and_old_pages_lead_nowhere(as_customer, customer):
    assert as_customer.post(ME, NAMES).status_code == 303

    customer.refresh_from_db()
    assert (customer.username, customer.name, customer.time_zone) == (
        "rosa",
        "Rosa",
        "Europe/Berlin",
    )
    assert as_customer.get("/people/rosa/").status_code == 200
    assert as_customer.get("/people/customer/").status_code == 404


def test_a_change_of_name_shows_at_once_to_strangers(
    client, as_customer, customer, django_capture_on_commit_callbacks
):
    shown(client, "/people/customer/")

    with django_capture_on_commit_callbacks(execute=True):
        as_customer.post(ME, {**NAMES, "username": "customer"})

    assert "Rosa" in shown(client, "/people/customer/")


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": "Northline Support"},
        {"display_name": "Bob ✓"},
        {"display_name": "x" * 61},
        {"display_name": "a\x00b"},
        {"username": "advocate"},
        {"username": "ADVOCATE"},
        {"username": "admin"},
        {"username": ""},
        {"username": "a" * 5000},
        {"time_zone": "Mars/Olympus"},
    ],
)
def test_a_name_that_cannot_be_had_is_refused_beside_its_field(
    as_customer, customer, advocate, wrong
):
    answer = as_customer.post(ME, {**NAMES, **wrong})

    assert answer.status_code in (400, 422)
    customer.refresh_from_db()
    assert customer.username == "customer"


def test_no_other_field_can_be_sent_along(as_customer, customer):
    more = {"is_staff": "1", "is_superuser": "1", "email": "x@example.com", "suspended_until": ""}
    before = User.objects.values("is_staff", "is_superuser", "email").get(pk=customer.pk)

    as_customer.post(ME, {**NAMES, **more})

    assert User.objects.values("is_staff", "is_superuser", "email").get(pk=customer.pk) == before


def test_a_suspended_member_reads_until_when_and_why(as_customer, customer, moderator):
    until = timezone.now() + timedelta(days=7)
    suspend(customer, until=until, by=moderator, reason="Insults in three topics.")

    page = shown(as_customer, ME)

    assert "You cannot write or vote until" in page
    assert "Insults in three topics." in page
    assert "Insults" not in shown(Client(), "/people/customer/")


def test_markup_in_a_name_is_shown_and_never_run(client):
    make.member("odd", display_name="<script>alert(1)</script>")

    assert "<script>alert(1)" not in shown(client, "/people/odd/")


def test_a_member_says_at_which_store_they_shop(as_customer, customer):
    shop = make.store("Tempe", city="Tempe", state="AZ")
    names = {"username": customer.username, "display_name": "", "time_zone": "UTC"}

    wrong = as_customer.post("/me/", names | {"home_store": "Atlantis"})
    assert "We know no store of that name" in wrong.content.decode()
    as_customer.post("/me/", names | {"home_store": "tempe"})

    customer.refresh_from_db()
    assert customer.home_store == shop
    assert f'value="{shop.code}"' in as_customer.get("/me/").content.decode()
