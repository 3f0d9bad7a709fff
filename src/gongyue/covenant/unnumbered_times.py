"""Times and how often without a numeral: 年度大会, 换届时, 月末, 隔年, 定期, 及时.

Nothing is counted by them. Every unit of time and every word of how often that is part of no number stands here, unless it belongs to a
short list of words that say no time (日常, 年龄, 同时): whoever adds one hides it from people.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongyue.covenant import numbers
from gongyue.covenant.binding.folding import joined
from gongyue.covenant.numerals import CHINESE

_NO_TIME = (
    "日常|日志|日程|日光|日用|日本|日语|日元|日益|日渐|日记|日历|抗日|日报|[晚早]报|生日快乐"
    "|年龄|年长|年轻|[青少老中成]年(?![度内])|青少年|未成年|年级|年货|年画|年糕|[年月]饼|月光|月球|岁月"
    "|周到|周边|周围|周密|周转|周全|众所周知|周知|四周(?![岁内年以后])|周折|圆周|周氏|周岁"
    "|天然|天下|天气|天津|聊天|航天|天赋|天才|天文|露天|先天|天猫|天使|天空|天真|天窗|天平|天台|天[线性敌]|滔天"
    "|时候|时代|时尚|时政|时事|同时|时装|时评|时局|时空"
    "|时间(?![内后])|临时(?=会|大会|理事|召|股东|代表)|时[限长效]|(?<!定)日期|期限|季军|旬阳"
    "|每(?:一)?个?(?:人|名|位|家|户|项|条|票|篇|份|组|社|队|单位|会员|成员|代表|理事|委员|件|种|类|班|校|村|楼|栋|页|款|元|方|笔|只|辆|平方|套|职|[A-Za-z]+)(?![年月日周次])"
    "|逐(?:条|项|一|字|句|步|个|人|页|渐|级|户|层|案|票|份|件)|隔(?:离|壁|阂|断|音|热|绝)|分隔|阻隔|[转翻]届"
    "|今日头条|旬刊社"
)
_WORDS = (
    f"任期(?:之?内|期间|中(?![断止]))|任[职内]期间|在任(?:期间)?|任满|[离卸]任[前后]|提[前早](?! ?[0-9{CHINESE}半几数])|[上下]一?[次届]"
    "|合理的?(?:时限|期限|时间)"
    "|(?:结束|完成|召开|举[行办]|开始|进行|离[职队校]|毕业)(?:之|以)?[前后]|[事会课]后|随后|尽速|一段时间|适当(?:时候|时机|时间)"
    "|"
    "会计年度|财政年度|财年|学年度?|年度|半年|季度|学期|星期|礼拜|小时|分钟|工作日|交易日|营业日|休息日|节假日|假日|假期"
    "|第一时间|全天候|立即|立刻|马上|尽快|尽早|及早|从速|迅速|即时|即刻|当即|随即|即日|近期|近日|日前|日后|今后|此后|今日|早日|不日|择[期日]|改期|延期|展期|缓期|如期|按期|到期|期满|届满|逾期|过期|限期|限时"
    "|及时|实时|按时|准时|适时|随时|届时|到时|临时|暂时|平时|当时|有时|时常|不时|时刻|定时|超时|时间|时[期段]|期间|[长短中]期"
    "|不定期|定期|经常性?|常年|[终毕]身|永久|永远|无限期|往常|例行|轮流|反复|多次|再次|偶尔|频繁|通常"
    "|[事会课赛节婚]前|事先|事后|会后|节后|[寒暑]假|春节|国庆|元旦|中秋|清明|端午|[上中下]午|凌晨|[夜晚早]间|晚上|午夜|[春夏秋冬][季天]"
    "|[换历本上下每应各当首]届|届"
    "|每(?:次|回|逢|期|批|轮|场|局|当)?|逐|间?隔(?=[年月日周天季时期])|间隔"
    "|按[年月周日季]|[年月日周季]均"
)
_UNIT = "[年月日周季旬天时](?![A-Za-z])"
_ANY = re.compile(f"(?P<no>{_NO_TIME})|《[^《》\n]{{1,80}}》|(?P<time>{_WORDS}|{_UNIT})")
_NUMERAL = re.compile(f"[0-9{CHINESE}几数若干半两参]个?$")


def find(text: str, counted: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Where such words begin and end in a text, in order; `counted`: the places that are told otherwise (numbers, their starts)."""
    close, places = joined(text)
    plain = numbers.folded(close)
    taken = bytearray(len(text) + 1)
    for begin, end in counted:
        taken[begin:end] = b"\1" * (end - begin)
    found: list[tuple[int, int]] = []
    for m in _ANY.finditer(plain):
        if m["time"] is None or _NUMERAL.search(plain, max(0, m.start() - 2), m.start()):
            continue
        begin, end = places[m.start()], places[m.end() - 1] + 1
        behind = m.end() + (plain[m.end() : m.end() + 1] == "起")
        if any(taken[begin:end]) or (behind < len(places) and taken[places[behind]]):
            continue  # 之日起三十日内 is the number's own
        if found and begin - found[-1][1] <= 1 and begin >= found[-1][1]:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found
