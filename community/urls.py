"""The composition root: every address of the site."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("community.core.urls")),
    path("", include("community.pages.urls")),
    path("", include("community.people.urls")),
    path("", include("community.notifications.urls")),
    path("", include("community.moderation.urls")),
    path("ideas/", include("ideas.urls")),
    path("review/", include("ideas.review_urls")),
    path("", include("forum.urls")),
    path("admin/", admin.site.urls),
    path("accounts/", include("allauth.account.urls")),
]

handler400 = "community.core.views.errors.bad_request"
handler403 = "community.core.views.errors.forbidden"
handler404 = "community.core.views.errors.not_found"
handler500 = "community.core.views.errors.server_error"
