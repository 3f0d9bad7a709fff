"""Addresses of the authority."""

from __future__ import annotations

from django.urls import path

from gongyue.web.authority import reading

urlpatterns = [
    path("", reading.signed_in, name="authority"),
    path("read/<str:token>/", reading.by_link, name="authority_link"),
]
