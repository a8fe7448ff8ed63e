"""Every stored figure can be counted again, and a drift made by hand is found and mended."""

import pytest
from django.core.management import call_command

from community.core import counters


@pytest.fixture
def figure(monkeypatch):
    """A stored figure of 2 where 11 is right."""
    stored = {"count": 2}
    monkeypatch.setattr(counters, "_recounts", {})

    @counters.counter("test.count")
    def recount(repair: bool) -> list[counters.Drift]:
        drifts = [counters.Drift("idea 17", stored["count"], 11)] if stored["count"] != 11 else []
        if repair:
            stored["count"] = 11
        return drifts

    return stored


def test_a_drift_is_printed_and_the_command_fails(figure, capsys):
    with pytest.raises(SystemExit) as end:
        call_command("reconcile")

    assert end.value.code == 1
    assert "test.count: idea 17: stored 2, counted 11\n" in capsys.readouterr().out
    assert figure["count"] == 2


def test_a_drift_is_mended_when_asked_and_then_gone(figure, capsys):
    with pytest.raises(SystemExit):
        call_command("reconcile", repair=True)
    call_command("reconcile")

    assert figure["count"] == 11
    assert "No drift" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_empty_site_has_no_drift(capsys):
    call_command("reconcile")

    assert "No drift" in capsys.readouterr().out
