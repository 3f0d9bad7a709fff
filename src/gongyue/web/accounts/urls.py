"""Addresses of one's account, of people and of invitations; signing in itself is allauth's."""

from __future__ import annotations

from django.urls import path

from gongyue.web.accounts import invitation_views, many, people, views

urlpatterns = [
    path("", views.account, name="account"),
    path("data.json", views.export, name="account_export"),
    path("erase/", views.delete, name="account_delete"),
    path("seats/<int:pk>/leave", views.seat_leave, name="seat_leave"),
    path("seats/<int:pk>/end", people.seat_end, name="seat_end"),
    path("people/", people.office_people, name="office_people"),
    path("people/many/", many.people_many, name="office_people_many"),
    path("people/batch/<uuid:batch>/", many.people_batch, name="office_people_batch"),
    path("people/batch/<uuid:batch>/letters.pdf", many.people_letters, name="office_people_letters"),
    path("people/<str:unit>/", people.unit_people, name="unit_people"),
    path("invitations/<int:pk>/withdraw", people.invitation_withdraw, name="invitation_withdraw"),
    path("invitation/<str:token>/", invitation_views.invitation, name="invitation"),
]
