"""Addresses of the door. They stand before allauth's own, which they replace."""

from django.urls import path

from . import views

urlpatterns = [
    path("accounts/login/", views.login, name="account_login"),
    path("accounts/signup/", views.signup, name="account_signup"),
    path("held/<str:token>/", views.held, name="held"),
    path("drafts/", views.drafts, name="drafts"),
]
