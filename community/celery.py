"""The Celery application: a message is a wake-up call, what is owed stands in the database."""

import os

from celery import Celery
from kombu.transport import TRANSPORT_ALIASES

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

TRANSPORT_ALIASES["files"] = "community.core.broker:Transport"

app = Celery("heard")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
