"""The forum's addresses. `ask` and `t` are no boards: the database refuses such slugs."""

from django.urls import URLPattern, URLResolver, include, path

from .views import (
    answers,
    asking,
    boards,
    editing,
    feeds,
    helping,
    replying,
    sharing,
    similar,
    topic,
)

of_topics: list[URLPattern | URLResolver] = [
    path("", boards.topics, name="forum-topics"),
    path("unanswered/", boards.unanswered, name="forum-unanswered"),
    path("<int:pk>/", topic.short, name="topic-short"),
    path("<int:pk>/reply/", replying.reply, name="topic-reply"),
    path("<int:pk>/me-too/", sharing.me_too, name="topic-me-too"),
    path("<int:pk>/<int:no>/solve/", sharing.solve, name="topic-solve"),
    path("<int:pk>/<int:no>/helpful/", helping.helpful, name="post-helpful"),
    path("<int:pk>/<int:no>/edit/", editing.edit, name="post-edit"),
    path("<int:pk>/<int:no>/history/", editing.history, name="post-history"),
    path("<int:pk>-<str:slug>/", topic.topic, name="topic"),
    path("<int:pk>-<str:slug>/<int:no>/", topic.topic, name="topic-post"),
]
of_forum: list[URLPattern | URLResolver] = [
    path("", boards.forum, name="forum"),
    path("ask/", asking.ask, name="forum-ask"),
    path("ask/similar/", similar.while_typing, name="forum-similar"),
    path("t/", include(of_topics)),
    path("<slug:slug>/", boards.board, name="board"),
]
urlpatterns = [
    path("forum/", include(of_forum)),
    path("answers/", answers.answers, name="answers"),
    path("answers/feed.atom", feeds.feed, name="answers-feed"),
]
