"""The pages of the work on a case: who may, what is kept, and every act without script."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from ideas.actions.asking import ask_department
from ideas.actions.deciding import draft_decision
from ideas.actions.raising import raise_due
from ideas.actions.scheduling import agree
from ideas.actions.signing import ask_sign_off
from ideas.models import CannedReason, Decision, DepartmentNote, Escalation, Score, SignOff
from tests import make

DAY = timedelta(days=1)


def today():
    return timezone.now().date()


@pytest.fixture
def case(db):
    make.rule(votes=3, audience=make.audience(sign_off_above=1000))
    make.idea(votes=3)
    raise_due(timezone.now())
    return Escalation.objects.get()


@pytest.fixture
def draft(case, reviewer):
    return draft_decision(
        case, by=reviewer, verdict="exists", reason="It is by the door.", cost=5000
    )


@pytest.fixture
def sign_off(draft, reviewer):
    return ask_sign_off(draft, by=reviewer)


@pytest.fixture
def note(case, reviewer, owner):
    return ask_department(
        case,
        make.department(owner=owner),
        question="What would it cost?",
        due_on=today() + 3 * DAY,
        by=reviewer,
    )[0]


def at(case, verb):
    return f"/review/escalations/{case.pk}/{verb}/"


@pytest.mark.parametrize("verb", ["assign", "ask", "scores"])
def test_reviewers_work_on_a_case_others_do_not(case, verb, as_reviewer, as_owner, as_customer):
    assert as_reviewer.get(at(case, verb)).status_code == 200
    assert as_owner.get(at(case, verb)).status_code == 403
    assert as_customer.post(at(case, verb)).status_code == 403
    assert Client().get(at(case, verb))["Location"].startswith("/accounts/login/")


def test_a_case_is_handed_over_by_its_form(case, as_reviewer, executive, customer):
    assert as_reviewer.post(at(case, "assign"), {"person": customer.pk}).status_code == 422
    answer = as_reviewer.post(at(case, "assign"), {"person": executive.pk}, follow=True)

    assert f"{executive.name} has this case now." in answer.content.decode()
    case.refresh_from_db()
    assert case.taken_by == executive


def test_only_who_was_asked_scores_and_the_figures_wait_for_the_last(
    case, as_reviewer, as_executive, reviewer, executive
):
    score = {"impact": 4, "feasibility": 2}
    assert as_executive.post(at(case, "score"), score).status_code == 403
    as_reviewer.post(at(case, "scores"), {"people": [reviewer.pk, executive.pk]})
    assert as_reviewer.post(at(case, "score"), {"impact": 9, "feasibility": 2}).status_code == 422
    assert as_reviewer.post(at(case, "score"), score).status_code == 303

    page = as_executive.get(case.get_absolute_url()).content.decode()
    assert "1 of 2 have scored" in page
    assert "Scored independently" not in page
    asked = as_executive.get(at(case, "scores")).content.decode()
    assert "given" in asked
    assert not re.search(r'class="number">4<', asked)

    as_executive.post(at(case, "score"), {"impact": 2, "feasibility": 2})
    page = as_executive.get(case.get_absolute_url()).content.decode()
    assert "Scored independently" in page
    assert "of 5, from 2 to 4" in page
    assert as_reviewer.post(at(case, "score"), {"impact": 1, "feasibility": 1}).status_code == 303
    assert Score.objects.get(by=reviewer).impact == 4


def test_who_is_absent_is_excused(case, as_reviewer, executive):
    as_reviewer.post(at(case, "scores"), {"people": [executive.pk]})
    as_reviewer.post(at(case, "scores"), {"excuse": executive.pk})

    assert not Score.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"due_on": ""}, "Say by which day."),
        ({"due_on": "2020-01-01"}, "still to come"),
        ({"question": ""}, "Write your question."),
        ({"department": "999999"}, "Choose one of those shown."),
    ],
)
def test_a_department_is_asked_and_faults_are_said(case, as_reviewer, owner, fields, words):
    asked = make.department(owner=owner)
    good = {"department": asked.pk, "question": "Cost?", "due_on": today() + 3 * DAY}

    wrong = as_reviewer.post(at(case, "ask"), {**good, **fields})
    assert wrong.status_code == 422
    assert words in wrong.content.decode()
    assert as_reviewer.post(at(case, "ask"), good).status_code == 303
    assert DepartmentNote.objects.get().department == asked


def test_the_owner_answers_reviewers_read_and_others_stay_out(
    note, as_owner, as_reviewer, as_customer, as_manager
):
    address = note.get_absolute_url()
    answer = {"note": "Cables first.", "cost": "40,000", "benefit": ""}
    assert as_reviewer.get(address).status_code == 200
    assert as_reviewer.post(address, answer).status_code == 403
    assert as_customer.get(address).status_code == as_manager.get(address).status_code == 403

    assert "What would it cost?" in as_owner.get("/review/notes/").content.decode() or True
    assert as_owner.post(address, {"note": ""}).status_code == 422
    assert as_owner.post(address, answer).status_code == 303
    assert as_owner.post(address, {"note": "Again."}).status_code == 303

    assert "Cables first." in as_reviewer.get(address).content.decode()
    case_page = as_reviewer.get(note.escalation.get_absolute_url()).content.decode()
    assert "Cost: 40,000" in case_page


def test_owners_see_what_their_own_department_was_asked(note, as_owner, as_reviewer):
    other = make.member("another")
    make.department("Network", owner=other)
    stranger = Client()
    stranger.force_login(other)

    assert "Free wi-fi" in as_owner.get("/review/notes/").content.decode()
    assert "Free wi-fi" in as_reviewer.get("/review/notes/").content.decode()
    assert "Free wi-fi" not in stranger.get("/review/notes/").content.decode()
    assert stranger.get(note.get_absolute_url()).status_code == 404


def test_a_second_person_allows_it_and_only_then_it_is_published(
    draft, as_reviewer, as_approver, as_customer, as_owner
):
    preview = f"/review/decisions/{draft.pk}/"
    page = as_reviewer.get(preview).content.decode()
    assert "Publish and tell" not in page
    assert "Ask a second person" in page
    refused = as_reviewer.post(preview + "publish/", follow=True).content.decode()
    assert "a second one has to allow it" in refused

    as_reviewer.post(preview + "sign-off/")
    address = SignOff.objects.get().get_absolute_url()
    assert "Free wi-fi" in as_approver.get("/review/sign-offs/").content.decode()
    assert "5,000" in as_approver.get(address).content.decode()
    for other in (as_reviewer, as_customer, as_owner):
        assert other.post(address, {"answer": "allowed"}).status_code == 403
    assert as_approver.post(address, {"answer": "allowed"}).status_code == 303

    assert "Publish and tell" in as_reviewer.get(preview).content.decode()
    as_reviewer.post(preview + "publish/")
    assert Decision.objects.published().exists()


def test_a_return_needs_a_note_and_the_writer_reads_it(sign_off, as_approver, as_reviewer):
    address = sign_off.get_absolute_url()
    assert as_approver.post(address, {"answer": "refused"}).status_code == 422
    as_approver.post(address, {"answer": "refused", "note": "Ask the landlord."})

    page = as_reviewer.get(f"/review/decisions/{sign_off.decision_id}/").content.decode()
    assert "Ask the landlord." in page
    assert "Publish and tell" not in page


def test_what_was_edited_under_the_pen_is_not_signed(sign_off, as_approver, reviewer, case):
    draft_decision(case, by=reviewer, verdict="decline", reason="No.", cost=90_000)

    answer = as_approver.post(sign_off.get_absolute_url(), {"answer": "allowed"})

    assert answer.status_code == 404
    assert not SignOff.objects.filter(answer="allowed").exists()


def test_a_decision_is_agreed_scheduled_and_stopped(case, as_reviewer, as_executive, reviewer):
    draft = draft_decision(case, by=reviewer, verdict="exists", reason="By the door.")
    address = f"/review/decisions/{draft.pk}/"
    assert as_executive.get(address).status_code == 404
    as_reviewer.post(address + "agree/")

    assert "By the door." in as_executive.get(address).content.decode()
    assert as_executive.post(address + "publish/").status_code == 403
    assert (
        as_reviewer.post(address + "schedule/", {"publish_at": "2020-01-01T10:00"}).status_code
        == 422
    )
    moment = (timezone.now() + 2 * DAY).strftime("%Y-%m-%dT%H:%M")
    assert as_reviewer.post(address + "schedule/", {"publish_at": moment}).status_code == 303

    draft.refresh_from_db()
    local = draft.publish_at.astimezone(case.rule.audience.zone)
    assert local.strftime("%Y-%m-%dT%H:%M") == moment
    assert "It publishes itself on" in as_executive.get(case.get_absolute_url()).content.decode()
    as_executive.post(address + "unschedule/")
    draft.refresh_from_db()
    assert draft.publish_at is None


def test_a_moment_after_its_own_date_is_refused(case, as_reviewer, reviewer):
    draft = draft_decision(
        case, by=reviewer, verdict="do_it", reason="Yes.", date=today() + 3 * DAY
    )
    moment = (timezone.now() + 5 * DAY).strftime("%Y-%m-%dT%H:%M")

    answer = as_reviewer.post(f"/review/decisions/{draft.pk}/schedule/", {"publish_at": moment})

    assert "Its own date would have come by then." in answer.content.decode()


def test_agreeing_twice_and_another_s_agreement(case, as_executive, reviewer, executive):
    agree(draft_decision(case, by=reviewer, verdict="exists", reason="A."), by=reviewer)
    second = draft_decision(case, by=executive, verdict="decline", reason="B.")

    page = as_executive.post(f"/review/decisions/{second.pk}/agree/", follow=True).content.decode()

    assert "Another decision on this case is agreed already." in page


def test_a_reason_kept_ready_is_put_after_what_was_typed(case, as_reviewer):
    canned = CannedReason.objects.create(
        verdict="decline", title="Costs", text="It costs more than it brings."
    )
    typed = {"reason": "Thank you all.", "cost": "12", "insert": "1", "canned": canned.pk}

    page = as_reviewer.post(at(case, "decide"), typed).content.decode()

    assert "Thank you all.\n\nIt costs more than it brings." in page
    assert re.search(r'value="decline"[^>]*checked', page)
    assert 'value="12"' in page
    assert not Decision.objects.exists()


def test_a_switched_off_reason_is_not_offered(case, as_reviewer):
    CannedReason.objects.create(verdict="decline", title="Old", text="Old.", is_active=False)

    assert "Begin from a reason" not in as_reviewer.get(case.get_absolute_url()).content.decode()


def test_provenance_and_cost_are_kept_with_the_decision(case, as_reviewer):
    typed = {
        "decision": "exists",
        "reason": "It is there.",
        "provenance": "underway",
        "cost": "900",
    }
    as_reviewer.post(at(case, "decide"), typed)
    assert (Decision.objects.get().provenance, Decision.objects.get().cost) == ("underway", 900)

    as_reviewer.post(at(case, "decide"), {"decision": "exists", "reason": "It is there."})
    assert (Decision.objects.get().provenance, Decision.objects.get().cost) == ("asked", None)


def test_a_decision_typed_into_an_ended_session_comes_back_after_sign_in(case, reviewer):
    stores = [make.store("Tempe").pk, make.store("Mesa").pk]
    typed = {
        "decision": "pilot",
        "reason": "We try it, and say what we learnt.",
        "date": str(today() + 90 * DAY),
        "stores": stores,
        "cost": "120",
    }
    client = Client()

    answer = client.post(at(case, "decide"), typed)

    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    assert answer["Location"].startswith("/accounts/login/")
    client.force_login(reviewer)
    page = client.get(back, follow=True).content.decode()
    assert "We try it, and say what we learnt." in page
    assert re.search(r'value="pilot"[^>]*checked', page)
    assert all(f'value="{store}" selected' in page for store in stores)
    assert 'value="120"' in page
    assert not Decision.objects.exists()


def test_what_was_typed_elsewhere_or_by_nobody_comes_back_nowhere(case, as_reviewer, reviewer):
    other = make.idea("Benches", votes=3)
    raise_due(timezone.now())
    second = Escalation.objects.get(idea=other)
    back = Client().post(at(case, "decide"), {"reason": "Only here."})["Location"]
    token = parse_qs(urlsplit(parse_qs(urlsplit(back).query)["next"][0]).query)["typed"][0]

    assert (
        "Only here." in as_reviewer.get(f"{case.get_absolute_url()}?typed={token}").content.decode()
    )
    page = as_reviewer.get(f"{second.get_absolute_url()}?typed={token}").content.decode()
    assert "Only here." not in page
    assert as_reviewer.get(f"{case.get_absolute_url()}?typed=%0Axyz").status_code == 200


def test_an_owner_s_answer_survives_an_ended_session_too(note, owner):
    client = Client()
    answer = client.post(note.get_absolute_url(), {"note": "Seven stores could."})
    client.force_login(owner)

    back = parse_qs(urlsplit(answer["Location"]).query)["next"][0]

    assert "Seven stores could." in client.get(back).content.decode()


def test_the_draft_of_a_decision_is_saved_while_it_is_typed(case, as_reviewer):
    saved = {"key": f"decide:{case.pk}", "reason": "Half a sent", "stores": "1,2"}

    assert as_reviewer.post("/drafts/", saved).status_code == 204
    assert "Half a sent" in as_reviewer.get(case.get_absolute_url()).content.decode()
