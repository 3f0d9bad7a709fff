"""What a bound clause says that the rules cannot carry out: it is not frozen as if they could."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gongyue.covenant.binding.records import Binding, Fault

SHARES = ("amendment.proposal", "amendment.adoption")
"""Capabilities whose share is counted."""
BASES = ("roll",)
"""Of whom a share can be counted."""
PERIOD = "publication.within"
STARTS = ("effect", "approval")
"""From when the period for publishing can run: an approved text takes effect with its approval."""


def beyond(bindings: Iterable[Binding]) -> Iterator[Fault]:
    """Every binding that states what cannot be counted, or names a share or period and states none."""
    for b in bindings:
        if b.capability in SHARES:
            if b.kind != "share":
                yield _fault(b, "须载有份额，如“三分之二以上”", "must state a share, such as 三分之二以上")
            elif b.base not in BASES:
                said = b.base_words or b.base
                yield _fault(b, f"不能以“{said}”计", f"a share of “{said}” cannot be counted")
        elif b.capability == PERIOD:
            if b.kind != "period" or b.delay or b.unit not in ("day", "workday", "month"):
                yield _fault(b, "须载有期限，如“三十日内”", "must state a period, such as 三十日内")
            elif b.start not in STARTS:
                said = b.start_words or "—"
                yield _fault(b, f"只能自生效起算，不能自“{said}”", f"it runs from effect, not from “{said}”")
        elif b.capability == "annex.consent" and b.kind == "share":
            yield _fault(
                b,
                "附件现依修改公约的份额，尚不能另计",
                "annexes need the share of amendments; another cannot be counted yet",
            )
        elif b.capability == "vote.quorum":
            yield _fault(b, "尚不能计法定人数", "a quorum cannot be counted yet")


def _fault(b: Binding, zh: str, en: str) -> Fault:
    return Fault("beyond", b.capability, b.at, f"{b.capability}“{b.words}”：{zh}", f"{b.capability} “{b.words}”: {en}")
