"""Addresses of the authority."""

from __future__ import annotations

from django.urls import path

from gongyue.web.authority import overview

urlpatterns = [
    path("", overview.signed_in, name="authority"),
    path("read/<str:token>/", overview.by_link, name="authority_link"),
]
