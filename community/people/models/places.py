"""The company's stores and departments."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Store(models.Model):
    """One shop, in its own time zone."""

    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=80)
    city = models.CharField(max_length=80)
    state = models.CharField(max_length=2, db_index=True)
    postcode = models.CharField(max_length=10)
    latitude = models.FloatField()
    longitude = models.FloatField()
    hours = models.CharField(max_length=200)
    services = models.JSONField(default=list)
    time_zone = models.CharField(max_length=40)

    class Meta:
        ordering = ["state", "city", "name"]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"


class Department(models.Model):
    """A part of the company that owns a subject: `Stores and Facilities` owns wi-fi."""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts"
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_departments",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("pk")), name="no_department_within_itself"
            )
        ]

    def __str__(self) -> str:
        return self.name
