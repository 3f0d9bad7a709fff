"""A house whose mails go to a mail server of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from web.conftest import House
from web.going import Going
from web.notices.postbox import Postbox


@pytest.fixture
def going(house: House) -> Going:
    """The demonstration the morning after its story, to be taken further."""
    return Going(house).at("2027-02-01 08:00")


@pytest.fixture
def postbox(monkeypatch: pytest.MonkeyPatch) -> Iterator[Postbox]:
    """The installation has a mail server and is no demonstration, as far as mails go."""
    from django.test import override_settings

    from gongyue.web.notices import dispatch, outbox, views

    box = Postbox()
    for module in (dispatch, outbox, views):  # whichever is imported first
        monkeypatch.setattr(module, "sends", lambda: True)
    settings = {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": "127.0.0.1",
        "EMAIL_PORT": box.port,
        "EMAIL_USE_TLS": False,
        "EMAIL_USE_SSL": False,
        "EMAIL_HOST_USER": "",
        "DEFAULT_FROM_EMAIL": "office@alliance.example",
    }
    with override_settings(**settings):
        yield box
    box.close()
