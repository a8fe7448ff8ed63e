"""The WSGI door that the web server opens."""

import os

from django.core.wsgi import get_wsgi_application

from community.core.requests import ForgivingRequest

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")

application = get_wsgi_application()
application.request_class = ForgivingRequest
