"""“Not now” is a date: on it the idea comes back by itself, into the digest of that period."""

from datetime import timedelta

import pytest

from community.core.owed import sweep
from ideas.actions.deciding import draft_decision, publish_decision
from ideas.models import Audience, Escalation, ReviewDigest
from tests import make

DAY = timedelta(days=1)


@pytest.mark.parametrize("verdict", ["not_now", "needs_more"])
def test_it_is_in_no_digest_while_it_is_put_off_and_in_the_first_after_its_day(
    db, reviewer, verdict
):
    Audience.objects.exclude(slug="corporate").delete()
    rule = make.rule(votes=3)
    idea = make.idea(votes=3, at=make.NOON)
    sweep(make.NOON)
    back = make.NOON + 60 * DAY
    draft = draft_decision(
        Escalation.objects.get(),
        by=reviewer,
        verdict=verdict,
        reason="In spring.",
        date=back.date(),
    )
    publish_decision(draft, by=reviewer, at=make.NOON + DAY)

    for day in range(2, 75):
        sweep(make.NOON + day * DAY)

    first, second = Escalation.objects.filter(idea=idea).order_by("pk")
    assert (first.state, second.state) == ("decided", "waiting")
    assert rule.audience.today(second.raised_at) == back.date()
    digests = ReviewDigest.objects.filter(audience=rule.audience)
    held = {digest for digest in digests if digest.entries.exists()}
    put_off = {digest for digest in digests if make.NOON + 8 * DAY < digest.ends_at < back}
    assert put_off
    assert not held & put_off
    come_back = digests.filter(begins_at__lte=second.raised_at, ends_at__gt=second.raised_at).get()
    assert come_back.entries.get().escalation == second
    assert come_back.entries.get().dossier["earlier"] == []
