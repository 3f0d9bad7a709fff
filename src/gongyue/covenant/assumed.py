"""What was assumed of a share or a period: whatever its own words, all of them known, do not say, a person has to say.

经三分之二以上成员单位同意 is read from words that are known, one by one. 经 Committer 三分之二同意 is not: of whom it is counted was
only assumed, for no word here is known for the members. No list of words ends that; what is in none is asked about.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from gongyue.covenant import (
    assumed_periods,
    formulas,
    heads_beside,
    hedged,
    itself,
    numbers,
    parts,
    qualifiers,
    starts_apart,
    unknown_bodies,
)
from gongyue.covenant.binding import folding
from gongyue.covenant.binding.folding import joined
from gongyue.covenant.binding.records import MOST_NUMBERS
from gongyue.covenant.forms import COMPARED
from gongyue.covenant.numbers import Number

BASES = {
    "roll": ("全体名册", "the whole roll"),
    "present": ("出席者", "those present"),
    "voting": ("参加表决者", "those voting"),
}
"""The bases that are carried out, and so must be certain: what is counted otherwise cannot be bound to a vote at all."""
_OWN = (
    "(?:(?:本|我|该|全)(?:会|社|联盟|协会|学会|商会|公会|社区|组织|团体|公约|章程|区|村|小区|班)?|联盟|协会|学会|商会|公会|公约|"
    "全体|全部|所有|应到|应出席|实到|到会|出席|与会|参会|到场|在场|在席|在册|现有|正式|有效|个人|单位|团体|企业|参加|参与|表决|投票|"
    "会议|大会|签署|签约|本次|当次|选举权|表决权|投票权|具有|享有|有|[各总额的之了\0])*?"
)
_MEMBERS = (
    "(?:(?:个人|单位|团体|企业|正式|普通)?(?:会员|社员|盟员)(?:单位|企业)?|成员(?:单位|企业|国)|缔约国|(?:签署|签约|缔约|加盟)(?:单位|企业|方|机构)"
    "|业主|住户|居民|村民|股东|商户|区分所有权人)(?:[（(](?:会员|成员)?代表[）)]|代表)?"
)
"""The members of a text themselves, whoever it is about."""
_ANYBODY = "(?:成员代表|成员|代表|单位|人员|人数|票数|人|者|票|家|户)"
"""Whoever sits where: of the text's members only where nobody else is spoken of."""
_COUNTED = f"(?:(?P<members>{_MEMBERS})|(?P<anybody>{_ANYBODY}))?(?:总?人数|总数|总额|总票数|票数|数额?|名额|半数)?"
_VERB = (
    "同意|赞成|通过|表决|决议|议决|可决|出席|到会|与会|参会|在场|到场|参加|参与|提议|提出|提请|提案|动议|联名|联署|连署|附议|具名|支持|认可|决定|投|"
    "要求|请求|申请|建议|反对|弃权|书面|签|讨论|审议|审核|核准|批准|推荐|推选|选举|确认|召集|召开|共同|联合|以书面|方|可|即|才|始|时|的|之|为|有|"
    "应|须|必须|不|未|在|或|且|并|及|到|行之|作出|做出|绝对|均|者|后|前|当选|罢免|请|向|因|认为|就|予|等"
)
_AFTER = re.compile(
    "(?:[（(][^（）()]{0,8}[）)])?(?:以上|以下|多数|绝对多数)?(?:[（(][^（）()]{0,8}[）)])?(?:多数)?[的之]?"
    f"{_OWN}{_COUNTED}(?=$|[，。；：！？、,;:!?（(）)“”\\n]|{_VERB})"
)
_LEAD = (
    "经过?|由|获得?|得到?|取得|须|应当?|需要?|必须|有|以|且|并|或者?|但|而|其|在|于|当|时|后|前|为|是|即|如|若|则|凡|可|每|达到?|(?:会员|成员|社员|业主|住户|村民|居民|股东)(?:代表)?(?:大会|会议|会)|"
    "(?:^|[经由在召开，本])大会|决议|议案|事项|表决|投票|方式|采取|采用|按照?|要求|至少|最少|方可|只有|只要|经由|召集|通过|同意|起草|对|不|超|过|无法|实行|实施|(?<=案)"
)
_BEFORE = re.compile(
    f"(?:^|[（(“、\\n0-9.）)]|{_LEAD}){_OWN}{_COUNTED}(?:中|当中|里|内)?[的之有]*"
    f"(?:{COMPARED}|出席|同意|超过|不少于|不低于|[达有到过以占须应]|[<>\uff1c\uff1e≤≥≦≧⩽⩾=\uff1d]|&[lg]t;)*[的之]?$"
)
_OF_THEIRS = re.compile(
    "[的之中](?!多数|以上|总?人?数|代表|支持|同意|赞成|通过|表决|投票|出席|到会|参加|书面|一致|认可|联名|提议|提出|要求|推荐|签|意见|决)(?=[^，。；：！？、,;:!?（(）)\\s])"
)
"""After the members: somebody or something of theirs (成员单位的员工), not themselves."""
_RATE = re.compile(f"率(?:[的之在为需]|不足|未达到?|{COMPARED})*$")
_OTHERS = re.compile(
    "[A-Za-z]{2,}|理事|监事|董事|委员|执委|常委|主席|[干幹][部事]|管理员|管理组|维护者|贡献者|开发者|编辑|版主|运营|仲裁|评审|专家|"
    "秘书处|办公室|小组|团队|[工作组]组|议会|部门|学生会|自管会|站长|会长|代表会|(?<![公守契合规])[堂厅局院团队组部](?:会议|须|应|由|的决议)"
)
"""Others than the members, or words nobody knows, in the same sentence or heading."""
_COME = "(?:出席|到会|与会|参会|到场|在场|实到|参加|参与|投票|表决)"
_NAMED = re.compile(f"(?:{_MEMBERS}|成员)[^，。；]{{0,10}}{_COME}|{_COME}[^，。；]{{0,6}}?(?:{_MEMBERS}|成员)")
_HALVES = frozenset({"1/2", "50/100"})
_EXACT = re.compile(
    "(?:[<>\uff1c\uff1e≤≥≦≧⩽⩾]|&[lg]t;|以上|以下|以内|[过超逾满足]|多数|至少|最少|不[少低多]于|达到?|[多大高]于|不含|加一|[（(]含)"
)
_NO_ONE_KNOWN = (
    "没有写明以谁计，或写的不是认得的成员、出席者、表决者",
    "who it is counted of is not said, or by no word known for members, those present or those voting",
)
_SOMEBODY_ELSE = (
    "同一句或标题里另有机构或不认得的人，以谁计不能断定",
    "its sentence or heading speaks of a body or of people unknown here, and of whom it is counted cannot be told",
)
_FROM_ELSEWHERE = (
    "以谁计取自另一分句，那里写的不是认得的成员",
    "of whom it is counted was taken from another clause, which names nobody known",
)
_ACROSS = (
    "所依的字在另一行、另一格或括号之外",
    "the words it goes by stand in another line or cell, or outside its brackets",
)
_NEAR = 30
"""Characters before a share in which two sorts of people are named."""
_TWO = f"{_MEMBERS}(?:[（(]?或者?|[/])[^，。；、]{{0,6}}?代表[）)]?"
_TWO_BEFORE = re.compile(f"{_TWO}[的之中总人数]*$")
_TWO_AFTER = re.compile(f"(?:以上|多数)?[的之]?{_TWO}(?!大会|会)")
_EITHER = (
    "写有两种人，用“或”连接，计的是哪一种不能断定",
    "two sorts of people are named, joined by “or”, and which of them is counted cannot be told",
)
_BRACKETED = "(?:会员|成员|社员)[（(](?:会员|成员|社员)?代表[）)]"
_BRACKET_BEFORE = re.compile(f"{_BRACKETED}[的之中总人数]*$")
_BRACKET_AFTER = re.compile(f"(?:以上|多数)?[的之]?{_BRACKETED}(?!大会|会)")
_IN_BRACKETS = (
    "会员之后的括号里写着代表，计的是哪一种不能断定",
    "delegates are named in brackets behind the members, and which of them is counted cannot be told",
)
_EITHER_BODY = (f"以机构计：{_EITHER[0]}", f"counted within a body: {_EITHER[1]}")
_VOTED = re.compile(
    "门槛|阈值|当选|得票|选举|否决|反对票|弃权|多数|修改|修订|表决|投票|同意|通过|赞[成同]|罢免|决议|批准|核准|认可|支持|(?i:majority|approv|consen|vote|LGTM)"
)
_ENTITLES = re.compile(
    "提议|提案|提出|提请|提名|申请|要求|请求|召[开集]|联[名署]|[连附]署|附议|发起|弹劾|推[荐选举]|出席|到会|有权"
)
"""What a share of people entitles them to, besides a vote."""
_NO_SHARE = (
    "不算人的份额：没有写明以谁计，而这一句说到修改、表决、提议一类",
    "not taken for a share of people: who it is counted of is not said, though its sentence speaks of changes, votes, motions or the like",
)
_SHARE_OF_EACH = re.compile(f"(?:比例|占比|所占|占)(?:{COMPARED})*[的之]?$")
_EACH_WITH = re.compile("(?:以上|以下|多数)?[的之]")
"""占比20%以上的单位: each of which has so much of something, not so many of them."""
_ITSELF = ("没有用字说是否含本数", "no word says whether the number itself is enough")


def stated_in(text: str) -> tuple[Number, ...]:
    """The numbers of a part that can be bound: none of one with more than anybody writes."""
    return numbers.read(text, MOST_NUMBERS)


def doubts(text: str, heading: str = "", whole: str = "", since: bool = False) -> Iterator[tuple[Number, str, str]]:
    """Each share or period of a text whose words do not say all of it, and what was assumed, in Chinese and in English.

    The number stands at its place in the text; `heading` is what the text stands under, `whole` all of what it is a part of. What
    was taken for no period, since its words give no number, has the value "". `since`: as well each period within which something
    is to be done and of which no start was read; a bound one is asked for its start by what it is bound to.
    """
    close, places = joined(text)
    plain = numbers.folded(close)
    yield from sorted(_of_numbers(text, close, places, plain, heading, whole or text, since), key=lambda d: d[0].begin)


def _of_numbers(
    text: str, close: str, places: list[int], plain: str, heading: str, whole: str, since: bool
) -> Iterator[tuple[Number, str, str]]:
    working = assumed_periods.says_working_days(whole)
    for begin, end, zh, en in assumed_periods.without_number(plain, whole):
        yield Number(places[begin], places[end - 1] + 1, "period", ""), zh, en
    stated = stated_in(text)
    at = [(bisect_left(places, n.begin), bisect_left(places, n.end)) for n in stated]
    joined_up = [replace(n, begin=begin, end=end) for n, (begin, end) in zip(stated, at, strict=True)]
    apart = starts_apart.find(plain, joined_up)
    calculated = list(formulas.find(plain))
    for f in formulas.of_nothing_read(calculated, joined_up):
        zh, en = formulas.FORMULA_UNREAD
        yield Number(places[f.begin], places[f.end - 1] + 1, f.kind or "period", ""), zh, en
    for i, (number, n) in enumerate(zip(stated, joined_up, strict=True)):
        told: list[tuple[str, str]] = []
        if n.kind in ("part", "share"):
            told = [*_of_counted(text, close, places, plain, heading, n), *filter(None, [itself.doubt(plain, n)])]
        elif n.kind == "period":
            joined_across = bool(n.start) and _not_of_its_clause(text, close, places, n)
            told = list(_of_period(plain, n, working, joined_across, apart))
            if since and not (n.begin in apart or _start_in_doubt(plain, n)):
                told += filter(None, [assumed_periods.without_start(plain, n) or assumed_periods.time_since(plain, n)])
        elif n.kind == "date":
            told += filter(None, [assumed_periods.of_date(plain, n)])
        told += [*hedged.of_number(plain, n), *formulas.of_number(plain, n, calculated)]
        if i and numbers.is_range(text, stated[i - 1], number):
            told = [assumed_periods.LATER_END, *told]
        if told:
            yield number, "；".join(zh for zh, _ in told), "; ".join(en for _, en in told)


def _of_counted(
    text: str, close: str, places: list[int], plain: str, heading: str, n: Number
) -> Iterator[tuple[str, str]]:
    """Of a share: of whom it is counted, and whether it counts itself; of a part: that it may be a share."""
    if n.kind == "part":
        if _may_be_of_people(plain, n):
            yield _NO_SHARE
    elif n.base == "body" and _either_of_two(plain, n):
        yield _EITHER_BODY
    elif n.base == "weight" and heads_beside.counted(plain, n):
        yield heads_beside.NOT_APART
    elif n.base in BASES:
        zh, en = BASES[n.base]
        why = _of_share(plain, n, heading) or (_ACROSS if _across(text, close, places, n, n.base_words) else None)
        if why:
            yield f"以{zh}计：{why[0]}", f"counted of {en}: {why[1]}"


def _may_be_of_people(plain: str, part: Number) -> bool:
    """Whether the sentence of a part says what people do by a share of theirs."""
    around = qualifiers.sentence_around(plain, part.begin, part.end)
    entitles = not parts.of_things(plain, part.begin, part.end) and _ENTITLES.search(plain, *around)
    return bool(entitles or _VOTED.search(plain, *around))


def _of_period(
    plain: str, n: Number, working: bool, joined_across: bool, apart: Mapping[int, starts_apart.Apart]
) -> Iterator[tuple[str, str]]:
    """Of a period: that its start stands in another sentence, or line; then its unit."""
    if n.begin in apart:
        yield apart[n.begin].told()
    if joined_across:
        yield f"自“{n.start_words}”起算：{_ACROSS[0]}", f"runs from “{n.start_words}”: {_ACROSS[1]}"
    yield from filter(None, (assumed_periods.of_period(plain, n, working), *_start_in_doubt(plain, n)))


def _start_in_doubt(plain: str, n: Number) -> list[tuple[str, str]]:
    return [why for of in _OF_START if (why := of(plain, n))]


_OF_START = (
    assumed_periods.counted_back,
    assumed_periods.from_an_object,
    assumed_periods.how_often,
    assumed_periods.not_joined,
)


def _either_of_two(plain: str, n: Number) -> bool:
    """Whether two sorts of people stand right beside the share: 过半数业主或业主代表."""
    return bool(_TWO_BEFORE.search(plain, max(0, n.begin - _NEAR), n.begin) or _TWO_AFTER.match(plain, n.end))


def _of_share(plain: str, n: Number, heading: str) -> tuple[str, str] | None:
    before = qualifiers.clause_before(plain, n.begin)
    after = qualifiers.clause_after(plain, n.end)
    if _either_of_two(plain, n):
        return _EITHER
    if _BRACKET_BEFORE.search(before) or _BRACKET_AFTER.match(after):
        return _IN_BRACKETS
    if n.value in _HALVES and n.inclusive and not _EXACT.search(before[-6:] + plain[n.begin : n.end] + after[:6]):
        return _ITSELF
    if n.base == "roll" and _RATE.search(before):
        return _SOMEBODY_ELSE if _OTHERS.search(plain, *qualifiers.sentence_around(plain, n.begin, n.end)) else None
    return _by_its_words(plain, n, heading, before, after)


def _by_its_words(plain: str, n: Number, heading: str, before: str, after: str) -> tuple[str, str] | None:
    """Whether the words beside the share say of whom, all of them known."""
    if n.base == "present" and n.base_words.endswith("代表"):
        return _SOMEBODY_ELSE
    left, right = _BEFORE.search(before), _AFTER.match(after)
    if left is None or right is None:
        return _NO_ONE_KNOWN
    if not (left["members"] or left["anybody"]) and _SHARE_OF_EACH.search(before) and _EACH_WITH.match(after):
        return _NO_ONE_KNOWN
    if left["members"] or right["members"]:
        return _NO_ONE_KNOWN if right["members"] and _OF_THEIRS.match(after, right.end()) else None
    start, stop = qualifiers.sentence_around(plain, n.begin, n.end)
    others = _OTHERS.search(plain, start, stop) or (heading and _OTHERS.search(heading))
    own = n.base_words and numbers.folded(n.base_words) in before + plain[n.begin : n.end] + after
    if left["anybody"] or right["anybody"] or own:
        return _SOMEBODY_ELSE if others or unknown_bodies.named_in(plain, n.begin, n.end, heading) else None
    if n.base == "roll":
        return _NO_ONE_KNOWN
    above = plain.rfind("\n", max(0, start - qualifiers.LONGEST), max(0, start - 1)) + 1
    return None if _NAMED.search(plain, above, stop) and not others else _FROM_ELSEWHERE


def _not_of_its_clause(text: str, close: str, places: list[int], n: Number) -> bool:
    return n.start_words.startswith(("之日", "当日", "次日", "起")) or _across(text, close, places, n, n.start_words)


def _across(text: str, close: str, places: list[int], n: Number, words: str) -> bool:
    """Whether a line, a cell or a bracket ends between the number and the words it goes by."""
    if not words:
        return False
    at = close.rfind(words, max(0, n.begin - qualifiers.LONGEST), n.begin)
    at, end = (at, n.begin) if at >= 0 else (n.end - 1, close.find(words, n.end))
    if end < 0:
        return True
    between = text[places[at] : places[end]] if end < len(places) else ""
    opened, closed = (sum(between.count(c) for c in pair) for pair in ("（(", "）)"))
    return opened != closed or any(c in between for c in "\t|") or not _only_wrapped(text, between)


def _only_wrapped(text: str, between: str) -> bool:
    """Whether lines that end within these words are as long as the text's longest: broken by whoever set the text, no lines apart."""
    if "\n" not in between:
        return True
    place = text.find(between)
    return all(folding.only_wrapped(text, place + i) for i, c in enumerate(between) if c == "\n")
