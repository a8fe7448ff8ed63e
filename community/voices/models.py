"""The public names that answers are given under."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from community.people.models import EmployeeRecord


class Voice(models.Model):
    """A public name of the company. Posts keep the byline they were written under."""

    name = models.CharField(max_length=60, unique=True)
    is_brand = models.BooleanField(default=False, help_text="The company's own, one only.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["is_brand"], condition=Q(is_brand=True), name="one_brand_voice"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def byline(self, record: EmployeeRecord) -> str:
        """`Northline — Priya, Anchorage`: the voice, signed by the person who speaks."""
        signature = ", ".join(filter(None, [record.given_name, record.place]))
        return f"{self.name} — {signature}"
