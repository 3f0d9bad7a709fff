"""Addresses of this face."""

from __future__ import annotations

from django.urls import path

from gongyue.web.workspace import views

urlpatterns = [
    path("", views.choose, name="workspace"),
]
