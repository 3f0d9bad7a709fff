"""Addresses of those who want to join and have no account."""

from __future__ import annotations

from django.urls import path, register_converter

from gongyue.web.joining import paper, views, withdrawing


class _Digest:
    """64 hexadecimal digits: the digest of an application's act, which only its applicant knows."""

    regex = "[0-9a-f]{64}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(_Digest, "hex64")

urlpatterns = [
    path("apply/", views.apply, name="join_apply"),
    path("form.pdf", paper.paper_form, name="join_form"),
    path("hand-in/", views.hand_in, name="join_hand_in"),
    path("<hex64:digest>/", views.application, name="join_application"),
    path("<hex64:digest>/withdraw/", withdrawing.withdraw, name="join_withdraw"),
    path("<hex64:digest>/withdraw/act.json", withdrawing.withdrawal_file, name="join_withdrawal"),
    path("<hex64:digest>/<str:what>", views.kept, name="join_kept"),
]
