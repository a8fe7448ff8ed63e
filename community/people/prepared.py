"""Prepared queries of which the rows depend on who reads.

There is one shape for all strangers, and one for all members who are nothing else: neither staff
nor moderators, with no group, department or employee's entry. For everybody else the queryset is
made afresh each time. So `visible_to` and its like may ask who the reader is, and which rights they
have, and nothing else about them; a test asks every role of the cast.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import update_wrapper
from typing import Any, Concatenate, Generic, ParamSpec, TypeVar

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from community.core.prepared import Prepared

from .models import User
from .permissions import employee_record, group_names, owned_departments
from .readers import Reader, is_member

P = ParamSpec("P")
Row = TypeVar("Row")


class ForReaders(Generic[P, Row]):
    """A function of a reader and values, which answers the rows of a queryset as a list.

    Where it does not regard their rights, all members share a shape, and none is looked up.
    """

    def __init__(
        self,
        build: Callable[Concatenate[Reader, P], QuerySet[Any, Row]],
        *,
        regards_rights: bool = True,
    ) -> None:
        self.build = build
        self.regards_rights = regards_rights
        self.of_strangers: Prepared[P, Row] = Prepared(self._for_stranger)
        self.of_members: Prepared[..., Row] = Prepared(self._for_member, may_ignore=1)
        update_wrapper(self, build)

    def __call__(self, reader: Reader, *values: P.args, **shape: P.kwargs) -> list[Row]:
        if not is_member(reader):
            return self.of_strangers(*values, **shape)
        if not self.regards_rights or is_nothing_but_a_member(reader):
            return self.of_members(reader.pk, *values, **shape)
        return list(self.build(reader, *values, **shape))

    def first(self, reader: Reader, *values: P.args, **shape: P.kwargs) -> Row | None:
        """The first row, or None."""
        rows = self(reader, *values, **shape)
        return rows[0] if rows else None

    def _for_stranger(self, *values: P.args, **shape: P.kwargs) -> QuerySet[Any, Row]:
        return self.build(AnonymousUser(), *values, **shape)

    def _for_member(self, key: int, *values: P.args, **shape: P.kwargs) -> QuerySet[Any, Row]:
        return self.build(some_member(key), *values, **shape)


def prepared_for_readers(
    build: Callable[Concatenate[Reader, P], QuerySet[Any, Row]],
) -> ForReaders[P, Row]:
    """Make the function's SQL once for strangers and once for plain members."""
    return ForReaders(build)


def prepared_for_anybody(
    build: Callable[Concatenate[Reader, P], QuerySet[Any, Row]],
) -> ForReaders[P, Row]:
    """The same where the rows depend on who reads, but on none of their rights."""
    return ForReaders(build, regards_rights=False)


def is_nothing_but_a_member(reader: User) -> bool:
    """Whether no right sets this member apart from others."""
    return (
        reader.is_active
        and not reader.is_superuser
        and not group_names(reader)
        and not owned_departments(reader)
        and employee_record(reader) is None
    )


def some_member(key: int) -> User:
    """A plain member of this key, of whom nothing has to be looked up."""
    member = User(pk=key)
    member.__dict__ |= {"_held": (frozenset(), frozenset()), "_employee_record": None}
    return member
