"""Members and employees of the load model. None of them can sign in: they have no password."""

from __future__ import annotations

from collections.abc import Iterator

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from community.notifications.models import Category, Preference
from community.people.mailbox import person_key
from community.people.models import Department, EmployeeRecord, User
from community.people.permissions import GROUPS, REVIEWERS
from community.people.usernames import FIRST, SECOND

from .bulk import Row, Table
from .shapes import moment
from .world import World

NAMED = 0.6  # members who show a name
IN_A_GROUP = 20  # employees with each role
AT_HEADQUARTERS = 20  # one employee in so many works for a department
CHUNK = 20_000
MARK = "scale"  # domain of their addresses: nobody's mailbox


class People:
    """Writes members first and employees after them, with keys in one row."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.users = Table(
            User, "id", "email", "username", "display_name", "person", "password", "joined_at"
        )
        self.addresses = Table(EmailAddress, "user", "email", "verified", "primary")
        self.records = Table(EmployeeRecord, "user", "number", "given_name", "store", "department")
        self.tables = [self.users, self.addresses, self.records]

    def write(self) -> None:
        """Everybody, in chunks."""
        world, size = self.world, self.world.size
        world.first_member = self.users.next_key()
        world.first_employee = world.first_member + size.members
        everybody = size.members + size.employees
        for begin in range(0, everybody, CHUNK):
            end = min(begin + CHUNK, everybody)
            users = [self._user(number) for number in range(begin, end)]
            world.persons.extend(user[4] for user in users[: max(0, size.members - begin)])
            self.users.write(users)
            self.addresses.write((user[0], user[1], True, True) for user in users)
            world.report("people", end, everybody)
        self._employ()
        self._give_roles()

    def _user(self, number: int) -> Row:
        world, random = self.world, self.world.random
        is_employee = number >= world.size.members
        first = FIRST[number % len(FIRST)]
        second = SECOND[number // len(FIRST) % len(SECOND)]
        username = f"{first}-{second}-{number}"
        email = f"{username}@{MARK}.invalid"
        name = ""
        if is_employee or random.random() < NAMED:
            given = world.prose.given[number % len(world.prose.given)]
            name = f"{given} {chr(65 + random.randrange(26))}."
        joined = world.begins if is_employee else world.joined(number)
        key = world.first_member + number
        return key, email, username, name, person_key(email), f"!{number}", moment(joined)

    def _employ(self) -> None:
        rows = list(self._records())
        for begin in range(0, len(rows), CHUNK):
            self.records.write(rows[begin : begin + CHUNK])
            self.world.report("employees", min(begin + CHUNK, len(rows)), len(rows))

    def _records(self) -> Iterator[Row]:
        """Each employee's entry; the first of them answer in the forum, and sign what they say."""
        world, given = self.world, self.world.prose.given
        signers = max(world.size.answering, IN_A_GROUP * len(GROUPS))
        departments = list(Department.objects.order_by("pk"))
        for number in range(world.size.employees):
            at_headquarters = number % AT_HEADQUARTERS == 0
            store = None if at_headquarters else world.stores[number % len(world.stores)]
            department = departments[number // AT_HEADQUARTERS % len(departments)]
            name = given[(world.size.members + number) % len(given)]
            if number < signers:
                record = EmployeeRecord(given_name=name, store=store, department=department)
                world.bylines.append(world.voice.byline(record))
            yield (
                world.first_employee + number,
                f"S{number:07}",
                name,
                store.pk if store else None,
                department.pk if at_headquarters else None,
            )

    def _give_roles(self) -> None:
        """Some employees review, moderate and so on, behind those who answer most."""
        for place, name in enumerate(GROUPS):
            group, _ = Group.objects.get_or_create(name=name)
            first = self.world.first_employee + place * IN_A_GROUP
            members = list(User.objects.filter(pk__range=(first, first + IN_A_GROUP - 1)))
            group.user_set.add(*members)
            if name == REVIEWERS:
                self.world.reviewers = [user.pk - self.world.first_employee for user in members]
                self._want_no_mail(members)

    def _want_no_mail(self, reviewers: list[User]) -> None:
        """The digests of the load model are made, and mailed to nobody."""
        Preference.objects.bulk_create(
            Preference(user=user, category=Category.REVIEW, by_mail=False) for user in reviewers
        )
