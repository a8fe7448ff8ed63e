"""The site's addresses, and a view that answers a constant string through the same middleware."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from community.urls import handler400, handler403, handler404, handler500
from community.urls import urlpatterns as addresses

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


def constant(request: HttpRequest) -> HttpResponse:
    """Nothing but the server, the middleware and the answer."""
    return HttpResponse("constant")


urlpatterns: list[URLPattern | URLResolver] = [path("bench/constant/", constant), *addresses]
