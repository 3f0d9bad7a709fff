"""What verify says of an evidence pack: which document belongs to which entry, what is missing, what is overdue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from gongyue.book.pack import State
from gongyue.book.pack_guide import STATES
from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.governance.sheet import names_of


class PackedEntry(msgspec.Struct, frozen=True):
    """An entry of the dossier: its place, Beijing day, act type, by whom; `promised`: it waits for the anchor that places it."""

    n: int
    day: str
    type: str
    actor: str
    promised: bool


class CheckedDocument(msgspec.Struct, frozen=True):
    """A document that entries name, at which places; opened against its commitment, or why it is not there.

    `recorded`: of an erased one, whether the dossier says so.
    """

    c: str
    state: State
    file: str
    name: str
    places: tuple[int, ...]
    recorded: bool


class Owed(msgspec.Struct, frozen=True):
    """What the office had not done in time as of the book's last entry."""

    zh: str
    en: str
    last: str
    late: int
    at: str
    basis: str


class PackReport(msgspec.Struct, frozen=True):
    """An evidence pack, checked.

    `words`: check words of the key that it was checked under, `own_key`: which came with the pack; `replaced`: files that are
    no evidence and are not those that the manifest lists; `foreign`: how many files are no part of it; `up_to`: the last place of a head that comes along, 0
    without one; `unopened`: the places
    that carry a link which nothing here opens; `judged`: whether all was found lawful, so that what follows could be told.
    """

    dossier: str
    party: str
    words: tuple[str, str]
    own_key: bool
    entries: tuple[PackedEntry, ...]
    documents: tuple[CheckedDocument, ...]
    replaced: tuple[str, ...]
    foreign: int
    up_to: int = 0
    unopened: tuple[int, ...] = ()
    overdue: tuple[Owed, ...] = ()
    judged: bool = False


PickLanguage = Callable[[str, str], str]


def pack_lines(report: PackReport, told: PickLanguage) -> Iterator[str]:
    """The report on a pack for people."""
    n = len(report.entries)
    yield told(
        f"证据包：{report.party} 的卷 {report.dossier}，{n} 件",
        f"evidence pack: dossier {report.dossier} of {report.party}, {n} entr{'y' if n == 1 else 'ies'}",
    )
    by_place: dict[int, list[CheckedDocument]] = {}
    for one in report.documents:
        for place in one.places:
            by_place.setdefault(place, []).append(one)
    for entry in report.entries:
        zh, en = names_of(entry.type)
        later_zh, later = ("，待锚定（凭承诺）", ", not anchored yet (by its promise)") if entry.promised else ("", "")
        yield told(
            f"第 {entry.n} 件 {entry.day} {zh}（{entry.actor}）{later_zh}",
            f"{entry.n} {entry.day} {en} ({entry.actor}){later}",
        )
        yield from (f"    {_document(one, told)}" for one in by_place.get(entry.n, ()))
    yield from _missing(report, told)
    yield from _form_only(report, told)
    yield from _overdue(report, told)
    yield from _beside(report, told)


def _document(one: CheckedDocument, told: PickLanguage) -> str:
    if one.state == "here":
        return told(
            f"{one.file} “{one.name}”：与承诺值相符", f"{one.file} “{one.name}”: the very document that was named"
        )
    zh, en = STATES[one.state]
    if one.state == "erased" and not one.recorded:
        zh, en = f"本包称{zh}，卷里没有删除的记录", f"this pack says {en}; the dossier records no erasure"
    return told(f"{one.c[7:23]}：{zh}", f"{one.c[7:23]}: {en}")


def _missing(report: PackReport, told: PickLanguage) -> Iterator[str]:
    """How many documents could not be opened: of those the entries were checked, the content was not."""
    less = [one for one in report.documents if one.state != "here"]
    if less:
        yield told(
            f"{len(report.documents)} 份文书中 {len(less)} 份没有内容可核",
            f"of {len(report.documents)} documents {len(less)} have no content here to be checked",
        )


def _form_only(report: PackReport, told: PickLanguage) -> Iterator[str]:
    if report.judged and not report.up_to:
        yield told(
            "没有存卷凭证：末件之后还有没有，看不出来",
            "no head comes along: whether more follows the last entry cannot be seen",
        )
    if report.unopened:
        at = ", ".join(map(str, report.unopened))
        yield told(
            f"第 {at} 件另有所据，没有向这一方打开：所据仅核验形式",
            f"place {at} rests on something else too that this party does not open: checked in form only",
        )


def _overdue(report: PackReport, told: PickLanguage) -> Iterator[str]:
    for one in report.overdue:
        at_zh, at = (f"{in_chinese(one.at)}，", f"{in_english(one.at)}, ") if one.at else ("", "")
        yield told(
            f"逾期：{one.zh}，应于 {one.last} 前（{at_zh}{one.basis}），到簿册末条已逾 {one.late} 日",
            f"overdue: {one.en}, due by {one.last} ({at}{one.basis}), {one.late} day{'' if one.late == 1 else 's'} late as of the book's last entry",
        )
    if report.judged and not report.overdue:
        yield told("到簿册末条没有逾期的", "nothing was overdue as of the book's last entry")


def _beside(report: PackReport, told: PickLanguage) -> Iterator[str]:
    if report.own_key:
        yield told(
            f"验证密钥取自本包，须另行核对；核对词：{report.words[0]}",
            f"the verifier key came with this pack: compare it elsewhere; its words: {report.words[1]}",
        )
    yield told(
        "导读与信函不是证据，没有核验；文书的文件名也不在承诺值里",
        "guide and letters are no evidence and were not checked; nor does a commitment cover a document's file name",
    )
    if report.replaced:
        listed = _joined(report.replaced)
        yield told(f"与清单不符：{listed}", f"not as the manifest lists them: {listed}")
    if report.foreign:
        yield told(
            f"另有 {report.foreign} 个文件不属于证据包，没有看",
            f"{report.foreign} files are no part of the pack and were not looked at",
        )


def _joined(names: Iterable[str]) -> str:
    return ", ".join(names)
