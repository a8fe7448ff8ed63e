"""Who is what: one predicate for each role of the product. Groups hold site-wide rights."""

from datetime import datetime
from typing import cast

from django.contrib.auth.models import Group
from django.db.models import QuerySet, Value

from community.core.prepared import prepared

from .models import Department, EmployeeRecord, RoleGrant, User
from .readers import Reader

MODERATORS = "moderators"
REVIEWERS = "reviewers"
LEADS = "leads"
APPROVERS = "approvers"
EXECUTIVES = "executives"
GROUPS = (MODERATORS, REVIEWERS, LEADS, APPROVERS, EXECUTIVES)


def group_names(person: Reader) -> frozenset[str]:
    """The groups of a person, asked once for each request's user object."""
    return _held_by(person)[0]


def owned_departments(person: Reader) -> frozenset[int]:
    """The departments that this person answers for, by key: as their owner or by grant."""
    return _held_by(person)[1]


def _held_by(person: Reader) -> tuple[frozenset[str], frozenset[int]]:
    """Groups and departments of a person in one query, because the frame of each page asks."""
    if not person.is_authenticated or not person.is_active:
        return frozenset(), frozenset()
    remembered: tuple[frozenset[str], frozenset[int]] | None = getattr(person, "_held", None)
    if remembered is None:
        found = _groups_and_departments(person.pk)
        groups = frozenset(name for _pk, name in found if name)
        remembered = groups, frozenset(pk for pk, _name in found if pk)
        setattr(person, "_held", remembered)  # noqa: B010  the user behind a lazy request.user
    return remembered


@prepared
def _groups_and_departments(person: int) -> QuerySet[Group, tuple[int, str]]:
    """(0, group) for each group, and (department, "") for each department."""
    grants = RoleGrant.objects.filter(user=person, kind="department", role=RoleGrant.Role.OWNER)
    granted = grants.annotate(none=Value("")).values_list("object_id", "none")
    owned = Department.objects.filter(owner=person).annotate(none=Value("")).order_by()
    groups = Group.objects.filter(user=person).annotate(none=Value(0)).order_by()
    found = groups.values_list("none", "name").union(owned.values_list("pk", "none"), granted)
    return cast("QuerySet[Group, tuple[int, str]]", found)


def is_admin(person: Reader) -> bool:
    """Whether this person runs the site."""
    return person.is_authenticated and person.is_active and person.is_superuser


def is_moderator(person: Reader) -> bool:
    """Whether this person keeps the place clean, site-wide."""
    return is_admin(person) or MODERATORS in group_names(person)


def is_reviewer(person: Reader) -> bool:
    """Whether this person takes part in corporate review, for any audience."""
    return is_admin(person) or bool({REVIEWERS, EXECUTIVES} & group_names(person))


def answers_cases(person: Reader) -> bool:
    """Whether raised ideas come to this person: as a reviewer, or as a department's owner."""
    return is_reviewer(person) or bool(owned_departments(person))


def employee_record(person: Reader) -> EmployeeRecord | None:
    """The active record that makes this person an employee, or None."""
    if not person.is_authenticated or not person.is_active:
        return None
    if not hasattr(person, "_employee_record"):
        active = EmployeeRecord.objects.active().select_related("store", "department")
        found = active.filter(user=person).first()
        setattr(person, "_employee_record", found)  # noqa: B010  as above
    record: EmployeeRecord | None = getattr(person, "_employee_record")  # noqa: B009
    return record


def is_employee(person: Reader) -> bool:
    """Whether this person works here now."""
    return employee_record(person) is not None


def has_grant(person: Reader, role: str, *, kind: str, object_id: int) -> bool:
    """Whether this person holds a role over one thing."""
    if not person.is_authenticated or not person.is_active:
        return False
    grants = RoleGrant.objects.filter(user=person, role=role, kind=kind, object_id=object_id)
    return grants.exists()


def may_write(person: Reader, at: datetime | None = None) -> bool:
    """Whether this person may post, vote and report now: a member who is not suspended."""
    return person.is_authenticated and person.is_active and not person.is_suspended(at)


def can_sanction(person: Reader, member: User) -> bool:
    """Whether this person may warn or suspend that member: never themselves, and no admin."""
    return is_moderator(person) and person.pk != member.pk and not member.is_superuser
