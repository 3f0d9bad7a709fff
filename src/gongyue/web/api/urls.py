"""Addresses of the API."""

from __future__ import annotations

from django.urls import path, register_converter
from django.urls.converters import PathConverter

from gongyue.web.api import routes


class Anything(PathConverter):
    """Whatever is asked for, line breaks included, so that it, too, is answered as the API answers."""

    regex = r"[\s\S]+"


register_converter(Anything, "anything")

urlpatterns = [
    path("openapi.json", routes.openapi, name="api_openapi"),
    path("", routes.api.urls),
    path("<anything:path>", routes.nothing_here, name="api_nothing"),
]
