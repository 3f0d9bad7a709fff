"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from gongyue.web.pages import home

urlpatterns = [
    path("", home.home, name="home"),
    path("covenant/", home.home, name="covenant"),
    path("register/", home.home, name="register"),
    path("gazette/", home.home, name="gazette"),
    path("votes/", home.home, name="votes"),
    path("executive/", home.home, name="executive"),
    path("log/verify/", home.home, name="verify"),
]
