"""Evidence at the office's door: what only its content tells is looked at before it is taken (article 17, PIPL 6).

Whatever is filed in a report or a case is scanned, on every face alike: the form asks before anybody signs, recording asks again.
The book holds no content, so this is judged here and by nobody afterwards; the rule that judges it stands with the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from typing import Any

from gongyue.book.dossiers import folded
from gongyue.covenant.parties import EXECUTIVE
from gongyue.covenant.periods import day_of
from gongyue.covenant.rulings import OutOfTurn, Refused
from gongyue.governance.acts import ActType
from gongyue.governance.dossier import Dossier
from gongyue.governance.envelope import Act
from gongyue.governance.institution import Institution
from gongyue.governance.preview import may_be_shown, own_version, shown_first
from gongyue.governance.service import covered
from gongyue.office import links
from gongyue.office.attachments import WRITTEN, PrivateContent
from gongyue.office.dossier_access import sight_of
from gongyue.office.evidence_scan import SCANNER
from gongyue.office.office import Office
from gongyue.office.openings import found_by
from gongyue.office.sources import StoreSources
from gongyue.office.store.words import in_dossier
from gongyue.office.vault.cipher import Content, examined
from gongyue.office.vault.register import Document
from gongyue.office.vault.vault import Vault
from gongyue.sealing.commitment import commit

FILING = frozenset({"report.file/1", "dossier.note/1", "dossier.serve/1"})
"""Acts with which evidence is filed."""
PATIENCE = 20
"""Seconds that a page waits for the scanner to get ready; the command line waits until it is compiled."""
BACKGROUND = 10
"""By how much the scanner yields to the pages while they are served: compiling takes minutes."""
SETTLED = 10
"""Seconds after which pages that have begun to be served get the scanner ready: first they answer."""
SERVE = "dossier.serve/1"
DECIDED = frozenset({"report.answer/1", "case.conclude/1"})
"""What rests on the evidence that parties filed: whoever signs it has looked into what software cannot read."""
NONE = (
    (" 0 个证件或账户号码、", " 0 numbers of identity documents or accounts and"),
    ("、0 个联系号码", " and 0 to reach persons"),
)
"""How a refusal says that there is none of a kind of numbers."""
WRITTEN_NAME = "所写的文字 / what was written"
INVESTIGATED = frozenset({"report", "case"})
"""Dossiers in which it is evidence."""


def is_scanned(kind: ActType, dossier: Dossier | None) -> bool:
    """Whether documents that come with such an act, in that dossier, are evidence."""
    where = kind.opens or (dossier.kind if dossier is not None else "")
    return kind.type in FILING and where in INVESTIGATED


def expect(kind: ActType) -> None:
    """A form with which evidence is filed was opened: the scanner gets ready meanwhile, and nobody waits long for it."""
    if kind.type in FILING:
        SCANNER.wait = PATIENCE
        with suppress(OSError):
            SCANNER.start()


def get_ready() -> None:
    """The pages are being served: the scanner is compiled in the background, behind whatever the pages do."""
    SCANNER.wait = PATIENCE
    with suppress(OSError):
        SCANNER.start(BACKGROUND)


def scanner_state() -> str:
    """How the scanner of this process stands: off, preparing, ready, failed."""
    return SCANNER.state


def dossier_of(office: Office, act: Act) -> Dossier | None:
    """The dossier in which an act is done; None of one that opens its own."""
    return dossier_at(office, act.on.dossier) if act.on is not None else None


def dossier_at(office: Office, id: str) -> Dossier:
    """A dossier as it stands."""
    return folded(office.inst, StoreSources(office.store).dossier(id))


def require_covered(office: Office, kind: ActType, act: Act, documents: Iterable[PrivateContent]) -> None:
    """GY-17-09 where evidence shows personal data beyond need, and nobody recorded why it is necessary."""
    if kind.type not in FILING:
        return
    dossier = dossier_of(office, act)
    if is_scanned(kind, dossier):
        for one in documents:
            require_one(office.inst, kind, examined(one.content, one.name), dossier)


def require_previewed(
    office: Office, vault: Vault, kind: ActType, act: Act, documents: Iterable[PrivateContent]
) -> None:
    """GY-17-11 where what is served in a case came from a report, word for word, and its reporter did not see it first."""
    if kind.type != SERVE or act.on is None or dossier_at(office, act.on.dossier).case is None:
        return
    reports, day = list(origins(office, act.on.dossier)), day_of(office.clock().believed)
    for one in documents:
        for report in reports:
            if matching := same_content(vault, report, one.content):
                ruling = shown_first(dossier_at(office, report), one.name, matching, day)
                if not ruling.holds:
                    raise Refused(office.inst.meaning.cite(ruling, kind.clause))


def unread(vault: Vault, dossier: str) -> list[Document]:
    """The documents of a dossier that no software here reads, pictures and PDF: people look into them, or nobody has."""
    known = vault.known(dossier) if vault.exists else []
    return [one for one in known if one.state == "here" and not is_read(one.kind or "")]


def is_read(kind: str) -> bool:
    """Whether the scanner reads documents of that kind."""
    return kind in ("text", "office")


def looked_at(vault: Vault, c: str, officers: Collection[str]) -> bool:
    """Whether one of these officers opened a document: each opening is logged."""
    return any(line.what == "read" and line.who in officers for line in vault.log(c))


def require_looked(office: Office, vault: Vault, kind: ActType, act: Act, keys: Iterable[str]) -> None:
    """OutOfTurn where a report is answered, or a case concluded, by officers none of whom opened what software cannot read in it."""
    if kind.type not in DECIDED or act.on is None:
        return
    signers = {key.holder for one in keys if (key := office.inst.keys.get(one)) is not None}
    found = [one for one in unread(vault, act.on.dossier) if one.by != EXECUTIVE]
    if count := sum(not looked_at(vault, one.c, signers) for one in found):
        raise OutOfTurn("not-looked", kind.type, documents=count)


def showable(office: Office, case: str, who: str) -> Iterator[str]:
    """What may be shown of the reports that a case comes from, to be served there: for whoever handles these reports too."""
    day = day_of(office.clock().believed)
    for id in origins(office, case):
        report = dossier_at(office, id)
        if sight_of(office.inst, report, who, day).whole:
            shown = may_be_shown(report, day) - report.erased
            served = (c for one in report.services for c in one.docs)
            yield from dict.fromkeys(c for c in (*own_version(report), *served) if c in shown)


def same_content(vault: Vault, dossier: str, data: bytes) -> frozenset[str]:
    """The documents of a dossier with that very content: told by their commitments, none is opened."""
    if not vault.exists:
        return frozenset()
    with vault.turn() as register:
        here = [one for one in register.documents(dossier) if one.state == "here" and one.size == len(data)]
        secrets = ((one.c, vault.keys.read(one.slot, one.c)) for one in here)
        return frozenset(c for c, secret in secrets if secret and commit(secret.salt, data) == c)


def origins(office: Office, case: str) -> Iterator[str]:
    """The reports that a case comes from, as the office keeps its link open; none of one opened unasked."""
    first = next((one for one in found_by(office.store, in_dossier(case)) if one.entry.rx.n == 1), None)
    opened = links.kept(office.store, links.link_of(first.entry)) if first is not None else None
    yield from dict.fromkeys(target.dossier for target in opened.target) if opened is not None else ()


def require_one(inst: Institution, kind: ActType, document: Content, dossier: Dossier | None) -> None:
    """GY-17-09 where a document shows more than it needs. It is not looked at where the dossier admits that."""
    if dossier is None or not dossier.admits:
        counted = SCANNER.count(document)
        name = WRITTEN_NAME if document.name == WRITTEN else document.name
        ruling = covered(dossier, name, counted.identities, counted.contacts)
        if not ruling.holds:
            raise Refused(without_none(inst.meaning.cite(ruling, kind.clause)))


def without_none(refusal: dict[str, Any]) -> dict[str, Any]:
    """The same, its sentence without what there is none of: who handed in one identity number is not told of 0 to reach persons."""
    zh, en = str(refusal["zh"]), str(refusal["en"])
    for none_zh, none_en in NONE:
        zh, en = zh.replace(none_zh, ""), en.replace(none_en, "")
    return refusal | {"zh": zh, "en": en}
