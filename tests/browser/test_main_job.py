"""The main job on the running product: a vote raises an idea, it is decided, everyone is told.

Real web server, worker, beat and mail folder, with the demo story. Nothing waits by the clock:
what the worker owes is asked for until it is there.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from email import message_from_string, policy
from email.message import EmailMessage

import pytest
from playwright.sync_api import Page, expect

from tests.services import wait_until
from tests.site import Site

pytestmark = pytest.mark.browser

TITLE = "Free wi-fi in the stores"
REASON = "You asked most often for this. Every store gets it, Anchorage first."
JOURNEY = [
    "Decided: we will do it",
    "Answered",
    "Review started",
    "Sent to head office",
    "Answered",
    "Sent to Stores and Facilities",
    "Posted",
]
A_TICK_OR_TWO = 150  # seconds: the worker is woken at once, and the sweep comes each minute


def test_a_vote_raises_an_idea_and_everyone_hears_what_was_decided(
    site: Site, enter: Callable[[str], Page]
) -> None:
    pk, votes = vote_as_customer(enter("customer"))
    assert votes == 100
    wait_until(lambda: figures(site, pk)["status"] == "raised", "the idea to be raised", 30)

    reviewer = enter("reviewer")
    take(reviewer)
    close_the_period(reviewer)
    people = publish(reviewer)
    wait_until(
        lambda: figures(site, pk)["told"] == {"done": people, "total": people, "bounced": 0},
        f"all {people} to be told",
        A_TICK_OR_TWO,
    )

    check_mails(decision_mails(site), people)
    site.manage("sweep")
    assert len(decision_mails(site)) <= people
    check_ledger_and_timeline(reviewer, pk, people)
    check_notice(enter("customer"))
    assert site.manage("reconcile")


def vote_as_customer(page: Page) -> tuple[int, int]:
    """Look for the idea and vote for it; answers its number and its votes."""
    page.goto("/ideas/")
    page.get_by_role("searchbox").fill("wi-fi stores")
    page.get_by_role("searchbox").press("Enter")
    page.get_by_role("link", name=TITLE).click()
    page.get_by_role("button", name=TITLE).click()
    expect(page.get_by_role("button", name=TITLE)).to_have_attribute("aria-pressed", "true")
    vote = page.locator("[data-idea]").first
    return int(vote.get_attribute("data-idea") or 0), int(vote.get_attribute("data-votes") or 0)


def take(page: Page) -> None:
    """Find the case in corporate review and take it."""
    page.goto("/review/")
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_role("button", name="Take this case").click()
    expect(page.get_by_role("status").first).to_contain_text("This case is yours.")


def close_the_period(page: Page) -> None:
    """End the digest's period by hand; the digest that is made lists the idea."""
    page.goto("/review/")
    page.get_by_role("button", name="Close the period now").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("digest")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()


def publish(page: Page) -> int:
    """Decide with a reason and a date, read the preview, publish; how many are to be told."""
    page.get_by_role("link", name=TITLE, exact=True).click()
    page.get_by_label("Do it").check()
    page.get_by_label("Why, in public words").fill(REASON)
    day = dt.datetime.now(dt.UTC).date() + dt.timedelta(days=90)
    page.locator("[name=date]").fill(day.isoformat())
    page.get_by_role("button", name="Preview decision").click()
    expect(page.locator(".official")).to_contain_text(REASON)
    button = page.get_by_role("button", name="Publish and tell")
    people = int("".join(filter(str.isdigit, button.inner_text())))
    button.click()
    expect(page.get_by_role("status").first).to_contain_text("Published.")
    return people


def figures(site: Site, pk: int) -> dict[str, object]:
    """What the idea's JSON says."""
    found: dict[str, object] = json.loads(site.get(f"/ideas/{pk}.json"))
    return found


def decision_mails(site: Site) -> list[EmailMessage]:
    """The mails that tell of this decision."""
    mails = (message_from_string(mail, policy=policy.default) for mail in site.mails())
    return [mail for mail in mails if REASON in text_of(mail)]


def text_of(mail: EmailMessage) -> str:
    """The plain text, in one line."""
    part = mail.get_body(("plain",))
    return " ".join(part.get_content().split()) if part else ""


def check_mails(mails: list[EmailMessage], people: int) -> None:
    """One for each mailbox, known by its Message-ID, and stopped by one click."""
    assert 0 < len(mails) <= people
    assert set(Counter(mail["To"] for mail in mails).values()) == {1}
    assert len({mail["Message-ID"] for mail in mails}) == len(mails)
    assert all("/unsubscribe/" in mail["List-Unsubscribe"] for mail in mails)
    assert "customer@example.com" in {mail["To"] for mail in mails}


def check_ledger_and_timeline(page: Page, pk: int, people: int) -> None:
    """The idea's page shows how many were told, and the whole way there."""
    page.goto(f"/ideas/{pk}/")
    expect(page.locator(".ledger")).to_contain_text(f"{people} of {people} told")
    expect(page.locator(".official").first).to_contain_text(REASON)
    expect(page.locator(".timeline__title")).to_have_text(JOURNEY)


def check_notice(page: Page) -> None:
    """Who voted finds it among the notices, once."""
    page.goto("/notifications/")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(1)
