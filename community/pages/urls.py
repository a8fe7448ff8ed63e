"""Addresses of the screens over everything."""

from django.urls import path

from .views import home, plain

urlpatterns = [
    path("", home.home, name="home"),
    path("about/", plain.about, name="about"),
    path("house-rules/", plain.house_rules, name="house-rules"),
    path("accessibility/", plain.accessibility, name="accessibility"),
    path("robots.txt", plain.robots, name="robots"),
    path("favicon.ico", plain.favicon, name="favicon"),
]
