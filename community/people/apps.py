"""People: the one user model, employees, departments, stores, roles, drafts and held acts."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class PeopleConfig(AppConfig):
    name = "community.people"
    label = "people"

    def ready(self) -> None:
        from . import kinds, owed  # noqa: F401  register what others look up by name


class HeardAdminConfig(admin_apps.AdminConfig):
    default = False
    default_site = "community.people.admin_site.HeardAdminSite"
