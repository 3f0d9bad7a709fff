"""Addresses of this face."""

from __future__ import annotations

from django.urls import path

from gongyue.web.desk import views

urlpatterns = [
    path("", views.desk, name="desk"),
]
