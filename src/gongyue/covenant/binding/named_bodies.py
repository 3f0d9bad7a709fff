"""Who carries the text out, by the words that are proposed for it: a body must stand in them, as the one that does so.

Of proposals only. Bodies are told by what they are called (秘书处, 理事会, 楼长), and by where they stand: 执行本社决议 names the
association as what has resolved, and nobody who obeys.
"""

from __future__ import annotations

import re

from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.sentences import start_of_sentence
from gongyue.covenant.text import Part

_N = "[一二三四五六七八九十0-9]+"
_W = "[^，。；：,;:]"
_BODY = (
    "(?:(?:协|理事|监事|执委|管委|委员|大|干事|商|学|联合|议事|业委|代表|党支|工作|董事|常务|村委|居委|站务|版务)会(?!员|议|费|籍|务|长)|秘书处"
    "|[\u4e00-\u9fff](?:处|部|组|科|室|局|站|院|社|校)(?![理分织成长置务员群团会区])|社团(?!章程)|中心(?!工作|任务)|公司|平台|团队|单位|联盟|支部"
    "|(?:^|[由是])本[会社](?!的)|(?<!执行)(?<!常设)(?<!办事)(?<!日常)机构|管理员|版主|维护者|发起[方人]|主持人|(?:会|社|部|组|执行|秘书|村|校|系|班|团|理事)长(?!之命|的?领导)"
    "|主任|总?干事|秘书|负责人|[站甲运]方|物业|法务|议会|村民会议|居民会议|大会|[干幹]部会议|[居村两]委|街道|[楼栋路片]长|[群坛组]主)"
)
_DOES = (
    "(?:执行|实施|负责(?!人)|日常|办事|常设|管理|办理|受理|处理|承担|维护|运营|协调|答复|公布|解释|统筹|代行|总理|主持|落实|推[进行]|监督|会务|事务"
    "|给予|作出|采取|处置|审核|检查|组织|领导|承)"
)
_ANY_BODY = "(?:由|^)(?:(?!会员|会费|全体|全部|大部|经费)[\u4e00-\u9fff]){1,8}(?<!全)(?:会(?![员费籍])|[队组班部]|中心)(?:共同|统一|具体|全权)?负责(?!人)"
"""Any short noun of a body, before 负责 and there alone: 由楼管会负责, 志愿服务队负责."""
_EXECUTES = re.compile(
    f"{_ANY_BODY}{_W}{{0,16}}(?:执行|实施|管理|日常|落实)|{_BODY}(?:(?!产生|选[举出]|推选|任命|聘){_W}){{0,80}}{_DOES}|{_DOES}{_W}{{0,16}}(?:由|为|是|设[在有]?|交|归){_W}{{0,12}}{_BODY}|(?:定名|名称|全称|简称){_W}{{0,80}}{_BODY}|平台将"
)
"""A body before what it does, or named as what does it: 执行本社决议 has the association as the one that resolved, and nobody who obeys."""
_GOES_ON = re.compile(
    f"^(?:[（(]?{_N}[）)、.．]?)?(?:(?:作为|为|是){_W}{{0,12}}机[构关]|(?:[并且可得应须]|应当|具体|全权|统一|在闭会期间)*(?:[承受]{_W}{{0,8}}(?:之命|委托))?{_DOES})"
)
"""What says what somebody does and leaves out who: it goes on from a clause before."""
_POWERS = re.compile("职权|职责|职能|任务|权限|负责|行使")
_ADMITS = re.compile(
    "(?:审[查核批]|讨论|决议|表决|审议)?(?:通过|同意|批准)后?(?:方可|即可|可|即|得|后)?(?:注册|成为|加入|入会|为)"
)
_CLAUSES = re.compile("[^，,。；;！？!?\n]+")


def words_of_the_body(part: Part, begin: int, end: int) -> int:
    """Where the words begin that name who carries the text out, given what it does: with a clause before that names it
    (業主委員會每届任期五年，為本規約的執行機構), or there; -1 where the sentence names nobody."""
    said = "".join(fold(part.text[begin:end]).split())
    if _ADMITS.search(said):
        return -1
    first, *more = re.split("[，,：:]", said)
    if _EXECUTES.search(said) or (more and re.search(_BODY, first) and _GOES_ON.search(more[-1])):
        return begin
    if not _GOES_ON.search(said):
        return -1
    before = reversed(list(_CLAUSES.finditer(part.text, start_of_sentence(part.text, begin), begin)))
    named = next((m.start() for m in before if re.search(_BODY, fold(m[0]))), -1)
    return named if named >= 0 else _lead_of_the_body(part.text, begin)


def _lead_of_the_body(text: str, begin: int) -> int:
    """Where the lead begins of which a clause is the first item, if it names a body whose powers are listed (理事会的职权：（一）…)."""
    above = text[:begin].rstrip()
    start = start_of_sentence(text, max(0, len(above) - 1))
    lead = fold(above[start:])
    return start if lead.endswith((":", "：")) and re.search(_BODY, lead) and _POWERS.search(lead) else -1
