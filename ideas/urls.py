"""The ideas' addresses."""

from django.urls import path

from .views import (
    comments,
    decided,
    feeds,
    following,
    idea,
    lists,
    numbers,
    posting,
    tables,
    told,
    vote,
)

urlpatterns = [
    path("", lists.ideas, name="ideas"),
    path("feed.atom", feeds.ideas, name="ideas-feed"),
    path("list.csv", tables.ideas, name="ideas-csv"),
    path("new/", posting.new, name="idea-new"),
    path("numbers/", numbers.page, name="ideas-numbers"),
    path("numbers.csv", numbers.table, name="ideas-numbers-csv"),
    path("decided/", decided.decided, name="ideas-decided"),
    path("decided/feed.atom", feeds.decided, name="ideas-decided-feed"),
    path("<int:pk>/", idea.short, name="idea-short"),
    path("<int:pk>.json", idea.figures, name="idea-json"),
    path("<int:pk>/vote/", vote.cast, name="idea-vote"),
    path("<int:pk>/vote/withdraw/", vote.withdraw, name="idea-vote-withdraw"),
    path("<int:pk>/comments/", comments.comment, name="idea-comments"),
    path("<int:pk>/comments/<int:no>/side/", comments.side, name="idea-side"),
    path("<int:pk>/edit/", posting.edit, name="idea-edit"),
    path("<int:pk>/history/", posting.history, name="idea-history"),
    path("<int:pk>/withdraw/", posting.withdraw, name="idea-withdraw"),
    path("<int:pk>/told/", told.told, name="idea-told"),
    path("<int:pk>/follow/", following.follow, name="idea-follow"),
    path("<int:pk>-<str:slug>/", idea.idea, name="idea"),
]
