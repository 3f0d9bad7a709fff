"""What verify says: exactly what it could check, and the first thing that is wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.binding.sheet import otherwise
from gongyue.covenant.periods import iso, moment
from gongyue.governance import absences
from gongyue.governance.dossier import KIND_NAMES
from gongyue.governance.institution import Institution
from gongyue.governance.office_names import PROSE
from gongyue.verifying.audit_report import ContentAudit, SlotAudits, audit_lines
from gongyue.verifying.failures import Failure, Stop
from gongyue.verifying.pack_report import PackReport, pack_lines


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


class KnownLink(msgspec.Struct, frozen=True):
    """A link that was opened: the entry and type that carry it, how many entries it names, whether all of them were disclosed."""

    carrier: str
    type: str
    names: int
    full: bool


class Report(msgspec.Struct):
    """The outcome: exit code, what was checked, how many acts fully and how many in form only, units, failure.

    `disclosed_form_only`: of the sealed acts disclosed those that rest on one that is not, so that their form alone could be
    checked; `recounted`: votes open to members only that were counted again from the openings handed in.
    """

    code: int = 4
    acts: int = 0
    form_only: int = 0
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
    dossiers: list[FoldedDossier] = []
    heads: list[KeptHead] = []
    links: list[KnownLink] = []
    slots: SlotAudits | None = None
    audit: ContentAudit | None = None
    pack: PackReport | None = None
    failure: Failure | None = None

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
        return data | {"fully": self.fully}


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
    said = (*absences.absent(inst, text), *otherwise(text.parts, text.bindings))
    return [Silent(e.capability, e.at, e.words, e.zh, e.en) for e in said]


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


def lines(report: Report, lang: str | None = None) -> list[str]:
    """The report for people in "zh" or "en"; in both, Chinese first, where no language was chosen."""

    def told(zh: str, en: str) -> str:
        return {"zh": zh, "en": en}.get(lang or "", f"{zh} / {en}")

    done = [CHECKS[d] for d in report.did]
    checked = (
        told("已核验", "checked")
        + ": "
        + told("、".join(zh for zh, _ in done) or "—", ", ".join(en for _, en in done) or "—")
    )
    verdict = told("结论：", "outcome: ") if lang else "结论："
    verdict += told(*VERDICTS[report.code])
    failure = report.failure
    if failure is not None:
        told_of = [failure.zh, failure.en] if lang is None else [failure.zh if lang == "zh" else failure.en]
        packed = pack_lines(report.pack, told) if report.pack else ()
        return ([checked] if done else []) + [*packed, verdict, *_failure(failure, told_of, told)]
    return [checked, *_sound(report, told), verdict]


PickLanguage = Callable[[str, str], str]


def _sound(report: Report, told: PickLanguage) -> Iterator[str]:
    yield told(
        f"{report.acts} 项行为：{report.fully} 项完全核验，{report.form_only} 项仅核验形式（依据未公开的行为）",
        f"{report.acts} act{'s' * (report.acts != 1)}: {report.fully} fully, {report.form_only} in form only (rest on undisclosed acts)",
    )
    yield told(
        f"签名 {report.signatures}，文件 {report.objects}，密封簿 {report.sealed} 条，启封 {report.disclosed} 条",
        f"signatures {report.signatures}, objects {report.objects}, sealed {report.sealed}, disclosed {report.disclosed}",
    )
    if report.disclosed_form_only:
        yield told(
            f"启封的行为中 {report.disclosed_form_only} 条仅核验形式（所答的行为没有一同启封）",
            f"disclosed acts checked in form only (what they answer is not disclosed): {report.disclosed_form_only}",
        )
    yield from _dossiers(report, told)
    for one in report.links:
        how_zh, how = (
            ("", "") if one.full else ("，仅核验形式（所指没有一同启封）", ", in form only (not all of them disclosed)")
        )
        yield told(
            f"关联：{one.carrier} {one.type} 所指 {one.names} 条{how_zh}",
            f"link: {one.carrier} {one.type} names {one.names} entr{'y' if one.names == 1 else 'ies'}{how}",
        )
    yield from audit_lines(report.slots, report.audit, told)
    if report.recounted:
        yield told(
            f"只向成员公开的表决，凭所交的选票重新计票 {report.recounted} 次",
            f"votes open to members only, counted again from the ballots handed in: {report.recounted}",
        )
    comma = ", " if told("zh", "en") == "en" else "、"
    witnessed = comma.join(report.witnesses) or told("未见证", "unwitnessed")
    yield f"{told('检查点', 'checkpoint')}: {report.size} {report.root} · {witnessed}"
    members = sum(u.status == "member" for u in report.units)
    yield told(f"成员单位 {members} 家", f"{members} member unit{'s' * (members != 1)}")
    for s in report.absent:
        quoted = f"　{label_of(s.at)}“{s.words}”：" if s.words else ""
        yield quoted + told(s.zh, s.en)
    for o in report.orders:
        lifted_zh, lifted = (f"，{o.lifted} 解除", f", lifted {o.lifted}") if o.lifted else ("", "")
        yield told(
            f"命令 {o.id}（{o.source}）：{o.party or '全体'}，{'、'.join(o.forbids)}，{o.begins}–{o.ends}{lifted_zh}",
            f"order {o.id} ({o.source}): {o.party or 'all'}, {', '.join(o.forbids)}, {o.begins}–{o.ends}{lifted}",
        )
    for i in report.interpretations:
        stage_zh, stage = ("", "") if i.stage == "issued" else (f"，{_STAGES[i.stage]}", f", {i.stage}")
        yield told(
            f"#{i.index} 解释第 {i.number} 号（{label_of(i.at)}，{i.day}{stage_zh}）：{i.sets or PROSE[0]}",
            f"#{i.index} interpretation {i.number} ({in_english(i.at)}, {i.day}{stage}): {i.sets or PROSE[1]}",
        )
    for c in report.confirmations:
        yield told(
            f"#{c.index} 确认时间：{c.last} 之后至 {c.time}，{'、'.join(c.signers)}",
            f"#{c.index} time confirmed: from {c.last} to {c.time}, by {', '.join(c.signers)}",
        )
    for r in report.recoveries:
        yield told(
            f"#{r.index} 恢复时间：自 #{r.first} 起误记至 {r.left}，恢复为 {r.time}，{r.void} 条无效，"
            f"{r.moved} 条改按其作出之时，{'、'.join(r.signers)}",
            f"#{r.index} time recovered: false from #{r.first} on, up to {r.left}; back to {r.time}, {r.void} void,"
            f" {r.moved} given another time, by {', '.join(r.signers)}",
        )
    if report.pack is not None:
        yield from pack_lines(report.pack, told)


def _dossiers(report: Report, told: PickLanguage) -> Iterator[str]:
    """The dossiers that were disclosed, and the heads of those that were not."""
    for d in report.dossiers:
        (zh, en), (up_to_zh, up_to) = KIND_NAMES[d.kind], _up_to(d, report.heads)
        if d.holes:
            less = "、".join(f"{a}–{b}" if a != b else str(a) for a, b in d.holes)
            up_to_zh, up_to = f"{up_to_zh}；第 {less} 位在成员期之外", f"{up_to}; {less} came while it was no member"
        yield told(f"卷 {d.id}（{zh}）：第 1–{d.n} 位，{up_to_zh}", f"dossier {d.id} ({en}): places 1–{d.n}, {up_to}")
    for h in report.heads:
        if not h.complete:
            zh, en = _dated(h)
            yield told(
                f"存卷凭证 {h.file}（{h.dossier}，{zh}）：仅核验形式（没有启封该卷）",
                f"head {h.file} ({h.dossier}, {en}): checked in form only (nothing of that dossier is disclosed)",
            )


def _up_to(dossier: FoldedDossier, heads: Iterable[KeptHead]) -> tuple[str, str]:
    """How far a dossier is known to be complete: up to the latest of the heads kept; without one no more than its gaps show."""
    mine = [h for h in heads if h.dossier == dossier.id]
    if not mine:
        return "没有发现缺位", "no gap found"
    zh, en = _dated(max(mine, key=lambda h: (h.n, h.day)))
    return f"齐至所存凭证（{zh}）", f"complete up to the head kept ({en})"


def _dated(head: KeptHead) -> tuple[str, str]:
    return f"{head.n}，{head.day or '误记时间'}", f"{head.n}, {head.day or 'a false time'}"


_STAGES = {"superseded": "已被取代", "withdrawn": "已撤回"}
_SAID = {"what", "detail", "file", "head", "contradiction", "against", "other"}
"""Figures, for programs, that the sentence about a failure has said already."""


def _failure(failure: Failure, told_of: list[str], told: PickLanguage) -> Iterator[str]:
    yield from filter(None, [f"{failure.place} {failure.type}".strip()])
    yield f"{failure.code} {told_of[0]}".strip()
    yield from told_of[1:]
    if failure.words:
        yield told(f"{label_of(failure.at)}“{failure.words}”", f"{in_english(failure.at)} “{failure.words}”".lstrip())
    if figures := [f"{name} {value}" for name, value in failure.figures.items() if name not in _SAID]:
        yield " · ".join(figures)
    if failure.enough is not None:
        yield f"{told('须', 'enough')}: {failure.enough}"
