"""Addresses of reports and of the moderators' pages."""

from django.urls import path

from .views import log, people, posts, queue, reporting, topics

urlpatterns = [
    path("report/", reporting.report, name="report"),
    path("moderation/", queue.queue, name="moderation"),
    path("moderation/reviews/<int:pk>/", queue.review, name="moderation-review"),
    path("moderation/posts/<int:pk>/hide/", posts.hide, name="hide-post"),
    path("moderation/posts/<int:pk>/publish/", posts.publish, name="publish-post"),
    path("moderation/posts/<int:pk>/restore/", posts.restore, name="restore-post"),
    path("moderation/topics/<int:pk>/lock/", topics.lock, name="lock-topic"),
    path("moderation/topics/<int:pk>/unlock/", topics.unlock, name="unlock-topic"),
    path("moderation/people/<str:username>/", people.person, name="moderate-person"),
    path("moderation/log/", log.log, name="moderation-log"),
]
