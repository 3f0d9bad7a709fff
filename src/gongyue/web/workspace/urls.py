"""Addresses of the workspace: the chooser, and the pages of one unit."""

from __future__ import annotations

from django.urls import path

from gongyue.web.api import key_pages
from gongyue.web.workspace import (
    acts,
    amendment,
    annex,
    bulletins,
    drafts,
    founding,
    home,
    interpretation,
    membership,
    month,
    paper,
    seat_choice,
    vote,
)

urlpatterns = [
    path("", seat_choice.choose, name="workspace"),
    path("<str:unit>/", home.home, name="unit_home"),
    path("<str:unit>/month/", month.month, name="unit_month"),
    path("<str:unit>/month/<int:year>/<int:number>/", month.month, name="unit_month_of"),
    path("<str:unit>/founding/", founding.founding, name="unit_founding"),
    path("<str:unit>/membership/", membership.membership, name="unit_membership"),
    path("<str:unit>/membership/leave/", membership.leave, name="unit_leave"),
    path("<str:unit>/votes/", vote.votes, name="unit_votes"),
    path("<str:unit>/votes/<str:id>/", vote.vote, name="unit_vote"),
    path("<str:unit>/amendments/", amendment.proposals, name="unit_proposals"),
    path("<str:unit>/amendments/<str:id>/", amendment.proposal, name="unit_proposal"),
    path("<str:unit>/annexes/", annex.annexes, name="unit_annexes"),
    path("<str:unit>/questions/", interpretation.questions, name="unit_questions"),
    path("<str:unit>/bulletins/", bulletins.bulletins, name="unit_bulletins"),
    path("<str:unit>/bulletins/<int:n>/", bulletins.bulletin, name="unit_bulletin"),
    path("<str:unit>/bulletins/<int:n>/document", bulletins.document, name="unit_bulletin_document"),
    path("<str:unit>/acts/", acts.acts, name="unit_acts"),
    path("<str:unit>/acts/disclosures.jsonl", acts.disclosures, name="unit_disclosures"),
    path("<str:unit>/votes/<str:id>/ballots.jsonl", acts.ballots, name="unit_ballots"),
    path("<str:unit>/acts/<str:book>/<str:place>/", acts.act, name="unit_act"),
    path("<str:unit>/acts/<str:book>/<str:place>/receipt", acts.receipt, name="unit_receipt"),
    path("<str:unit>/drafts/", drafts.drafts, name="unit_drafts"),
    path("<str:unit>/paper/", paper.papers, name="unit_paper"),
    path("<str:unit>/api-keys/", key_pages.unit_keys, name="unit_api_keys"),
    path("<str:unit>/api-keys/<int:key>/end", key_pages.unit_key_end, name="unit_api_key_end"),
    path("<str:unit>/paper/<path:type>/form.pdf", paper.form, name="paper_form"),
]
