"""Heard: a company listens to its customers in public. The house's frame and its shared apps."""

from .celery import app as celery_app

__all__ = ["celery_app"]
