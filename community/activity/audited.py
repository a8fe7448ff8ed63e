"""Admin screens whose every change is in the audit trail too."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest

from .actions import audit


class AuditedAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Writes who changed which fields, from what to what, in the transaction of the change.

    Django's admin runs each change in one transaction and calls these hooks in it.
    """

    def save_model(
        self, request: HttpRequest, obj: Any, form: ModelForm[Any], change: bool
    ) -> None:
        """Save, and append what the form changed."""
        names = [name for name in form.changed_data if _is_column(obj, name)]
        before = {name: _shown(form.initial.get(name)) for name in names} if change else {}
        with transaction.atomic():
            super().save_model(request, obj, form, change)
            after = {name: _shown(form.cleaned_data.get(name)) for name in names}
            self._append(request, "changed" if change else "added", obj, before, after)

    def save_related(
        self, request: HttpRequest, form: ModelForm[Any], formsets: Any, change: bool
    ) -> None:
        """Save what hangs on it, and append which of it was touched."""
        super().save_related(request, form, formsets, change)
        obj = form.instance
        many = {
            field.name: [str(each) for each in form.cleaned_data[field.name]]
            for field in obj._meta.many_to_many
            if field.name in form.changed_data
        }
        rows = {
            formset.model._meta.model_name: {
                "added": [str(row) for row in formset.new_objects],
                "changed": [str(row) for row, _fields in formset.changed_objects],
                "removed": [str(row) for row in formset.deleted_objects],
            }
            for formset in formsets
            if formset.has_changed()
        }
        if many or rows:
            self._append(request, "changed", obj, {}, {**many, **rows})

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        """Append what is about to go, and delete it."""
        self._append(request, "deleted", obj, {"was": str(obj)}, {})
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: models.QuerySet[Any]) -> None:
        """The same for several at once."""
        for obj in queryset:
            self.delete_model(request, obj)

    def _append(
        self,
        request: HttpRequest,
        verb: str,
        obj: models.Model,
        before: dict[str, object],
        after: dict[str, object],
    ) -> None:
        kind = str(obj._meta.model_name)
        by: Any = request.user
        audit(f"admin.{verb}", obj, kind=kind, by=by, before=before, after=after)


def _is_column(obj: models.Model, name: str) -> bool:
    """Whether the form's field is stored in the row itself."""
    try:
        return not obj._meta.get_field(name).many_to_many
    except FieldDoesNotExist:
        return False


def _shown(value: object) -> object:
    """A value as the trail keeps it: JSON's own kinds, or words."""
    return value if isinstance(value, str | int | float | bool | None) else str(value)
