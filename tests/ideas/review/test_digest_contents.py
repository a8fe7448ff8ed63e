"""Each audience gets its digest when it wants it, as long, and with what it wants in it."""

import csv
import io
from datetime import timedelta
from itertools import pairwise

import pytest

from community.notifications.models import Mail
from forum.actions import hide_post
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.digesting import close_due, close_now
from ideas.actions.promising import miss_promise
from ideas.actions.raising import raise_due
from ideas.models import Audience, DigestEntry, Escalation, EscalationRule, ReviewDigest
from tests import make

DAY = timedelta(days=1)


@pytest.fixture
def audience(db, reviewer):
    EscalationRule.objects.all().delete()
    Audience.objects.all().delete()
    audience = make.audience(time_zone="UTC")
    make.rule(votes=2, audience=audience)
    return audience


def want(audience, **fields):
    """Change what the audience wants; a month's period, so that only we close one."""
    for name, value in {"cadence": "monthly", **fields}.items():
        setattr(audience, name, value)
    audience.save()


def case(title, *, days=0, votes=2):
    at = make.NOON + days * DAY
    idea = make.idea(title, votes=votes, at=at)
    raise_due(at)
    return Escalation.objects.get(idea=idea)


@pytest.mark.parametrize(
    ("cadence", "digests"), [("daily", 26), ("weekly", 5), ("fortnight", 2), ("monthly", 1)]
)
def test_periods_end_as_the_audience_wants(audience, cadence, digests):
    want(audience, cadence=cadence)

    close_due(make.NOON + 36 * DAY - timedelta(hours=1))

    made = list(ReviewDigest.objects.order_by("number"))
    assert len(made) == digests
    assert all(first.ends_at == then.begins_at for first, then in pairwise(made))


def test_a_changed_cadence_leaves_no_gap(audience):
    close_due(make.NOON + 8 * DAY)
    want(audience, cadence="daily")
    close_due(make.NOON + 10 * DAY)

    made = list(ReviewDigest.objects.order_by("number"))
    assert all(first.ends_at == then.begins_at for first, then in pairwise(made))
    assert len(made) == 4


def test_a_short_digest_loses_nothing(audience):
    """Of seven cases two fit in each: the late first, and each has its turn."""
    want(audience, longest=2)
    cases = [case(f"Idea number {n}", days=n / 10) for n in range(7)]
    for week in range(1, 5):
        close_now(audience, at=make.NOON + 4 * week * DAY)

    seen = DigestEntry.objects.values_list("escalation", flat=True)
    assert set(seen) == {each.pk for each in cases}
    digests = ReviewDigest.objects.order_by("number")
    assert [digest.entries.count() for digest in digests] == [2, 2, 2, 2]
    assert [digest.extras["left_over"] for digest in digests] == [5, 5, 5, 5]


def test_the_late_come_before_the_new(audience):
    want(audience, longest=1)
    late = case("Late")
    close_now(audience, at=make.NOON + DAY)
    case("New", days=31)

    digest = close_now(audience, at=make.NOON + 32 * DAY)

    assert digest.entries.get().escalation == late


def test_what_rises_and_what_was_promised_end_the_digest(audience, as_reviewer, reviewer):
    want(audience, shows_rising=True, shows_promises=True)
    EscalationRule.objects.update(votes=6)
    rising = make.idea("Almost there", votes=5, at=make.NOON + DAY)
    make.idea("Far from it", votes=2, at=make.NOON + DAY)
    decided = case("Promised", votes=6)
    dated = {"date": (make.NOON + 10 * DAY).date()}
    draft = draft_decision(decided, by=reviewer, verdict="do_it", reason="Yes.", **dated)
    decision = publish_decision(draft, by=reviewer, at=make.NOON + 2 * DAY)
    miss_promise(decision, at=make.NOON + 11 * DAY)

    digest = close_now(audience, at=make.NOON + 12 * DAY)

    assert [row["idea"] for row in digest.extras["rising"]] == [rising.pk]
    assert [row["is_missed"] for row in digest.extras["promises"]] == [True]
    page = as_reviewer.get(digest.get_absolute_url()).text
    assert "Almost there" in page
    assert "5 of 6 votes" in page
    assert "Far from it" not in page
    mail = Mail.objects.filter(key__startswith="digest:").latest("pk")
    assert "Almost there" in mail.text
    assert "missed, it was promised by 12 November 2026" in mail.text


def test_a_frozen_end_shows_nothing_that_was_hidden_since(audience, as_reviewer, moderator):
    want(audience, shows_rising=True)
    EscalationRule.objects.update(votes=6)
    rising = make.idea("Rude words", votes=5, at=make.NOON + DAY)
    digest = close_now(audience, at=make.NOON + 12 * DAY)
    hide_post(rising.topic.posts.get(no=1), by=moderator, reason="Rude.")

    assert "Rude words" not in as_reviewer.get(digest.get_absolute_url()).text


def test_a_digest_is_a_table_without_formulas(audience, as_reviewer, as_customer):
    case("=HYPERLINK(0) in the stores")
    digest = close_now(audience, at=make.NOON + DAY)
    address = f"/review/digests/{digest.number}.csv"

    answer = as_reviewer.get(address)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))

    assert rows[0]["title"].startswith("'=HYPERLINK")
    assert (rows[0]["votes"], rows[0]["state"]) == ("2", "waiting")
    assert as_customer.get(address).status_code == 403
    assert as_reviewer.get("/review/digests/999.csv").status_code == 404
