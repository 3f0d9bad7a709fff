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

_DISPENSED = re.compile(
    "(?:无须|无需|毋须|毋需|不须|不需|不必|毋庸|无庸|免于|免予|免经|免除|豁免|不再)要?[^，。；]{0,16}$"
)
_EXAMPLE = re.compile("(?:例如|比如|譬如|举例|示例|假如|假设|以下仅为)[^。；]*$")
_N = "(?:[0-9]+|[一二两三四五六七八九十百千]+)"
_OR_ELSE = re.compile(f"^[^，。；]{{0,16}}(?:或者?|或是)[^，。；]{{0,6}}{_N}(?:家|名|个|人|户|票)")
_UNLESS = re.compile("[，,；]?(?:但是?|惟|唯)[^。；]*(?:一致|全票|无异议)")
_TWICE = re.compile("(?:[二两三四五][次届轮]|(?:先后|连续)[^，。；]{0,4}[次届轮])[^，。；]{0,10}$")
_OF_A_BY_LAW = re.compile(
    "(?:^|[^本此该])[^本此该，。；、]{1,6}(?:办法|细则|制度|标准|预算|名单)的?(?:修改|修订|修正|变更|调整)"
)
_CHANGES = ("amendment.adoption", "amendment.proposal")
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

    if b.kind == "share" and b.capability in _CHANGES:
        yield from _of_a_change(b, part, clause, after)


def _of_a_change(b: Binding, part: Part, clause: str, after: str) -> Iterator[Fault]:
    """A share for changes beside which the sentence asks for more or less, or that is of a by-law's change."""
    said = f"{part.label}“{b.words}”"
    if _OR_ELSE.search(after) or _UNLESS.search(after) or _TWICE.search(clause):
        yield Fault(
            "left-out", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}同句还写有“或……家”、“但……一致”或几次表决，单照这个份额计算就不是本文的意思；请改写条文",
            f"{en_of(b.capability)}: the sentence of {said} also lets a number do instead, asks for unanimity of some or for several votes;"
            " the share alone is not what the text says: write the clause anew",
        )  # fmt: skip
    elif _OF_A_BY_LAW.search(clause) and not _TEXT.search(clause):
        yield Fault(
            "misplaced", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}说的是另一份文件的修改；请改选字句，或记为另一事项",
            f"{en_of(b.capability)}: {said} is of the change of another document; select other words, or decide it as another matter",
        )  # fmt: skip


_TEXT = re.compile("公约|章程|规约|宪章|协议")


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
