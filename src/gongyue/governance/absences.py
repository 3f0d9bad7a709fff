"""What this program knows and this book does not have yet: said wherever it is said what a text does not have."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.binding import not_carried_out
from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.sheet_absences import absences
from gongyue.covenant.binding.sheet_entry import Entry
from gongyue.covenant.edition import Edition
from gongyue.covenant.procedure import package
from gongyue.governance.institution import Institution
from gongyue.governance.packages import not_adopted


def absent(inst: Institution, text: Edition | None) -> tuple[Entry, ...]:
    """What that text of the book does not have and what holds instead; then what later software brought and nobody decided on."""
    said = (*absences(text.parts, text.decisions, text.absent), *unbound(text)) if text else ()
    return (*said, *unadopted(inst))


def left_of(text: Edition) -> tuple[Entry, ...]:
    """Every sentence of a text that the software does not carry out."""
    notes = [(n.at, n.note) for n in text.notes]
    return not_carried_out.left(text.title, text.chapters, text.parts, text.bindings, text.decisions, notes)


def added_left(old: Edition, new: Edition) -> tuple[Entry, ...]:
    """What a change writes into a text that the software does not carry out: sentences that the old text has nowhere so."""
    known = {(e.at, e.words) for e in left_of(old)}
    return tuple(e for e in left_of(new) if (e.at, e.words) not in known)


def unbound(text: Edition) -> Iterator[Entry]:
    """Capabilities of a later catalogue: what they carry out rests until two officers bind them, or declare them absent."""
    for name in text.unbound:
        zh, en = zh_of(name), en_of(name)
        yield Entry(
            name,
            "",
            "",
            "",
            f"{zh}（{name}）：后出的条款目录所增，尚未绑定，不执行",
            f"{en} ({name}): of a later catalogue, not bound, so it is not carried out",
        )


def unadopted(inst: Institution) -> tuple[Entry, ...]:
    """Procedure rules and readings of later packages: none of them holds here until the alliance adopts it."""
    offered = package()
    return tuple(
        Entry(
            name,
            "",
            "",
            "",
            f"{name}（{rule.zh}）：后出的解释包所增，尚未通过，不适用",
            f"{name} ({rule.en}): of a later package, not adopted, so it does not apply",
        )
        for name in not_adopted(inst)
        if (rule := offered.of(name))
    )
