"""Addresses of a person's own dossiers: of the unit it sits for, by the dossiers' names."""

from __future__ import annotations

from django.urls import path

from gongyue.web.workspace import dossiers

urlpatterns = [
    path("dossiers/", dossiers.dossiers, name="my_dossiers"),
    path("dossiers/<str:name>/", dossiers.dossier, name="my_dossier"),
    path("dossiers/<str:name>/dossier.head", dossiers.head, name="my_dossier_head"),
    path("dossiers/<str:name>/dossier.jsonl", dossiers.opened, name="my_dossier_disclosures"),
    path("dossiers/<str:name>/pack.zip", dossiers.pack, name="my_dossier_pack"),
    path("dossiers/<str:name>/<int:n>/<int:number>/", dossiers.document, name="my_dossier_document"),
    path("dossiers/<str:name>/<int:n>/<int:number>/letter.pdf", dossiers.letter, name="my_dossier_letter"),
    path("dossiers/<str:name>/<int:n>/letter.pdf", dossiers.whole_letter, name="my_dossier_entry_letter"),
    path("dossiers/<str:name>/<int:n>/receive", dossiers.receive, name="my_dossier_receive"),
]
