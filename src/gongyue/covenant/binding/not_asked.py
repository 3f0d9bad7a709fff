"""Numbers that stand in the words and are not asked for: dispensed with, an example, repealed; and what the text says of abstentions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.records import Binding, Fault
from gongyue.covenant.binding.requirements import clause_around
from gongyue.covenant.counted_otherwise import NO_ABSTENTIONS
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

_DISPENSED = re.compile("(?:无须|无需|毋须|毋需|不须|不需|不必|毋庸|免于|免予|不再)要?[^，。；]{0,16}$")
_EXAMPLE = re.compile("(?:例如|比如|譬如|举例|示例|假如|假设|以下仅为)[^。；]*$")
_FORMER, _REPEALED = re.compile("原(?!则|因|本|件|始|告)"), re.compile("废止|不再适用|不再执行|停止执行|停止适用|作废")


def of_number(b: Binding, part: Part, n: Number) -> Iterator[Fault]:
    """A number whose sentence says that it is not asked for."""
    start, _ = clause_around(part.text, n.begin, n.end)
    clause = fold(joined(part.text[start : n.begin])[0])
    before = fold(joined(_sentence(part.text[: n.begin], -1))[0])
    after = fold(joined(_sentence(part.text[n.end :], 0))[0])
    former = _FORMER.search(before) and _REPEALED.search(after)
    if _DISPENSED.search(clause) or _EXAMPLE.search(before) or former:
        said = f"{part.label}“{b.words}”"
        yield Fault(
            "not-asked", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}的数是免除的、举例的或者已经废止的，本文并不要求；请改选字句，或记为另一事项",
            f"{en_of(b.capability)}: the number in {said} is dispensed with, an example or repealed, and not asked for; select other words,"
            " or decide it as another matter",
        )  # fmt: skip


def _sentence(text: str, piece: int) -> str:
    return re.split("[。；！？\n]", text)[piece]


def abstentions(bound: Sequence[Binding], consenting: Sequence[str], parts: Mapping[str, Part]) -> Iterator[Fault]:
    """Shares over ballots where the text, elsewhere, leaves abstentions out: the rules count them as ballots."""
    counted = [b for b in bound if b.kind == "share" and b.base in ("voting", "present") and b.capability in consenting]
    if not counted:
        return
    for part in parts.values():
        if "弃" not in part.text and "棄" not in part.text:
            continue
        if found := NO_ABSTENTIONS.search(fold(joined(part.text)[0])):
            for b in counted:
                yield Fault(
                    "defined", b.capability, part.at,
                    f"{zh_of(b.capability)}：{part.label}写“{found[0]}”，软件把弃权计作参加表决；不能照“{b.words}”计算",
                    f"{en_of(b.capability)}: {part.label} says “{found[0]}”; the software counts an abstention as a ballot, and cannot count"
                    f" “{b.words}” so",
                )  # fmt: skip
            return
