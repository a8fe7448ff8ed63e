"""While somebody works on the site every page says so, and what watches it still gets answers."""

import pytest
from django.test import Client


@pytest.fixture(autouse=True)
def closed(settings):
    settings.MAINTENANCE = True


@pytest.mark.parametrize("address", ["/", "/ideas/", "/accounts/login/", "/admin/", "/nowhere/"])
def test_every_page_says_so_without_asking_the_database(address):
    answer = Client().get(address)

    assert answer.status_code == 503
    assert "closed for a short while" in answer.content.decode()
    assert answer["Retry-After"] == "30"


def test_the_process_still_says_that_it_lives():
    assert Client().get("/healthz").status_code == 200


@pytest.mark.django_db
def test_and_whether_it_is_ready():
    assert Client().get("/readyz").status_code == 200
