"""Who works here, and what they may do beyond what every member may."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models

from .places import Department, Store


class EmployeeRecordQuerySet(models.QuerySet["EmployeeRecord"]):
    """Employees as words."""

    def active(self) -> Self:
        return self.filter(is_active=True, user__is_active=True)


class EmployeeRecord(models.Model):
    """A member's entry in the staff directory: only an active one carries the staff mark."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="employee_record"
    )
    number = models.CharField(max_length=20, unique=True)
    given_name = models.CharField(max_length=40)
    store = models.ForeignKey(Store, null=True, blank=True, on_delete=models.SET_NULL)
    department = models.ForeignKey(Department, null=True, blank=True, on_delete=models.SET_NULL)
    is_active = models.BooleanField(default=True)

    objects = EmployeeRecordQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.given_name} ({self.number})"

    @property
    def place(self) -> str:
        """Where this employee works, as a byline names it."""
        where = self.store.name if self.store else self.department
        return str(where or "")


class RoleGrant(models.Model):
    """A right over one thing: (kind, id) names a board, department or store, by no foreign key."""

    class Role(models.TextChoices):
        MODERATOR = "moderator"
        LEAD = "lead"
        OWNER = "owner"
        REVIEWER = "reviewer"
        MANAGER = "manager"

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="role_grants"
    )
    role = models.CharField(max_length=20, choices=Role.choices)
    kind = models.CharField(max_length=30)
    object_id = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "kind", "object_id"], name="one_grant_each"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} of {self.kind}:{self.object_id}"
