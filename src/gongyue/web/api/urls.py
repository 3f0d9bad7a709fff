"""Addresses of the API."""

from __future__ import annotations

from django.urls import path

from gongyue.web.api import serving

urlpatterns = [
    path("openapi.json", serving.openapi, name="api_openapi"),
    path("", serving.api.urls),
    path("<path:path>", serving.nothing_here, name="api_nothing"),
]
