"""The embedded default takes twenty page views and five writes a second, beside worker and beat."""

import pytest

from tests.faults.conftest import StartSite
from tests.faults.load import Load, logs_of

pytestmark = pytest.mark.server


def test_no_database_is_locked_under_load(start_site: StartSite) -> None:
    site = start_site()

    found = Load.on(site, "--seconds", "10", "--views", "20", "--writes", "5").figures()

    assert found["requests"] == 250
    assert found["lost"] == 0
    assert "database is locked" not in logs_of(site)
    assert "No drift" in site.manage("reconcile")
