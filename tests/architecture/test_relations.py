"""No model points up at an app above its own, save at the user model.

import-linter sees imports only; a relation may name its target in a string.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(__file__).resolve().parents[2]


def height_of_apps() -> dict[str, int]:
    """App by its package: how far up it stands, as the import contract of pyproject.toml says."""
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = configuration["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "layers")["layers"]
    return {
        package.strip(): height
        for height, layer in enumerate(reversed(layers))
        for package in layer.split("|")
    }


def relations() -> Iterator[tuple[type[models.Model], str, type[models.Model]]]:
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            is_ours = field.is_relation and not field.auto_created and field.related_model
            if is_ours:
                yield model, field.name, field.related_model


def points_up(source: type[models.Model], target: type[models.Model]) -> bool:
    if target._meta.label == settings.AUTH_USER_MODEL:
        return False
    heights = height_of_apps()
    there, here = target._meta.app_config.name, source._meta.app_config.name
    if here == there or there not in heights:
        return False  # inside an app, or at somebody else's package
    return heights[there] >= heights[here]


def test_no_relation_points_up() -> None:
    upward = [
        f"{source._meta.label}.{name} -> {target._meta.label}"
        for source, name, target in relations()
        if source._meta.app_config.name in height_of_apps() and points_up(source, target)
    ]

    assert upward == []


def test_every_app_with_models_has_its_place() -> None:
    ours = {
        config.name
        for config in apps.get_app_configs()
        if Path(config.path).is_relative_to(ROOT) and ".venv" not in Path(config.path).parts
    }

    assert ours <= set(height_of_apps())
