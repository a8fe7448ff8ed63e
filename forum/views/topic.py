"""A question with its answers."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from community.core.kinds import BIGGEST_KEY
from community.core.page_cache import cached_for_strangers
from community.people.drafts import kept
from community.people.permissions import employee_record
from community.people.prepared import prepared_for_readers
from community.people.readers import Reader, ReaderRequest, is_member

from ..forms import ReplyForm
from ..models import MeToo, Post, Topic
from ..pages import PostRow, PostsPage, Rows, posts_for, posts_page, tags_of
from ..permissions import may_lock, may_reply
from ..wording import StateWords, took_words


def find_topic(reader: Reader, pk: int) -> Topic:
    """The topic, where this reader may open it. Raises Http404."""
    found = _topics(reader, pk) if pk <= BIGGEST_KEY else []
    if not found:
        raise Http404("There is no such topic.")
    return found[0]


@prepared_for_readers
def _topics(reader: Reader, pk: int) -> QuerySet[Topic]:
    topics = Topic.objects.visible_to(reader).select_related("board", "author", "store")
    return topics.filter(pk=pk)


def find_question(reader: Reader, pk: int) -> Topic:
    """The same, where it is a question; ideas have addresses of their own."""
    topics = Topic.objects.visible_to(reader).questions().select_related("board")
    return get_object_or_404(topics, pk=pk)


@require_safe
def short(request: ReaderRequest, pk: int) -> HttpResponse:
    """The short address leads to the full one; that of an idea to the idea."""
    return redirect(find_topic(request.user, pk))


@require_safe
@cached_for_strangers
def topic(request: ReaderRequest, pk: int, slug: str, no: int | None = None) -> HttpResponse:
    """The window of the topic that holds post `no`, or the first."""
    found = find_topic(request.user, pk)
    if found.is_idea or slug != found.slug:
        return redirect(found.post_url(no or 1))
    page = posts_page(found, request.user, at_no=1 if no is None else no)
    context = {
        "topic": found,
        "page": page,
        "tags": tags_of(found.pk),
        **_answers(found, page, request.user),
        **_state(found),
        **_of_member(found, request.user),
    }
    return render(request, "forum/topic.html", context)


def _state(topic: Topic) -> dict[str, Any]:
    """Where the question stands, in words."""
    kind, words = StateWords().of(topic)
    return {"state": kind, "state_words": words, "may_reply": may_reply(topic)}


def _answers(topic: Topic, page: PostsPage, reader: Reader) -> dict[str, Any]:
    """On the first window, what is lifted under the question, and the other replies."""
    if page.first_no > 1:
        return {"replies": page.replies, "lifted": None}
    lifted = _lifted(topic, page, reader)
    replies = [row for row in page.replies if lifted is None or row.pk != lifted.pk]
    took = took_words(topic.created_at, lifted.at if lifted else None)
    return {"replies": replies, "lifted": lifted, "took": took}


def _lifted(topic: Topic, page: PostsPage, reader: Reader) -> PostRow | None:
    """What solved the question; otherwise the first answer of the staff. At most one query."""
    if topic.solved_at is None and topic.staff_answered_at is None:
        return None
    for row in page.replies:
        is_it = row.is_solution if topic.solved_at else row.is_staff
        if is_it and not row.is_hidden:
            return row
    posts = posts_for(topic, reader).published().replies()
    if topic.solved_at:
        post = posts.filter(solves=topic).first()
    else:
        post = posts.filter(voice__isnull=False).order_by("no").first()
    return Rows(topic, reader)(post) if post else None


def _of_member(topic: Topic, reader: Reader) -> dict[str, Any]:
    """What only a member's page shows: the reply form, and whether they have this too."""
    if not is_member(reader):
        return {}
    draft = kept(reader, f"reply:{topic.pk}")
    form = ReplyForm(initial=draft, reader=reader, employee=employee_record(reader))
    return {
        "form": form,
        "has_this_too": MeToo.objects.filter(topic=topic, member=reader).exists(),
        "is_asker": topic.author_id == reader.pk,
        "may_lock": may_lock(reader),
    }


def find_post(reader: Reader, pk: int, no: int) -> Post:
    """One post of a topic, where this reader may read it. Raises Http404."""
    posts = Post.objects.visible_to(reader).select_related("topic__board", "author")
    return get_object_or_404(posts, topic=pk, no=no)
