"""Addresses of the screens over everything."""

from django.urls import path

from ideas.views import mine

from .views import home, metrics, people, plain, search

urlpatterns = [
    path("", home.home, name="home"),
    path("search/", search.search, name="search"),
    path("about/", plain.about, name="about"),
    path("house-rules/", plain.house_rules, name="house-rules"),
    path("accessibility/", plain.accessibility, name="accessibility"),
    path("me/", people.me, name="me"),
    path("me/ideas/", mine.mine, name="my-ideas"),
    path("me/ideas/seen/", mine.seen, name="my-ideas-seen"),
    path("people/<str:username>/", people.person, name="person"),
    path("metrics", metrics.metrics, name="metrics"),
    path("robots.txt", plain.robots, name="robots"),
    path("favicon.ico", plain.favicon, name="favicon"),
]
