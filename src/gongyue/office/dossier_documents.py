"""Documents of dossiers: filed with the act that names them in one step, held and erased by acts, opened by whoever the book says may.

The act's record is what makes it all so: documents are whole in the vault before it, and what is done to them is written
down; whoever comes after an interruption asks the book for the act. The vault's turn comes first, then the book's append lock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any, Literal

import msgspec
from pysqlite3 import dbapi2

from gongyue.book.documents import documents_named, documents_of
from gongyue.book.entry import SIGNING_PREFIX, SignedAct, decode, with_objects
from gongyue.book.receipts import Receipt
from gongyue.book.signing import job, verify
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import day_of
from gongyue.governance.acts import ActType, act_type_of
from gongyue.governance.dossier import id_of
from gongyue.governance.envelope import Act
from gongyue.office import evidence
from gongyue.office.attachments import WRITTEN, PrivateContent
from gongyue.office.dossier_access import readers
from gongyue.office.dry_run import require_objects
from gongyue.office.office import BadSignature, Office
from gongyue.office.openings import own_results
from gongyue.office.sources import StoreSources
from gongyue.office.store import SEALED
from gongyue.office.vault.cipher import Content
from gongyue.office.vault.custody import require_erasable
from gongyue.office.vault.errors import BadDocument
from gongyue.office.vault.register import Document, Intended, Register
from gongyue.office.vault.vault import Vault
from gongyue.sealing.commitment import commit, is_salted, salt_of, salted, salted_content
from gongyue.transparency import canonical

RECEIPT, HOLD, ERASE = "dossier.receive/1", "dossier.hold/1", "dossier.erase/1"
"""Acts that name documents which came with others before."""


def vault_of(office: Office, folder: Path) -> Vault:
    """The vault of an office's folder, which asks the book what became of a filing that was interrupted."""
    return Vault(folder, lambda: office.clock().believed, office.entropy, office.has_sealed)


def settle(vault: Vault) -> None:
    """Go on with what was interrupted, where anything was."""
    if vault.exists:
        with vault.turn():
            pass


# -- filing


def file(
    office: Office,
    folder: Path,
    act: SignedAct,
    documents: Sequence[PrivateContent] = (),
    handle: Callable[[SignedAct], Receipt] | None = None,
) -> Receipt:
    """Record an act, with its documents in the vault under its dossier, and what it does to documents: all of it or nothing.

    Raises what `office.handle` raises, and VaultError: a document that cannot be kept, that the act does not name or that it
    names and nobody brought; an erasure that the vault refuses. `handle`: records, where it is not the office alone. Of an
    act in no dossier nothing is kept here.
    """
    handle, kind = handle or office.handle, act_type_of(str(act.act.get("type")))
    if not kind.in_dossier:
        return handle(act)
    act, documents = _with_texts(kind, act, documents)
    filed = decode(act.received(0)).entry.act
    named = documents_named(kind, filed)
    _require_named(named, documents)
    vault = vault_of(office, folder)
    if office.store.find(SEALED, act.digest) is not None:
        settle(vault)
        return handle(act)
    if not named or (kind.type == RECEIPT and not documents):
        return handle(act)
    _require_lawful(office, act)
    evidence.require_covered(office, kind, filed, documents)
    evidence.require_previewed(office, vault, kind, filed, documents)
    evidence.require_looked(office, vault, kind, filed, [sig.key for sig in act.sigs])
    with vault.turn(create=kind.type not in (HOLD, ERASE)) as register:
        try:
            _prepare(office, vault, register, act, filed, documents)
            receipt = handle(act)
        except BaseException:
            with suppress(Exception):  # where nobody can say now, whoever comes next asks again
                vault.settle(register)
            raise
        with suppress(OSError, dbapi2.Error):  # it is recorded, and all it needs is there: whoever comes next goes on
            vault.settle(register)
    return receipt


def enclosed(act: SignedAct) -> list[PrivateContent]:
    """The documents whose text the law reads, as they came along with an act: each with its salt."""
    kind, body, files = act_type_of(str(act.act.get("type"))), act.act.get("body"), act.files()
    named = kind.documents(body) if isinstance(body, dict) else ()
    came = ((c, files[c]) for c in named if is_salted(files.get(c, b"")))
    return [PrivateContent(c, salt_of(data), salted_content(data), WRITTEN) for c, data in came]


def _with_texts(
    kind: ActType, act: SignedAct, documents: Sequence[PrivateContent]
) -> tuple[SignedAct, list[PrivateContent]]:
    """The act with the documents the law reads, and the documents with those that came along with it: each is in both."""
    given = {one.commitment: one for one in [*enclosed(act), *documents]}
    body = act.act.get("body")
    read = [given[c] for c in kind.documents(body) if c in given] if isinstance(body, dict) else []
    return with_objects(act, {one.commitment: salted(one.salt, one.content) for one in read}), list(given.values())


def _require_named(named: Sequence[str], documents: Sequence[PrivateContent]) -> None:
    """What comes with an act is what it names, and opens the commitments it names."""
    for one in documents:
        if one.commitment not in named or commit(one.salt, one.content) != one.commitment:
            raise BadDocument(
                f"随附的“{one.name}”不是行为所指的文书（{one.commitment}）。",
                f"“{one.name}”, which came with the act, is no document it names ({one.commitment}).",
            )


def _require_lawful(office: Office, act: SignedAct) -> None:
    """Nothing is written for an act that would be refused, nor for one whose signatures do not hold."""
    genesis = office.catch_up().genesis
    for sig in act.sigs:
        if not verify(job(sig, SIGNING_PREFIX + act.act_bytes), genesis.origins if genesis else ()):
            raise BadSignature(sig.key)
    office.dry_run(act)
    require_objects(act, office.store.object)


def _prepare(
    office: Office, vault: Vault, register: Register, signed: SignedAct, act: Act, documents: Sequence[PrivateContent]
) -> None:
    """Documents whole in the vault, and what is done to documents written down: it comes to be by the act's record."""
    kind, digest, keys = act_type_of(act.type), signed.digest, office.inst.keys
    dossier = id_of(digest) if kind.opens else str(act.on and act.on.dossier)
    for one in documents:
        vault.keep(register, one.content, one.name, dossier=dossier, by=act.actor, salt=one.salt, act=digest)
    named = documents_named(kind, act)
    if kind.type != RECEIPT:
        _require_there(register, dossier, named, digest)
    by = "+".join(sorted({keys[sig.key].holder for sig in signed.sigs if sig.key in keys}))
    body = msgspec.json.decode(act.body)
    if kind.type == ERASE:
        require_erasable(vault, register, named, body["ground"], by)
    with register.together():
        for intended in _intended(office, dossier, act, digest, body, by):
            register.intend(intended)


def _require_there(register: Register, dossier: str, named: Sequence[str], digest: str) -> None:
    """Every document named is in the vault under this dossier, or comes with the act."""
    for c in named:
        known = register.document(c)
        if known is None or known.dossier != dossier or (known.state != "here" and known.act != digest):
            raise BadDocument(
                f"行为所指的文书 {c} 没有随附，也不在此卷；从别的卷移来的须另加盐。",
                f"The document {c} that the act names did not come with it and is not in this dossier; one from another"
                " dossier gets a fresh salt.",
            )


def _intended(office: Office, dossier: str, act: Act, digest: str, body: dict[str, Any], by: str) -> Iterator[Intended]:
    """What an act does to documents: it holds or releases them, erases them, or is the office's word, which rests on them."""
    named = documents_named(act_type_of(act.type), act)
    if act.type == ERASE:
        yield from (Intended(digest, "erase", c, body["ground"], by) for c in named)
    elif act.type == HOLD:
        what: Literal["release", "hold"] = "release" if body.get("lifted") else "hold"
        yield from (Intended(digest, what, c, body["ground"], by) for c in named)
    elif act.actor == EXECUTIVE:
        placed = StoreSources(office.store).dossier(dossier)
        answered = (data for _, data in placed if act.to and canonical.digest(data) == act.to)
        for c in dict.fromkeys([*named, *documents_of(answered)]):
            yield Intended(digest, "use", c, "", by)


# -- opening


def open_document(office: Office, folder: Path, c: str, who: str) -> tuple[Content, bytes]:
    """A document and the salt that opens its commitment, for whoever the book says may read it; logged before anything is given.

    NotThere, NotEntitled, Gone, BadVault.
    """
    inst, now = office.catch_up(), office.clock().believed
    return vault_of(office, folder).read(
        c, who, readers(inst, StoreSources(office.store), day_of(now), partial(own_results, office.store))
    )


def documents_in(office: Office, folder: Path, dossier: str) -> list[Document]:
    """What is known of the documents that the entries of a dossier name, in their order; no content and no names."""
    vault = vault_of(office, folder)
    known = {one.c: one for one in vault.known(dossier)} if vault.exists else {}
    named = documents_of(data for _, data in StoreSources(office.store).dossier(dossier))
    return [known[c] for c in dict.fromkeys(named) if c in known]
