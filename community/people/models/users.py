"""The user model, and what is done about people who break the rules."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..mailbox import person_key
from .places import Store


class UserQuerySet(models.QuerySet["User"]):
    """Finding members by what is unique of them, in any case, through the unique indexes."""

    def with_address(self, email: str) -> Self:
        return self.alias(lower_email=Lower("email")).filter(lower_email=email.strip().lower())

    def named(self, username: str) -> Self:
        return self.alias(lower_name=Lower("username")).filter(lower_name=username.lower())


class UserManager(BaseUserManager["User"]):
    """Makes members; the rest is said by `UserQuerySet`."""

    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def with_address(self, email: str) -> UserQuerySet:
        return self.get_queryset().with_address(email)

    def named(self, username: str) -> UserQuerySet:
        return self.get_queryset().named(username)

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """Make a member; without a password they sign in by e-mailed code."""
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: object) -> User:
        """Make an admin."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> User:
        return self.with_address(username or "").get()


class User(AbstractBaseUser, PermissionsMixin):
    """A member. The address is private; `username` and `display_name` are what others see."""

    email = models.EmailField(_("e-mail address"), max_length=254)
    username = models.CharField(max_length=30)
    display_name = models.CharField(_("name shown to others"), max_length=60, blank=True)
    person = models.CharField(
        max_length=32, db_index=True, editable=False, help_text="Keyed hash of the mailbox."
    )
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    suspended_until = models.DateTimeField(null=True, blank=True)
    time_zone = models.CharField(max_length=40, default="UTC")
    home_store = models.ForeignKey(
        Store, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    joined_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="one_account_an_address"),
            models.UniqueConstraint(Lower("username"), name="one_member_a_username"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Keep the mailbox's hash true to the address: a stored function of it, nothing more."""
        self.email = self.email.strip().lower()
        self.person = person_key(self.email)
        if update_fields is not None and "email" in update_fields:
            update_fields = {*update_fields, "person"}
        super().save(update_fields=update_fields, **kwargs)

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """Read the row again, and forget what was remembered of its rights."""
        for remembered in ("_held", "_employee_record"):
            self.__dict__.pop(remembered, None)
        super().refresh_from_db(*args, **kwargs)

    @property
    def name(self) -> str:
        """What others see."""
        return self.display_name or self.username

    def is_suspended(self, at: datetime | None = None) -> bool:
        """Whether a sanction keeps this member from writing now."""
        return bool(self.suspended_until and self.suspended_until > (at or timezone.now()))

    def get_absolute_url(self) -> str:
        return reverse("person", args=[self.username])


class SanctionQuerySet(models.QuerySet["Sanction"]):
    """Sanctions as words."""

    def in_force(self, at: datetime) -> Self:
        return self.filter(Q(until=None) | Q(until__gt=at), lifted_at=None)


class Sanction(models.Model):
    """A warning, or a suspension until a date, with the reason its member reads."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("Warning")
        SUSPENSION = "suspension", _("Suspension")

    member = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sanctions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    reason = models.TextField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateTimeField(null=True, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="warning") | Q(until__isnull=False),
                name="a_suspension_has_an_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.member_id}"
