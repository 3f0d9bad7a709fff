"""Documents of dossiers: filed with the act that names them in one step, opened by whoever the book says may.

The act's record is what makes them stand: they are whole in the vault before it, and come to be there by it. Whoever comes
after an interruption asks the book for the act. The vault's turn comes first, then the book's append lock, everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path

from pysqlite3 import dbapi2

from gongyue.book.entry import SIGNING_PREFIX, SignedAct, decode
from gongyue.book.receipts import Receipt
from gongyue.book.signing import job, verify
from gongyue.covenant.periods import day_of
from gongyue.governance.acts import ActType, act_type_of
from gongyue.governance.dossier import id_of
from gongyue.governance.envelope import Act
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_access import documents_named, documents_of, readers
from gongyue.office.dry_run import require_objects
from gongyue.office.office import BadSignature, Office
from gongyue.office.sources import StoreSources
from gongyue.office.store import SEALED
from gongyue.office.vault.cipher import Content
from gongyue.office.vault.errors import BadDocument
from gongyue.office.vault.register import Document, Register
from gongyue.office.vault.settling import settle_coming
from gongyue.office.vault.vault import Vault
from gongyue.sealing.commitment import commit

NAME_EARLIER = frozenset({"dossier.receive/1", "dossier.hold/1", "dossier.erase/1"})
"""Acts whose documents came with others before."""


def vault_of(office: Office, folder: Path) -> Vault:
    """The vault of an office's folder, which asks the book what became of a filing that was interrupted."""
    return Vault(folder, lambda: office.clock().believed, office.entropy, office.has_sealed)


# -- filing


def file(
    office: Office,
    folder: Path,
    act: SignedAct,
    documents: Sequence[PrivateContent] = (),
    handle: Callable[[SignedAct], Receipt] | None = None,
) -> Receipt:
    """Record an act, with its documents in the vault under its dossier: all of it or nothing.

    Raises what `office.handle` raises, and VaultError: a document that cannot be kept, that the act does not name or that it
    names and nobody brought. `handle`: records, where it is not the office alone. Of an act in no dossier nothing is kept here.
    """
    handle, kind = handle or office.handle, act_type_of(str(act.act.get("type")))
    if not kind.in_dossier:
        return handle(act)
    entry = decode(act.received(0)).entry
    named = documents_named(kind, entry.act)
    _require_named(named, documents)
    if not named or office.store.find(SEALED, act.digest) is not None:
        return handle(act)
    _require_lawful(office, act)
    vault, dossier = (
        vault_of(office, folder),
        id_of(act.digest) if kind.opens else str(entry.act.on and entry.act.on.dossier),
    )
    if kind.type in NAME_EARLIER and not documents:
        return handle(act)
    with vault.turn(create=True) as register:
        _keep(vault, register, dossier, entry.act, act.digest, documents)
        _require_there(register, dossier, kind, named, act.digest)
        try:
            receipt = handle(act)
        except BaseException:
            with suppress(Exception):  # where nobody can say now, whoever comes next asks again
                settle_coming(vault, register)
            raise
        with suppress(
            OSError, dbapi2.Error
        ):  # it is recorded, and its documents are whole: whoever comes next finds that
            settle_coming(vault, register)
    return receipt


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


def _keep(
    vault: Vault, register: Register, dossier: str, act: Act, digest: str, documents: Sequence[PrivateContent]
) -> None:
    try:
        for one in documents:
            vault.keep(register, one.content, one.name, dossier=dossier, by=act.actor, salt=one.salt, act=digest)
    except BaseException:
        with suppress(Exception):  # as above: the act was not handed in, so that all of it is undone
            settle_coming(vault, register)
        raise


def _require_there(register: Register, dossier: str, kind: ActType, named: Sequence[str], digest: str) -> None:
    """Every document named is in the vault under this dossier, or comes with the act."""
    for c in named if kind.type not in NAME_EARLIER else ():
        known = register.document(c)
        if known is None or known.dossier != dossier or (known.state != "here" and known.act != digest):
            raise BadDocument(
                f"行为所指的文书 {c} 没有随附，也不在此卷；从别的卷移来的须另加盐。",
                f"The document {c} that the act names did not come with it and is not in this dossier; one from another"
                " dossier gets a fresh salt.",
            )


# -- opening


def open_document(office: Office, folder: Path, c: str, who: str) -> tuple[Content, bytes]:
    """A document and the salt that opens its commitment, for whoever the book says may read it; logged before anything is given.

    NotThere, NotEntitled, Gone, BadVault.
    """
    inst, now = office.catch_up(), office.clock().believed
    return vault_of(office, folder).read(c, who, readers(inst, StoreSources(office.store), day_of(now)))


def documents_in(office: Office, folder: Path, dossier: str) -> list[Document]:
    """What is known of the documents that the entries of a dossier name, in their order; no content and no names."""
    vault = vault_of(office, folder)
    known = {one.c: one for one in vault.known(dossier)} if vault.exists else {}
    named = documents_of(data for _, data in StoreSources(office.store).dossier(dossier))
    return [known[c] for c in dict.fromkeys(named) if c in known]
