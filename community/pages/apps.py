"""Screens over everything: home, a person's page, the demo, first run."""

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "community.pages"
    label = "pages"
