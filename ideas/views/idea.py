"""An idea: its words, its votes, what was answered, what is said about it, and where it stands."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.http import HttpResponse, JsonResponse
from django.http.response import HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import conditional_page, require_safe

from community.core.page_cache import cached_for_strangers
from community.core.prepared import prepared
from community.notifications.models import Watch
from community.people.drafts import kept
from community.people.permissions import employee_record
from community.people.prepared import prepared_for_readers
from community.people.readers import Reader, ReaderRequest, is_member
from forum.models import Post
from forum.models.posts import PostQuerySet
from forum.pages import PostRow, Rows, tags_of, with_authors
from forum.permissions import may_lock

from ..actions.voting import canonical_of
from ..comments import comments_of
from ..follow_words import follow_words
from ..forms import CommentForm
from ..joined import came_words, joined_ideas, removed_words, with_removed
from ..models import Decision, Idea, IdeaStatusChange
from ..models.ideas import IdeaQuerySet
from ..permissions import may_comment, may_edit, may_invite, may_record, may_withdraw
from ..road import road_of
from ..wording import closed_since, headline, steps, votes_with_imported
from ..writers import co_authors_of, edited_since_vote
from .finding import Finder, find_idea


@require_safe
def short(request: ReaderRequest, pk: int) -> HttpResponse:
    """The short address leads to the full one, in the order and at the place it asks for."""
    return redirect(find_idea(request.user, pk).get_absolute_url() + query_of(request))


def query_of(request: ReaderRequest) -> str:
    """What was asked with the address, to go along to another; a "#" goes along by itself."""
    query = request.GET.urlencode()
    return f"?{query}" if query else ""


@require_safe
@conditional_page
def figures(request: ReaderRequest, pk: int) -> HttpResponse:
    """What other programs read of an idea."""
    idea = find_idea(request.user, pk)
    decisions = Decision.objects.published().filter(idea=idea).order_by("-published_at", "-pk")
    told = decisions.values("told_done", "told_total", "bounced", "superseded").first()
    return JsonResponse(
        {
            "id": idea.pk,
            "title": idea.topic.title,
            "status": idea.status,
            "duplicate_of": idea.duplicate_of_id,
            "board": idea.board.slug,
            "votes": idea.vote_count,
            "imported_votes": idea.imported_votes,
            "heat": idea.heat,
            "comments": idea.topic.reply_count,
            "raised": [
                {
                    "rule": case.rule.name,
                    "at": case.raised_at,
                    "due": case.due_at,
                    "state": case.state,
                }
                for case in idea.escalations.select_related("rule").order_by("raised_at", "pk")
            ],
            "told": {
                "done": told["told_done"] if told else 0,
                "total": told["told_total"] if told else 0,
                "bounced": told["bounced"] if told else 0,
                **({"superseded": told["superseded"]} if told and told["superseded"] else {}),
            },
        }
    )


@require_safe
@cached_for_strangers
def idea(request: ReaderRequest, pk: int, slug: str) -> HttpResponse:
    """The idea with one window of its comments: the newest, those before one, or around one.

    One that was joined leads to the idea that counts for it; with `?own=` it is shown as it stood.
    """
    found = find_whole(request.user, pk)
    if slug != found.topic.slug:
        return HttpResponsePermanentRedirect(found.get_absolute_url() + query_of(request))
    canonical = _shown_canonical(found)
    if canonical and "own" not in request.GET:
        return redirect(f"{canonical.get_absolute_url()}?from={found.pk}")
    changes = timeline_of(found.pk)
    opening, answers = _opening_and_answers(found, request.user)
    joined = joined_ideas(found, changes, request.user)
    context = {
        "idea": found,
        "topic": found.topic,
        "reader": request.user,
        "opening": opening,
        "official": answers,
        "co_authors": co_authors_of(found),
        "tags": tags_of(found.pk),
        "comments": comments_of(found, request.user, request.GET),
        "steps": steps(changes),
        "imported_words": votes_with_imported(found),
        "vote_why": "" if found.accepts_votes else closed_since(found, changes),
        "may_comment": may_comment(found),
        "follow": follow_words(found, getattr(found, "watch_level", None)),
        "road": road_of(found),
        "canonical": canonical,
        "came": came_words(found, request.GET.get("from", ""), request.user),
        "joined": joined,
        "removed_words": removed_words(found, joined),
        **_of_member(found, request.user),
    }
    return render(request, "ideas/idea.html", context)


def _shown_canonical(idea: Idea) -> Idea | None:
    """The idea that this one was joined with, unless it is hidden; None for one on its own."""
    if idea.duplicate_of_id is None:
        return None
    canonical = canonical_of(idea)
    return canonical if canonical.topic.hidden_at is None else None


def _whole(reader: Reader) -> IdeaQuerySet:
    """All that the head of the page shows, with the reader's vote and watch, in one query."""
    whole = Idea.objects.select_related("board__department", "topic__author", "topic__store")
    ideas = with_removed(whole.with_vote_of(reader)).with_part_of(reader)
    if not is_member(reader):
        return ideas
    watch = Watch.objects.filter(user=reader, kind="topic", object_id=OuterRef("pk"))
    return ideas.annotate(watch_level=Subquery(watch.values("level")[:1]))


find_whole = Finder(_whole)


@prepared
def timeline_of(idea: int) -> QuerySet[IdeaStatusChange]:
    """What happened to the idea, in order."""
    return IdeaStatusChange.objects.filter(idea=idea)


@prepared_for_readers
def _official_posts(reader: Reader, topic: int) -> PostQuerySet:
    """The idea's own words and the official answers, the newest first."""
    posts = Post.objects.filter(Q(no=1) | Q(is_decision=True), topic=topic)
    return with_authors(posts.shown_to(reader)).order_by("-no")


def _opening_and_answers(
    idea: Idea, reader: Reader
) -> tuple[PostRow | None, list[tuple[PostRow, Decision | None, str]]]:
    """The idea's own words, and every official answer with its decision, the newest first."""
    make_row = Rows(idea.topic, reader)
    rows = [make_row(post) for post in _official_posts(reader, idea.pk)]
    opening = rows.pop() if rows and rows[-1].no == 1 else None
    if not rows:
        return opening, []
    decisions = (
        Decision.objects.published().filter(idea=idea).select_related("promise", "escalation")
    )
    by_post = {decision.post_id: decision for decision in decisions}
    answers = [(row, by_post.get(row.pk)) for row in rows]
    return opening, [(row, decision, headline(decision)) for row, decision in answers]


def _of_member(idea: Idea, reader: Reader) -> dict[str, Any]:
    """What only a member's page shows: the form with their draft, what they follow, their verbs."""
    if not is_member(reader):
        return {}
    context: dict[str, Any] = {
        "watch_level": getattr(idea, "watch_level", None),
        "may_edit": may_edit(reader, idea),
        "may_invite": may_invite(reader, idea),
        "is_edited_since": edited_since_vote(idea, reader),
        "may_withdraw": may_withdraw(reader, idea),
        "may_lock": may_lock(reader),
        "may_record": may_record(reader) and idea.accepts_votes,
    }
    if may_comment(idea):
        draft = kept(reader, f"comment:{idea.pk}")
        employee = employee_record(reader)
        context["form"] = CommentForm(initial=draft, reader=reader, employee=employee)
    return context
