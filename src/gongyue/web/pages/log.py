"""The explorer of the open book: its entries by type, actor and article, each with its head, words, bytes and proofs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM
from gongyue.covenant.periods import start_of
from gongyue.covenant.values import BASIS
from gongyue.governance.acts import Entry, act_type_of
from gongyue.governance.papers import may_still_be_disavowed
from gongyue.office.facts.duties import late_as
from gongyue.office.facts.log import UNROUTINE, chosen, lifted
from gongyue.office.facts.register import roll_of
from gongyue.office.facts.shapes import text_of
from gongyue.web import names
from gongyue.web.installation import Now
from gongyue.web.pages import proofs
from gongyue.web.pages.act_descriptions import describe, describe_entry, party, tell_all
from gongyue.web.pages.decorators import number_in, page, page_of
from gongyue.web.pages.document_heads import head_of
from gongyue.web.pages.fields import ShownField, fields_of
from gongyue.web.pages.gazette import announced
from gongyue.web.pages.objects import leaf_at
from gongyue.web.pages.pagination import newest_first
from gongyue.web.request_state import now

PER_PAGE = 50

FIRST = (
    "founding", "membership", "publication", "amendment", "vote", "annex", "interpretation", "correction", "law",
    "office", "key",
)  # fmt: skip
"""The matters people look for, in the order in which the filter offers them; what is left follows."""
MATTERS = (*FIRST, *(matter for matter in names.MATTERS if matter not in FIRST))


class Signed(msgspec.Struct, frozen=True):
    """A signature: whose key, of which algorithm."""

    holder: SafeString
    alg: str
    key: str


@page_of("type", "actor", "article", "page")
def log(request: HttpRequest, number: int = 0) -> HttpResponse:
    """The entries, the newest first; `type` (or matter), `actor` and `article` choose among them."""
    at = now(request)
    asked = {name: request.GET.get(name, "").strip()[:80] for name in ("type", "actor", "article")}
    actor = _actor(at, asked["actor"])
    places = chosen(at, **asked | {"actor": actor})
    pages = newest_first(places, number or number_in(request), PER_PAGE)
    kept = urlencode({name: value for name, value in asked.items() if value})
    context = {
        "here": "verify",
        **asked,
        "rows": tell_all(at, pages.items),
        "pages": pages,
        "filtered": bool(kept),
        "link": f"{reverse('log')}?{kept}&page=" if kept else "",
        "types": [(name, names.act_name(name)) for name in at.index.types(at.size)],
        "unroutine": UNROUTINE,
        "matters": [(name, names.localise(names.MATTERS, name)) for name in MATTERS],
        "actor_name": party(at, actor) if actor else "",
    }
    return render(request, "pages/log.html", context)


def _actor(at: Now, words: str) -> str:
    """The id of whom the words name: an id, or enough of a member's name or code; the words themselves if nobody."""
    if not words or words in at.inst.units:
        return words
    parties = {names.party_name(at.inst, id).lower(): id for id in (EXECUTIVE, SYSTEM, AUTHORITY)}
    found = roll_of(at).search(words, "", "").units
    return parties.get(words.lower(), found[0].id if len(found) == 1 else words)


@page
def entry(request: HttpRequest, index: int) -> HttpResponse:
    """One entry: head, the act in words, its fields, signatures, raw bytes, proof, corrections."""
    at = now(request)
    leaf = leaf_at(at, index)
    act = leaf.entry.act
    correction, told, made = at.inst.corrections.get(index), describe_entry(at, index, leaf.entry), announced(at, index)
    context = {
        "here": "verify",
        "index": index,
        "head": head_of(at, index),
        "told": told,
        "corrected_by": announced(at, told.by) if told.by >= 0 else None,
        "paper": at.inst.papers.get(index),
        "open_to_disavowal": may_still_be_disavowed(at.inst, index, start_of(at.day)),
        "corrects": made if made.corrects else None,
        "late": late_as(at, index),
        "lifts": [describe(at, place) for place, by in lifted(at).items() if by == index],
        "article": act.basis.removeprefix(BASIS),
        "sanctions": at.inst.meaning.article("sanction.list"),
        "fields": fields_of(at, leaf.entry),
        "corrected": _corrected(at, leaf.entry, correction.by if correction else None),
        "reasons": _reasons(at, leaf.entry),
        "signatures": _signatures(at, leaf.entry),
        "act": act,
        "digest": leaf.digest,
        "raw": msgspec.json.format(leaf.data, indent=2).decode(),
        "strength": "A3" if act.paper else "A1",
        "inclusion": proofs.inclusion(at, index),
        "before": index - 1,
        "after": index + 1 if index + 1 < at.size else 0,
    }
    return render(request, "pages/entry.html", context)


def _signatures(at: Now, entry_: Entry) -> list[Signed]:
    rows = []
    for sig in entry_.sigs:
        key = at.inst.keys.get(sig.key)
        rows.append(Signed(party(at, key.holder if key else entry_.act.actor), key.alg if key else sig.alg, sig.key))
    return rows


def _corrected(at: Now, entry_: Entry, by: int | None) -> list[ShownField]:
    """The corrected fields as they read now."""
    if by is None:
        return []
    body: dict[str, Any] = msgspec.json.decode(leaf_at(at, by).entry.act.body)
    return fields_of(at, entry_, body.get("fields", {}))


def _reasons(at: Now, entry_: Entry) -> str:
    """The reasons an act states, where it has some that are public."""
    body: dict[str, Any] = msgspec.json.decode(entry_.act.body)
    digest = body.get("reasons")
    public = isinstance(digest, str) and act_type_of(entry_.act.type).matter != "membership"
    return text_of(at, digest) if public and digest else ""


@page
def receipt(request: HttpRequest, index: int) -> HttpResponse:
    """The entry's receipt to download."""
    return _download(proofs.receipt(now(request), index), f"{index}.tlog-proof", "application/octet-stream")


@page
def leaf(request: HttpRequest, index: int) -> HttpResponse:
    """The entry's own bytes to download."""
    return _download(leaf_at(now(request), index).data, f"{index}.json", "application/json")


def _download(data: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(data, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@page
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The open book's signed head, and the anchors of the sealed book."""
    at = now(request)
    root, note = proofs.checkpoint(at)
    context = {
        "here": "verify",
        "note": note.decode(),
        "root": root.hex(),
        "vkeys": proofs.vkeys(at),
        "anchors": [(a, at.index.day(a.index)) for a in reversed(at.inst.anchors[-12:])],
        "anchor_count": len(at.inst.anchors),
        "slot_days": at.inst.genesis.slot_seconds // 86_400 if at.inst.genesis else 0,
    }
    return render(request, "pages/checkpoint.html", context)
