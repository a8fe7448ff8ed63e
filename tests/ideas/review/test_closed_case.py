"""Who has published sees the decision first, and people being told; who got it back, what to do."""

from ideas.actions.deciding import draft_decision, publish_decision
from ideas.actions.raising import raise_due
from ideas.actions.signing import answer_sign_off, ask_sign_off
from ideas.models import Audience, Escalation
from tests import make


def case_of(votes: int = 3) -> Escalation:
    make.rule(votes=3)
    make.idea(votes=votes, at=make.NOON)
    raise_due(make.NOON)
    return Escalation.objects.get()


def test_the_decision_and_who_is_told_stand_above_the_case(as_reviewer, reviewer):
    case = case_of()
    draft = draft_decision(case, by=reviewer, verdict="decline", reason="No.")
    publish_decision(draft, by=reviewer)

    page = as_reviewer.get(case.get_absolute_url()).content.decode()

    places = [page.index(words) for words in ("What was decided", 'class="ledger"', ">The idea<")]
    assert places == sorted(places)


def test_a_returned_draft_leads_back_to_its_form(as_reviewer, reviewer, approver):
    case = case_of()
    Audience.objects.update(sign_off_above=1000)
    draft = draft_decision(case, by=reviewer, verdict="decline", reason="No.", cost=90_000)
    asked = ask_sign_off(draft, by=reviewer)
    answer_sign_off(asked, by=approver, allows=False, note="Ask the landlord.")

    page = as_reviewer.get(f"/review/decisions/{draft.pk}/").content.decode()

    assert f'<a class="button button--go" href="{case.get_absolute_url()}#decide"' in page
