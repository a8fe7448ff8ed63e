"""The company's stores and departments, from files of the repository."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from ..models import Department, Store

STORES = Path(settings.BASE_DIR) / "data" / "stores.json"
DEPARTMENTS: dict[str, tuple[str, ...]] = {
    "Stores and Facilities": ("Store Design", "Parking and Access"),
    "Customer Care": ("Returns", "Repairs and Tech Bench"),
    "Web and App": (),
    "Marketing": ("Prices and Offers",),
    "People": (),
    "Delivery and Installation": (),
    "Products": (
        "TV and Home Theatre",
        "Computers and Tablets",
        "Phones",
        "Cameras",
        "Gaming",
        "Appliances",
        "Smart Home",
    ),
}


@transaction.atomic
def load_places() -> tuple[int, int]:
    """Write stores and departments, or bring them up to date; answer how many there are of each.

    Departments keep the parent and the owner that an admin gave them.
    """
    for record in json.loads(STORES.read_text()):
        Store.objects.update_or_create(code=record["code"], defaults=_fields_of(record))
    for name, parts in DEPARTMENTS.items():
        whole = _department(name)
        for part in parts:
            _department(part, parent=whole)
    return Store.objects.count(), Department.objects.count()


def _fields_of(record: dict[str, object]) -> dict[str, object]:
    """A store's fields as the file names them."""
    same = ("name", "city", "state", "hours", "services", "time_zone")
    return {
        **{name: record[name] for name in same},
        "postcode": record["zip"],
        "latitude": record["lat"],
        "longitude": record["lon"],
    }


def _department(name: str, *, parent: Department | None = None) -> Department:
    slug = name.lower().replace(" ", "-")
    defaults = {"name": name, "parent": parent}
    return Department.objects.get_or_create(slug=slug, defaults=defaults)[0]
