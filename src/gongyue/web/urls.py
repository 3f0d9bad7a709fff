"""Every address: the public site at the root and under /en/, and each face under its own name."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from gongyue.web import health
from gongyue.web.api import atom, reference
from gongyue.web.pages import books

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("book/<path:path>", books.file, name="book_file"),  # one address in every language
    *i18n_patterns(
        path("api/", reference.reference, name="api_reference"),
        path("feed.atom", atom.feed, name="atom"),
        prefix_default_language=False,
    ),
    path("api/", include("gongyue.web.api.urls")),
    *i18n_patterns(
        path("", include("gongyue.web.pages.urls")),
        path("join/", include("gongyue.web.joining.urls")),
        path("account/", include("gongyue.web.accounts.urls")),
        path("account/", include("allauth.urls")),
        path("workspace/", include("gongyue.web.workspace.urls")),
        path("my/", include("gongyue.web.workspace.my_urls")),
        path("acts/", include("gongyue.web.acting.urls")),
        path("notices/", include("gongyue.web.notices.urls")),
        path("desk/", include("gongyue.web.desk.urls")),
        path("authority/", include("gongyue.web.authority.urls")),
        prefix_default_language=False,
    ),
]

handler400 = "gongyue.web.errors.bad_request"
handler403 = "gongyue.web.errors.forbidden"
handler404 = "gongyue.web.errors.not_found"
handler429 = "gongyue.web.errors.too_often"  # asked for by allauth
handler500 = "gongyue.web.errors.our_fault"
