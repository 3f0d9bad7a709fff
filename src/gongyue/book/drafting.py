"""Drafting acts: everything of the envelope that the book already determines is filled in from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongyue.book.entry import SignedAct, draft, with_objects
from gongyue.covenant.parties import is_unit
from gongyue.governance.acts import ActType, On, View, act_type_of
from gongyue.governance.institution import Institution


def draft_act(
    inst: Institution,
    rev: str,
    view: View,
    type: str,
    actor: str,
    body: Mapping[str, Any],
    *,
    seq: int | None,
    at: int,
    nonce: bytes,
    cov: str = "",
    paper: Mapping[str, str] | None = None,
    files: Mapping[str, bytes] | None = None,
    on: On | None = None,
    to: str | None = None,
) -> SignedAct:
    """An unsigned act under the present meaning, having seen `view`, and its dossier up to `on`; `to`: what it answers there.

    `files` are the objects it names, by digest.
    """
    fields = draft(
        type,
        actor,
        body,
        cov=cov or inst.cov,
        rev=rev,
        basis=inst.basis_of(act_type_of(type)),
        seq=seq,
        at=at,
        nonce=nonce,
        view=view,
        paper=paper,
        on=on,
        to=to,
    )
    act = SignedAct(fields)
    return with_objects(act, files) if files else act


def is_numbered(inst: Institution, kind: ActType, actor: str, key: str) -> bool:
    """Whether that actor's act carries a number where that key signs it: a unit's own does, in the open book and in votes."""
    known = inst.keys.get(key)
    return kind.numbered and is_unit(actor) and (known is None or known.holder == actor)


def next_seq(inst: Institution, kind: ActType, actor: str, key: str) -> int | None:
    """The next `seq` of a key in the open book; None where the act carries none."""
    return inst.seqs.get(key, 0) + 1 if is_numbered(inst, kind, actor, key) else None
