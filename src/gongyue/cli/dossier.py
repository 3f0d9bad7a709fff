"""`gongyue dossier list | show | head`: the dossiers a unit is party to, what stands in one, and the office's word for where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
import msgspec

from gongyue.book.digest_words import digest_words
from gongyue.book.heads import DossierHead, parse_head
from gongyue.cli.book_source import OfficePlace, office_at, office_option
from gongyue.cli.dossier_choice import dossiers_of, one_of
from gongyue.cli.dossier_documents import documents, open_
from gongyue.cli.dossier_pack import pack
from gongyue.cli.errors import InvalidInput
from gongyue.cli.material import write_new
from gongyue.cli.output import counted, emit_result, output_options, pick, table
from gongyue.covenant.periods import moment
from gongyue.governance.dossier import MEMBERS
from gongyue.governance.sheet import VALUES
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.office.store import SEALED

_AS = click.option("--as", "unit", required=True, metavar="UNIT", help="单位 u:… / The unit u:….")


@output_options
@office_option
@click.command("list", short_help="某单位为当事方的各卷 / The dossiers a unit is party to")
@_AS
def list_(office_dir: Path, unit: str) -> None:
    """某单位为当事方的各卷：种类、几条、末条、到何日须答复、逾期几日。别的单位的卷不列。

    The dossiers a unit is party to: kind, entries, the last one, by when it must be answered, how late it is. No other's.

    \b
    例 / Example:
      gongyue dossier list --as u:0001
    """
    found = dossiers_of(OfficePlace(office_at(office_dir)), unit)
    emit_result([msgspec.to_builtins(one) for one in found], lambda: _listed(found))


@output_options
@office_option
@click.command("show", short_help="一卷里有什么 / What stands in a dossier")
@click.argument("dossier", metavar="NAME|d:…")
@_AS
def show(office_dir: Path, dossier: str, unit: str) -> None:
    """一卷的各条：位次、日期、何事、何人、所答的位次，末了是止于何处的核对词。以卷名，或编号的开头几位指明。

    What stands in a dossier: places, days, what was done, by whom, which place it answers; at its end check words of where
    it ends. By its name, or the first digits of its id.

    \b
    例 / Example:
      gongyue dossier show d:27d3 --as u:0001
    """
    place = OfficePlace(office_at(office_dir))
    found = one_of(place, dossier, unit)
    kept = _signed(place, found.id)
    emit_result(msgspec.to_builtins(found) | {"head": kept.data()}, lambda: [*_shown(found), *kept.lines()])


@output_options
@office_option
@click.command("head", short_help="一卷的存卷凭证 / The head of a dossier")
@click.argument("dossier", metavar="NAME|d:…")
@_AS
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="存于 / Where it goes.")
def head(office_dir: Path, dossier: str, unit: str, out: Path | None) -> None:
    """办公室就一卷签的存卷凭证：止于第几位、哪一条、何时。存着它，日后 verify --head 查得出有没有抽去、倒填。

    The office's signed word for where a dossier ends: place, entry, time. Keep it: verify --head then finds what is
    removed or back-filled later.

    \b
    例 / Example:
      gongyue dossier head d:27d3 --as u:0001 --out mine.head
      gongyue dossier head d:members --as u:0001
    """
    place = OfficePlace(office_at(office_dir))
    kept = _signed(place, _of_member(place, unit) if dossier == MEMBERS else one_of(place, dossier, unit).id)
    if out is not None:
        write_new(out, kept.note)
    where = pick(f"存卷凭证：{out}", f"Head of the dossier: {out}") if out else kept.note.decode().rstrip("\n")
    emit_result(kept.data() | {"written": str(out) if out else None}, lambda: [where, *(kept.lines() if out else [])])


class _Head(NamedTuple):
    """A head as it is signed, and what it says."""

    note: bytes
    said: DossierHead

    @property
    def words(self) -> dict[str, str]:
        """Check words of the last entry, which binds the dossier and all before: the same on every device until more is filed."""
        return {language: " ".join(digest_words(self.said.digest, language)) for language in ("zh", "en")}

    def data(self) -> dict[str, Any]:
        """As JSON data."""
        said = {"dossier": self.said.dossier, "n": self.said.n, "digest": self.said.digest, "time": self.said.time}
        return said | {"words": self.words, "note": self.note.decode()}

    def lines(self) -> Iterator[str]:
        """As prose."""
        n, time = self.said.n, moment(self.said.time)
        yield pick(
            f"止于第 {n} 位（{time}），核对词：{self.words['zh']}",
            f"Ends at place {n} ({time}); check words: {self.words['en']}",
        )


def _signed(place: OfficePlace, id: str) -> _Head:
    note = place.office.head(id)
    return _Head(note, parse_head(note, *(s.verifier for s in place.office.keys.signers(SEALED))))


def _of_member(place: OfficePlace, unit: str) -> str:
    """The dossier of all members, for a unit that is one: where it ended for who has left stands among what that opens."""
    if unit not in place.inst.on(place.day).members:
        raise InvalidInput(
            f"{unit} 现在不是成员单位；其成员期的起讫见 gongyue disclosures --as {unit}。",
            f"{unit} is no member now; where its membership began and ended see gongyue disclosures --as {unit}.",
        )
    return MEMBERS


def _listed(found: list[DossierFacts]) -> Iterator[str]:
    if not found:
        yield pick("没有卷。", "No dossiers.")
        return
    head = (
        pick("卷", "dossier"), pick("卷名", "name"), pick("种类", "kind"), pick("条数", "entries"), pick("末条", "last entry"), pick("状态", "status"),
    )  # fmt: skip
    rows = [
        (
            one.id[:14],
            pick(one.name.zh, one.name.en),
            pick(one.zh, one.en),
            str(len(one.entries)),
            pick(one.entries[-1].zh, one.entries[-1].en),
            _status(one),
        )
        for one in found
    ]
    yield from table(head, rows)


def _status(one: DossierFacts) -> str:
    if one.late and one.due:
        return pick(
            f"已逾期 {one.late} 日（须于 {one.due} 前答复）", f"{counted(one.late, 'day')} late, due by {one.due}"
        )
    if one.due:
        return pick(f"须于 {one.due} 前答复", f"to be answered by {one.due}")
    if one.closed:
        return pick("已终结", "closed")
    return pick(f"逾期 {one.late} 日答复", f"answered {counted(one.late, 'day')} late") if one.late else ""


def _shown(one: DossierFacts) -> Iterator[str]:
    yield f"{one.id} · {pick(one.name.zh, one.name.en)} · {pick(one.zh, one.en)} · {'、'.join(one.parties)}"
    if status := _status(one):
        yield status
    for role, officers in one.assigned.items():
        yield f"{_role(role)}: {' '.join(officers)}"
    for step in one.next:
        due = pick(f"，期限 {step.last}", f", by {step.last}") if step.last else ""
        yield pick(f"下一步（{step.whose}）：{step.zh}{due}", f"Next ({step.whose}): {step.en}{due}")
    for line in one.entries:
        answers = pick(f" · 答复第 {line.answers} 位", f" · answers {line.answers}") if line.answers else ""
        void = pick(" · 无效（误记时间）", " · void (false time)") if line.void else ""
        says = pick(line.says.zh, line.says.en)
        what = pick(line.zh, line.en) + (pick("：", ": ") + says if says else "")
        late = pick(f" · 逾期 {line.late} 日", f" · {counted(line.late, 'day')} late") if line.late else ""
        yield f"{line.n:>3} {line.day} {what} · {line.actor}{answers}{late}{void}"


def _role(role: str) -> str:
    return pick(*VALUES[role])


COMMANDS = {"list": list_, "show": show, "head": head, "documents": documents, "open": open_, "pack": pack}
