"""Recording an act through the office's one door, and telling what was or would be recorded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Timer
from typing import Any

import click
import msgspec

from gongyue.book.entry import SignedAct
from gongyue.book.receipts import Receipt
from gongyue.cli.act_text import figure_name, figure_value, unit_name
from gongyue.cli.book_source import BookSource
from gongyue.cli.notice_text import letter_command, owed_line, sent_command
from gongyue.cli.output import emit_result, pick
from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.cited_words import source
from gongyue.covenant.values import BASIS
from gongyue.governance.acts import ActType, Book, act_type_of
from gongyue.governance.change_approvals import nobody_designated
from gongyue.governance.sheet import names_of
from gongyue.office.attachments import PrivateContent
from gongyue.office.dossier_documents import file
from gongyue.office.dry_run import cited
from gongyue.office.evidence import FILING
from gongyue.office.notices import Notice, notice_at
from gongyue.office.office import Office
from gongyue.office.store import OPEN, SEALED
from gongyue.transparency.tiles import write_atomically

SLOW = 3
"""Seconds after which it is said what takes so long."""
DESIGNATING = " (gongyue founding redesignate --role approver)"
"""The command by which an authority is named once the text is frozen."""
SCANNING = (
    "正在查文书里的个人信息；首次运行须编译，可能要几分钟",
    "Looking for personal data in the documents; the first time it is compiled, which may take minutes",
)


class Done(msgspec.Struct, frozen=True):
    """What was recorded, or had been already; `who`: in whose name, as it is told; `notice`: what its unit must be told, where others
    recorded it; `undesignated`: that no authority is designated, of an approval that is recorded all the same."""

    receipt: Receipt
    type: str
    actor: str
    who: str
    basis: str
    already: bool
    path: Path | None = None
    notice: Notice | None = None
    undesignated: tuple[str, str] | None = None

    def data(self) -> dict[str, Any]:
        """As JSON data."""
        r = self.receipt
        return {
            "recorded": True,
            "already": self.already,
            "book": r.book,
            "index": r.index,
            "commitment": r.commitment or None,
            "type": self.type,
            "actor": self.actor,
            "at": self.basis.removeprefix(BASIS),
            "act": r.act,
            "time": r.time,
            "receipt": str(self.path) if self.path else None,
            "head": str(beside(self.path, ".head")) if self.path and r.head else None,
            "undesignated": self.undesignated and {"zh": self.undesignated[0], "en": self.undesignated[1]},
            "notice": self.notice
            and {
                "id": self.notice.id,
                "unit": self.notice.unit,
                "letter": letter_command(self.notice),
                "sent": sent_command(self.notice),
            },
        }

    def lines(self) -> Iterator[str]:
        """As prose."""
        r, under = self.receipt, _under(self.basis.removeprefix(BASIS))
        zh, en = (f"公开簿 #{r.name}", f"open book #{r.name}") if r.book == OPEN else (f"sealed:{r.name}",) * 2
        yield pick(
            f"{'先前已记录' if self.already else '已记录'}：{zh} {self.type} {names_of(self.type).zh}（{self.who}{under[0]}）",
            f"{'Already recorded' if self.already else 'Recorded'}: {en} {self.type} ({self.who}{under[1]})",
        )
        if self.path:
            yield pick(f"回执：{self.path}", f"Receipt: {self.path}")
            if r.head:
                head = beside(self.path, ".head")
                yield pick(f"存卷凭证：{head}", f"Head of the dossier: {head}")
        if self.undesignated:
            yield pick(*self.undesignated) + DESIGNATING
        if self.notice:
            yield owed_line(self.notice)


def record(
    office: Office,
    act: SignedAct,
    path: Path | None,
    folder: Path | None,
    office_dir: Path,
    documents: Sequence[PrivateContent] = (),
) -> Done:
    """Hand the act in, with its documents where it stands in a dossier; write its receipt to `path`, or into `folder` under its name."""
    kind = act_type_of(str(act.act.get("type")))
    book = SEALED if kind.book is Book.SEALED else OPEN
    already = office.store.find(book, act.digest) is not None
    named = [one._replace(name=Path(one.name).name) for one in documents] if kind.in_dossier else []
    slow = Timer(SLOW, click.echo, (pick(*SCANNING),), {"err": True})
    if named and kind.type in FILING:
        slow.start()
    try:
        receipt = file(office, office_dir, act, named)
    finally:
        slow.cancel()
    written = write_receipt(receipt, path, folder)
    notice = notice_at(office.inst, office.store, receipt) if "paper" in act.act else None
    if notice is not None and notice.own:
        notice = None
    actor = str(act.act["actor"])
    who = unit_name(office.inst, actor)
    return Done(
        receipt,
        kind.type,
        actor,
        who,
        str(act.act["basis"]),
        already,
        written,
        notice,
        nobody_designated(office.inst, kind.type, office.inst.today),
    )


def write_receipt(receipt: Receipt, path: Path | None, folder: Path | None) -> Path | None:
    """Write a receipt: the proof, or the promise with what opens the sealed act beside it, and the head of its dossier."""
    if path is None:
        if folder is None:
            return None
        name = f"{receipt.name}.tlog-proof" if receipt.book == OPEN else f"sealed-{receipt.name}.promise"
        path = folder / name
    write_atomically(path, receipt.proof)
    for ending, data in ((".opening.jsonl", receipt.opening), (".head", receipt.head)):
        if data:
            write_atomically(beside(path, ending), data)
            beside(path, ending).chmod(0o600)
    return path


def beside(path: Path, ending: str) -> Path:
    """The file of that ending that goes with a promise."""
    return path.with_name(path.name.removesuffix(".promise") + ending)


def print_dry_run(place: BookSource, kind: ActType, act: SignedAct) -> None:
    """What recording the act would do: the rulings it satisfies, with the words and figures; raises as recording would."""
    rulings = [cited(place.inst, kind, r) for r in place.judge(act)]
    data = {
        "would": "record",
        "type": kind.type,
        "actor": act.act["actor"],
        "at": str(act.act["basis"]).removeprefix(BASIS),
        "book": kind.book.value,
        "index": place.inst.size if kind.book is Book.OPEN else None,
        "act": act.digest,
        "body": act.act["body"],
        "rulings": rulings,
    }
    undesignated = nobody_designated(place.inst, kind.type, place.day)
    emit_result(data, lambda: [*_trial_lines(data), *([pick(*undesignated) + DESIGNATING] if undesignated else [])])


def _under(at: str) -> tuple[str, str]:
    """Under which article an act is done, after its actor; nothing where the text has none."""
    return (f"，依{label_of(at)}", f", {in_english(at)}") if at else ("", "")


def _trial_lines(data: dict[str, Any]) -> Iterator[str]:
    zh, en = _under(data["at"])
    yield pick(
        f"试办：会记录 {data['type']} {names_of(data['type']).zh}（{data['actor']}{zh}）；什么也没有写入。",
        f"Dry run: {data['type']} would be recorded ({data['actor']}{en}); nothing was written.",
    )
    for r in data["rulings"]:
        mark = pick("暂停", "suspended") if r["suspended"] else "✓"
        words = f"“{r['words']}”" if r["words"] else ""
        figures = " ".join(f"{figure_name(n)} {figure_value(n, v)}" for n, v in r["figures"].items())
        yield (
            f"  {mark} "
            + f"{pick(*source(r['provision'], r['at']))}{pick('', ' ')}{words} ".lstrip()
            + f"{r['rule']} {figures}".rstrip()
        )


def handed_in(kind: ActType, out: Path) -> str:
    """How the file gets into the book: whoever applies has no office of its own to submit it to, and hands it in on the site."""
    if not kind.own_key:
        return f"gongyue submit {out}"
    return pick(
        f"在联盟网站的加入页（/join/apply/）交上 {out}；办公室自己收到的，用 gongyue submit {out} --office 办公室目录",
        f"hand {out} in on the alliance's site under /join/apply/; an office that received it: gongyue submit {out} --office OFFICE",
    )
