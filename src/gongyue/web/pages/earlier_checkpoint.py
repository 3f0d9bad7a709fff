"""A checkpoint somebody saved earlier, compared with the book as it stands: whether that history still stands, and what came since."""

from __future__ import annotations

from typing import Literal

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt

from gongyue.transparency import checkpoint
from gongyue.transparency.notes import BadNote, parse_note
from gongyue.web.access import anybody
from gongyue.web.installation import Now
from gongyue.web.pages import proofs
from gongyue.web.pages.act_descriptions import ActDescription, tell_all
from gongyue.web.request_state import now

LARGEST = 20_000
"""Bytes of a checkpoint that are read: its few lines, and many witnesses'."""
SHOWN = 50
"""Entries since then that are listed, the newest first."""
Verdict = Literal["same", "grown", "rewritten", "ahead", "unsigned", "unreadable"]


class Compared(msgspec.Struct, frozen=True):
    """What comparing found: `size` entries are what the saved one fixes; `since`, what was recorded after it."""

    verdict: Verdict
    size: int = 0
    since: tuple[ActDescription, ...] = ()
    more: int = 0


def compare(at: Now, saved: bytes) -> Compared:
    """Compare a saved checkpoint with the book at this size; a signature that is not the book's own is worth nothing."""
    note = (saved.decode("utf-8", "replace").lstrip("\ufeff").replace("\r\n", "\n").strip() + "\n").encode()
    try:
        checkpoint.parse(parse_note(note)[0])
    except BadNote:
        return Compared("unreadable")
    try:
        known = checkpoint.open(note, *proofs.vkeys(at))
    except BadNote:
        return Compared("unsigned")
    if known.size > at.size:
        return Compared("ahead", known.size)
    if proofs.root(at, known.size) != known.root:
        return Compared("rewritten", known.size)
    new = range(max(known.size, at.size - SHOWN), at.size)
    told = tuple(tell_all(at, reversed(new)))
    return Compared("grown" if at.size > known.size else "same", known.size, told, at.size - known.size - len(told))


# It changes nothing, so no token is asked, and the page with the form stays free of cookies.
@csrf_exempt
@anybody
def compare_checkpoint(request: HttpRequest) -> HttpResponse:
    """What changed since the checkpoint that is handed in."""
    at = now(request)
    if request.method != "POST" or not at.inst.in_force:
        return redirect("verify")
    upload, typed = request.FILES.get("file"), str(request.POST.get("checkpoint", ""))
    saved = upload.read(LARGEST + 1) if upload else typed.encode()
    found = compare(at, saved) if len(saved) <= LARGEST else Compared("unreadable")
    bad = found.verdict in {"unsigned", "unreadable"}
    context = {"here": "verify", "found": found, "typed": typed, "bad": bad, "vkey": proofs.vkeys(at)[-1]}
    return render(request, "pages/compared.html", context, status=422 if bad else 200)
