"""Addresses of the desk."""

from __future__ import annotations

from django.urls import path

from gongyue.web.api import key_pages
from gongyue.web.authority import links
from gongyue.web.binding import lines as binding_lines
from gongyue.web.binding import pages as binding
from gongyue.web.desk import (
    admissions,
    batch_signing,
    batches,
    bulletins,
    docket,
    founding,
    home,
    letters,
    matters,
    members,
    offices,
    paper,
    telling,
)

urlpatterns = [
    path("", home.desk, name="desk"),
    path("go/", home.go, name="desk_go"),
    path("confirmations/", matters.confirmations, name="desk_confirmations"),
    path("founding/", founding.founding, name="desk_founding"),
    path("covenant/bind/", binding.bind, name="desk_bind"),
    path("covenant/bind/lines/", binding_lines.lines, name="desk_bind_lines"),
    path("covenant/bind/text", binding.text, name="desk_bind_text"),
    path("covenant/bind/discard", binding.discard, name="desk_bind_discard"),
    path("covenant/bind/finish", binding.finish, name="desk_bind_finish"),
    path("covenant/bind/draft.json", binding.draft_file, name="desk_bind_draft"),
    path("covenant/bind/original", binding.text_file, name="desk_bind_original"),
    path("covenant/bind/sheet/", binding.sheet, name="desk_bind_sheet"),
    path("docket/", docket.docket, name="desk_docket"),
    path("docket/<str:name>/", docket.dossier, name="desk_dossier"),
    path("docket/<str:name>/<int:n>/letter.pdf", docket.whole_letter, name="desk_dossier_entry_letter"),
    path("docket/<str:name>/<int:n>/<int:number>/", docket.document, name="desk_dossier_document"),
    path("docket/<str:name>/<int:n>/<int:number>/letter.pdf", docket.letter, name="desk_dossier_letter"),
    path("admissions/", admissions.admissions, name="desk_admissions"),
    path("bulletins/", bulletins.bulletins, name="desk_bulletins"),
    path("bulletins/<int:n>/", bulletins.bulletin, name="desk_bulletin"),
    path("bulletins/<int:n>/letters.pdf", batches.bulletin_letters, name="desk_bulletin_letters"),
    path("bulletins/<int:n>/<str:unit>.pdf", bulletins.letter, name="desk_bulletin_letter"),
    path("members/", members.members, name="desk_members"),
    path("members/<str:party>/", members.member, name="desk_member"),
    path("votes/", matters.votes, name="desk_votes"),
    path("amendments/", matters.amendments, name="desk_amendments"),
    path("annexes/", matters.annexes, name="desk_annexes"),
    path("interpretations/", matters.interpretations, name="desk_interpretations"),
    path("lists/", matters.lists, name="desk_lists"),
    path("offices/", offices.offices, name="desk_offices"),
    path("law/", matters.law, name="desk_law"),
    path("corrections/", matters.corrections, name="desk_corrections"),
    path("letters/", letters.letters, name="desk_letters"),
    path("letters/<str:sort>.pdf", batches.sort_letters, name="desk_letters_sort"),
    path("letters/<str:sort>/<path:of>.pdf", letters.letter_pdf, name="desk_letter"),
    path("paper/", paper.paper, name="desk_paper"),
    path("paper/letters.pdf", batches.letters_to_send, name="desk_paper_letters"),
    path("paper/sent", paper.sent, name="desk_paper_sent"),
    path("paper/outcome", paper.outcome, name="desk_paper_outcome"),
    path("paper/<str:way>.csv", paper.register, name="desk_paper_register"),
    path("authority/", links.links, name="desk_authority"),
    path("authority/<int:link>/end/", links.end, name="desk_authority_end"),
    path("telling/", telling.telling, name="desk_telling"),
    path("telling/sign", batch_signing.sign, name="desk_telling_sign"),
    path("telling/letters.pdf", batches.letters_of_telling, name="desk_telling_letters"),
    path("api-keys/", key_pages.office_keys, name="desk_api_keys"),
    path("api-keys/<int:key>/end", key_pages.office_key_end, name="desk_api_key_end"),
    path("system/", matters.system, name="desk_system"),
]
