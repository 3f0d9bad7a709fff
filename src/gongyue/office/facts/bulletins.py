"""What is told of bulletins to all members: which a party opens, what replaces what; and their texts, to whoever may read them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from gongyue.covenant.parties import is_unit
from gongyue.covenant.periods import Period, day_of, deadline, iso
from gongyue.governance.bulletin import WEIGHTY
from gongyue.governance.institution import Institution
from gongyue.governance.recovery import arrival, is_void
from gongyue.governance.sheet import VALUES
from gongyue.office.dossier_access import reads_bulletins
from gongyue.office.dossier_documents import open_document
from gongyue.office.facts.shapes import Said
from gongyue.office.office import Office
from gongyue.office.openings import OpenedEntry, bulletins, for_member
from gongyue.office.store import Reading
from gongyue.office.vault.errors import NotThere
from gongyue.sealing.commitment import salted
from gongyue.transparency import canonical

BULLETINS = ("bulletin.issue/1", "bulletin.result/1")
"""What tells all members something: a bulletin, or the result of a case."""


class BulletinFacts(msgspec.Struct, frozen=True):
    """A bulletin: its place, the Beijing day it came, its kind and audience; `replaces`, `replaced_by`: places, 0: none.

    `time`: its arrival, Unix seconds; `void`: of a false time, it does not stand; `text`: the commitment to its text; `digest`:
    of the entry; `officers`: by how many it was signed; `listed_until`: the last day on which a member's list has it, empty for ever.
    `names`: of a result, the unit it names; empty where it names none, and of anything else. `restored`: what replaces it restores
    a reputation.
    """

    n: int
    day: str
    time: int
    kind: str
    zh: str
    en: str
    audience: str
    officers: int
    replaces: int
    replaced_by: int
    void: bool
    text: str
    digest: str
    listed_until: str = ""
    names: str = ""
    restored: bool = False

    @property
    def speaks_of_a_unit(self) -> bool:
        """Whether it is a result or restores a reputation: shown for a time, and under its reader's name."""
        return self.kind in WEIGHTY

    @property
    def of_another(self) -> Said:
        """What it does to the one before: what restores a reputation is no correction of words; empty where there is none."""
        if not self.replaces:
            return Said("", "")
        if self.kind == "rehabilitation":
            return Said(f"就第 {self.replaces} 件", f"of no. {self.replaces}")
        return Said(f"更正第 {self.replaces} 件", f"corrects no. {self.replaces}")


def title_of(inst: Institution, one: BulletinFacts) -> Said:
    """What a list calls it, without opening its text, whose reading is logged: 调查结果与通报：榆钱信科."""
    if one.kind == "result":
        who = inst.units[one.names].name if one.names in inst.units else ""
        return Said(f"{one.zh}：{who or '某成员单位'}", f"{one.en}: {who or 'a member unit'}")
    return Said(one.zh, one.en)


LISTED = Period(12, "month")
"""So long a result stands in a member's list, and what restores a reputation as long."""


def listed(found: Iterable[BulletinFacts], day: int) -> list[BulletinFacts]:
    """What a member's list has on that day: of what speaks of a unit the last twelve months, the rest for ever."""
    return [one for one in found if not one.listed_until or iso(day) <= one.listed_until]


def facts(inst: Institution, entries: Iterable[OpenedEntry]) -> list[BulletinFacts]:
    """Bulletins as they stand, by their places; of what replaces one only what is among these is told."""
    found: list[BulletinFacts] = []
    for one in entries:
        if one.entry.act.type not in BULLETINS:  # a text is kept from erasure, or erased: nobody is told anything
            continue
        said, index = one.body, one.opening.index
        kind, audience = said.get("kind", "result"), said.get("audience", "internal")  # a result is an act of its own
        zh, en = VALUES[kind]
        time = arrival(inst, index, one.entry)
        until = iso(deadline(day_of(time), LISTED).target) if kind in WEIGHTY else ""
        found.append(
            BulletinFacts(
                one.entry.rx.n or 0,
                iso(day_of(time)),
                time,
                kind,
                zh,
                en,
                audience,
                len(one.entry.sigs),
                said["replaces"] or 0,
                0,
                is_void(inst, index, one.entry),
                said["text"],
                canonical.digest(one.kept.entry),
                until,
                said.get("names") or "",
            )
        )
    by = {one.replaces: one for one in found if one.replaces and not one.void}
    return [
        msgspec.structs.replace(one, replaced_by=by[one.n].n, restored=by[one.n].kind == "rehabilitation")
        if one.n in by
        else one
        for one in found
    ]


def of_party(inst: Institution, store: Reading, party: str, day: int) -> list[BulletinFacts]:
    """The bulletins a unit may open, or an officer in an office that reads them; nothing for anybody else."""
    if is_unit(party):
        return facts(inst, for_member(inst, store, party))
    return facts(inst, bulletins(store)) if reads_bulletins(inst, party, day) else []


def opened_result(inst: Institution, store: Reading, party: str, n: int, day: int) -> BulletinFacts | None:
    """The result at that place, or what took its place since, if the party opens it: whoever left before it was told does not."""
    found = {one.n: one for one in of_party(inst, store, party, day) if not one.void}
    shown = found.get(n)
    while shown is not None and shown.replaced_by in found:
        shown = found[shown.replaced_by]
    return shown


def headline(text: str) -> str:
    """The title of a bulletin: its first line."""
    return text.strip().partition("\n")[0].strip()


def headline_in(store: Reading, text: str) -> str:
    """The title of a public text by its digest; empty where it is not there any more."""
    return headline((store.object(text) or b"").decode("utf-8", "replace"))


class BulletinText(msgspec.Struct, frozen=True):
    """The text of a bulletin; `document`: its bytes with the salt, of which the bulletin's commitment is the SHA-256.

    `erased`: by law, and nothing is left of either.
    """

    bulletin: BulletinFacts
    text: str
    document: bytes
    erased: bool = False

    @property
    def title(self) -> str:
        """Its first line."""
        return headline(self.text)


def day_now(office: Office) -> int:
    """The Beijing day at the office."""
    return day_of(office.clock().believed)


def text_of(office: Office, folder: Path, party: str, n: int) -> BulletinText:
    """The text of the bulletin at that place, once its reading is logged. NotThere where the party opens none there; Gone once it is erased."""
    inst = office.catch_up()
    found = next((one for one in of_party(inst, office.store, party, day_now(office)) if one.n == n), None)
    if found is None:  # the same for what there is not and for what is not for this reader
        raise NotThere(f"没有第 {n} 件可读的公告。", f"There is no bulletin {n} to read.")
    content, salt = open_document(office, folder, found.text, party)
    return BulletinText(found, content.data.decode("utf-8"), salted(salt, content.data))
