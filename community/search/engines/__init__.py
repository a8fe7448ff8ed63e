"""The two engines: what differs between the databases, and nothing else."""

from __future__ import annotations

from django.db import connection

from . import postgres, sqlite
from .base import Candidate, Engine, Promising

__all__ = ["Candidate", "Engine", "Promising", "engine"]


def engine() -> Engine:
    """The engine of the database that is in use."""
    return postgres.ENGINE if connection.vendor == "postgresql" else sqlite.ENGINE
