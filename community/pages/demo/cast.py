"""Who plays in the demo story: a cast to sign in as, named customers, and a crowd of voters."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any

from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.db.models import Model

from community.notifications.models import Category, Preference
from community.people.actions import join, load_places
from community.people.mailbox import person_key
from community.people.models import Department, EmployeeRecord, RoleGrant, Store, User
from community.people.permissions import GROUPS
from community.voices.actions import brand_voice
from forum.models import Board

from .content import content

PASSWORD = "demo"
CROWD = 280
CUSTOMERS = ("lee", "nadia", "hugo", "ruth", "oskar", "theresa", "brad", "elin", "ivan", "maribel")
FAMILY = ("Park", "Haddad", "Brandt", "Kim", "Lindqvist", "Moore", "Novak", "Berg", "Silva", "Cruz")
GIVEN = (
    "Anna Ben Carla Dmitri Esra Finn Gloria Hassan Ida Jonas Keiko Lars Mina Noah Olga Pavel Quinn "
    "Rosa Sven Tara Umar Vera Will Xenia Yusuf Zoe Alma Boris Clara Dario Emil Farah Gus Helga Ivo"
).split()


class Cast:
    """Everybody of the story, by the short name that the story's files use."""

    def __init__(self, *, begins: datetime, random: Random) -> None:
        self.begins = begins
        self.random = random
        self.by_name: dict[str, User] = {}
        self.crowd: list[User] = []

    def __getitem__(self, name: str) -> User:
        return self.by_name[name]

    def arrive(self) -> None:
        """Make the places, then the people."""
        load_places()
        brand_voice()
        for name in GROUPS:
            Group.objects.get_or_create(name=name)
        password = make_password(PASSWORD)
        for number, person in enumerate(content("people")["cast"]):
            self._add_cast(person, number, password)
        for number, person in enumerate(content("people")["employee"]):
            self._add_employee(person, number)
        for name, family in zip(CUSTOMERS, FAMILY, strict=True):
            self._add(name, f"{name.title()} {family[0]}.")
        self._add("troll", "Rex")
        self._gather_crowd()

    def _add(self, name: str, display_name: str, **fields: Any) -> User:
        joined = self.begins + timedelta(hours=len(self.by_name))
        self.by_name[name] = join(
            f"{name}@example.com", username=name, display_name=display_name, at=joined, **fields
        )
        return self.by_name[name]

    def _add_cast(self, person: dict[str, Any], number: int, password: str) -> None:
        is_admin = person.get("admin", False)
        user = self._add(
            person["name"], person["display"], is_staff=is_admin, is_superuser=is_admin
        )
        User.objects.filter(pk=user.pk).update(password=password)
        user.groups.set(Group.objects.filter(name__in=person.get("groups", [])))
        if "given" in person:
            self._employ(user, person, f"N{1000 + number}")
        if slug := person.get("owns"):
            Department.objects.filter(slug=slug).update(owner=user)
            self._grant(user, RoleGrant.Role.OWNER, "department", Department.objects.get(slug=slug))
        if code := person.get("manages"):
            self._grant(user, RoleGrant.Role.MANAGER, "store", Store.objects.get(code=code))

    def _add_employee(self, person: dict[str, Any], number: int) -> None:
        user = self._add(person["name"].lower(), person["name"])
        self._employ(user, {"given": person["name"], **person}, f"N{2000 + number}")

    def _employ(self, user: User, person: dict[str, Any], number: str) -> None:
        EmployeeRecord.objects.create(
            user=user,
            number=number,
            given_name=person["given"],
            store=Store.objects.filter(code=person.get("store", "")).first(),
            department=Department.objects.filter(slug=person.get("department", "")).first(),
        )

    def _grant(self, user: User, role: str, kind: str, thing: Model) -> None:
        RoleGrant.objects.create(user=user, role=role, kind=kind, object_id=thing.pk)

    def _gather_crowd(self) -> None:
        """Members who only vote. Nine of ten want no mail, so a laptop's outbox stays small.

        Two of three have told which store is theirs.
        """
        stores = list(Store.objects.order_by("code")[: CROWD // 9])
        voters = [self._voter(number) for number in range(CROWD)]
        for number, voter in enumerate(voters):
            voter.home_store = stores[number * number % len(stores)] if number % 3 else None
        self.crowd = User.objects.bulk_create(voters)
        Preference.objects.bulk_create(
            Preference(user=voter, category=Category.DECISIONS, by_mail=False)
            for number, voter in enumerate(self.crowd)
            if number % 10
        )

    def _voter(self, number: int) -> User:
        given = GIVEN[number % len(GIVEN)]
        initial = "ABCDEFGHIJKLMNOPRSTVW"[self.random.randrange(21)]
        email = f"{given.lower()}-{number}@example.com"
        return User(
            email=email,
            username=f"{given.lower()}{number}",
            display_name=f"{given} {initial}.",
            person=person_key(email),
            password=make_password(None),
            joined_at=self.begins + timedelta(hours=self.random.randrange(24 * 30)),
        )


def open_boards() -> dict[str, Board]:
    """The boards of the story, by slug."""
    for position, board in enumerate(content("people")["board"]):
        fields = {name: board[name] for name in ("name", "about", "holds")}
        department = Department.objects.get(slug=board["department"])
        Board.objects.get_or_create(
            slug=board["slug"],
            defaults={
                **fields,
                "audience": board.get("audience", Board.Audience.PUBLIC),
                "department": department,
                "position": position,
            },
        )
    return {board.slug: board for board in Board.objects.all()}
