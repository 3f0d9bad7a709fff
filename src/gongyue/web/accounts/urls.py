"""Addresses of this face."""

from __future__ import annotations

from django.urls import path

from gongyue.web.accounts import views

urlpatterns = [
    path("", views.account, name="account"),
]
