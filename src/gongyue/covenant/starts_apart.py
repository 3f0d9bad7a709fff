"""An account of starts: every expression that says from when something is counted, and whether some period took it for its own.

The reader joins a start to a period by the words of its clause. 讨论期不少于72小时，从完整提案进入约定渠道时开始 and 任期三年。任期自选举产生之日起计算
say it elsewhere, and nobody can tell of which period for certain: the nearest one is in doubt, with the words. So is a second period
beside the one that took a start. What is no start of a period, a day of force (本公约自发布之日起施行) or 从我做起, raises nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from gongyue.covenant.binding.folding import fold
from gongyue.covenant.numbers import Number

APART = (
    "起算写在另一句“{}”，没有并入",
    "from when it runs is said in another sentence, “{}”, which was not joined to it",
)
BESIDE = (
    "起算写在同一句别处“{}”，没有并入",
    "from when it runs is said elsewhere in its sentence, “{}”, which was not joined to it",
)
OF_ANOTHER = (
    "“{}”读作另一期限的起算，这一期限没有起算",
    "“{}” was taken for the start of another period, and this one has none",
)
_SENTENCE = re.compile("[^。；！？\n]+")
_X, _LIST = "[^，。；：、自从]{1,24}?", "[^，。；：自从]{1,30}?"
"""What is counted from; with 自 before it, it may be a list (自收到文件、证书之日起)."""
_OF_ITSELF = "(?:(?<![各独亲来源出擅私])自(?![觉愿律行主己身然由治我费备重有始查检强信])|从(?![事业而未不属来前中此]))"
_RISES = "(?<![做抓说干学管改查我发引提一兴掀激升奋担负建树立拿拉撑扛])起(?![草诉来步到码源见伏义因诸])"
"""起 that counts: not 从我做起, 由会员发起, 担负起."""
_MOMENT = "(?:(?:之|当|次|翌|即|该)?日期?|[之当]?时|以?后|之后|[年月号])"
_DONE = "(?:开始)?(?:起算|计算|计时|计数|起?计(?![收提入费分划票缴征]|算|时)|算(?![一-鿿])|算(?=至|到|足|满))"
_STRONG = (
    f"(?:{_OF_ITSELF}|由){_LIST}{_MOMENT}?(?:{_RISES}|开始)?{_DONE}"
    f"|(?:{_OF_ITSELF}|由){_X}{_MOMENT}?{_RISES}(?=[）)]|$)"
    f"|(?:{_OF_ITSELF}|由){_X}{_MOMENT}开始(?=[，。；、）)]|$)"
    f"|以{_X}(?:为|作为)(?:计算)?(?:起算?[点日]?|起始[日点]?|起始时间|起算时间|始点?|始日|首日|第一[日天]|开始)(?=[，。；、）)计]|$)"
    f"|以[^，。；：、]{{0,22}}?(?:日期|时间|之日|时刻|当日|当天|年度|学年|学期|自然年|日历年)(?<!北京时间)为准"
    f"|(?:计?算?起算[日点时]间?|起始[日点]期?|起始时间|计算起点|起点|(?:开始|计算|生效)[时日][间期]?)(?:为|是|定为|以|从|自|：){_X}(?=[，。；、）)]|$)"
    f"|(?:开?始于|起[于自]|始自)(?!此){_X}(?=[，。；、）)]|$)"
    f"|{_X}{_MOMENT}(?:{_RISES})?{_DONE}"
    f"|{_X}{_MOMENT}(?:{_RISES}|开始)(?=[）)]|$)"
    f"|{_X}(?:即|便|就)(?:行?开始|起算|起)(?=[，。；）)]|$)"
    "|(?:首|第一|当|起始)[日天]也?(?:均|亦)?(?:计入|算入|计算?在内|算在内|包括在内|算作第一[日天])"
    "|(?<!不)(?:含|包括|包含|计入|算上)[^，。；：、]{0,8}(?:当[日天]|首[日天]|之日|第一[日天]|起算日)(?=[，。；、）)]|$)"
)
_WEAK = (
    f"(?:{_OF_ITSELF}|由){_LIST}(?:{_MOMENT}{_RISES}|{_RISES}(?=[，、开正即始施生执]|[0-9])|开始(?=[，、]|$))|{_X}(?:之|当|次|翌)日{_RISES}"
    f"|{_OF_ITSELF}{_LIST}(?:[之当次翌]日|当天|[之当]时|那[天日])(?![起前止])"
    f"|{_OF_ITSELF}{_LIST}[日天月年号时后]起?(?:至|到)[^，。；]{{0,16}}(?:止|[日天月年号末底]|期?满|结束)"
)
"""What says from when without saying that it counts: 自公布之日起停止使用."""
_ANY = re.compile(f"(?P<strong>{_STRONG})|(?P<weak>{_WEAK})")
_LED = re.compile(f"{_OF_ITSELF}|由")
_TEXT = re.compile("公约|章程|规约|办法|准则|规则|规定|细则|守则|倡议|条例|制度|规范|修正案|修订|修改")
_FORCE = re.compile("(?:正式|开始|即行?|始|起)*(?:施行|实施|生效|起效|执行|适用|试行|启用|废止|失效|停止执行)")
_LASTS = re.compile("有效期|期限|为期|试行期|施行期|时限|停止|暂停|取消|禁止|限制")
"""In the clause of a period: 本公约有效期三年，自发布之日起施行 runs from then."""
_NO_COUNT = re.compile("(?:角度|方面|源头|自身|基层|细节|小事|点滴|身边|实际|现在|今)(?:做起|出发|开始|起|抓起)?$")
_NAMED = re.compile("[^，。；、的之该此上述前款]{0,2}(?:期[限间]?|时[限间])")
_STOPS = "，。；：！？\n"


class Apart(NamedTuple):
    """A start that was not joined to a period: its words, and the two texts that say so."""

    words: str
    said: tuple[str, str]

    def told(self) -> tuple[str, str]:
        """Why the period is in doubt, in Chinese and in English."""
        return self.said[0].format(self.words), self.said[1].format(self.words)


def find(plain: str, stated: Sequence[Number]) -> dict[int, Apart]:
    """Of the periods of which a start may not have been joined: where each begins, and why; `plain` is folded."""
    periods = [n for n in stated if n.kind == "period"]
    found: dict[int, Apart] = {}
    taken = _taken(plain, periods)
    for sentence in _SENTENCE.finditer(plain) if periods else ():
        i = bisect_left(periods, sentence.start(), key=lambda n: n.begin)
        j = bisect_left(periods, sentence.end(), key=lambda n: n.begin)
        for begin, end, strong in _expressions(plain, sentence.start(), sentence.end()):
            near = bisect_left(periods, begin, key=lambda n: n.begin)
            own = periods[max(i, near - MOST) : min(j, near + MOST)]
            k = bisect_left(taken, (begin, 0, 0))
            by = next((t[2] for t in taken[max(0, k - 1) : k + 2] if t[0] < end and begin < t[1]), None)
            if by is not None:
                meant, said = _beside(plain, own, periods[by], begin, end, strong), OF_ANOTHER
            elif own:
                meant, said = _of_sentence(plain, own, sentence.start(), begin, end, strong), BESIDE
            else:
                named = _NAMED.search(plain, max(sentence.start(), begin - _NEAR), begin)
                last = _nearest(plain, periods[max(0, i - _FAR) : i], periods[i : i + 1], named) if strong else None
                meant, said = filter(None, [last]), APART
            for n in meant:
                found.setdefault(n.begin, Apart(plain[begin:end], said))
    return found


def _expressions(plain: str, start: int, stop: int) -> Iterator[tuple[int, int, bool]]:
    """Each expression of a start in a sentence, and whether it says that it counts; the day of force of a text is none."""
    for m in _ANY.finditer(plain, start, stop):
        led = [w.start() for w in _LED.finditer(plain, m.start(), m.end())]
        begin = led[-1] if led else max(m.start(), *(plain.rfind(c, m.start(), m.end() - 1) + 1 for c in "、（("))
        if not _NO_COUNT.search(plain, begin, m.end()):
            yield begin, m.end(), m["strong"] is not None


def _taken(plain: str, periods: Sequence[Number]) -> list[tuple[int, int, int]]:
    """Where the words stand that were read as starts, and of which period each."""
    found = []
    for i, n in enumerate(periods):
        words = fold(n.start_words)
        if not (n.start and words):
            continue
        at = plain.rfind(words, max(0, n.begin - _LONGEST), n.begin)
        at = at if at >= 0 else plain.find(words, n.end)
        if at >= 0:
            found.append((at, at + len(words), i))
    return sorted(found)


def _of_sentence(plain: str, own: Sequence[Number], start: int, begin: int, end: int, strong: bool) -> Iterator[Number]:
    """The periods of its sentence that an expression may be the start of: the nearest before it, else the one behind it."""
    before = [n for n in own if n.end <= begin]
    after = [n for n in own if n.begin >= end]
    if _FORCE.match(plain, end) and _TEXT.search(plain, start, begin):
        before = [n for n in before if not n.start and _LASTS.search(plain[_clause(plain, n.begin) : n.begin])]
    if strong:
        named = _NAMED.search(plain, max(_clause(plain, begin), begin - _NEAR), begin)
        n = _nearest(plain, before, after[:1], named)
    elif before and not before[-1].start and not before[-1].delay:
        n = before[-1]
    else:
        n = after[0] if after and not after[0].delay and _leads(plain, end, after[0]) else None
    if n is not None:
        yield n
        if n.end <= begin:
            yield from _row(plain, [p for p in before if p.end <= n.begin], n)


def _row(plain: str, before: Sequence[Number], last: Number) -> Iterator[Number]:
    """The periods that stand before another in a row, none of them with a start: 停权七日，再犯停权三十日，自通知之日起执行."""
    for n in reversed(before):
        if n.start or n.delay or plain.count("，", n.end, last.begin) > 1:
            return
        yield n
        last = n


def _leads(plain: str, end: int, n: Number) -> bool:
    """Whether nothing but the clause of a period stands between it and the start before it (自材料齐备之日起，秘书处三十日内决定)."""
    return plain.count("，", end, n.begin) <= 1


def _beside(plain: str, own: Sequence[Number], by: Number, begin: int, end: int, strong: bool) -> Iterator[Number]:
    """Other periods that a start may be of as well: 公示七日、异议三日，自发布之日起算."""
    before = [n for n in own if n.end <= begin and n.end <= by.begin]
    if by.end <= begin:
        yield from _row(plain, before, by) if strong else ()
    elif (
        before
        and "，" in plain[end : by.begin]
        and plain.startswith("，", before[-1].end)
        and before[-1].end + 1 == begin
    ):
        last = before[-1]
        yield from () if last.start or last.delay else [last]


def _nearest(
    plain: str, before: Sequence[Number], after: Sequence[Number], named: re.Match[str] | None
) -> Number | None:
    """The period that a start may be of: one of the same name (任期), else the last before, else the first after.

    One that has a start of its own is meant only where a period is named (上述期限自…起计算).
    """
    may = [n for n in (*after, *before) if named or not n.start]
    same = [n for n in may if named and named[0] in plain[_clause(plain, n.begin) : n.begin]]
    return next(reversed(same or may), None)


def _clause(plain: str, place: int) -> int:
    return max(plain.rfind(c, max(0, place - _NEAR), place) for c in _STOPS) + 1


_NEAR, _FAR, _LONGEST, MOST = 24, 8, 120, 40
"""Characters before a start or a period in which its name stands, periods before the sentence that are looked at, characters in
which a start is sought that a period took, and periods of one sentence that are looked at."""
