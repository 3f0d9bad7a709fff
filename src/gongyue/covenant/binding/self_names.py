"""What a text calls itself: 本会章, 本行规 and any other 本… that is no body, place, time or thing is read as 本公约.

The catalogue's names of texts are a list, and no list of them ends. So a name that is not in it is written over with one of its
names, as long as it was, before anything is looked for: what the catalogue says of 本公约 holds of it. Too much is read so rather
than too little: whoever binds sets a false passage aside, while a missed one is declared absent and nobody knows.
"""

from __future__ import annotations

import re
from functools import cache

from gongyue.covenant.binding.catalogue import catalogue

_TEXTS = "约章则规程法书范准令典文誓言纲领例度"
_ONE = "文约书则规令典誓函告程准"
"""Of names with one character after 本 these alone: 本会, 本条, 本市, 本人 and their like are countless."""
_NOT_THIS = "(?<![文蓝孤善刻账话固基根成资样副剧标课读抄译底正全范脚够赔版原])(?<!^日)(?<![^0-9一二三四五六七八九十]日)"
"""Characters with which 本 is a word of its own (基本, 成本, 日本); a day before it is none of them."""
_BEGINS = re.compile("[着应可来身人地质职级届次年月周季期日轮能须意义心末分]")
_BODY = re.compile(
    f"(?:联合会|委员会|基金会|秘书处|行业|会员|部门|地区|协会|学会|商会|公会|工会|总会|分会|联盟|社团|团体|组织|机构|单位|公司|企业|平台|社区|中心|小组|集团|市|省|县|区|村|镇|校|院|园区|街道|[会社盟团队群])"
    f"(?=.)(?![{_TEXTS}]$)"
)
"""A body before its own things: 本会会员; 本会章 and 本会规 are texts all the same."""
_ENDS = re.compile(
    "(?:会议|决议|决定|大会|印章|公章|会徽|徽章|选举|意见|申请|通知|报告|任务|[会社团队群班系院校所市省县区国镇村街店厂司企业位人员者方组部局处室科级届期年月日周季次轮站网台心点园地户栋楼数金项节目身职质域界族家乡州岛港"
    "品物权利力务动作事性意色能术统息据链财产费资民旨称份员徽会长责值任]|源|联盟|同盟)$"
)
"""What no text is called: bodies, people, places, times, things and deeds."""
_AFTER = (
    "[，。；：！？,;:!?”’」』）)》〉、\n]|自(?!律)|有(?!关)|[由从于经须应的之是为在未即可将需报待以与和及对若如或不等内中呈获得所属已向按依凭把被系均当一]|规定"
    "|生效|起效|施行|实施|执行|试行|实行|启用|适用|核准|核备|批准|审批|通过|修改|修订|修正|变更|解释|制定|公布|发布|公告|公示|签署|签订|备案|条款|第|共同|其|失效|废止|终止|效力|$"
)
"""What a name ends before."""
_THIS = re.compile(f"{_NOT_THIS}本(?=[\u4e00-\u9fff])")
_ENDED = re.compile(_AFTER)
_NO_NAME = re.compile("[^\u4e00-\u9fff]|[的应须不得将由经可]")
LONGEST = 6
"""Characters of a name after 本."""
_AS_LONG = {2: "本约", 3: "本公约", 4: "本会章程"}
_LONGER = "自律公约"


def _is_a_text(name: str) -> bool:
    if len(name) == 1:
        return name in _ONE
    body = _BODY.match(name)
    if body:
        return name[-1] in _TEXTS
    return not _BEGINS.match(name) and not _ENDS.search(name)


@cache
def _known() -> re.Pattern[str]:
    names = (re.escape(name) for name in catalogue().words["self"] if name.startswith("本"))
    return re.compile("|".join(sorted(names, key=len, reverse=True)))


def _end(plain: str, begin: int) -> int:
    """Where the name of a text that begins there ends: the shortest that is written as texts are called, else as none is; 0 where none is."""
    ends = [e for e in range(begin + 1, min(begin + LONGEST, len(plain)) + 1) if _ENDED.match(plain, e)]
    names = [(e, plain[begin:e]) for e in ends if not _NO_NAME.search(plain[begin:e])]
    first = names[:1] if names and _is_a_text(names[0][1]) else []
    return next((e for e, name in names if name[-1] in _TEXTS and _is_a_text(name)), first[0][0] if first else 0)


def written_over(plain: str) -> str:
    """The folded words with each name that the text gives itself and nobody knows written over; as long as they were."""
    if "本" not in plain:
        return plain
    pieces, done = list[str](), 0
    for this in _THIS.finditer(plain):
        if this.start() >= done and not _known().match(plain, this.start()) and (end := _end(plain, this.end())):
            size = end - this.start()
            pieces += [
                plain[done : this.start()],
                _AS_LONG.get(size) or plain[this.start() : end][: -len(_LONGER)] + _LONGER,
            ]
            done = end
    return "".join([*pieces, plain[done:]])
