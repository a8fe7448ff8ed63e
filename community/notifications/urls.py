"""Addresses of notices, preferences, following and unsubscribing."""

from django.urls import path

from .views import following, notices, preferences, unsubscribing

urlpatterns = [
    path("notifications/", notices.notices, name="notifications"),
    path("notifications/read/", notices.read, name="notifications-read"),
    path("me/preferences/", preferences.preferences, name="preferences"),
    path("watch/", following.follow, name="watch"),
    path("unsubscribe/<str:token>/", unsubscribing.unsubscribe, name="unsubscribe"),
]
