"""The admin is for admins, behind the one door, and leaves a trail."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from community.activity.models import AuditEntry
from community.people.models import EmployeeRecord, RoleGrant, User
from tests import make

pytestmark = pytest.mark.django_db
NO_ROWS = {
    f"{prefix}-{which}_FORMS": "0"
    for prefix in ("employee_record", "role_grants", "sanctions")
    for which in ("TOTAL", "INITIAL")
}


def user_fields(user: User, **changed: object) -> dict[str, object]:
    kept = {name: getattr(user, name) for name in ("username", "display_name", "time_zone")}
    switches = {name: "on" for name in ("is_active", "is_staff") if getattr(user, name)}
    return {**kept, **switches, **NO_ROWS, **changed}


def test_admins_get_in_others_do_not_and_strangers_are_led_to_the_door(as_admin, as_moderator):
    assert as_admin.get("/admin/").status_code == 200
    assert as_moderator.get("/admin/").status_code == 403
    assert as_moderator.get("/admin/people/user/").status_code == 403
    assert Client().get("/admin/")["Location"] == "/accounts/login/?next=/admin/"


def test_staff_without_every_right_is_not_enough(client):
    client.force_login(make.member("halfway", is_staff=True))

    assert client.get("/admin/").status_code == 403


def test_the_admins_own_sign_in_leads_to_the_door(as_admin):
    keys = {"username": "admin@example.com", "password": "x"}

    for answer in (Client().get("/admin/login/"), Client().post("/admin/login/", keys)):
        assert answer["Location"] == "/accounts/login/?next=/admin/"
    stray = Client().get("/admin/login/?next=https://evil.example/")
    assert stray["Location"] == "/accounts/login/?next=/admin/"
    assert as_admin.get("/admin/login/")["Location"] == "/admin/"


@pytest.mark.parametrize("name", ["user", "employeerecord", "department", "store"])
def test_each_screen_opens(as_admin, employee, name):
    make.store()
    make.department()

    for page in ("", "add/", f"?q={employee.username}"):
        assert as_admin.get(f"/admin/people/{name}/{page}").status_code == 200


def test_an_admin_gives_a_role_and_the_trail_says_so(as_admin, admin, customer):
    group = make.member("known", groups=("moderators",)).groups.get()
    grant = {
        "role_grants-TOTAL_FORMS": "1",
        "role_grants-0-role": "owner",
        "role_grants-0-kind": "department",
        "role_grants-0-object_id": "1",
        "role_grants-0-user": str(customer.pk),
    }
    fields = user_fields(customer, groups=[group.pk], display_name="Cust", **grant)

    answer = as_admin.post(f"/admin/people/user/{customer.pk}/change/", fields)

    assert answer.status_code == 302, answer.context["errors"]
    assert list(customer.groups.all()) == [group]
    assert RoleGrant.objects.filter(user=customer, role="owner").exists()
    named, related = AuditEntry.objects.filter(verb="admin.changed").order_by("pk")
    assert (named.actor_id, named.object_id) == (admin.pk, customer.pk)
    assert named.detail.after == {"display_name": "Cust"}
    assert related.detail.after["groups"] == ["moderators"]


def test_an_address_is_nobodys_to_change_there(as_admin, customer):
    as_admin.post(
        f"/admin/people/user/{customer.pk}/change/", user_fields(customer, email="evil@example.com")
    )

    customer.refresh_from_db()
    assert customer.email == "customer@example.com"


def test_someone_new_joins_with_their_address(as_admin):
    fields = {"email": "New@example.com", "username": "newbie", "display_name": "Nia"}

    answer = as_admin.post("/admin/people/user/add/", fields)

    assert answer.status_code == 302
    member = User.objects.get(username="newbie")
    assert (member.email, member.has_usable_password()) == ("new@example.com", False)
    assert EmailAddress.objects.filter(user=member, verified=True, primary=True).exists()


def test_what_people_wrote_stands_accounts_are_closed_not_deleted(as_admin, customer):
    answer = as_admin.post(f"/admin/people/user/{customer.pk}/delete/", {"post": "yes"})

    assert answer.status_code == 403
    assert User.objects.filter(pk=customer.pk).exists()


def test_an_employee_is_let_go(as_admin, employee):
    record = EmployeeRecord.objects.get(user=employee)
    fields = {"user": employee.pk, "number": record.number, "given_name": record.given_name}

    as_admin.post(f"/admin/people/employeerecord/{record.pk}/change/", fields)

    record.refresh_from_db()
    assert not record.is_active
    assert AuditEntry.objects.get().detail.after == {"is_active": False}
