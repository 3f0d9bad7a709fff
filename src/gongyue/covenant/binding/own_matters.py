"""Whose share it is where a text has two for two matters: 重要提案 of two thirds present, 修改章程 of half present.

The one of changes says so itself, the other names a matter of its own and no change: whoever decides that the other is another
matter, with a reason that `verify` prints, lets nothing pass that the text keeps from passing. The end of the association
is a matter of its own too, in whatever sentence: by the words that lead up to its share, where none of them is of a change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from gongyue.covenant.binding.catalogue import Catalogue
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.records import Binding, place_of, within
from gongyue.covenant.binding.sentences import Sentence, split
from gongyue.covenant.forms import COMPARED
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

MAY_DIFFER = ("vote.quorum", "amendment.adoption", "amendment.proposal")
_CHANGE = "修改|修订|修正|变更|增订|增删|修章|订定|制定"
_CHANGES = re.compile(_CHANGE)
_OF_ITS_OWN = re.compile(
    "(?:重要|重大|特别|紧急|人事|财务|预算|决算|会费|经费|费用|选举|选任|罢免|弹劾|不信任|解任|解散|终止|合并|分立|清算|除名|解定存|定期存款|定存单?|存款|处分财产)"
    "(?:的|之)?(?:提案|议案|事项|决议|案|会议|问题|决定|解约|[^，。；]{0,12}(?:表决|投票|决议|出席|同意|通过))"
)
_OF_MONEY = re.compile("存款|定存|存单|贷款|借款|采购|招标")
_DEFINED = re.compile(
    f"(?:重大|重要|特别)(?:事项|问题|议题|决定|决议|提案|议案)[^。；，]{{0,16}}(?:是指|指|包括|有|：|:|如)[^。]{{0,120}}(?:{_CHANGE})"
    f"|(?:{_CHANGE})[^。；]{{0,40}}(?:等|为|是|属于?|及其他|和其他|以及其他|与其他)[^。；，]{{0,6}}(?:重大|重要|特别)(?:事项|问题|议题|决定|决议|提案|议案)"
)

FOR_OFFICE = re.compile(
    "(?:会长|副会长|理事长?|监事长?|干部|幹部|委员|代表|[、和的之])*(?:罢免|选举|补选|改选)(?:案|大会)?(?:的|之)?(?:投票|表决)?(?:的|之)?"
    f"(?:(?:投票|参与)率|(?:投票|参加)人数)(?:[的之在为需须应]|{COMPARED}|选举人|投票权人|会员|社员|全体|总数|总人数)*"
)
"""A turnout of nothing but elections or recalls (罢免投票之投票率达选举人总数): no quorum of the votes that rules go by."""

_END = re.compile("解散|终止|注销")
_END_OF_ELSE = re.compile(
    "(?:资格|身份|会籍|任期|职务|任职|合同|协议|代理|会员|社员|成员|单位|处分|处理|条|款|分会|分支|专委会)[^，。；、]{0,4}(?:解散|终止|注销)"
    "|(?:解散|终止|注销)[^，。；]{0,8}(?:资格|身份|会籍|任期|职务|任职|合同|代理|登记的|处分|处理|条|款|分会|分支|专委会)"
    "|(?:解散|终止|注销)(?:其|该|某)?(?:会员|社员|成员)(?!大会|代表)"
)
"""What else ends: a member's standing, an office, a contract, an article."""
_STOPS = "。；！？;!?\n"
LONGEST = 400
"""Characters before and behind a share within which its sentence begins and ends; one that is longer is of nothing by itself."""


def is_of_the_end(text: str, n: Number, stated: Sequence[Number], by: Catalogue) -> bool:
    """Whether a share is of the end of the association (解散本会，须经…): what leads up to it names the end, and neither that nor
    what follows, up to the clause of the next share, a change."""
    first, last = max(0, n.begin - LONGEST), min(len(text), n.end + LONGEST)
    start = max(text.rfind(stop, first, n.begin) for stop in _STOPS) + 1
    stop = min((i for s in _STOPS if (i := text.find(s, n.end, last)) >= 0), default=last)
    if (not start and first) or stop == last < len(text):
        return False
    shares = [o for o in within(stated, start, stop) if o.kind == "share"]
    start = max([start, *(o.end for o in shares if o.end <= n.begin)])
    if following := [o.begin for o in shares if n.end <= o.begin]:
        stop = max(n.end, text.rfind("，", n.end, following[0]))
    lead, tail = (fold(joined(piece)[0]) for piece in (text[start : n.begin], text[n.end : stop]))
    changes = (*by.words["altered"], *by.words["change"], "改", "订")
    if any(word in said for said in (lead, tail) for word in changes) or re.search("其他|以及|等", lead):
        return False
    return bool(_END.search(lead)) and not _END_OF_ELSE.search(lead)


def names_its_own(s: Sentence) -> bool:
    """Whether a sentence with a share is of a matter of its own and of no change: 定期存款解约，经与会过半数同意后方得执行."""
    own = _OF_ITS_OWN.search(s.plain) or _OF_MONEY.search(s.plain)
    return bool(own and not _CHANGES.search(s.plain + s.context) and "其他" not in s.plain)


def is_of_its_own(
    bound: Sequence[Binding],
    s: Sentence,
    n: Number,
    stated: Sequence[Number],
    parts: Mapping[str, Part],
    by: Catalogue,
) -> bool:
    """Whether another share of a sentence, which states these, is of a matter of its own, while each that is bound is of changes by
    its own words."""
    if any(b.capability not in MAY_DIFFER for b in bound):
        return False
    if not is_of_the_end(s.close, n, stated, by):
        if not _OF_ITS_OWN.search(s.plain) or _CHANGES.search(s.plain):
            return False
        if any(_DEFINED.search(fold(p.text)) for p in parts.values()):
            return False
    texts = "|".join(sorted(map(re.escape, by.words["text"]), key=len, reverse=True))
    of_the_text = re.compile(f"(?:{_CHANGE})[^。；，]{{0,8}}(?:{texts})|(?:{texts})[^。；，]{{0,4}}(?:{_CHANGE})")
    return all(_says(of_the_text, b, parts[b.at]) for b in bound)


def _says(pattern: re.Pattern[str], b: Binding, part: Part) -> bool:
    begin = place_of(part, b.words, b.nth)
    return any(pattern.search(s.plain) for s in split(part.at, part.text) if s.begin <= begin < s.begin + len(s.words))
