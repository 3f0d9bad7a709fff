"""What becomes of documents: use, the end of a dossier, holds, erasure, and what persons ask for.

What may not be done is refused for all the documents named or for none, before anything is erased or held.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import Literal

from gongyue.covenant.periods import day_of, iso
from gongyue.office.vault.erased_list import ErasedLine
from gongyue.office.vault.errors import BadDocument, Held, Kept, NotThere, gone
from gongyue.office.vault.register import REQUESTS, Document, Register, Request
from gongyue.office.vault.retention import YEARS, answered_by, kept_until
from gongyue.office.vault.turns import each
from gongyue.office.vault.vault import Vault

Ground = Literal["request", "retention", "unlawful"]
GROUNDS: tuple[Ground, ...] = ("request", "retention", "unlawful")
KINDS = ("access", "copy", "correction", "erasure", "restriction", "explanation")
"""What a person may ask (PIPL 44 to 48)."""
RESTRICTING = ("erasure", "restriction")
OUTCOMES = ("granted", "partly", "refused")
CLOCK, BOOK = "clock", "book"
"""Who erases what is due, and what an act in the book erased."""


def use(vault: Vault, commitments: Sequence[str], by: str) -> None:
    """That documents were served or cited: from now on they are kept until P17 is over."""
    with vault.turn() as register:
        found = [_here(vault, register, c) for c in each(commitments)]
        with register.together():
            for one in found:
                register.use(one.c)
                register.note(vault.now(), by, "used", one.c)


def close(vault: Vault, dossier: str, day: int, by: str, years: int = YEARS) -> int:
    """That a dossier was closed on that day: the last day its documents are kept. Closed again later, they are kept longer."""
    until = kept_until(day, years)
    with vault.turn() as register, register.together():
        for one in register.documents(dossier):
            if one.state == "here":
                register.keep(one.c, until)
                register.note(vault.now(), by, "closed", one.c)
    return until


def hold(vault: Vault, commitments: Sequence[str], ground: str, by: str) -> int:
    """Refuse the erasure of documents until the hold is released; its number."""
    with vault.turn() as register:
        found = [_here(vault, register, c) for c in each(commitments)]
        with register.together():
            number = register.hold([one.c for one in found], ground, vault.now())
            for one in found:
                register.note(vault.now(), by, "hold", one.c)
    return number


def release(vault: Vault, number: int, by: str) -> list[str]:
    """Release a hold; the documents it was on. What another hold is on stays held."""
    with vault.turn() as register:
        held = register.held(number)
        if not held:
            raise NotThere(f"没有尚在的保全 {number}。", f"There is no hold {number} now.")
        with register.together():
            register.release(number, vault.now())
            for c in held:
                register.note(vault.now(), by, "release", c)
    return held


def erase(vault: Vault, commitments: Sequence[str], ground: Ground, by: str, replaced: str | None = None) -> None:
    """Erase documents for good: Held, Kept, NotThere or Gone where one of them may not be, and then none is.

    `replaced`: the redacted copy that takes the place of unlawful content. A document that is only kept for now is restricted
    to the parties where a person asked for it.
    """
    with vault.turn() as register:
        if replaced is not None:
            _here(vault, register, replaced)
        found = require_erasable(vault, register, commitments, ground, by)
        vault.destroy(register, [ErasedLine(vault.now(), by, one.c, ground) for one in found])
        for one in found if replaced is not None else ():
            register.erased(one.c, vault.now(), ground, replaced)


def require_erasable(
    vault: Vault, register: Register, commitments: Sequence[str], ground: Ground, by: str
) -> list[Document]:
    """The documents, where each of them may be erased on that ground; one that is only kept for now is restricted, and none is erased."""
    found, day = [_here(vault, register, c) for c in each(commitments)], day_of(vault.now())
    for one in found:
        if ground == "request" and _kept(one, day):
            _restrict(vault, register, one, by, to_parties=True)
    for one in found:
        _require_erasable(one, ground, day)
    return found


def due(vault: Vault, day: int) -> list[Document]:
    """The documents whose retention is over and that no hold keeps."""
    with vault.turn() as register:
        return [one for one in register.due(day) if not one.holds]


def erase_by_the_book(vault: Vault, commitments: Sequence[str]) -> None:
    """Erase what an act in the book says is erased, and still is here."""
    with vault.turn() as register:
        vault.destroy(register, [ErasedLine(vault.now(), BOOK, c, "dossier.erase") for c in each(commitments)])


def erase_due(vault: Vault, held: Container[str] = ()) -> list[str]:
    """Erase what is due, by the clock; the commitments. `held`: what is under a hold elsewhere too."""
    with vault.turn() as register:
        found = [one.c for one in register.due(day_of(vault.now())) if not one.holds and one.c not in held]
        if found:
            vault.destroy(register, [ErasedLine(vault.now(), CLOCK, c, "retention") for c in found])
        return found


def _here(vault: Vault, register: Register, c: str) -> Document:
    found = vault.require(register, c)
    if found.state == "erased":
        raise gone(c)
    return found


def _kept(one: Document, day: int) -> bool:
    """Whether it was served or cited and is kept: until P17 is over, or with no end yet where its dossier is open."""
    return one.used and (one.due is None or day <= one.due)


def _require_erasable(one: Document, ground: Ground, day: int) -> None:
    if one.holds:
        numbers = ", ".join(map(str, one.holds))
        raise Held(
            f"GY-20-02：{one.c} 正在保全（{numbers} 号），不得删除；先 gongyue vault release。",
            f"GY-20-02: {one.c} is under a hold (no. {numbers}) and may not be erased: first gongyue vault release.",
        )
    early = ground == "retention" and (one.due is None or day <= one.due)
    if early or (ground == "request" and _kept(one, day)):
        until = ("卷宗结后起算", "counted from the closing of its dossier") if one.due is None else (iso(one.due),) * 2
        more = (
            ("已限于当事方查阅；", " It is restricted to the parties meanwhile.") if ground == "request" else ("", "")
        )
        raise Kept(
            f"P17：{one.c} 依留存期保留，至 {until[0]}；{more[0]}到期由 gongyue vault due 列出。",
            f"P17: {one.c} is kept until {until[1]}.{more[1]} gongyue vault due lists it then.",
        )


def _restrict(vault: Vault, register: Register, one: Document, by: str, *, to_parties: bool) -> None:
    if one.restricted != to_parties:
        with register.together():
            register.restrict(one.c, to_parties)
            register.note(vault.now(), by, "restrict" if to_parties else "unrestrict", one.c)


# -- what persons ask for


def ask(
    vault: Vault,
    kind: str,
    letter: bytes,
    name: str,
    *,
    documents: Sequence[str] = (),
    by: str,
    received: int | None = None,
) -> Request:
    """Record a person's request: its letter is kept as a document, so that no name stands in the register.

    Asked to erase or restrict, the documents named are restricted to the parties at once. `received`: the day the letter came.
    """
    day = day_of(vault.now()) if received is None else received
    if day > day_of(vault.now()):
        raise BadDocument(f"{iso(day)} 还没有到。", f"{iso(day)} has not come yet.")
    with vault.turn(create=True) as register:
        found = [_here(vault, register, c) for c in each(documents)]
        put = vault.keep(register, letter, name, dossier=REQUESTS, by=by)
        if again := next((one for one in register.requests() if one.letter == put.commitment), None):
            return again
        for one in found if kind in RESTRICTING else ():
            _restrict(vault, register, one, by, to_parties=True)
        with register.together():
            number = register.ask(kind, put.commitment, [one.c for one in found], day, answered_by(day))
            register.note(vault.now(), by, "asked", put.commitment)
        return register.requests()[number - 1]


def answer(vault: Vault, number: int, outcome: str, by: str, reply: tuple[bytes, str] | None = None) -> Request:
    """Answer a request; what is granted is done by its own command. Refused, the documents are restricted no longer.

    Letter and reply are kept as a closed dossier's documents are (P17).
    """
    with vault.turn() as register:
        asked = next((one for one in register.requests() if one.number == number), None)
        if asked is None or asked.answered is not None:
            raise NotThere(f"没有尚待答复的请求 {number}。", f"There is no request {number} that waits for an answer.")
        day = day_of(vault.now())
        put = vault.keep(register, *reply, dossier=REQUESTS, by=by) if reply else None
        with register.together():
            register.answer(number, day, outcome, put.commitment if put else None)
            register.note(vault.now(), by, "answered", asked.letter)
            for c in (asked.letter, *((put.commitment,) if put else ())):
                register.use(c)
                register.keep(c, kept_until(day, YEARS))
        for c in asked.documents if outcome == "refused" and asked.kind in RESTRICTING else ():
            if (one := register.document(c)) and not _asked_elsewhere(register, number, c):
                _restrict(vault, register, one, by, to_parties=False)
        return register.requests()[number - 1]


def _asked_elsewhere(register: Register, number: int, c: str) -> bool:
    """Whether another request that was not refused keeps the document restricted."""
    return any(
        one.number != number and c in one.documents and one.kind in RESTRICTING and one.outcome != "refused"
        for one in register.requests()
    )


def requests(vault: Vault) -> list[Request]:
    """Every request, the first first."""
    with vault.turn() as register:
        return register.requests()
