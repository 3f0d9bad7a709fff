"""What this program knows and this book does not have yet: said wherever it is said what a text does not have."""

from __future__ import annotations

from gongyue.covenant.binding.sheet import Entry, absences
from gongyue.covenant.edition import Edition
from gongyue.covenant.procedure import package
from gongyue.governance.institution import Institution
from gongyue.governance.interpretation import not_adopted


def absent(inst: Institution, text: Edition | None) -> tuple[Entry, ...]:
    """What that text of the book does not have and what holds instead; then what later software brought and nobody has adopted."""
    return (*(absences(text.parts, text.decisions, text.absent) if text else ()), *unadopted(inst))


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
