"""Addresses of drafts, signing and keys."""

from __future__ import annotations

from django.urls import path

from gongyue.web.acting import draft_letter, drafts, editor_views, enclosures, keys, receipt_views, shown_views, signing

urlpatterns = [
    path("new/<path:type>/", editor_views.act_new, name="act_new"),
    path("keys/", keys.own_keys, name="own_keys"),
    path("keys/<str:unit>/", keys.unit_keys, name="unit_keys"),
    path("passkeys/begin", keys.passkey_begin, name="passkey_begin"),
    path("passkeys/finish", keys.passkey_finish, name="passkey_finish"),
    path("<uuid:id>/", drafts.draft, name="draft"),
    path("<uuid:id>/edit/", editor_views.draft_edit, name="draft_edit"),
    path("<uuid:id>/shown/", shown_views.draft_shown, name="draft_shown"),
    path("<uuid:id>/discard", drafts.draft_discard, name="draft_discard"),
    path("<uuid:id>/signers", drafts.draft_signers, name="draft_signers"),
    path("<uuid:id>/key", drafts.draft_key, name="draft_key"),
    path("<uuid:id>/letter.pdf", draft_letter.draft_letter, name="draft_letter"),
    path("<uuid:id>/document/<int:number>", enclosures.draft_document, name="draft_document"),
    path("<uuid:id>/act.json", drafts.draft_file, name="draft_file"),
    path("<uuid:id>/sign/passkey", signing.draft_passkey, name="draft_passkey"),
    path("<uuid:id>/sign/file", signing.draft_upload, name="draft_upload"),
    path("<uuid:id>/sign/demo", signing.draft_demo, name="draft_demo"),
    path("<uuid:id>/done/", receipt_views.act_done, name="act_done"),
    path("<uuid:id>/done/receipt", receipt_views.act_receipt, name="act_receipt"),
    path("<uuid:id>/done/opening", receipt_views.act_opening, name="act_opening"),
]
