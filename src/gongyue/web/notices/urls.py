"""Addresses of notices."""

from __future__ import annotations

from django.urls import path

from gongyue.web.notices import views

urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.read, name="notices_read"),
    path("preferences/", views.preferences, name="preferences"),
    path("outbox/", views.outbox, name="outbox"),
    path("outbox/<int:number>/", views.mail, name="outbox_mail"),
    path("outbox/<int:number>/again/", views.again, name="outbox_again"),
]
