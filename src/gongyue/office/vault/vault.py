"""The vault: documents in, documents out to whoever may read them, and documents gone for good.

In an office's folder: `vault/` holds the register and the ciphertexts, `vault-keys/` the keys, the salts and the list of what
was erased (a folder, link or mount on another disk). Everything is done by one at a time, under a lock, whatever process it
is; whoever takes the lock first finishes or undoes what an interrupted one left.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from pysqlite3 import dbapi2

from gongyue.office.backup import VAULT_FOLDERS
from gongyue.office.vault import cipher
from gongyue.office.vault.cipher import Content
from gongyue.office.vault.completion import erase_listed, settle_coming, settle_intended
from gongyue.office.vault.disk import destroy, force, make_folder, write_durably
from gongyue.office.vault.erased_list import ErasedLine, ErasedList
from gongyue.office.vault.errors import BadDocument, BadVault, NotEntitled, NotThere, gone
from gongyue.office.vault.key_file import KeyFile, Secret
from gongyue.office.vault.readers import Readers, Standing
from gongyue.office.vault.register import PAPERS, REQUESTS, Document, LogLine, Register
from gongyue.office.vault.register_schema import VERSION
from gongyue.office.vault.turns import locked, sweep, told
from gongyue.sealing.commitment import SALT_BYTES, commit

VAULT, KEYS = VAULT_FOLDERS
MARK = "vault-erased.json"
"""In an office's folder: the vault, its keys, the mark of the list of erasures."""
COMMITMENT = re.compile(r"sha256:[0-9a-f]{64}")
_ROOM = re.compile(rf"d:(?:[0-9a-f]{{64}}|members)|{PAPERS}|{REQUESTS}")
_PARTY = re.compile(r"[!-~]{1,80}")


class Put(NamedTuple):
    """A document that is kept: its commitment, the salt, and whether it is new."""

    commitment: str
    salt: bytes
    new: bool


class Vault:
    """The vault of an office's folder; it is made when something is put for the first time."""

    def __init__(
        self,
        office: Path,
        now: Callable[[], int],
        entropy: Callable[[int], bytes] = os.urandom,
        recorded: Callable[[str], bool] | None = None,
    ) -> None:
        """`recorded`: whether the act of that digest is in the sealed book, or never will be by what is under way now.

        Where nobody can say it, documents whose filing was interrupted wait for whoever can.
        """
        self.office, self.now, self.entropy, self.recorded = office, now, entropy, recorded
        self.folder, self.keys_folder = office / VAULT, office / KEYS
        self.register_path, self.documents = self.folder / "register.db", self.folder / "documents"
        self.keys = KeyFile(self.keys_folder / "documents.keys")
        self.erased = ErasedList(self.keys_folder / "erased.jsonl", office / MARK)

    @property
    def exists(self) -> bool:
        """Whether anything was ever put."""
        return self.register_path.is_file()

    @contextmanager
    def turn(self, create: bool = False) -> Iterator[Register]:
        """The register, for one at a time, once everything interrupted is settled; BadVault where that cannot be."""
        with told(), locked(self.office):
            sweep(self.office)
            register = self._open(create)
            try:
                self._settle(register)
                yield register
            finally:
                register.close()

    def _open(self, create: bool) -> Register:
        if self.exists:
            register = Register(self.register_path)
            if register.version == VERSION - 1:
                register.update()
            if (version := register.version) == VERSION:
                self._require_keys()
                return register
            register.close()
            if version:
                raise BadVault(
                    f"保管库的版本是 {version}，本程序只认 {VERSION}；请更新程序。",
                    f"The vault has version {version}, this program knows {VERSION}: update the program.",
                )
        if self._traces():
            raise BadVault(
                f"{self.folder} 里没有登记簿，而密钥或删除清单尚在；请从备份恢复（gongyue vault restore），不另建新的。",
                f"There is no register in {self.folder}, but keys or the list of erasures are there: restore from a backup"
                " (gongyue vault restore); no new one is made.",
            )
        if not create:
            raise BadVault("保管库里还没有任何文件。", "Nothing has been put into the vault yet.")
        return self._make()

    def _traces(self) -> bool:
        """Whether there was a vault."""
        files = (self.keys.path, self.erased.path)
        kept = any(path.exists() and path.stat().st_size for path in files) or self.erased.mark_path.exists()
        return bool(kept) or (self.documents.is_dir() and any(self.documents.iterdir()))

    def _make(self) -> Register:
        for folder in (self.folder, self.documents, self.keys_folder):
            make_folder(folder)
        write_durably(self.keys.path, b"")
        self.erased.create()
        os.close(os.open(self.register_path, os.O_WRONLY | os.O_CREAT, 0o600))
        register = Register(self.register_path)
        register.create()
        force(self.folder)
        return register

    def _require_keys(self) -> None:
        for path in (self.keys.path, self.erased.path):
            if not path.is_file():
                raise BadVault(
                    f"缺少 {path}；密文都在，没有丢失。请从备份恢复它（gongyue vault restore），不要另建。",
                    f"{path} is missing; the ciphertexts are all there. Restore it from a backup (gongyue vault restore);"
                    " make no new one.",
                )

    def _settle(self, register: Register) -> None:
        """Every erasure that was begun is finished; what was coming is here or undone; what acts do to documents is done."""
        erase_listed(self, register)
        self.settle(register)

    def settle(self, register: Register) -> None:
        """What waited for its act is done, or forgotten where that is not in the book."""
        settle_coming(self, register)
        settle_intended(self, register)

    # -- putting

    def put(
        self, data: bytes, name: str, *, dossier: str, by: str, salt: bytes | None = None, readers: Sequence[str] = ()
    ) -> Put:
        """Keep a document; the same again, by the same in the same dossier, is the one that is there.

        `salt`: of a commitment that was made already. `readers`: whom whoever puts it names. BadDocument, BadVault, Gone.
        """
        with self.turn(create=True) as register:
            return self.keep(register, data, name, dossier=dossier, by=by, salt=salt, readers=readers)

    def keep(
        self,
        register: Register,
        data: bytes,
        name: str,
        *,
        dossier: str,
        by: str,
        salt: bytes | None = None,
        readers: Sequence[str] = (),
        act: str = "",
    ) -> Put:
        """As `put`, within a turn. `act`: it comes with that act, and is here once `settle_coming` finds it recorded."""
        if not _ROOM.fullmatch(dossier) or not all(_PARTY.fullmatch(one) for one in (by, *readers)):
            raise BadDocument(f"不是卷宗或当事方：{dossier} {by}", f"Not a dossier or a party: {dossier} {by}")
        content = cipher.examined(data, name, any_kind=dossier == PAPERS)
        if salt is None and (there := self._same(register, content, dossier, by)):
            return there
        secret = Secret(self.entropy(cipher.KEY_BYTES), salt or self.entropy(SALT_BYTES))
        c = commit(secret.salt, data)
        if known := register.document(c):
            if known.state == "erased":
                raise gone(c)
            return Put(c, secret.salt, False)
        register.announce(c, slot := register.next_slot(), dossier, by, self.now(), readers, act)
        try:
            self.keys.write(slot, c, secret)
            path = self.path_of(c)
            write_durably(path, cipher.encrypt(content, c, secret.key, self.entropy(cipher.NONCE_BYTES)))
            with register.together():
                register.arrived(c, content.kind, len(data))
                if not act:
                    register.note(self.now(), by, "put", c)
        except BaseException:
            self._undo_if_it_can(register, c)
            raise
        return Put(c, secret.salt, True)

    def _same(self, register: Register, content: Content, dossier: str, by: str) -> Put | None:
        """The same content put by the same before: told by its commitments, so that no unsalted digest is kept."""
        for one in register.alike(dossier, by, len(content.data)):
            secret = self.keys.read(one.slot, one.c)
            if secret and commit(secret.salt, content.data) == one.c:
                return Put(one.c, secret.salt, False)
        return None

    def _undo_if_it_can(self, register: Register, c: str) -> None:
        """Where the disk takes no more, whoever comes next undoes it."""
        with suppress(OSError, dbapi2.Error):
            if (document := register.document(c)) and document.state == "coming":
                self.undo(register, document)

    def undo(self, register: Register, document: Document) -> None:
        """That it never came: key and ciphertext are destroyed first."""
        self.keys.erase(document.slot)
        destroy(self.path_of(document.c))
        register.forget(document.c)

    def path_of(self, c: str) -> Path:
        """Where a document's ciphertext is."""
        return self.documents / c.removeprefix("sha256:")

    # -- reading

    def read(self, c: str, reader: str, readers: Readers) -> tuple[Content, bytes]:
        """A document and the salt that opens its commitment, once the reading is logged. NotThere, NotEntitled, Gone, BadVault."""
        if not _PARTY.fullmatch(reader):
            raise NotEntitled(f"没有写明谁在查阅：{reader!r}", f"It is not said who reads: {reader!r}")
        with self.turn() as register:
            document = self.require(register, c)
            standing = readers(document, reader)
            if standing is None or (document.restricted and standing is not Standing.PARTY):
                register.note(self.now(), reader, "denied", c)
                raise NotEntitled(
                    f"{reader} 不得查阅 {c}：只有当事方与受指派的经办人员可以"
                    + ("；现因本人请求，只限当事方。" if document.restricted else "。"),
                    f"{reader} may not read {c}: only parties and assigned officers may"
                    + (", and at a person's request now the parties alone." if document.restricted else "."),
                )
            if document.state == "erased":
                raise gone(c)
            opened = self.opened(document)
            register.note(self.now(), reader, "read", c)
            return opened

    def opened(self, document: Document) -> tuple[Content, bytes]:
        """A document's content and salt, not logged: for `read`, and for proofs. BadVault names what is lost or damaged."""
        secret = self.keys.read(document.slot, document.c)
        if secret is None:
            raise BadVault(
                f"{document.c} 的密钥丢失或损坏，密文仍在；请从备份恢复。",
                f"The key of {document.c} is lost or damaged; the ciphertext is there. Restore from a backup.",
            )
        try:
            content = cipher.decrypt(self.path_of(document.c).read_bytes(), document.c, secret.key)
        except FileNotFoundError:
            content = None
        if content is None or commit(secret.salt, content.data) != document.c:
            raise BadVault(
                f"{document.c} 的密文丢失或损坏；请从备份恢复。",
                f"The ciphertext of {document.c} is lost or damaged: restore from a backup.",
            )
        return content, secret.salt

    def require(self, register: Register, c: str) -> Document:
        """The document, erased or not; NotThere."""
        found = register.document(c) if COMMITMENT.fullmatch(c) else None
        if found is None or found.state == "coming":
            raise NotThere(f"保管库里没有 {c}。", f"There is no {c} in the vault.")
        return found

    # -- erasing

    def destroy(self, register: Register, lines: list[ErasedLine]) -> None:
        """Erase documents: first the lines that say so, durable, then key, salt and ciphertext. Nobody is asked any more."""
        self.erased.append(lines)
        erase_listed(self, register)

    # -- looking

    def known(self, dossier: str = "") -> list[Document]:
        """What is known of the documents of a dossier, or of all; no content."""
        with self.turn() as register:
            return register.documents(dossier)

    def log(self, c: str = "") -> list[LogLine]:
        """Who did what, of all or of one document."""
        with self.turn() as register:
            return register.log(c)
