"""How anyone verifies: the commands to copy, what they check, the key; and checking a receipt in one's own browser."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongyue.book.digest_words import digest_words
from gongyue.office.store import SEALED
from gongyue.transparency import canonical
from gongyue.verifying.report import CHECKS
from gongyue.web.django_settings import WEB
from gongyue.web.pages import proofs
from gongyue.web.pages.decorators import page
from gongyue.web.request_state import now
from gongyue.web.templatetags.words import pick


@page
def verify(request: HttpRequest) -> HttpResponse:
    """The commands, what they check, and the key."""
    at = now(request)
    root, _ = proofs.checkpoint(at)
    context = {
        "here": "verify",
        "vkeys": proofs.vkeys(at),
        "vkey": proofs.vkeys(at)[-1],
        "vkey_words": digest_words(canonical.digest(proofs.vkeys(at)[-1].encode("ascii")), pick("zh", "en")),
        "source": WEB.written.source,
        "members": len(at.inst.on(at.day).members),
        "root": root.hex(),
        "checks": [pick(zh, en) for zh, en in CHECKS.values()],
    }
    return render(request, "pages/verify.html", context)


@page
def check_receipt(request: HttpRequest) -> HttpResponse:
    """A receipt, or a promise's signature, is checked in the reader's browser; nothing is sent here."""
    at = now(request)
    context = {
        "here": "verify",
        "vkeys": proofs.vkeys(at),
        "sealed_vkeys": proofs.vkeys(at, SEALED),
        "slot_seconds": at.inst.genesis.slot_seconds if at.inst.genesis else 0,
    }
    return render(request, "pages/check_receipt.html", context)
