"""What a bound clause says that the rules cannot carry out: it is not frozen as if they could."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.records import Binding, Fault

SHARES = ("amendment.proposal", "amendment.adoption")
"""Capabilities whose share is counted; of whom it can be, `binding.needing` says."""
PERIOD = "publication.within"
STARTS = ("effect", "approval")
"""From when the period for publishing can run: an approved text takes effect with its approval."""


def beyond(bindings: Iterable[Binding]) -> Iterator[Fault]:
    """Every binding that states what cannot be counted, or names a share or period and states none."""
    for b in bindings:
        if b.capability in SHARES and b.kind != "share":
            yield _fault(b, "须载有份额，如“……分之……以上”", "must state a share, such as ……分之……以上")
        elif b.capability == PERIOD:
            if b.kind != "period" or b.delay or b.unit not in ("day", "workday", "month"):
                yield _fault(b, "须载有期限，如“……日内”", "must state a period, such as ……日内")
            elif b.start not in STARTS:
                said = b.start_words or "—"
                yield _fault(b, f"只能自生效起算，不能自“{said}”", f"it runs from effect, not from “{said}”")


def _fault(b: Binding, zh: str, en: str) -> Fault:
    return Fault(
        "beyond",
        b.capability,
        b.at,
        f"{zh_of(b.capability)}“{b.words}”：{zh}",
        f"{en_of(b.capability)} “{b.words}”: {en}",
    )
