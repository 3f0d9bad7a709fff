"""An account of every numeral in a text: what it was read as, or that it was not read.

`covenant.numbers` reads what it knows. Whatever else has the form of a number stands here too, so that nothing a text states goes by
unseen: a person is shown what was not read. Marks of items and articles that are cited are told by their form; of words that only
have a numeral's character in them (一般, 半导体) there is a list, and what is not on it counts as not read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Literal

import msgspec

from gongyue.covenant import numbers
from gongyue.covenant.binding.folding import LABEL, joined
from gongyue.covenant.forms import SLOGAN
from gongyue.covenant.numbers import Number
from gongyue.covenant.numerals import CHINESE, parse

Kind = Literal["number", "ordinal", "citation", "label", "name", "word", "unread"]


class Numeral(msgspec.Struct, frozen=True):
    """A numeral and its place in the text. `kind` number: read, as `number` says; unread: a person has to look at it.

    ordinal: 第三届; citation: 第十条, 附件二; label: the mark of an item; name: within a title, an address or a model's name; word: no
    number at all.
    """

    begin: int
    end: int
    kind: Kind
    number: Number | None = None


_DIGITS = f"0-9{CHINESE}參萬万亿億"
_TOKEN = re.compile(
    rf"[{_DIGITS}]+(?:\.[0-9]+)*[%﹪‰]?"
    r"|[①-⒛㈠-㈩㊀-㊉⓪⓿❶-➓Ⅰ-ⅻ]|[¼-¾⅐-⅞]"
    r"|过半数?|半数?|乙(?=[名份式次])|若干|全票|(?<!分之.)(?<!以上)(?<!/[0-9])(?<!%)多数|双(?=[周月日倍数])"
    r"|(?:协商|全体|取得|达成)一致|一致(?=[地]?(?:同意|通过|赞成|表决|决定|决议|推[选举]))"
    r"|(?<!没)几(?=[日天月年次人名家位个周])|(?<![人总次多半票倍指少基系函参变计代岁天户件额字])数(?=[日天月年次人名家位个周十百])"
)
"""What has the form of a number, folded; 多数 and 一致 say how many as well."""
_OF_TIME = "[日天周月年]|个?(?:工作日|交易日|自然日|星期|季度?|学期|月|年|小时)"
_CITATION = re.compile(
    rf"第[（(]?[{_DIGITS}]+[）)]?(?:(?:[、，,和及与至到~—–-]|以及|或者?)第?[（(]?[{_DIGITS}]+[）)]?)*"
    rf"(?:条|款|项(?!目)|章|节|编|部分|篇|目(?![的标前录])|附件)(?:之[{_DIGITS}]+)?"
    rf"|[（(][{_DIGITS}]+[）)](?:款|项(?!目)|目(?![的标前录]))|(?:附[件录表]|[图表注])[{_DIGITS}]+"
    rf"|[〔\[（(][0-9]{{4}}[〕\]）)][{_DIGITS}]+号|[前上本][{_DIGITS}]+[条款项](?!件)"
)
_ORDINAL = re.compile(rf"第[{_DIGITS}]++(?!{_OF_TIME})")
_NAME = re.compile(
    r"《[^《》\n]{1,80}》|https?://[!-~]+|[!-~]+@[!-~]+"
    rf"|(?<=[A-Za-z])[-_.]{{0,2}}[0-9][0-9A-Za-z._-]*(?![{_DIGITS}]*[票名人家户个项位日天月年次周分小时%])|[0-9][A-GI-Z](?![A-Za-z])"
)
_SEQUENCE = re.compile(rf"[（(]?([{_DIGITS}]{{1,4}}|[①-⑳])(?:[）)、.](?![0-9])|(?<=[①-⑳]))")
_OUTLINE = re.compile(rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}(?!{_OF_TIME}|[0-9.%万亿元])")
"""1.2 of an outline, where a line begins."""
_STOPPED = re.compile(f"[0-9{CHINESE}]{{1,3}}。(?=.)")
"""一。 and 1。 at the beginning of a line are marks as well."""
_WORDS = re.compile(
    "一(?:般|定|切|旦|律|经|并|起(?![案事违])|同|直|贯|样|些|体|系列|方|时|次性|向|心|站式|带一路|键|言|线|流|如既往|手|视同仁)"
    "|[唯惟逐某另下上这该其划]一|(?<![系传])统一|(?<!名)单一|(?<!会)同一|(?<!连)任一(?![次届期])|进一步|第一(?=时间|责任人|作者|线|手)"
    "|万一|不一(?!致)|之一|合一|二者|两者|三者"
    "|(?<![每仅只有达足过满于少多及各得前])一(?:个|种|项|款|场|套|批|类|段|点)(?!半|[以之]?[上下内]|[^，。；、]{0,4}[年月日季周期届])"
    "|(?<=[大登])陆|陆(?=[续地])|(?<=[队退入])伍|十分(?!之)|再三|三农|三维|两岸|四川|五金|五官|八卦|九州|百货|百姓|百科|百花齐放|百家争鸣|千方百计|万物"
    "|半(?:导体|成品|径|岛|途)|双(?:方|边|向|赢|碳|重)|零(?:售|件|部件|星|容忍|距离)|多数情[况形]"
    f"|{SLOGAN}"
    "|三重一大|三会一课|三审三校|一国两制|一企一管|第三(?=方|人|者|产业)|第二课堂"
)
"""Fixed expressions in which the character counts nothing. Whoever adds one hides a numeral from people: only what never counts."""


def account(text: str) -> tuple[Numeral, ...]:
    """Every numeral of the text, in order; each character of one stands in one of them."""
    close, places = joined(text)
    plain = numbers.folded(close)
    found: list[Numeral] = [Numeral(n.begin, n.end, "number", n) for n in numbers.read_joined(close, repeated=True)]
    taken = bytearray(len(plain))
    for n in found:
        taken[n.begin : n.end] = b"\1" * (n.end - n.begin)
    tokens = [m.span() for m in _TOKEN.finditer(plain)]
    lines = list(_lines(plain, tokens))
    told: list[tuple[Kind, Iterable[tuple[int, int]]]] = [
        ("name", (s for s in _spans(_NAME, plain, lines) if not _stands_apart(s[0], close, places))),
        ("label", _labels(plain, lines)),
        ("citation", _spans(_CITATION, plain, lines)),
        ("word", _spans(_WORDS, plain, lines)),
        ("ordinal", _spans(_ORDINAL, plain, lines)),
        ("unread", tokens),
    ]
    ends = [end for _, end in tokens]
    for kind, spans in told:
        for begin, end in spans:
            first = bisect_right(ends, begin)
            for a, b in _within(tokens, first, end):
                for x, y in _free(taken, max(a, begin), min(b, end)):
                    found.append(Numeral(x, y, kind))
                    taken[x:y] = b"\1" * (y - x)
    found.sort(key=lambda n: n.begin)
    return tuple(_placed(n, places) for n in found)


@lru_cache(maxsize=256)
def unread(text: str) -> tuple[Numeral, ...]:
    """The numerals that nobody has read."""
    return tuple(n for n in account(text) if n.kind == "unread")


def _placed(n: Numeral, places: list[int]) -> Numeral:
    begin, end = places[n.begin], places[n.end - 1] + 1
    number = n.number and msgspec.structs.replace(n.number, begin=begin, end=end)
    return Numeral(begin, end, n.kind, number)


def _within(tokens: list[tuple[int, int]], first: int, end: int) -> Iterator[tuple[int, int]]:
    """The tokens from the first on that begin before `end`."""
    for a, b in tokens[first:]:
        if a >= end:
            return
        yield a, b


def _free(taken: bytearray, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """The runs between two places that nothing has taken."""
    start = begin
    for i in range(begin, end + 1):
        if i == end or taken[i]:
            if i > start:
                yield start, i
            start = i + 1


def _lines(plain: str, tokens: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """The lines that have numerals."""
    end = -1
    for at, _ in tokens:
        if at > end:
            begin, end = plain.rfind("\n", 0, at) + 1, plain.find("\n", at)
            end = len(plain) if end < 0 else end
            yield begin, end


def _spans(pattern: re.Pattern[str], plain: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    return (m.span() for begin, end in lines for m in pattern.finditer(plain, begin, end))


def _stands_apart(at: int, close: str, places: list[int]) -> bool:
    """Whether a blank stood before a digit: 成员 PMC 3 票 is no name PMC3."""
    return bool(at) and places[at] - places[at - 1] > 1 and close[at].isdigit()


def _labels(plain: str, lines: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Marks of items: where a line begins, and within one where they count on from 1."""
    for begin, end in lines:
        line = plain[begin:end]
        if (
            (m := _OUTLINE.match(line) or LABEL.match(line) or _STOPPED.match(line))
            and "第" not in m[0]
            and not _goes_on(line, m.end())
        ):
            yield begin, begin + m.end()
        run = list(_counting(line))
        if len(run) > 1:
            yield from ((begin + a, begin + b) for a, b in run)


def _goes_on(line: str, end: int) -> bool:
    """Whether the dot of a mark is a decimal point (3.5年)."""
    return line[end - 1 : end] == "." and line[end : end + 1].isdigit()


def _counting(line: str) -> Iterator[tuple[int, int]]:
    """Marks that follow one another, each where a clause begins: 1.…；2.…；3.…."""
    expected = 1
    for m in _SEQUENCE.finditer(line):
        if m.start() and line[m.start() - 1] not in "：:；;。，,":
            continue
        if (parse(m[1]) or ord(m[1][0]) - 0x245F) == expected:
            yield m.span()
            expected += 1
