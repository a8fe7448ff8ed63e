"""Writing the load model: people first, then topics in order of time, a thousand at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice
from random import Random

from django.db import transaction
from django.db.models import QuerySet

from community.core.wake import asleep
from community.pages.demo.cast import open_boards
from community.people.actions import load_places
from community.people.models import Store
from community.search import index, words
from community.voices.actions import brand_voice
from ideas.actions.digesting import close_now
from ideas.models import Audience, EscalationRule

from .bulk import analyze, check_keys, finish
from .ideas import Ideas, Wish
from .people import People
from .prose import Prose
from .questions import Questions
from .sizes import Size
from .talk import Talk, Talks
from .world import YEARS, Progress, World

SEED = 17
CHUNK = 1_000
GROWTH = 0.8  # below 1: more is written each year
LAST_DIGEST = timedelta(days=7)


def load(size: Size, *, ends_at: datetime, report: Progress) -> None:
    """Write everything in one transaction: there is the whole model afterwards, or nothing of it.

    The same model each time for the same end, but for the places and rules that were there before.
    """
    with asleep(), transaction.atomic():
        world = _world(size, ends_at, report)
        people, questions, talks = People(world), Questions(world), Talks(world)
        people.write()
        ideas = Ideas(world, list(_rules(ends_at - YEARS)))
        _write_topics(world, ideas, questions, talks)
        finish([*people.tables, *talks.tables, *ideas.tables])
        _close_digests(ends_at)
    _index(size, report)
    report("tidying up", 0, 1)
    analyze()
    report("tidying up", 1, 1)


def _world(size: Size, ends_at: datetime, report: Progress) -> World:
    load_places()
    boards = open_boards()
    random, stores = Random(SEED), list(Store.objects.order_by("pk"))
    return World(
        size=size,
        random=random,
        prose=Prose(random, [store.city for store in stores]),
        ends_at=ends_at,
        stores=stores,
        boards=list(boards.values()),
        voice=brand_voice(),
        report=report,
    )


def _rules(began: datetime) -> QuerySet[EscalationRule]:
    """The rules that ask for votes alone; the load model knows no tags' or stores' rules."""
    everywhere = dict.fromkeys(["board", "tag", "department", "store"])
    rules = EscalationRule.objects.active().filter(measure="votes", **everywhere)
    rules.filter(first_run_at=None).update(first_run_at=began)
    return rules


def _write_topics(world: World, ideas: Ideas, questions: Questions, talks: Talks) -> None:
    """Ideas and questions in turn, as they would have been posted."""
    size, done = world.size, 0
    everything = size.ideas + size.questions
    made = _topics(world, ideas, questions, talks.topics.next_key())
    while chunk := list(islice(made, CHUNK)):
        wishes = [each for each in chunk if isinstance(each, Wish)]
        asked = [each for each in chunk if isinstance(each, Talk)]
        talks.write([each.talk if isinstance(each, Wish) else each for each in chunk])
        ideas.write(wishes)
        questions.write_me_toos(asked)
        check_keys()
        done += len(chunk)
        world.report("ideas and questions", done, everything)


def _topics(
    world: World, ideas: Ideas, questions: Questions, first_key: int
) -> Iterator[Wish | Talk]:
    """Each topic in order of time and key."""
    number, everything = world.size.ideas, world.size.ideas + world.size.questions
    span = world.ends - world.begins
    for place in range(everything):
        at = world.begins + int(span * (place / everything) ** GROWTH)
        is_idea = place * number // everything != (place + 1) * number // everything
        make = ideas.make if is_idea else questions.make
        yield make(first_key + place, at)


def _index(size: Size, report: Progress) -> None:
    """Let the search find it all; what is killed meanwhile is caught up on by the sweep, which also
    works out what the questions mean.
    """
    index.fill("idea", say=lambda done: report("ideas in the search", done, size.ideas))
    index.fill("topic", say=lambda done: report("questions in the search", done, size.questions))
    words.remember_mistypings()
    done = 0
    while count := index.give_some_vectors(500, kind="idea"):
        done += count
        report("ideas by meaning", done, size.ideas)


def _close_digests(ends_at: datetime) -> None:
    """One digest of all that was raised until a week ago, so that the next is an ordinary one."""
    Audience.objects.filter(digests=None).update(since=ends_at - LAST_DIGEST - timedelta(days=1))
    for audience in Audience.objects.order_by("pk"):
        close_now(audience, at=ends_at - LAST_DIGEST)
