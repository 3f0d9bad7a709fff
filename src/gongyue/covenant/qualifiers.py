"""What the clause around a number says of it: of whom it is counted, and whether it counts itself."""

from __future__ import annotations

import re

from gongyue.covenant import ballots, counted_otherwise, implied_bases
from gongyue.covenant.base_words import words_of
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.forms import COMPARED
from gongyue.covenant.numerals import CHINESE

LONGEST = 120
"""Characters of a clause that are looked at on either side of a number."""
_STOPS = re.compile("[，。；：！？,;:!?\n、]")
_NOUN = "(?:法定代表人|个人会员|团体会员|区分所有权人|会员|成员|社员|代表|理事|监事|董事|议员|委员|单位|业主|住户|人员|人|者|票|户)"
_NOUN_ENDS, _NOUN_OPENS = re.compile(f"{_NOUN}$"), re.compile(_NOUN)
_COUNTS = f"(?:{_NOUN}|会议|大会|[的之总数额中]|人数|表决|投票)*"
_BETWEEN = re.compile(f"{_COUNTS}{COMPARED}*$")
_ORGAN = (
    "(?:(?:常务|常任|临时)?(?:理事|监事|理监事|董事|委员|执委|常委|管委|业委|幹事|干事|幹部|干部)会议?|主席团|秘书处"
    "|(?:评审|专家|工作|调查|监督|领导|筹备|仲裁|考核|项目)(?:小)?组|(?:运营|管理|维护|技术)团队|PMC|TSC|TOC)"
)
_WHOLE_ORGAN = f"{_ORGAN}(?:会议)?[的之]?(?:全体|组成|应到|实到|到会|出席|在任|现任|现有)*[的之]?"
_SEATED = re.compile(f"({_WHOLE_ORGAN}(?:成员|委员|人员)(?:单位)?)[的之总数中]*(?:人数)?{COMPARED}*$")
_SITTING = re.compile(f"({_ORGAN})(?:会议|全体|到会|出席|应到|组成|总?人数|总数|名额|投票|表决|[的之（(])*$")
_OWN_TOTAL = re.compile(
    "(?:超过|过|逾|[少低多高大]于|达到?|占|不足|[不未]满)(?:[本该]?(?:会|社|团体|协会|联盟|组织)|全体|全部|所有|在册|应到|[的之])*"
    "((?:个人|团体|单位)?(?:会员|成员|社员|盟员|单位|业主|住户|村民|居民|股东|理事|监事|董事|议员|委员|执委|常委|干部|幹部|干事|代表|缔约国|成员国)(?:单位)?[的之]?(总人数|总数|总额|人数|数))[的之]?$"
)
"""What a number is compared with (到会人数超过会员人数的五分之四): the share is of that, whoever is compared."""
_DUE = re.compile(  # 应投票人数
    "(应(?:该|当)?(?:参加)?(?:投票|表决|出席|到会?|参会)(?:的|之)?(?:会员|成员|社员|单位)?(?:总?人数|总数|数|者)?)[的之]?$"
)
_TURNOUT = re.compile(
    "(?:参加|参与|出席|到会|投票|表决)(?:投票|表决|会议)?[的之]?(?:者|人数|单位|会员|成员|人)?(?:不得?[少低]于|超过|达到?|多于|至少)"
    "(?:全体|全部|本会)?[的之]?(公民|会员|成员|社员|业主|居民|村民|住户)(?:单位|总?人?数)?[的之]?$"
)
"""Those who take part, compared with all (参与表决者不少于公民三成): a share of the roll."""
_SEATED_TOTAL = re.compile("理事|监事|董事|议员|委员|执委|常委|干部|幹部|干事|代表")
_ENTITLED = re.compile("(?<![持占代])(?:具有|享有|拥有|有)(?:表决|投票)权(?![总数票份比])[的之]?")
"""Who has a vote at all (有表决权的会员): that is no weight."""
_ENTITLED_ARE = re.compile(f"[^，。；]{{0,12}}?(?:{_NOUN}|缔约国|成员国)")
_WEIGHED = re.compile(
    "为权重|加权|按(?:照|其)?(?:各自|所持|所占|持有)*的?(?:股份|股权|出资|持股|贡献值?|积分|面积)[^，。；]{0,6}(?:表决|投票|计票)"
)
_MEMBERS_AFTER = re.compile(
    "(?:全体|到会|出席|应到|[的之])*(?:会员|社员|业主|住户|村民|居民|股东|成员单位|单位|用户)(?!代表)"
)
_SEATS_AFTER = re.compile(
    "(?:全体|到会|出席|与会|应到|实到|[的之])*"
    f"({_WHOLE_ORGAN}(?:成员|委员|人员)|(?:会员|成员|单位|社员|业主|村民|居民)?(?:理事|监事|董事|委员|常务|代表)(?![会长大]))"
)
_BARE_SEATS = re.compile(
    "(?:以上|多数)?[的之]?(?:到会|出席|参会|与会|应到)?[的之]?(?:成员|人员|组成人员)(?!单位|大会|国)"
)
_SUBJECT = re.compile(
    f"[（(0-9一二三四五六七八九十）)、.]*(?:本会|本社|协会|联盟|社区)?({_ORGAN}|会长(?:办公)?会议?|秘书长会议|联席会议)(?!长)"
)
"""Who sits on a body: after the share they say that it is counted among them, whoever else the clause names before it."""
_INCLUDED = "(?:[（(](?:均|皆|都)?(?:含|包括|包含)[^（）()]{0,8}[）)])?"
_AFTER_SHARE = re.compile(f"{_INCLUDED}(?:以上|以下|多数)?{_INCLUDED}[的之]?")
_ATTENDANCE = re.compile(
    f"((?:(理事|监事|董事|委员|议员|代表|干部|幹部)(?:会议?)?)?(?:会议|大会)?(?:出席|到会|参会|与会|到场|签到|投票|表决|参与|参加|参与投票|回收)率)"
    f"(?:[的之在为需]|不足|未达到?|{COMPARED})*$"
)
"""A rate of attendance or of voting is of all that could come."""
_NAMELESS = "(?:出席|到会|与会|参会|实到|在场)(?:会议)?[的之]?"
_NAMELESS_BEFORE = re.compile(f"{_NAMELESS}(?:人数|人员|者|总人数|总数)?[的之]?(?:总数)?{COMPARED}*$")
_NAMELESS_AFTER = re.compile(
    f"{_INCLUDED}(?:以上|以下|多数)?{_INCLUDED}[的之]?{_NAMELESS}(?:人数|人员|者|人|成员)(?!单位)"
)
"""Who was there, without saying who: at the meeting of what the sentence is about."""
_SENT = re.compile("((?:出席|到会|参会|与会|到场)[的之]?(?:会员|成员)?代表)(?=[^会团]|$)")
_DELEGATES = re.compile("代表大?会|选[举派出]?[的之]?代表")
"""Of an assembly of members those present are whom each unit sent; of one of delegates they are a body."""
_GOES_ON_ABOUT = re.compile("其|该会|会议|决议|决定")
_ASSEMBLY = re.compile("大会|全体(?:会员|成员|业主|社员)|(?:会员|成员|社员|业主|住户|所有权人|股东|村民|居民)会")
_COUNTED = re.compile(
    "(?:会议|大会|本次)?[的之]?(?:全体)?(?:会员|成员|社员|代表|理事|监事|委员|单位|业主|住户|人|者|票)"
)
_ABSENT = re.compile("[未没不](?:有|能|得|参与|到)?$")
_NO_BODY = {"户": ("商", "用", "客", "农", "账", "帐")}
"""What stands before a body's word where it is another word: 商户 are members, 法定代表人 are no delegates."""
_TOTALS, _NUMERIC = ("总数", "总额", "总人数", "全体"), f"0-9{CHINESE}半过"
_WHOLE = "(?:全体|到会|出席|应到|参会|会员|成员|社员|单位|代表|理事|业主|总人数|总数|总额|人数|[了到其的之])"
_OUTSIDE_BEFORE = re.compile(
    rf"(?:(?<![不未])(?<!不[得能可应])(?:超过?|(?<=[须得应需以员位数者人])过|^过|逾|[多大高少低小]于)|不足|[不未]满|不到|未到|未达到?)(?:{_WHOLE}){{0,5}}$"
    rf"|(?<![不未])(?<!不[得能可应])(?:超过|[多大高少低小]于|不足|未达到?)[^，。；：、{_NUMERIC}]{{0,14}}[的之数员位者额体票人]$"
)
_NOT = "(?:均|皆|都)?不(?:含|包括|包含)"
_OUTSIDE_AFTER = re.compile(
    rf"[以之]外|(?:加|[+＋])[一1]|又一|[以之]?[上下内]?(?:[（(]{_NOT}(?:[本该此]数|在内|[{_NUMERIC}分之数%/.]{{1,9}}[日天月年周个名家人]{{0,2}})?[）)]|[，,（(]?(?:{_NOT})?(?:本数|[^，。；]{{1,3}}分之[^，。；]{{1,3}}|半数)除外"
    rf"|[，,]?{_NOT}(?:本数|该数|半数|[^，。；]{{1,3}}分之))"
)
_SHORT_OF = re.compile(rf"(?:不足|[不未]满|不到|未到|[未没]有?达到?|少于|低于|小于)(?:{_WHOLE}){{0,5}}$")
_SHORT_OF_WHOM = re.compile(rf"(?:不足|未达到?|[少低小]于)[^，。；：、{_NUMERIC}]{{0,14}}[的之数员位者额体票人]$")
"""With words unknown here in between, and of a share that has no word of its own for leaving itself out: 未到会的会员过半数 is over half."""
_NOT_OVER = re.compile(rf"[未没]有?(?:超过|过)(?:{_WHOLE}){{0,5}}$")
_AND_ALSO = re.compile("(?:和|及|与)$")  # 全体管理员和半数以上成员: what stands before is of others
_OPEN_END, _AND = re.compile("(?:起|后)$"), re.compile("[并且]")
_MOMENT_ENDS = re.compile("(?:生效|起效|施行|实施|批准|核准|核备|通过|签署|签字)$")


def names_a_body(heading: str) -> bool:
    """Whether what stands under a heading is a body's own affair (理事会议事规则), not the assembly's."""
    plain = fold(heading)
    return bool(re.search(_ORGAN, plain)) and not re.search("大会|总会|全体", plain)


def includes(plain: str, begin: int, end: int) -> bool:
    """Whether the number itself counts, as its own words say; 以上 and nothing at all include it (Civil Code 1259)."""
    return not (
        _OUTSIDE_BEFORE.search(plain[max(0, begin - 16) : begin]) or _OUTSIDE_AFTER.match(plain[end : end + 14])
    )


def suffices(before: str, written: str, included: bool) -> bool:
    """Whether it is enough to reach the share itself as it is written, where a clause asks for it by what is not enough.

    不足三分之二的，表决无效 asks for two thirds, 未超过半数的，不得通过 for more than half: just what the words leave out.
    """
    short = _SHORT_OF.search(before) or (_SHORT_OF_WHOM.search(before) and not written.startswith(("过", "超")))
    return bool(short) or (included and not _NOT_OVER.search(before))


def base_of(plain: str, begin: int, end: int) -> tuple[str, str]:
    """Of whom the share is counted, and the words that say so; the roll without any."""
    said = said_base(plain, begin, end)
    return said or implied_bases.base_of(plain, begin, end, clause_before(plain, begin), said_base) or ("roll", "")


def said_base(plain: str, begin: int, end: int) -> tuple[str, str] | None:
    """What the share's own clause says of it; None where it says nothing."""
    before, after = clause_before(plain, begin), clause_after(plain, end)
    start, stop = sentence_around(plain, begin, end)
    if due := _DUE.search(before) or (not _OWN_TOTAL.search(before) and _TURNOUT.search(before)):
        return "roll", due[1]
    if by := _WEIGHED.search(plain, start, stop):
        return "weight", by[0]
    if otherwise := counted_otherwise.base_of(plain, begin, end, (before, after), words_of("weight")):
        return otherwise
    before, after = _without_entitled(before, after), _without_entitled(after, "")
    before = "" if _AND_ALSO.search(before) else before
    if weighed := next((w for w in words_of("weight") if w in before or w in after), ""):
        return "weight", weighed
    if own := _OWN_TOTAL.search(before):
        return ("body", own[1]) if _SEATED_TOTAL.search(own[1]) else ("roll", own[2])
    if rate := _ATTENDANCE.search(before):
        return ("body" if rate[2] or _SUBJECT.match(plain, start, begin) else "roll"), rate[1]
    if seated := _seated(before, after[_end(_AFTER_SHARE, after) :]) or _seated_of_sentence(plain, begin, end):
        return "body", seated
    found = _base_before(before) or _base_after(after)
    sent = _sent_there(plain, begin, stop, before, after) if found == ("body", "代表") else ""
    return ("present", sent) if sent else found or ballots.base_of(before, after)


def _sent_there(plain: str, begin: int, stop: int, before: str, after: str) -> str:
    """The words for those whom the members sent and who are there, where the sentence is of an assembly of members."""
    start = sentence_around(plain, begin, begin)[0]
    of_members = _ASSEMBLY.search(plain, start, begin) and not _DELEGATES.search(plain, start, stop)
    if not of_members or _SUBJECT.match(plain, start, begin):
        return ""
    sent = _SENT.search(before) or _SENT.match(after[_end(_AFTER_SHARE, after) :])
    return sent[1] if sent else ""


def _without_entitled(text: str, rest: str) -> str:
    """The clause with 有表决权的 blanked where members follow it; 持有表决权三分之二 stays a weight."""
    return _ENTITLED.sub(lambda m: "\0" * len(m[0]) if _ENTITLED_ARE.match(text[m.end() :] + rest) else m[0], text)


def sentence_around(plain: str, begin: int, end: int) -> tuple[int, int]:
    """Where the sentence of the number begins and ends."""
    start = max(plain.rfind(stop, max(0, begin - LONGEST), begin) for stop in "。；\n") + 1
    stops = (p for stop in "。；\n" if (p := plain.find(stop, end, end + LONGEST)) >= 0)
    return max(start, begin - LONGEST), min(stops, default=end + LONGEST)


def _seated(before: str, after: str) -> str:
    """The words that say the share is counted within a body: those on it after the share, or it or those on it right before."""
    if found := _SEATS_AFTER.match(after):
        return found[1]
    if _MEMBERS_AFTER.match(after):
        return ""
    found = _SEATED.search(before) or _SITTING.search(before)
    return found[1] if found else ""


def _seated_of_sentence(plain: str, begin: int, end: int) -> str:
    """A body that the sentence is about, where the share is only of its 成员 or 人员 (理事会每季开会，须有三分之二以上的成员出席).

    Or of those who were there (执委会须……，其决议须经三分之二以上与会者通过), also where the sentence goes on from the one before.
    """
    nameless = _NAMELESS_AFTER.match(plain, end) or _NAMELESS_BEFORE.search(clause_before(plain, begin))
    if not (nameless or _BARE_SEATS.match(plain, end)):
        return ""
    start = max(plain.rfind(stop, max(0, begin - LONGEST), begin) for stop in "。；\n") + 1
    found = _SUBJECT.match(plain, max(start, begin - LONGEST), begin)
    if nameless and not found and start > 1 and _GOES_ON_ABOUT.match(plain, start) and plain[start - 1] in "。；":
        start = max(plain.rfind(stop, max(0, start - LONGEST), start - 1) for stop in "。；\n") + 1
        found = _SUBJECT.match(plain, start, begin)
    if not found or (nameless and _ASSEMBLY.search(plain, found.end(), begin)):
        return ""
    return found[1]


def _base_before(before: str) -> tuple[str, str] | None:
    found = [
        (at, name, word)
        for name in ("present", "voting", "branch", "roll", "body")
        for at, word in _all(before, words_of(name))
    ]
    for at, name, word in sorted(found, key=lambda f: (-(f[0] + len(f[2])), -len(f[2]))):
        if _is_base(before, at, name, word):
            if name == "roll" and word in _TOTALS and (wider := _counted_within(before, at, found)):
                return wider
            return name, word
    return None


def _is_base(before: str, at: int, name: str, word: str) -> bool:
    """Whether a base word before the share says of whom: a body only right before it, presence not as a verb."""
    rest = before[at + len(word) :]
    if name == "body":
        own = not before[:at].endswith(_NO_BODY.get(word, "法定")) and not rest.startswith(("会", "长"))
        return own and bool(re.fullmatch(_BETWEEN.pattern.rstrip("$"), rest))
    if name == "branch" and word.startswith("分会") and before[:at].endswith("本"):
        return False  # 本分会会员: of the text's own association
    if name in ("present", "voting"):
        if _ABSENT.search(before[:at]):
            return False
        return not (_NOUN_ENDS.search(before[:at]) and not _COUNTED.match(rest)) or not rest
    return True


def _counted_within(before: str, at: int, found: list[tuple[int, str, str]]) -> tuple[str, str] | None:
    """The narrower base a total is of: 出席会员总数 counts those present."""
    for start, name, word in sorted(found, reverse=True):
        if (
            name in ("present", "voting", "body")
            and start < at
            and re.fullmatch(
                _COUNTS, before[start + len(word) : at]
            )  # 投票的少于全体: compared with all, not of those who vote
        ):
            return name, word
    return None


def _base_after(after: str) -> tuple[str, str] | None:
    rest = after[_end(_AFTER_SHARE, after) :]
    for name in ("present", "voting", "branch", "roll", "body"):
        for word in words_of(name):
            if not rest.startswith(word):
                continue
            tail = rest[len(word) :]
            if name == "body" and tail.startswith(("会", "长")) or (name == "present" and not _COUNTED.match(tail)):
                continue
            return name, word
    return None


def _end(pattern: re.Pattern[str], text: str) -> int:
    return found.end() if (found := pattern.match(text)) else 0


def clause_before(plain: str, begin: int, since: bool = False) -> str:
    """The clause up to the number; 、 between two nouns does not end it, nor a comma after 起 where a start is sought."""
    near = plain[max(0, begin - LONGEST) : begin]
    start = 0
    for stop in _STOPS.finditer(near):
        left, right = near[: stop.start()], near[stop.end() :]
        listed = stop[0] == "、" and (since or _NOUN_ENDS.search(left) and _NOUN_OPENS.match(right))
        if not (listed or (since and stop[0] in "，," and _goes_on(left, right))):
            start = stop.end()
    return near[start:]


def _goes_on(left: str, right: str) -> bool:
    """Whether a period after the comma may run from what stands before it: …之日起，… and …后生效，并在二十日内…"""
    return bool(_OPEN_END.search(left) or (_MOMENT_ENDS.search(left) and _AND.match(right)))


def clause_after(plain: str, end: int) -> str:
    """The rest of the clause behind the number."""
    near = plain[end : end + LONGEST]
    stop = _STOPS.search(near)
    return near[: stop.start()] if stop else near


def _all(text: str, words: tuple[str, ...]) -> list[tuple[int, str]]:
    return [(m.start(), word) for word in words if word in text for m in re.finditer(re.escape(word), text)]
