"""Rights are asked anew in each request: what is taken away is gone at the next one."""

import pytest

from community.people.models import EmployeeRecord, RoleGrant, User
from community.people.permissions import (
    employee_record,
    group_names,
    has_grant,
    is_admin,
    is_employee,
    is_moderator,
    is_reviewer,
)

pytestmark = pytest.mark.django_db


def test_roles_come_from_groups_and_admins_have_them_all(moderator, reviewer, customer, admin):
    assert is_moderator(moderator)
    assert not is_reviewer(moderator)
    assert is_reviewer(reviewer)
    assert not is_moderator(reviewer)
    assert is_moderator(admin)
    assert is_reviewer(admin)
    assert is_admin(admin)
    assert not any(holds(customer) for holds in (is_moderator, is_reviewer, is_admin))


def test_a_closed_account_has_no_rights(moderator, admin, employee):
    for person in (moderator, admin, employee):
        person.is_active = False

    assert group_names(moderator) == frozenset()
    assert not is_admin(admin)
    assert not is_employee(employee)


def test_an_employee_is_who_has_an_active_record(employee, customer):
    assert is_employee(employee)
    assert not is_employee(customer)

    EmployeeRecord.objects.filter(user=employee).update(is_active=False)
    assert employee_record(User.objects.get(pk=employee.pk)) is None


def test_what_was_remembered_is_forgotten_with_a_refresh(moderator, employee):
    assert is_moderator(moderator)
    assert is_employee(employee)
    moderator.groups.clear()
    EmployeeRecord.objects.filter(user=employee).update(is_active=False)

    moderator.refresh_from_db()
    employee.refresh_from_db()

    assert not is_moderator(moderator)
    assert not is_employee(employee)


def test_a_role_taken_away_is_gone_in_the_same_session(as_moderator, moderator, customer):
    page = f"/people/{customer.username}/"
    assert "Warn or suspend" in as_moderator.get(page).content.decode()

    moderator.groups.clear()

    assert "Warn or suspend" not in as_moderator.get(page).content.decode()


def test_an_admins_right_taken_away_is_gone_in_the_same_session(as_admin, admin):
    assert as_admin.get("/admin/").status_code == 200

    User.objects.filter(pk=admin.pk).update(is_superuser=False)

    assert as_admin.get("/admin/").status_code == 403


def test_a_grant_is_over_one_thing(manager, customer):
    RoleGrant.objects.create(user=manager, role="manager", kind="store", object_id=7)

    assert has_grant(manager, "manager", kind="store", object_id=7)
    assert not has_grant(manager, "manager", kind="store", object_id=8)
    assert not has_grant(manager, "owner", kind="store", object_id=7)
    assert not has_grant(customer, "manager", kind="store", object_id=7)


def test_rights_cost_one_query_however_often_they_are_asked(moderator, django_assert_num_queries):
    person = User.objects.get(pk=moderator.pk)

    with django_assert_num_queries(2):
        for _ in range(3):
            is_moderator(person), is_reviewer(person), is_employee(person)
