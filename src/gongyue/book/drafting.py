"""Drafting acts: everything of the envelope that the book already determines is filled in from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongyue.book.entry import SignedAct, draft, with_objects
from gongyue.governance.acts import View, kind_of
from gongyue.governance.institution import Institution


def draft_act(
    inst: Institution,
    rev: str,
    view: View,
    type: str,
    actor: str,
    body: Mapping[str, Any],
    *,
    seq: int,
    at: int,
    nonce: bytes,
    cov: str = "",
    paper: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
) -> SignedAct:
    """An unsigned act under the present meaning, having seen `view`; `files` are the objects it names, by digest."""
    fields = draft(
        type,
        actor,
        body,
        cov=cov or inst.cov,
        rev=rev,
        basis=inst.basis_of(kind_of(type)),
        seq=seq,
        at=at,
        nonce=nonce,
        view=view,
        paper=paper,
    )
    act = SignedAct(fields)
    return with_objects(act, files) if files else act


def next_seq(inst: Institution, key: str) -> int:
    """The next `seq` of a key in the open book."""
    return inst.seqs.get(key, 0) + 1
