"""`gongyue dossier list | show | head`: the dossiers somebody sees, what stands in one, and the office's word for where it ends."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import click
import msgspec

from gongyue.book.digest_words import digest_words
from gongyue.book.heads import DossierHead, parse_head
from gongyue.cli.book_source import OfficePlace, office_at, office_option
from gongyue.cli.dossier_choice import docket_of, dossiers_of, id_of, no_dossier, one_of
from gongyue.cli.dossier_documents import documents, open_
from gongyue.cli.dossier_pack import pack
from gongyue.cli.dossier_text import docket_lines, dossier_lines, dossier_rows, frame_lines
from gongyue.cli.errors import InvalidInput
from gongyue.cli.hearing import hearing
from gongyue.cli.material import write_new
from gongyue.cli.output import emit_result, output_options, pick
from gongyue.covenant.periods import moment
from gongyue.governance.dossier import MEMBERS
from gongyue.office.openings import found_by
from gongyue.office.store import SEALED
from gongyue.office.store.words import in_dossier

_AS = click.option("--as", "unit", required=True, metavar="UNIT", help="单位 u:… / The unit u:….")
_AS_READER = click.option(
    "--as", "who", required=True, metavar="PARTY", help="单位 u:… 或职员 o:… / The unit u:… or the officer o:…."
)


@output_options
@office_option
@click.command("list", short_help="某单位为当事方、某职员经办的各卷 / The dossiers a unit or an officer sees")
@_AS_READER
def list_(office_dir: Path, who: str) -> None:
    """某单位为当事方的各卷，或某职员看得到的：种类、几条、末条、到何日须答复、逾期几日。别人的卷不列。

    The dossiers a unit is party to, or an officer sees: kind, entries, the last one, by when it must be answered, how late it is.
    No other's.

    \b
    例 / Example:
      gongyue dossier list --as u:0001
      gongyue dossier list --as o:xu
    """
    place = OfficePlace(office_at(office_dir))
    if who.startswith("o:"):
        docket = docket_of(place, who)
        lines = docket.lines(docket.ids)
        emit_result([msgspec.to_builtins(one) for one in lines], lambda: docket_lines(lines, docket.taken))
        return
    found = dossiers_of(place, who)
    emit_result([msgspec.to_builtins(one) for one in found], lambda: dossier_rows(found))


@output_options
@office_option
@click.command("show", short_help="一卷里有什么 / What stands in a dossier")
@click.argument("dossier", metavar="NAME|d:…")
@_AS_READER
def show(office_dir: Path, dossier: str, who: str) -> None:
    """一卷的各条：位次、日期、何事、何人、所答的位次、各件文书的承诺值；下一步；末了是止于何处的核对词。以卷名，或编号的开头几位指明。

    What stands in a dossier: places, days, what was done, by whom, which place it answers, its documents by their commitments;
    what comes next; at its end check words of where it ends. By its name, or the first digits of its id. Whoever handles it reads
    how later acts name an entry (sealed:…) too; a secretary not assigned sees only how it stands.

    \b
    例 / Example:
      gongyue dossier show d:27d3 --as u:0001
      gongyue dossier show 石桥-天平 --as o:xu
    """
    place = OfficePlace(office_at(office_dir))
    if who.startswith("o:"):
        _show_officer(place, dossier, who)
        return
    found = one_of(place, dossier, who)
    kept = _signed(place, found.id)
    emit_result(msgspec.to_builtins(found) | {"head": kept.data()}, lambda: [*dossier_lines(found), *kept.lines()])


def _show_officer(place: OfficePlace, dossier: str, officer: str) -> None:
    """A dossier for whoever is assigned to it, with the names by which its entries are linked; how it stands, for the secretary who is not."""
    docket, id = docket_of(place, officer), id_of(place, dossier, officer)
    found = docket.find(place.office.store, id)
    if found is None:
        raise no_dossier(dossier, officer)
    line, facts = found
    if facts is None:
        asked = docket.to_decide(place.office.store, line)
        emit_result(msgspec.to_builtins(line), lambda: frame_lines(line, asked))
        return
    names = {one.entry.rx.n: one.name for one in found_by(place.office.store, in_dossier(id))}
    data = msgspec.to_builtins(facts) | {"names": [names[one.n] for one in facts.entries]}
    emit_result(data, lambda: dossier_lines(facts, names))


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


COMMANDS = {
    "list": list_,
    "show": show,
    "head": head,
    "documents": documents,
    "open": open_,
    "pack": pack,
    "hearing": hearing,
}
