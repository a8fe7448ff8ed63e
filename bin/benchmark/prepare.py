"""Makes what the measurements need in the working database, and says where it is as JSON.

Members with sessions who have not voted yet, the places a hundred pages deep, a digest of 200.
"""

import json
import sys
from datetime import timedelta

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.auth.models import AnonymousUser  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.contrib.sessions.models import Session  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.models import QuerySet  # noqa: E402
from django.utils import timezone  # noqa: E402

from community.core.paging import page_by_key  # noqa: E402
from community.people.mailbox import person_key  # noqa: E402
from community.people.models import User  # noqa: E402
from community.people.permissions import REVIEWERS  # noqa: E402
from community.search.analysis import terms_of  # noqa: E402
from community.search.models import SearchWord  # noqa: E402
from forum.models import Topic  # noqa: E402
from ideas.actions.digesting import close_now  # noqa: E402
from ideas.lists import SORTS, Wanted, boards_for, ideas_wanted  # noqa: E402
from ideas.models import Audience, Idea, ReviewDigest  # noqa: E402

MEMBERS = 4000
VOTED_FOR = 400
DEEP = 100  # pages
ROWS = 20
CASES = 200
RARE = 5, 50  # things that say a rare word


def members() -> list[str]:
    """The session keys of members who are here for the first time."""
    users = User.objects.bulk_create(
        User(
            username=f"bench-{number}",
            email=f"bench-{number}@bench.invalid",
            person=person_key(f"bench-{number}@bench.invalid"),
            password=f"!bench{number}",
        )
        for number in range(MEMBERS)
    )
    return sessions(users)


def sessions(users: "list[User] | QuerySet[User]") -> list[str]:
    """A session for each, in which they are signed in."""
    store, made = SessionStore(), []
    expires = timezone.now() + timedelta(days=1)
    for user in users:
        known = {
            SESSION_KEY: str(user.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: user.get_session_auth_hash(),
        }
        made.append(
            Session(
                session_key=f"bench{user.pk:027}",
                session_data=store.encode(known),
                expire_date=expires,
            )
        )
    Session.objects.bulk_create(made, batch_size=1000)
    return [session.session_key for session in made]


def deep(sort: str, number: int) -> str:
    """The address of a list's page so many pages deep, or of its last one."""
    boards = boards_for(AnonymousUser())
    wanted = Wanted(sort=sort)
    found = ideas_wanted(wanted, AnonymousUser(), boards)
    size = min(DEEP * ROWS, (number // ROWS - 1) * ROWS)
    page = page_by_key(found, SORTS[sort], size=size)
    return f"/ideas/{wanted.query(after=page.next_after)}"


def digest() -> int:
    """The number of a new digest of at most 200 cases."""
    audience = Audience.objects.get(slug="corporate")
    made = close_now(audience) or ReviewDigest.objects.latest("number")
    made.entries.filter(position__gt=CASES).delete()
    return made.number


def rare_words() -> list[str]:
    """Words that a handful of things say, which are typed as the index keeps them."""
    few = SearchWord.objects.filter(meant="", entry_count__range=RARE).order_by("entry_count", "pk")
    found = few.values_list("word", flat=True)[:500]
    return [word for word in found if terms_of(word) == [word]][:6]


def places() -> dict[str, object]:
    """What the measurements ask for."""
    discussed = Idea.objects.select_related("topic").latest("topic__reply_count")
    question = Topic.objects.questions().latest("reply_count")
    wanted = Idea.objects.accepting_votes().most_wanted()[0]
    open_ideas = Idea.objects.accepting_votes().newest().values_list("pk", flat=True)
    number = Idea.objects.count()
    return {
        "members": members(),
        "reviewers": sessions(User.objects.filter(groups__name=REVIEWERS)[:1]),
        "deep": {sort: deep(sort, number) for sort in SORTS},
        "discussed": discussed.get_absolute_url(),
        "discussed_key": discussed.pk,
        "question": question.get_absolute_url(),
        "question_key": question.pk,
        "question_slug": question.slug,
        "board": question.board.get_absolute_url(),
        "wanted": wanted.pk,
        "rare": rare_words(),
        "ideas": list(open_ideas[:VOTED_FOR]),
        "digest": digest(),
        "cases": CASES,
        "votes": Idea.objects.count(),
    }


if __name__ == "__main__":
    print(json.dumps(places()))
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    sys.exit()
