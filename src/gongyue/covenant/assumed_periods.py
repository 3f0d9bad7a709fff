"""What was assumed of a period itself: its unit, or that it is one, where the words can mean another.

十五日 in a text that speaks of working days elsewhere, 三月内 that may be March, 当月十日内 that may be the tenth, 两个会计年度 that end with
the books and not after 24 months; and periods without a number (数日内, 任期两届 where no 届 has a length), of which nothing is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from gongyue.covenant import qualifiers
from gongyue.covenant.binding import folding
from gongyue.covenant.forms import ROUGHLY
from gongyue.covenant.numbers import Number
from gongyue.covenant.numerals import CHINESE

WORKING = re.compile("工作[日天]|营业日|上班日|交易日|營業日")
"""The words by which a text tells days that are worked from all days."""
_ALL_DAYS = re.compile("自然日|日历日|公历日")
_PLAIN_DAY = re.compile("[日天]$")
_N = f"[0-9{CHINESE}]"
_MONTH_NAMED = re.compile(f"{_N}月$")
_OF_A_YEAR = re.compile("(?:学年度?|(?:会计|财政)年度)$")
_TOWARDS = re.compile("民国|公元|西元")
EARLIEST = 1000
"""No year of a covenant is before it: 八十九年 is a year of the Republic, or of something else."""
_HALVES = re.compile(f"{_N}个半月?$")
_DAY_OF_MONTH = re.compile("[当每次本同翌]月$")
_SOME = re.compile(
    f"(?:数|若干|几|(?<![0-9{CHINESE}])(?:{ROUGHLY.pattern}))个?(?:工作日|日|天|周|星期|月|年|小时)[以之]?[内后]"
)
_BLANK = re.compile(
    "(?:(?<![_\uff3f])[_\uff3f]++|[Xx\uff38\uff58×○]{1,3}|[\\[【（(][]】）)])个?(?:工作日|日|天|周|月|年|小时)(?:[以之]?[内后前]|(?=[，。；]))"
    "|(?:任期|期限|届期|有效期)(?:为|是|定为)?个?(?:年|月|日)(?=[，。；])"
    f"|(?<![0-9{CHINESE}个半整])(?:当年|年|当月|月)[以之]?内(?=[^，。；]{{0,12}}(?:公布|公告|答复|办理|完成|作出|通知|报|召开|处理))"
)
_MARKED = re.compile(
    f"(?:^|(?<=[\n。；：;:]))[0-9A-Za-z]{{1,2}}\\.({_N}{{1,4}}个?(?:工作日|日|天|周|星期|月|年|小时)[以之]?[内后前])"
)
_TERMS = re.compile(f"(?:任期|为期|期限)[^，。；\n]{{0,4}}?(?:{_N}|每)届")
_TERM_SAID = re.compile(f"届[^。；\n]{{0,10}}{_N}{{1,4}}个?[年月]|任期[^，。；\n]{{0,6}}{_N}{{1,4}}个?[年月]")

_DAYS = (
    "日、天读作日历日，而本文另有工作日的说法",
    "days are taken as calendar days, and the text speaks of working days elsewhere",
)
_MARCH = ("读作几个月，也可能是月份", "taken for a number of months; it may name a month")
_TENTH = ("读作若干日的期限，也可能是该月的某日", "taken for a number of days; it may be a day of that month")
_WHICH_YEAR = (
    "照写读作{}年，没有写明是民国还是公元",
    "is taken for the year {} as written; the words do not say of which era",
)
NO_ERA = (
    "照写读作某年，没有写明是民国还是公元",
    "are taken for years as written; the words do not say of which era",
)
"""Of several such dates at once."""
_BACK = (
    "向前数，自哪一事向前数没有读出",
    "is counted back, and from what was not read",
)
_WITHIN = (
    "是若干时间之内，自何时起没有读出",
    "is a time within which, and since when was not read",
)
_SINCE = (
    "是某事以来的时间，自何时起没有读出",
    "is a time that has passed since something, and since when was not read",
)
ALIKE = {
    _BACK: (_BACK[0], "are counted back, and from what was not read"),
    _WITHIN: (_WITHIN[0], "are times within which, and since when was not read"),
    _SINCE: (_SINCE[0], "are times that have passed since something, and since when was not read"),
}
"""What several periods of a text have in common, and is asked once; said of all of them."""
_NAMES_A_YEAR = (
    "读作多长的期限，也可能指某一年、某一月",
    "is taken for a length of time; it may name a year or a month",
)
_EITHER_SIDE = (
    "前、后并写，自该事之后还是向前数不能断定",
    "is said to run before and after its event, and which is meant cannot be told",
)
_OBJECT = (
    "自“{}”起算，那也可能只是所办的事，不是起算的事",
    "is taken to run from “{}”, which may be no event but what something is done to",
)
_HOW_OFTEN = (
    "读作多长的期限，也可能是多久一次",
    "is taken for a length of time; it may say how often",
)
_NOT_JOINED = (
    "“{}”在上一分句，没有并入作起算",
    "“{}” stands in the clause before and was not joined to it as its start",
)
_BEHIND_A_MARK = (
    "紧接项号的点，没有读作期限；要按它计期限，请把项号改写为（1）一类",
    "stands right behind the dot of a mark, and is taken for no period; to have it counted, write the mark as （1）",
)
_BY_TIME = (
    "读作期限，也可能是以时间写的金额",
    "is taken for a length of time; it may say how much is paid",
)
_BOOKS = (
    "学年、会计年度读作十二个月",
    "a school or business year is taken for twelve months",
)
_AND_A_HALF = ("个半月的半月读作十五日、每月三十日", "months and a half are taken for thirty and fifteen days")
_NO_NUMBER = (
    "没有写明多少，不读作期限",
    "does not say how many, and is taken for no period",
)
LATER_END = (
    "是范围的后一端，据以计算的是它；前一端不据以计算",
    "is the later end of a range and what is counted by; the earlier is not",
)
_OFTEN = re.compile(
    "(?:隔[年月周日]|逐[年月季周]|按(?:季度?|[年月周]度?|旬))(?=[^，。；：\n]{0,6}(?:举[办行]|召[开集]|开会|轮[值流换]|换届|改选|公[布告示]|检查|评估|清点|培训|审[计核查]))"
)
_NO_COUNT = (
    "说的是多久一次，没有写数，没有读出",
    "says how often without a number, and was not read",
)
_NO_LENGTH = (
    "本文没有写明一届多长，不读作期限",
    "the text does not say how long a term is, and it is taken for no period",
)


@lru_cache(maxsize=16)
def says_working_days(text: str) -> bool:
    """Whether a text tells working days from others, so that plain days in it may be either."""
    return bool(WORKING.search(text))


def of_period(plain: str, n: Number, working: bool) -> tuple[str, str] | None:
    """What was assumed of the unit or the kind of a period; `working`: the text speaks of working days."""
    if _PAID.match(plain, n.end):
        return _BY_TIME
    written = plain[n.begin : n.end]
    if n.unit == "day" and _PLAIN_DAY.search(written) and not _ALL_DAYS.search(written):
        if _DAY_OF_MONTH.search(plain[max(0, n.begin - 2) : n.begin]):
            return _TENTH
        return _DAYS if working else None
    if n.unit == "day" and _HALVES.search(written):
        return _AND_A_HALF
    if n.unit == "month" and _MONTH_NAMED.search(written):
        return _MARCH
    if _ONE.fullmatch(written) and _WHICH.search(plain[max(0, n.begin - 2) : n.begin]):
        return _NAMES_A_YEAR
    return _BOOKS if n.unit == "month" and _OF_A_YEAR.search(written) else None


_PAID = re.compile(
    "(?:以[上下])?[的之]?[^，。；：、内后前起未不应须可得缴交欠付收退支\n]{0,6}?"
    "(?:费(?!率)|租金|房租|工资|薪[资酬水金]|报酬|利息|保证金|押金|违约金|滞纳金|补偿金|赔偿金|津贴|补贴|租(?=[，。；：、\n]|$))"
)
"""三个月租金 is a sum; 三个月内缴纳会费 and 三个月未缴会费 are time."""
_ONE = re.compile("[一1]个?(?:年度?|月|季度?|星期|周)")
_WHICH = re.compile("(?:(?<!以)[上下]|[次翌])$")
"""上一年基金余额 is of the year before; 三分之二以上一年 is not."""


_BACK_AFTER = re.compile("个?[以之]?前(?![款述列条项文])")
_BACK_BEFORE = re.compile("(?<![提以])前(?:的|至少|不少于|不得少于|应?至少|最少)?$")
"""期满前三十日, 开会十五日前: the words name what it is counted back from. 召开会议应当提前三十日 is before what its clause does."""
_AHEAD = re.compile("提[前早](?:至少|不少于|不得少于|应?至少|最少)?$")
_COMING = re.compile(
    "召[开集](?!人)|[举进]行|开会|会议|届满|期满|到期|换届|改选|选举|调整|变更|退[会出群]|辞[职去任]|离[职任开]|施行|实施|生效|修[改订]"
    "|注销|终止|解[散除]|停止|暂停|开[始展放]|[举主承]办|发布|上线|转让|提交|实行|活动|罢免|除名|表决|停[用业机]"
)
"""What may be ahead; 需提前五日通知 says of nothing that it is."""


_BOTH_WAYS = re.compile("(?:前[（(/]?(?:、|或者?)?后|后[（(/]?(?:、|或者?)?前)[）)]?(?:各|的)?$")
_DONE_TO = re.compile("(?:受|审[核查议批]|驳回|拒绝|撤回|补正|登记|核准|批准|同意)[^，。；：]{0,6}$")
"""Before 申请 as the start of a period: 自受理登记申请十五日内 and 自受请求之日起 run from what is done to it."""


def from_an_object(plain: str, n: Number) -> tuple[str, str] | None:
    """That the word a period is taken to run from is only the object of another verb."""
    words = folding.fold(n.start_words)
    at = plain.rfind(words, max(0, n.begin - _FAR), n.begin) if n.start == "proposal" and words else -1
    if at < 0 or not _DONE_TO.search(plain, max(0, at - _NEAR), at):
        return None
    zh, en = _OBJECT
    return zh.format(n.start_words), en.format(n.start_words)


def counted_back(plain: str, n: Number) -> tuple[str, str] | None:
    """That a period is counted back from an event, which is no start, or that the words leave open which way it is counted."""
    if _BOTH_WAYS.search(plain, max(0, n.begin - _NEAR), n.begin):
        return _EITHER_SIDE
    if n.start or not n.value:
        return None
    near = max(0, n.begin - _NEAR)
    back = _BACK_AFTER.match(plain, n.end) or _BACK_BEFORE.search(plain, near, n.begin)
    ahead = _AHEAD.search(plain, near, n.begin)
    if ahead and not _COMING.search(qualifiers.clause_before(plain, n.begin)):
        return _BACK
    return _BACK if back else None


_UP_TO = re.compile("(?:[（(]含[）)])?及?(?:[以之]?内|(?!任期)[^，。；：、\n]{0,5}期间?内)")
"""三十日内, and 三十日（含）复效期内; a term of office runs from its beginning."""
_COUNTS_WHAT_WAS = re.compile(f"[^，。；：、\n]{{0,16}}(?:[{CHINESE}0-9]次|的(?=[，。；：、\n]|$))")
"""三年内两次违规的 looks back from whenever that is asked."""
_HAS_TO = re.compile("[未不应须]|没有")
_LATELY = re.compile("(?:(?<![靠接邻附临])近|过去)$")
_NOT_PASSED = re.compile("(?:未满|不满|未逾|未超过|未届满)足?$")
"""What was less than so long ago (刑罚执行完毕后未满二年) is within that time, as 近二年内 is."""


def without_start(plain: str, n: Number) -> tuple[str, str] | None:
    """That something is, or was, within a period, and its clause does not say since when: 出缺时，应于二个月内补选, 被除名未满五年."""
    if not n.value or n.start or n.delay:
        return None
    before = plain[max(0, n.begin - _NEAR) : n.begin]
    if _LATELY.search(before) or _NOT_PASSED.search(before):
        return _WITHIN
    if not _UP_TO.match(plain, n.end):
        return None
    if _DAY_OF_MONTH.search(plain[max(0, n.begin - 2) : n.begin]):
        return None
    bound = _HAS_TO.search(qualifiers.clause_before(plain, n.begin))
    return None if _COUNTS_WHAT_WAS.match(plain, n.end) and not bound else _WITHIN


_W = "[^，。；：、\n]"
_PASSED = re.compile(
    f"(?:入[社会盟群职团队校伍站学]|加入{_W}{{0,6}}|退[社会盟群出]|离[职校任]|卸任|注册|成立|设立|开业|成为{_W}{{0,6}}|逾{_W}{{0,5}})"
    "(?:时间|已|达|达到|满|须|应|不少于|至少|超过)*$|(?:^|[，。；：、\n条])(?:凡|须|应)?满$"
)
_IS_PASSED = re.compile("[以之]?[上后]|的|[^，。；：、\n]{0,2}[未不仍]|[，。；]|$")


def time_since(plain: str, n: Number) -> tuple[str, str] | None:
    """That so long ago something was done or fell due, which has no word of a start (入社半年以上, 逾期一个月): since when is not read."""
    if not n.value or n.start or not _PASSED.search(plain[max(0, n.begin - 2 * _NEAR) : n.begin]):
        return None
    return _SINCE if _IS_PASSED.match(plain, n.end) else None


_TIMES = re.compile(f"[^，。；：、内后前]{{0,6}}[{CHINESE}0-9]{{1,2}}次(?!性)")
_CLAUSE_ABOVE = re.compile(
    "([^，。；：、\n]{1,24}(?:之后|以后|后|之日起|日起|(?<![做抓说干发引提一兴掀激升奋担负])起))[，,](?:应当?|须|需|必须|可以?|并|即|在|于|至少|最迟|不少于|内)*$"
)


def how_often(plain: str, n: Number) -> tuple[str, str] | None:
    """一年调整一次 says how often, though it is no word of the form 每年."""
    return _HOW_OFTEN if n.value and not n.start and _TIMES.match(plain, n.end) else None


def not_joined(plain: str, n: Number) -> tuple[str, str] | None:
    """That the clause above ends as a start does (产生后，须一个月内召开), and the period has none of its own."""
    above = _CLAUSE_ABOVE.search(plain, max(0, n.begin - _FAR), n.begin) if n.value and not n.start else None
    if above is None or n.delay:
        return None
    zh, en = _NOT_JOINED
    return zh.format(above[1]), en.format(above[1])


_NEAR, _FAR = 8, 40
"""Characters before a period, or its start, in which words say so; before a period in which its start stands."""


def of_date(plain: str, n: Number) -> tuple[str, str] | None:
    """A year of two or three digits whose era nobody names."""
    year = str(n.value).split("-")[0]
    dated = plain[n.begin : n.end]
    if "年" not in dated or _TOWARDS.match(dated) or int(year) >= EARLIEST:
        return None
    zh, en = _WHICH_YEAR
    return zh.format(int(year)), en.format(int(year))


def without_number(plain: str, whole: str) -> Iterator[tuple[int, int, str, str]]:
    """Periods of which the words give no number: where they begin and end, and what was assumed; `whole`: all of the text."""
    for pattern in (_SOME, _BLANK):
        for m in pattern.finditer(plain):
            yield (*m.span(), *_NO_NUMBER)
    for m in _OFTEN.finditer(plain):
        yield (*m.span(), *_NO_COUNT)
    for m in _MARKED.finditer(plain):
        yield (*m.span(1), *_BEHIND_A_MARK)
    if "届" in plain and not _says_a_term(whole):
        for m in _TERMS.finditer(plain):
            yield (*m.span(), *_NO_LENGTH)


@lru_cache(maxsize=16)
def _says_a_term(whole: str) -> bool:
    return bool(_TERM_SAID.search(whole))
