"""What a clause asks for beside its share, and the rules do not carry out: a change would be adopted by less than the text says.

三分之二以上同意，且不少于二十家; 会长有一票否决权; 每家会长单位三票; 一致同意 of another article: none of it counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongyue.covenant import numbers
from gongyue.covenant.binding import changed_otherwise
from gongyue.covenant.binding.bases import BESIDE, CONSENTING
from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.coverage import Coverage
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.passages import MOST_NUMBERS, Passage, Reader, places_of
from gongyue.covenant.binding.records import Binding, Fault, place_of, within
from gongyue.covenant.binding.requirements import clause_around
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.binding.spoken_of import clause_of, numerals_at, sentence_of
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

ADOPTION, QUORUM, ANNEX = "amendment.adoption", "vote.quorum", "annex.consent"
_WHO = "(?:成员|会员|社员|盟员|单位|业主|住户|代表|发起|理事|同意|赞成|票)"
_ALL = re.compile(
    "一致(?:同意|通过|赞成|表决|决定|认可|意见|决议)|(?:协商|意见|取得|达成|全体|全票)一致|全票|无异议|无人反对|无反对"
    f"|(?:全体|全部|所有|每一?家|每个)(?:(?!分之|半|%|/|多数)[^，。；]){{0,10}}{_WHO}(?:(?!分之|半|%|/|多数)[^，。；]){{0,6}}(?:同意|通过|赞成|认可)"
)
_MOST = re.compile("(?<!分之.)(?<!以上)(?<!/[0-9])(?<!%)(?:绝大)?多数|大部分|过半|半数")
_MORE = re.compile(
    f"(?<!分之.)(?<!以上)(?<!/[0-9])(?<!%)(?:绝大)?多数[^，。；]{{0,4}}{_WHO}|[一二三四五六七八九]成[一二三四五六七八九半]?[^，。；]{{0,5}}{_WHO}"
)
_SOME = re.compile("(?:该|本|相关|所涉|有关|所属|各)(?:分支|行业|领域|专业)[^，。；]{0,6}(?:成员|会员|单位|企业)")
_VETO = re.compile("否决权|一票否决|可以?否决|有权否决|否决的?(?:，|,)?(?:不得|不予|则)")
_WEIGHED = re.compile(
    "(?:每|各)(?:一)?(?:家|个|单位|成员|会员|企业)[^，。；]{0,8}(?:[二两三四五六七八九十][一二三四五六七八九十]?|[2-9][0-9]?)票|一[企家户单][^，。；]{0,4}[二两三四五六七八九十]票"
    "|票[^，。；]{0,6}(?:按|以|作)[^，。；]{0,4}(?:[二两三四五六七八九十]|[2-9])票(?:计|算)|按[^，。；]{1,10}(?:计票|折算|分配票)|每[^，。；]{0,8}(?:万元|股)[^，。；]{0,6}[一1]票"
)
_ROUNDS = re.compile("[二两三四五2-5](?:轮|次|届)[^，。；]{0,6}(?:同意|通过|表决|会议)|(?:再次|第二次)表决")
_OR_BY = re.compile(
    "或(?:者|是)?(?:由|经)?[^，。；]{0,4}(?:会长|理事长|主席|秘书长|理事会|委员会|执行机构|秘书处|联盟|主管)[^，。；]{0,6}(?:同意|批准|决定|通过|认可)"
    "|(?:会长|理事长|主席|秘书长|理事会|委员会|执行机构|秘书处)或(?:者|是)?[^，。；]{0,6}分之[^，。；提]{1,16}(?:同意|通过|赞成)"
)
_AND_BY = re.compile(
    "(?:并|且|及|和|以及|并且)(?:须|应|需)?(?:经|由|获|得)?[^，。；]{0,6}(?:发起单位|发起人|会长|理事长|主席|秘书长|创始[^，。；]{0,4}|全体理事|常务理事)[^，。；]{0,6}(?:同意|批准|认可|签字)"
    "|(?:发起单位|创始(?:成员|会员)(?:单位)?)(?:须|应|必须)?(?:全部|全体|一致|均须?)[^，。；]{0,3}(?:同意|赞成)"
)
_AND_MORE = re.compile(
    "(?:再|又|另|外)?[加增又](?!一|1)[0-9一二三四五六七八九十百两]{1,4}家|又[0-9一二三四五六七八九十百两]{1,4}家|再加"
)
_PROPOSES = re.compile("提议|提案|联名|连署|联署|附议|动议|提出|召集|召开|发起制|代表[^，。；]{0,4}提")
_SHORT_OF = re.compile("(?:不足|不到|低于|少于|未达|未满|不满|非经?|近|约|大约|将近|接近|差不多)$")
_ROUGHLY = re.compile("(?:左右|上下|许)")
_CONSEQUENCE = re.compile("无效|不通过|不得|不予|失效|不成立|不生效|未通过|作废|否决|不可|视为")
_ABSENT = re.compile(
    "(?:未|没有|没|不|拒绝)(?:能|得|予|曾)?(?:参加|参与|出席|到会|到场|投票|表决|与会)|缺席|请假|弃权|反对"
)
MOST_TOLD = 200
"""Sentences that are looked at: a text with more was made to tire its reader."""


def faults(
    by: Reader,
    seen: Sequence[tuple[Passage, Sentence]],
    bindings: Sequence[Binding],
    coverage: Coverage,
    parts: Mapping[str, Part],
    stated: Mapping[str, tuple[Number, ...]],
) -> Iterator[Fault]:
    """Of each share that consents are counted by, what stands beside it; then what the text asks for in other sentences."""
    for b in bindings:
        if b.capability not in (*CONSENTING, QUORUM):
            continue
        part, begin = parts[b.at], place_of(parts[b.at], b.words, b.nth)
        sentence = sentence_of(part, begin) if b.capability in CONSENTING else None
        if (
            sentence is not None
            and b.capability in CONSENTING
            and b.capability != "vote.resolution"
            and b.kind == "share"
        ):
            n = next((n for n in within(stated[b.at], begin, begin + len(b.words)) if n.kind == "share"), None)
            if n is not None and (words := _beside(b, part, n, sentence)):
                yield _unmet(b, part, words)
        if b.capability == QUORUM and b.kind == "share":
            yield from _of_those_absent(b, part, begin, stated[b.at])
        if b.capability == ANNEX and b.kind == "words":
            clause = clause_of(part.text, begin, begin + len(b.words))
            found = _ALL.search(clause) or _MOST.search(clause) or _SOME.search(clause)
            words = found[0] if found else next((w for w in _others(by) if w in clause), "")
            if words:
                yield _unmet(b, part, words)
    yield from _elsewhere(by, seen, bindings, coverage, parts)


def _others(by: Reader) -> Iterator[str]:
    """Words for others than the whole roll: consent without a number would be counted of all."""
    return (w for name in ("branch", "present", "voting", "body") for w in by.catalogue.base[name])


def _beside(b: Binding, part: Part, n: Number, s: Sentence) -> str:
    """What the sentence asks for beside the share; empty where that is all."""
    start, stop = clause_around(part.text, n.begin, n.end)
    head, tail = fold(joined(part.text[start : n.begin])[0]), fold(joined(part.text[n.end : stop])[0])
    after = fold(joined(part.text[n.end : s.begin + len(s.words)])[0])
    if b.capability == ADOPTION:
        for pattern in (_VETO, _WEIGHED, _OR_BY, _AND_BY):
            if found := pattern.search(s.plain):
                return found[0]
        if words := changed_otherwise.beside(n, part, s):
            return words
    if beside := numerals_at(part.text, n):
        return beside
    if found := _ROUNDS.search(tail) or _AND_MORE.search(tail[:12]) or _ALL.search(tail):
        return found[0]
    roughly = _SHORT_OF.search(head) if not _CONSEQUENCE.search(after) else None
    if roughly or (_ROUGHLY.match(tail)):
        return f"{roughly[0] if roughly else ''}{part.text[n.begin : n.end]}{'' if roughly else tail[:2]}"
    return _heads(part, n, s)


def _heads(part: Part, n: Number, s: Sentence) -> str:
    """A number of members in the sentence, from the share's own clause on: 且不少于二十家."""
    places, judged = places_of(s), 0
    for other in numbers.read_joined(s.close, MOST_NUMBERS):
        begin, end = s.begin + places[other.begin], s.begin + places[other.end - 1] + 1
        if other.kind != "headcount" or begin < n.begin or int(other.value) < 2:
            continue
        judged += 1
        if judged > MOST_TOLD:
            break
        clause = clause_of(part.text, begin, end)
        if re.search("或(?:者|是)?[^，。；]{0,6}$", s.plain[max(0, other.begin - 20) : other.begin]):
            continue  # an alternative, which `not_asked` tells
        if not _PROPOSES.search(clause) and re.search("同意|通过|赞成|且|并|同时|不少于|至少|以上", clause):
            return part.text[begin:end]
    return ""


def _unmet(b: Binding, part: Part, words: str) -> Fault:
    return Fault(
        "left-out", b.capability, b.at,
        f"{zh_of(b.capability)}：{part.label}“{b.words}”同句还写有“{words}”，软件只计份额，照此就不是本文的意思；请改写条文，"
        "或记为另一事项并声明本文无此规定",
        f"{en_of(b.capability)}: the sentence of {part.label} “{b.words}” also says “{words}”; the software counts the share alone, which is"
        " not what the text says: write the clause anew, or decide it as another matter and declare it absent",
    )  # fmt: skip


def _of_those_absent(b: Binding, part: Part, begin: int, stated: Sequence[Number]) -> Iterator[Fault]:
    n = next((n for n in within(stated, begin, begin + len(b.words)) if n.kind == "share"), None)
    if n is None:
        return
    if found := _ABSENT.search(clause_of(part.text, n.begin, n.end)):
        said = f"{part.label}“{b.words}”"
        yield Fault(
            "against", b.capability, b.at,
            f"{zh_of(b.capability)}：{said}写的是多少“{found[0]}”，不是须有多少参加；请改写条文，如“须有三分之二以上成员单位参加”",
            f"{en_of(b.capability)}: {said} says how many may be absent (“{found[0]}”), not how many must take part: write the clause anew",
        )  # fmt: skip


def _elsewhere(
    by: Reader,
    seen: Sequence[tuple[Passage, Sentence]],
    bindings: Sequence[Binding],
    coverage: Coverage,
    parts: Mapping[str, Part],
) -> Iterator[Fault]:
    """Unanimity, or a number of members, that another sentence asks for a change: it is no other matter than the share that is bound."""
    bound = next((b for b in bindings if b.capability == ADOPTION and b.kind == "share"), None)
    if bound is None:
        return
    said = {(p.capability, s.at, s.begin) for p, s in seen if p.capability in BESIDE}
    for told, (_, s) in enumerate(x for x in seen if x[0].capability == ADOPTION):
        if told > MOST_TOLD:
            return
        own = (name for name in BESIDE if (name, s.at, s.begin) in said)  # bound to what the reader finds there too
        if any(coverage.overlaps(name, s) for name in own):
            continue
        words = asks_for_more(s.plain) or _heads_of_consent(s)
        if words and by.opens(ADOPTION, s.plain):
            yield Fault(
                "borrowed", ADOPTION, s.at,
                f"{zh_of(ADOPTION)}：{parts[s.at].label}“{s.words}”另写有“{words}”，与所绑定的“{bound.words}”不同，软件只能执行一个；请改写条文，"
                "或把它绑定到所属的事项",
                f"{en_of(ADOPTION)}: {parts[s.at].label} “{s.words}” also asks for “{words}”, beside “{bound.words}” that is bound; one alone can"
                " be carried out: write the text anew, or bind it to what it is of",
            )  # fmt: skip
            return


def asks_for_more(plain: str) -> str:
    """What a folded sentence asks for that is no share: all, most, so many in ten; empty where it does not."""
    found = _ALL.search(plain) or _MORE.search(plain)
    return found[0] if found else ""


def _heads_of_consent(s: Sentence) -> str:
    if _PROPOSES.search(s.plain):
        return ""
    found = (n for n in numbers.read_joined(s.close, MOST_NUMBERS) if n.kind == "headcount" and int(n.value) > 1)
    return next((s.close[n.begin : n.end] for n in found), "")
