"""What verify says: exactly what it could check, and the first thing that is wrong."""

from __future__ import annotations

from typing import Any

import msgspec

from gongyue.covenant.binding.said_besides import besides
from gongyue.covenant.binding.sheet import otherwise
from gongyue.covenant.periods import iso, moment
from gongyue.covenant.shares import authority_in
from gongyue.governance import absences, change_approvals, effect
from gongyue.governance.institution import Institution
from gongyue.verifying.audit_report import ContentAudit, SlotAudits
from gongyue.verifying.failures import Failure, Stop
from gongyue.verifying.noted import InForm, Late
from gongyue.verifying.pack_report import PackReport


class UnitStatus(msgspec.Struct, frozen=True):
    """A unit's status as the book has it."""

    unit: str
    name: str
    status: str
    since: str
    until: str | None


class Confirmation(msgspec.Struct, frozen=True):
    """Two officers confirmed the time after a long silence: where, the times before and after in Beijing, who signed."""

    index: int
    last: str
    time: str
    signers: tuple[str, ...]


class Returned(msgspec.Struct, frozen=True):
    """Two officers returned from a false time: where, the first wrong entry, the times in Beijing, what became of the rest.

    `back`: the last right entry's time; `left`: the last false one; `time`: that of the recovery; `void` entries are void,
    `moved` ones arrived at another time.
    """

    index: int
    first: int
    back: str
    left: str
    time: str
    signers: tuple[str, ...]
    void: int
    moved: int


class Ordered(msgspec.Struct, frozen=True):
    """An order or a law pack as recorded: its source, what it forbids and to whom ("" for all), from which day to which.

    Whether it was ever made is not for the book to say: who is named in it asks its source. `lifted`: from that day on.
    """

    id: str
    source: str
    party: str
    forbids: tuple[str, ...]
    begins: str
    ends: str
    lifted: str


class Interpreted(msgspec.Struct, frozen=True):
    """An interpretation: its number, article, day and stage, where it stands, what it sets ("" if it explains words)."""

    number: int
    article: int
    at: str
    index: int
    day: str
    stage: str
    sets: str


class Silent(msgspec.Struct, frozen=True):
    """What the text in force does not have and what holds instead; or, with its article and words, a passage decided otherwise."""

    capability: str
    at: str
    words: str
    zh: str
    en: str


class FoldedDossier(msgspec.Struct, frozen=True):
    """A dossier folded from what was disclosed: its kind, its last place; `holes`: of `d:members` what came while a unit was no member."""

    id: str
    kind: str
    n: int
    holes: list[tuple[int, int]] = []


class KeptHead(msgspec.Struct, frozen=True):
    """A head of a dossier that nothing contradicts: its file, place and Beijing day, "" where its time is a false one.

    `complete`: its dossier is disclosed up to there at least; else its form alone was checked.
    """

    file: str
    dossier: str
    n: int
    day: str
    complete: bool


class WaitingPromise(msgspec.Struct, frozen=True):
    """A promise that is not due: the published books say nothing of its act yet. `until`: by when an anchor must hold it, in Beijing."""

    file: str
    commitment: str
    arrived: str
    until: str


class KnownLink(msgspec.Struct, frozen=True):
    """A link that was opened: the entry and type that carry it, how many entries it names, whether all of them were disclosed."""

    carrier: str
    type: str
    names: int
    full: bool


class Report(msgspec.Struct):
    """The outcome: exit code, what was checked, how many acts, which in form only, what came late, units, failure.

    `disclosed_form_only`: of the sealed acts disclosed those that rest on one that is not, so that their form alone could be
    checked; `recounted`: votes open to members only that were counted again from the openings handed in.
    """

    code: int = 4
    acts: int = 0
    in_form: list[InForm] = []
    late: list[Late] = []
    recounted: int = 0
    signatures: int = 0
    objects: int = 0
    sealed: int = 0
    disclosed: int = 0
    disclosed_form_only: int = 0
    size: int = 0
    root: str | None = None
    witnesses: list[str] = []
    quorum: bool | None = None
    did: list[str] = []
    units: list[UnitStatus] = []
    orders: list[Ordered] = []
    interpretations: list[Interpreted] = []
    confirmations: list[Confirmation] = []
    recoveries: list[Returned] = []
    absent: list[Silent] = []
    not_carried_out: list[Silent] = []
    dossiers: list[FoldedDossier] = []
    heads: list[KeptHead] = []
    links: list[KnownLink] = []
    waiting: list[WaitingPromise] = []
    slots: SlotAudits | None = None
    audit: ContentAudit | None = None
    pack: PackReport | None = None
    failure: Failure | None = None

    @property
    def form_only(self) -> int:
        """Acts of which the form alone was checked."""
        return len(self.in_form)

    @property
    def fully(self) -> int:
        """Acts checked fully."""
        return self.acts - self.form_only

    def stopped(self, stop: Stop) -> Report:
        """The report of a run that stopped there."""
        self.code, self.failure = stop.code, stop.failure
        return self

    def checked(self, *what: str) -> None:
        """Note what has been checked."""
        self.did = [*self.did, *what]

    def data(self) -> dict[str, Any]:
        """The report as JSON data."""
        data: dict[str, Any] = msgspec.to_builtins(self)
        if self.pack is None:  # of a book alone it says what it always said
            del data["pack"]
        if not self.waiting:
            del data["waiting"]
        return data | {"form_only": self.form_only, "fully": self.fully}


def unit_statuses(inst: Institution) -> list[UnitStatus]:
    """Every unit that is or was a member."""
    units = [u for u in inst.units.values() if u.since]
    return [
        UnitStatus(u.id, u.name, u.status, iso(u.since), iso(u.until) if u.until else None)
        for u in sorted(units, key=lambda u: u.id)
    ]


def orders(inst: Institution) -> list[Ordered]:
    """Every order and law pack that was recorded, by its id: the institution keeps them in none."""

    def day(number: int | None) -> str:
        return iso(number) if number else ""

    return [
        Ordered(o.id, o.source, o.party, o.types, iso(o.begins), day(o.ends), day(o.lifted))
        for o in sorted(inst.orders.values(), key=lambda o: o.id)
    ]


def interpretations(inst: Institution) -> list[Interpreted]:
    """Every interpretation issued."""
    return [
        Interpreted(
            i.number,
            i.article,
            inst.meaning.at(i.article),
            i.index,
            iso(i.day),
            i.stage,
            "" if i.prose else f"{i.name}={i.value}",
        )
        for i in inst.interpretations
    ]


def confirmations(inst: Institution) -> list[Confirmation]:
    """Every confirmation of the time."""
    return [Confirmation(c.index, moment(c.last), moment(c.time), c.signers) for c in inst.confirmed]


def recoveries(inst: Institution) -> list[Returned]:
    """Every return from a false time."""
    return [
        Returned(r.index, r.first, moment(r.back), moment(r.left), moment(r.time), r.signers, r.void, r.moved)
        for r in inst.recoveries
    ]


def absent(inst: Institution) -> list[Silent]:
    """What the text in force, or frozen, does not have, what of it is not carried out as it says, and what was not adopted."""
    text = inst.meaning.edition
    if text is None:
        return []
    more = besides(text.parts, text.chapters, text.bindings, text.decisions, authority_in(text))
    told = {(e.capability, e.at, e.words, e.zh): e for e in (*otherwise(text.parts, text.bindings), *more)}
    said = (*absences.absent(inst, text), *told.values())
    unsigned = (Silent("amendment.approval", "", "", zh, en) for zh, en in change_approvals.unsigned(inst))
    gone = effect.day_gone_by(inst)
    early = [Silent("founding.in_force", "", "", *gone)] if gone else []
    return [*(Silent(e.capability, e.at, e.words, e.zh, e.en) for e in said), *unsigned, *early]


def not_carried_out(inst: Institution) -> list[Silent]:
    """Every sentence of the text in force, or frozen, that the software does not carry out."""
    text = inst.meaning.edition
    return [Silent(e.capability, e.at, e.words, e.zh, e.en) for e in absences.left_of(text)] if text else []


CHECKS = {
    "bytes": ("字节", "bytes"),
    "hashes": ("哈希", "hashes"),
    "checkpoint": ("检查点签名", "checkpoint signature"),
    "sealed bytes": ("密封簿字节与根", "sealed book's bytes and root"),
    "earlier checkpoints": ("与先前检查点一致", "consistency with earlier checkpoints"),
    "signatures": ("行为签名", "signatures of acts"),
    "lawfulness": ("合规性", "lawfulness"),
    "objects": ("所引文件", "objects named"),
    "anchors": ("锚定", "anchors"),
    "receipts": ("回执", "receipts"),
    "disclosures": ("启封内容", "disclosures"),
    "heads": ("存卷凭证", "heads of dossiers"),
    "links": ("关联", "links"),
    "documents": ("包内文书", "documents of the pack"),
    "content audit": ("内容核对", "audit of the content"),
}


VERDICTS = {
    0: ("真实且合规", "sound and lawful"),
    2: ("被篡改或缺失", "tampered or missing"),
    3: ("真实但违规", "authentic but unlawful"),
    4: ("无法读取", "cannot be read"),
}
"""What an exit code says."""
