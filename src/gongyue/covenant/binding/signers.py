"""Who signs the text: the units, by somebody who stands for each. Signatures of all their people are kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.records import Binding, Fault, place_of
from gongyue.covenant.binding.spoken_of import sentence_of
from gongyue.covenant.text import Part

SIGNATURE = "founding.signature"
_PEOPLE = "(?:员工|职工|职员|雇员|从业人员|工作人员|干部|教职工|师生|学生|股东|董事)"
_SIGNS = "(?:签字|签署|签名|签章|签认|具名|署名|盖章|按指印)"
_OF_ALL = re.compile(
    f"(?:全体|全部|所有|每[一个名位]*|各位?|(?:过半数?|半数|多数|[^，。；]{{1,4}}分之[^，。；]{{1,4}}以上)的?)[^，。；]{{0,6}}{_PEOPLE}(?!代表)[^，。；]{{0,8}}{_SIGNS}"
    f"|{_PEOPLE}(?!代表)(?:本人|个人|均|都|也|亦|须|应当?|必须|逐一|逐个|分别|各自|一一)*{_SIGNS}"
)


@lru_cache(maxsize=64)  # the same sentence may be bound, and made long, a thousand times
def _in(plain: str) -> str:
    found = _OF_ALL.search(plain)
    return found[0] if found else ""


def faults(bindings: Sequence[Binding], parts: Mapping[str, Part]) -> Iterator[Fault]:
    """Words by which not the units sign but all or many of their people."""
    for b in (b for b in bindings if b.capability == SIGNATURE):
        part = parts[b.at]
        s = sentence_of(part, place_of(part, b.words, b.nth))
        if s is not None and (words := _in(s.plain)):
            yield Fault(
                "beyond", b.capability, b.at,
                f"{zh_of(SIGNATURE)}：{part.label}“{b.words}”所在的句写“{words}”，是单位里的人签，不是单位签；软件只记各单位的签署，请改写条文，"
                "如“由各单位法定代表人或其委托的代表签字”",
                f"{en_of(SIGNATURE)}: the sentence of {part.label} “{b.words}” says “{words}”: people of a unit sign, not the unit; the software"
                " keeps the signatures of units alone, so write the clause anew, as 由各单位法定代表人或其委托的代表签字",
            )  # fmt: skip
