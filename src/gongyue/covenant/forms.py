"""How numbers are written: the patterns of shares, periods, dates, frequencies, headcounts, ages and money, tried on a folded text."""

from __future__ import annotations

import re
import unicodedata

from gongyue.covenant.numerals import CHINESE

HAN = f"{CHINESE}參"
_N = rf"(?:[0-9]{{1,4}}(?![0-9])|[{HAN}]{{1,8}})"
_FRACTIONS = "".join(
    chr(c)
    for c in range(0xBC, 0x2190)
    if "VULGAR FRACTION" in unicodedata.name(chr(c), "") and c not in {0x2189, 0x215F}  # 0/3, and 1/ alone
)
_MEMBERS = "成员|会员|社员|代表|委员|理事|监事|单位|同意|票|人"
_BOUND = rf"以上|以下|以内|之内|以外|多数|(?=[的之]?(?:{_MEMBERS}))"
SHARE = re.compile(
    rf"(?P<over>(?:[0-9]{{1,4}}|[{HAN}]{{1,6}})分之(?:[0-9]{{1,4}}|[{HAN}]{{1,6}})(?:[点][〇零一二三四五六七八九]{{1,4}})?)"
    r"|(?P<short>(?<![一二三四五六七八九十百])[二三四五]分[一二三四](?=以上|之[出同]))"
    r"|(?<![0-9/.])(?P<slash>[0-9]{1,3}/[0-9]{1,3})(?![0-9/月日年])"
    r"|(?<![0-9.])(?P<percent>[0-9]{1,3}(?:\.[0-9]{1,4})?[%﹪])"
    rf"|(?P<sign>[{_FRACTIONS}])"
    rf"|(?P<half>过半[数]|过半(?=[的之同通出表赞会成代委理票]|[，。；、]|$)|半数|(?<!一)一半(?!以?[年月天日个]))"
    rf"|(?<![{HAN}0-9])(?P<tenths>[一二三四五六七八九两]成(?:半|[一二三四五六七八九](?![年月日天个家名人]))?)"
    rf"(?:(?P<bound>(?={_BOUND.split('|(?=', maxsplit=1)[0]}|[的之]?(?:{_MEMBERS}|赞成|通过|表决|出席|到会|投票|参加|参与"
    r"|认可|支持|附议|联名|连署|提议|请求)))|(?=[，。；：、,;:）)]|$))"
)
_PAREN = rf"(?:[（(](?P<again>{_N})[）)])?"
_TO = "(?:[至到~～〜∼]|[—–\\-－‐‑‒―−─]{1,2})"
TO = re.compile(f"\\s*{_TO}\\s*")
"""Between the two ends of a range, whichever of the many dashes somebody typed."""
_UNIT = (
    r"(?P<workday>个?(?:工作[日天]|营业日|上班日|交易日))"
    r"|(?P<hour>个?小时)"
    r"|(?P<month>个月份?(?![末初底])|月(?=[以之]?内)|(?<=个半)月)"
    r"|(?P<quarter>个季度?)"
    r"|(?P<year>个?(?:(?:自然|公历|日历)年度?|学年度?|(?:会计|财政)年度|年)(?![代级度满]|规划|计划|一度|纪))"
    rf"|(?P<week>个?(?:星期|礼拜|周(?![岁年])(?!(?:{_TO}){_N}周?岁)))"
    r"|(?P<day>个?(?:自然日|日历日|日(?![报常])|天))"
)
PERIOD = re.compile(
    rf"(?:(?P<low>{_N}){_TO})?(?P<n>{_N}|半(?=[年个])){_PAREN}(?P<and>个半(?=月)|半(?=个))?(?:{_UNIT})"
    rf"(?P<more>半(?![数年月]))?"
)
_YEAR = rf"(?:{_N}|[〇○零一二三四五六七八九]{{4}})"
DATE = re.compile(
    rf"(?:民国|公元|西元)(?P<y4>{_YEAR})年(?![内之以后])(?!{_N}月)"
    rf"|(?:民国|公元|西元)?(?P<y>{_YEAR})年(?:(?P<m>{_N})月(?:份?)(?:(?P<d>{_N})[日号])?)"
    r"|(?P<y5>[0-9]{4}|[〇○零一二三四五六七八九]{4})年度"
    rf"|(?P<m2>{_N})月(?P<d2>{_N})[日号](?:[、和至到~～—–-]{_N}[日号])*(?![以之]?内)"
    rf"|[每当次本同]月(?P<d3>{_N})[日号](?![以之]?内)"
    rf"|(?P<m3>{_N})月[底末]"
    r"|(?P<iso>[0-9]{4}[-./][0-9]{1,2}[-./][0-9]{1,2})"
)
EVERY = re.compile(
    rf"每(?:隔|满)?(?:(?P<half>半(?P<halved>年|个?月))|(?:(?P<low>{_N}){_TO})?(?P<n>{_N}|两)?(?P<and>个半)?(?P<unit>年度?|个?季度?|个?月|学年|个?学期|个?星期|周|日|天|个?小时))(?![满岁])"
    rf"(?:[^，。；、！？\n次]{{0,12}}?(?P<least>至少|不少于|不得少于|不低于)?[^，。；、！？\n次]{{0,12}}?(?P<times>{_N})(?P<to>{_TO}{_N})?次(?!性))?"
    rf"|(?P<n2>{_N}|半)(?P<unit2>年|个?学期|个?月|个?季度|周)"
    r"(?:至少|最少|应当?|须|定期|召[开集]|[举进]行|举办|开[会展]|公布|换届|改选|选举|评[选审]|更[新换]){0,3}[一1]次"
)
SLOGAN = '(?:(?<=[“「『"])三个代表(?=[”」』"])|三个代表(?=重要))'
"""“三个代表”重要思想 is a doctrine and no number of people; nor is 二人转 or 五人制."""
HEADS = re.compile(
    rf"(?!{SLOGAN})(?:(?P<low>{_N}){_TO})?(?P<n>{_N}|乙(?=名))(?:位|名|人(?!次|民币|[均工格身]|转(?![让入出正为])|制(?![定订造作]))|家(?!庭)|户(?!口)"
    rf"|个(?:以上|以下)?的?(?:{_MEMBERS[: _MEMBERS.index('|同意')]}|个人会员|团体会员|发起人|社会团体))"
)
AGE = re.compile(rf"(?P<n>{_N})(?:周?岁|周(?={_TO}{_N}周?岁))")
MONEY = re.compile(
    rf"(?P<n>(?<![0-9.])(?:[0-9]{{1,3}}(?:,[0-9]{{3}}|，0[0-9]{{2}})+|(?<![0-9][,，])[0-9]{{1,12}})(?:\.[0-9]{{1,4}})?"
    rf"|[{HAN}万萬亿億]{{1,12}})(?P<large>[万萬亿億]?)(?:[元圆](?!旦)|人民币)"
)
"""10,000元 is one sum; of 2，100元 nobody can tell whether it is one or two, so that it is not read."""
COMPARED = "(?:比例|占比|所占|占|不?[得能应可]*(?:超过|[少低多高大]于)|达到?|应当?|至少|须)"
"""Between what is counted and its share (占比不少于, 须达到)."""
INTERVALS = {
    "年": (12, "month"),
    "季": (3, "month"),
    "月": (1, "month"),
    "周": (7, "day"),
    "学期": (1, "term"),
    "期": (7, "day"),
    "日": (1, "day"),
    "天": (1, "day"),
    "时": (1, "hour"),
}
LAST_DAYS = {2: 28, **dict.fromkeys((4, 6, 9, 11), 30)}
AT_LEAST = re.compile("(?:不得?[少低]于|至少|最少|超过|多于|高于|达到?|过|逾|满)[^，。；：、]{0,8}$")
ROUGHLY = re.compile("一[二两]|[二两]三|三[四五]|四五|五六|六七|七八|八九")
"""两三天, 三五日: about so many, not twenty-three."""
OF_MONEY = re.compile("[之的](?:管理|维护|物业|会员|常年|社区)?(?:费用?|会费|年费|租金|薪资|工资|薪酬)")
"""What so many years cost (达二年之管理费用) is a sum, no period of a duty."""
