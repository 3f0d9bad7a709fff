"""Addresses of this face."""

from __future__ import annotations

from django.urls import path

from gongyue.web.authority import views

urlpatterns = [
    path("", views.authority, name="authority"),
]
