"""Admin screens of people: members and their roles, employees, departments, stores."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from community.activity.audited import AuditedAdmin

from .actions import join
from .models import Department, EmployeeRecord, RoleGrant, Sanction, Store, User

NEW = ["email", "username", "display_name"]


class NewMemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """Someone who has not signed in yet: the address is taken as theirs."""

    class Meta:
        model = User
        fields = NEW

    def clean_email(self) -> str:
        """An address that nobody has yet."""
        email = str(self.cleaned_data["email"]).lower()
        if User.objects.with_address(email).exists():
            raise forms.ValidationError(_("A member has this address."))
        return email


class EmployeeInline(admin.StackedInline):  # type: ignore[type-arg]
    """Whether, and as whom, this member works here."""

    model = EmployeeRecord
    autocomplete_fields = ["store", "department"]
    extra = 0


class RoleGrantInline(admin.TabularInline):  # type: ignore[type-arg]
    """Grants are given and taken away, never turned into others."""

    model = RoleGrant
    extra = 0

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class SanctionInline(admin.TabularInline):  # type: ignore[type-arg]
    """To be read: moderators warn and suspend in the moderation area, where it is explained."""

    model = Sanction
    fk_name = "member"
    fields = ("kind", "reason", "at", "by", "until", "lifted_at")
    readonly_fields = fields
    extra = 0
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(User)
class UserAdmin(AuditedAdmin):
    """A member: name, roles, whether the account is open."""

    list_display = ["username", "display_name", "email", "is_active", "is_superuser", "joined_at"]
    list_filter = ["is_active", "is_superuser", "groups"]
    search_fields = ["username", "display_name", "email"]
    ordering = ["-pk"]
    show_full_result_count = False
    filter_horizontal = ["groups"]
    readonly_fields = ["email", "joined_at", "last_login", "suspended_until"]
    fieldsets = [
        (None, {"fields": ["email", "username", "display_name", "time_zone"]}),
        (_("Roles"), {"fields": ["groups", "is_staff", "is_superuser"]}),
        (_("Account"), {"fields": ["is_active", "suspended_until", "joined_at", "last_login"]}),
    ]
    inlines = [EmployeeInline, RoleGrantInline, SanctionInline]

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """The short form for someone new."""
        if obj is None:
            kwargs["form"] = NewMemberForm
        return super().get_form(request, obj, change, **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_fieldsets(request, obj) if obj else [(None, {"fields": NEW})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_readonly_fields(request, obj) if obj else []

    def get_inline_instances(self, request: HttpRequest, obj: Any = None) -> Any:
        return super().get_inline_instances(request, obj) if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Someone new joins as everybody does, so that their address is theirs."""
        if not change:
            joined = join(obj.email, username=obj.username, display_name=obj.display_name)
            obj.__dict__.update(joined.__dict__)
        super().save_model(request, obj, form, change)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Accounts are closed, not deleted: what people wrote stands."""
        return False


@admin.register(EmployeeRecord)
class EmployeeRecordAdmin(AuditedAdmin):
    """The staff directory."""

    list_display = ["number", "given_name", "user", "store", "department", "is_active"]
    list_filter = ["is_active", "department"]
    list_select_related = ["user", "store", "department"]
    search_fields = ["number", "given_name", "user__username"]
    autocomplete_fields = ["user", "store", "department"]
    show_full_result_count = False


@admin.register(Department)
class DepartmentAdmin(AuditedAdmin):
    """Who owns a subject."""

    list_display = ["name", "parent", "owner"]
    list_select_related = ["parent", "owner"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    autocomplete_fields = ["parent", "owner"]


@admin.register(Store)
class StoreAdmin(AuditedAdmin):
    """The shops."""

    list_display = ["name", "city", "state", "code", "time_zone"]
    list_filter = ["state"]
    search_fields = ["name", "city", "code"]
