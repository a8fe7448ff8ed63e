"""Stores and departments come from the repository, once, and keep what an admin gave them."""

import pytest

from community.people.actions import load_places
from community.people.models import Department, Store
from tests import make

pytestmark = pytest.mark.django_db


def test_they_are_loaded_once():
    first = load_places()
    again = load_places()

    assert first == again
    assert first[0] == 120
    assert first[1] >= 12
    assert Store.objects.get(code="539").time_zone == "America/Anchorage"
    assert Department.objects.get(name="Store Design").parent.name == "Stores and Facilities"


def test_a_department_keeps_its_owner():
    load_places()
    owner = make.member("ada")
    Department.objects.filter(slug="returns").update(owner=owner)

    load_places()

    assert Department.objects.get(slug="returns").owner == owner
