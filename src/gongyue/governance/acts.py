"""What an act is: the envelope every act shares, and the register of act types.

An act type is one frozen class: its fields are the whole of what a leaf may say (a whitelist, formats §3),
`check` yields the rulings it must satisfy, `apply` says what it changes. A newcomer adds one by copying one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import msgspec

from gongyue.covenant.fault_words import fault_zh
from gongyue.covenant.periods import from_iso
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.act_type import ActType, Body, Held
from gongyue.governance.dossier_roles import SignedAs
from gongyue.governance.envelope import (
    ACT_VERSION,
    AUTHORITY,
    ENTRY_VERSION,
    HOLDER,
    SEALED_VERSION,
    SYSTEM,
    UNIT,
    UNPLACED,
    Act,
    Book,
    Entry,
    Filing,
    GoverningDate,
    On,
    Opening,
    Paper,
    PerformedBy,
    Place,
    Received,
    Signature,
    VerifiedInputs,
    View,
    office,
)
from gongyue.governance.sheet import sheet_of

__all__ = [
    "ACT_VERSION",
    "AUTHORITY",
    "Act",
    "Body",
    "Book",
    "PerformedBy",
    "ENTRY_VERSION",
    "Entry",
    "Filing",
    "VerifiedInputs",
    "GoverningDate",
    "HOLDER",
    "ACT_TYPES",
    "ActType",
    "On",
    "UNPLACED",
    "Opening",
    "Paper",
    "Place",
    "Received",
    "SEALED_VERSION",
    "SYSTEM",
    "Signature",
    "UNIT",
    "View",
    "act",
    "decode_body",
    "act_type_of",
    "office",
]


ACT_TYPES: dict[str, ActType] = {}
"""Every act type by its stored, versioned name."""

B = TypeVar("B", bound=type[Body])


def act(
    type: str,
    *,
    by: PerformedBy,
    clause: str,
    governing: GoverningDate = GoverningDate.ARRIVAL,
    uses: tuple[str, ...] = (),
    outsider: Callable[[str], Ruling] | None = None,
    own_key: bool = False,
    capability: bool = False,
    weighty: bool = False,
    clerical: tuple[str, ...] = (),
    undo: bool = False,
    form_only: bool = False,
    objects: tuple[str, ...] = (),
    texts: tuple[str, ...] = (),
    opening: str = "",
    handed: str = "",
    entry: str = "",
    sealed: str = "",
    counts: str = "",
    folds: bool = False,
    opens: str = "",
    within: tuple[str, ...] = (),
    answers: tuple[str, ...] = (),
    empty_link: bool = False,
    link_once: bool = False,
    signed_as: SignedAs = "",
    example: Mapping[str, Any],
    holds: Mapping[str, Held] = {},
) -> Callable[[B], B]:
    """Register an act type, whose sheet says what it is called and how it is asked (`sheet`); Incomplete without one.

    `uses`: values whose change since signing makes the act out of turn; `outsider`: the rule that refuses whoever
    is not entitled, where it is not the general one; `own_key`: a unit not yet known signs with the key its
    body brings; `capability`: off where the text has no such `clause`; `clerical`: fields that may be corrected;
    `undo`: the body has `undo`, so the act may be voided or disavowed;
    `form_only`: it rests on undisclosed acts: its form and place can be checked, its ground cannot;
    `objects`, `texts`, `opening`, `entry`, `sealed`: the fields by which the body names JSON objects, texts, an object of openings, an
    earlier entry, a sealed act, which the caller hands in; `handed`: one that names openings which only some were handed,
    and which are handed in by whoever has them; `counts`: the field that names a vote whose ballots so far
    are handed in by whoever can open them; `folds`: its `opening` is a dossier from its first entry on, handed in
    folded too; `opens`: the kind of dossier that it begins; `within`: the kinds in which it is done, and `answers`: the
    types of which it answers an entry there; `empty_link`: its link may name nothing, as ex officio and at the end of
    an entity; `link_once`: what its link names is decided by it, and by no second act of the type; `signed_as`: the role in
    its dossier of the officers who sign it, or ANY_ROLE of `dossier_roles`; `holds`: of a field that is a mapping, what it may hold.
    """

    def register(body: B) -> B:
        kind = ActType(
            type,
            body,
            sheet_of(type),
            by,
            clause,
            governing,
            uses,
            outsider,
            own_key,
            capability,
            weighty,
            frozenset(clerical),
            undo,
            form_only,
            objects,
            texts,
            opening,
            handed,
            entry,
            sealed,
            counts,
            folds,
            opens,
            frozenset(within),
            answers,
            empty_link,
            link_once,
            signed_as,
            example,
            holds,
        )
        kind.require_complete()
        ACT_TYPES[type] = kind
        return body

    return register


def act_type_of(type: str) -> ActType:
    """The act type of that stored name; OutOfTurn if there is none."""
    try:
        return ACT_TYPES[type]
    except KeyError:
        raise OutOfTurn("unknown-type", type) from None


def decode_body(kind: ActType, raw: bytes | msgspec.Raw) -> Body:
    """The body of an act, checked against its whitelist; OutOfTurn if malformed or a date names no day."""
    try:
        body = kind.decoder.decode(raw)
        data = bytes(raw)
        if _HYPHEN in data:
            for written in _DATES.findall(data):
                from_iso(written.decode("ascii"))
    except ValueError as error:  # msgspec.ValidationError is one
        why = str(error)
        raise OutOfTurn("malformed", kind.type, why=why).saying(why=(fault_zh(why), why)) from None
    return body


_HYPHEN = 0x2D
_DATES = re.compile(rb'"([12]\d{3}-\d\d-\d\d)"')
"""Whatever has the form of a date; the form alone lets 2026-02-31 pass."""
