"""Lower code reaches up through registers: gates, slots and kinds."""

from types import SimpleNamespace

import pytest

from community.core import kinds
from community.core.gates import Refused, Verdict, ask_gates, gate
from community.core.models import Tick
from community.core.slots import fill_slot, slot


def test_where_nobody_objects_the_act_is_allowed():
    assert ask_gates("test.nobody", object()) == Verdict.allow()


def test_a_verdict_stands_in_the_way_in_one_manner_only():
    verdicts = [Verdict.allow(), Verdict.warn("w"), Verdict.hold("h"), Verdict.refuse("r")]

    assert [verdict.is_warning for verdict in verdicts] == [False, True, False, False]
    assert [verdict.is_held for verdict in verdicts] == [False, False, True, False]
    assert [verdict.is_refused for verdict in verdicts] == [False, False, False, True]


def test_the_most_severe_verdict_counts_and_the_first_of_equals():
    gate("test.several")(lambda act: None)
    gate("test.several")(lambda act: Verdict.warn("mind"))
    gate("test.several")(lambda act: Verdict.refuse("no") if act == "bad" else None)
    gate("test.several")(lambda act: Verdict.refuse("never") if act == "bad" else None)
    gate("test.several")(lambda act: Verdict.hold("later") if act == "odd" else None)

    assert ask_gates("test.several", "good") == Verdict.warn("mind")
    assert ask_gates("test.several", "odd") == Verdict.hold("later")
    assert ask_gates("test.several", "bad") == Verdict.refuse("no")


def test_a_gate_that_breaks_down_lets_nothing_through():
    @gate("test.broken")
    def broken(act: object) -> None:
        raise LookupError

    with pytest.raises(LookupError):
        ask_gates("test.broken", object())


def test_a_refusal_carries_its_sentence():
    assert Refused("Please wait.").sentence == "Please wait."


def test_a_slot_is_filled_for_all_rows_by_each_provider():
    rows = [SimpleNamespace(pk=1), SimpleNamespace(pk=2)]
    slot("test.aside")(lambda rows, reader: {row.pk: f"a{row.pk}" for row in rows})
    slot("test.aside")(lambda rows, reader: {2: reader})

    assert fill_slot("test.aside", rows, "mara") == {1: ["a1"], 2: ["a2", "mara"]}


def test_no_provider_is_asked_about_no_rows():
    @slot("test.empty")
    def never(rows: object, reader: object) -> dict[int, object]:
        raise AssertionError

    assert fill_slot("test.empty", [], None) == {}


@pytest.fixture
def tick_kind(monkeypatch):
    monkeypatch.setattr(kinds, "_kinds", {})
    kind = kinds.Kind(
        name="tick",
        visible_to=lambda reader: Tick.objects.filter(name=reader),
        title_of=lambda tick: tick.name,
        url_of=lambda tick: "/",
        author_of=lambda tick: None,
    )
    kinds.register(kind)
    return kind


def test_a_thing_is_found_by_its_kind_only_by_who_may_see_it(db, tick_kind, django_user_model):
    tick = Tick.objects.create(name="mine", at="2026-11-02T12:00Z")

    assert kinds.get("tick") is tick_kind
    assert kinds.find("tick", tick.pk, "mine") == tick
    assert kinds.find("tick", tick.pk, "other") is None


@pytest.mark.parametrize(("name", "pk"), [("tick", 0), ("tick", -1), ("tick", 10**40), ("no", 1)])
def test_what_is_not_there_is_none(db, tick_kind, name, pk):
    assert kinds.find(name, pk, "mine") is None


def test_a_kind_has_one_owner(tick_kind):
    with pytest.raises(ValueError, match="already"):
        kinds.register(tick_kind)
