"""The admin's site: for admins only, behind the same door as everything else."""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from .permissions import is_admin

# Screens of other packages that would go round our rules: roles are given on the person, rights are
# predicates over them and not Django's permissions, and an address is changed by who owns it.
LEFT_OUT = {"auth.group", "account.emailaddress", "account.emailconfirmation"}


class HeardAdminSite(AdminSite):
    """Django's admin without its own sign-in, which knows neither codes nor limits."""

    site_header = site_title = _("Admin of the community")
    index_title = _("What is data here")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take a screen in, save those that are left out."""
        is_one = isinstance(model_or_iterable, type)
        models: list[Any] = [model_or_iterable] if is_one else list(model_or_iterable)
        taken = [model for model in models if model._meta.label_lower not in LEFT_OUT]
        super().register(taken, admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Admins may; other members are told no; strangers are asked to sign in."""
        if request.user.is_authenticated and not (is_admin(request.user) and request.user.is_staff):
            raise PermissionDenied
        return request.user.is_authenticated

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Every view of the admin, with strangers led to the door."""
        guarded: Callable[..., HttpResponse] = super().admin_view(view, cacheable)

        def behind_the_door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            return guarded(request, *args, **kwargs)

        return update_wrapper(behind_the_door, guarded)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """There is one door; who is through it already goes on."""
        wanted = request.GET.get("next", "")
        if self.has_permission(request):
            return redirect("admin:index")
        return redirect_to_login(wanted if wanted.startswith("/admin/") else "/admin/")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Passwords are changed where every member changes theirs."""
        return redirect("account_change_password")
