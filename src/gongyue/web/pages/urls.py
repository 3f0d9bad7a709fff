"""Addresses of the public site."""

from __future__ import annotations

from django.urls import path

from gongyue.web.joining import views
from gongyue.web.pages import (
    annexes,
    books,
    cheat,
    covenant,
    earlier_checkpoint,
    editions,
    executive,
    gazette,
    guides,
    home,
    interpretations,
    log,
    petitions,
    proposals,
    register,
    verify,
    votes,
)

urlpatterns = [
    path("", home.home, name="home"),
    path("covenant/", covenant.covenant, name="covenant"),
    path("covenant/<int:number>/", covenant.article, name="article"),
    path("covenant/editions/", editions.editions, name="editions"),
    path("covenant/editions/<int:number>/", editions.edition, name="edition"),
    path("covenant/compare/", editions.choose, name="compare_form"),
    path("covenant/compare/<int:old>/<int:new>/", editions.compare, name="compare"),
    path("covenant/annexes/", annexes.annexes, name="annexes"),
    path("covenant/annexes/<str:id>/", annexes.annex, name="annex"),
    path("covenant/interpretations/", interpretations.interpretations, name="interpretations"),
    path("register/", register.register, name="register"),
    path("register/page/<int:number>/", register.register, name="register_part"),
    path("register/register.csv", register.register_csv, name="register_csv"),
    path("register/register.json", register.register_json, name="register_json"),
    path("register/<str:unit>/", register.unit_page, name="unit_page"),
    path("gazette/", gazette.gazette, name="gazette"),
    path("gazette/page/<int:number>/", gazette.gazette, name="gazette_part"),
    path("gazette/lists/<int:number>/", gazette.roll_list, name="roll_list"),
    path("votes/", votes.votes, name="votes"),
    path("votes/<str:id>/", votes.vote, name="vote"),
    path("votes/<str:id>/page/<int:number>/", votes.vote, name="vote_part"),
    path("votes/<str:id>/recount/", votes.recount, name="recount"),
    path("proposals/<str:id>/", proposals.proposal, name="proposal"),
    path("petitions/", petitions.petitions, name="petitions"),
    path("petitions/page/<int:number>/", petitions.petitions, name="petitions_part"),
    path("executive/", executive.executive, name="executive"),
    path("executive/years.csv", executive.years_csv, name="years_csv"),
    path("executive/<int:year>/", executive.executive_year, name="executive_year"),
    path(
        "executive/<int:year>/<int:size>-<str:root>/", executive.executive_year_as_cited, name="executive_year_as_cited"
    ),
    path("log/", log.log, name="log"),
    path("log/page/<int:number>/", log.log, name="log_part"),
    path("log/verify/", verify.verify, name="verify"),
    path("log/receipt/", verify.check_receipt, name="check_receipt"),
    path("log/compare/", earlier_checkpoint.compare_checkpoint, name="compare_checkpoint"),
    path("log/checkpoint/", log.checkpoint, name="checkpoint"),
    path("guides/<slug:name>/", guides.guide, name="guide"),
    path("log/book.zip", books.download, name="download"),
    path("log/<int:index>/", log.entry, name="entry"),
    path("log/<int:index>/receipt.tlog-proof", log.receipt, name="receipt"),
    path("log/<int:index>/leaf.json", log.leaf, name="leaf"),
    path("join/", views.join, name="join"),
    path("cheat/", cheat.cheat, name="cheat"),
    path("cheat/<str:name>/", cheat.run, name="cheat_run"),
]
