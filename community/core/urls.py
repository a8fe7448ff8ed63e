"""Addresses of operations, the theme, and a laptop's mail."""

from django.urls import path

from .views import dev_mail, health, styleguide, theme

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("theme/", theme.theme, name="theme"),
    path("theme/hue.css", theme.hue, name="brand-hue"),
    path("dev/styleguide/", styleguide.sheet, name="styleguide"),
    path("dev/styleguide/<slug:shown>/", styleguide.sheet, name="styleguide-sheet"),
    path("dev/mail/", dev_mail.messages, name="dev-mail"),
    path("dev/mail/<str:name>/", dev_mail.message, name="dev-mail-message"),
    path("dev/mail/<str:name>/html/", dev_mail.message_html, name="dev-mail-html"),
]
