"""The sanctions of an edition: which kinds its text lists, from the lightest to the gravest, what each does, when one is open.

All of it is read from the words bound to `sanction.list` and `sanction.conditions`: another covenant has other kinds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.listed_words import sanctions_in_words
from gongyue.covenant.binding.records import Binding, place_of
from gongyue.covenant.edition import Edition

LIST, CONDITIONS = "sanction.list", "sanction.conditions"
ENDING = re.compile(
    "除名|开除|出会|劝退|(?:取消|剥夺|终止|撤销|解除)[^，。；、]{0,12}?(?:会籍|(?:会员|成员|社员|盟员|公约|入会|协会|联盟)[^，。；、]{0,4}?(?:资格|身份)|^[^，。；、]{0,4}资格)"
    "|^[^，。；、]{0,2}(?:取消|剥夺|终止|撤销)(?:其|该)?(?:成员|会员|社员|盟员)?(?:单位)?(?:的)?(?:资格|会员|成员)$"
)
"""By one of these words a kind ends a membership: a unit is struck off, or it loses what makes it a member."""
OTHER_STANDING = re.compile(
    "评优|评选|参评|评奖|荣誉|称号|表彰|试点|示范|投票|表决|选举|被选|候选|参选|任职|理事|监事|代表|申报|申请|投标|使用|发言|参会|参赛"
)
"""What else a unit can lose: an honour, a vote, an office; it stays a member."""
DENIED = re.compile("^(?:不得|不予|不再|不能|不可|不应|免予|免于|免除|无权|禁止|严禁|建议|提请|申请|请求|报请)")
OPEN = ("向社会", "公开", "媒体", "公众")
"""By one of these words a kind is told to society; any other stays among the members."""
STOPS = "。\n"
EFFECT = ("影响", "后果", "损害", "损失", "情节严重", "情节重大")
"""By one of these words the conditions ask for an effect, beside the breach."""


class Sanction(msgspec.Struct, frozen=True):
    """A kind of sanction: its words as the text has them, its weight (1 the lightest), whether a membership ends by it.

    `audience`: to whom it is told, `internal` or `society`.
    """

    words: str
    weight: int
    ends: bool
    audience: str


def sanctions_in(edition: Edition | None) -> tuple[Sanction, ...]:
    """The kinds the text lists, from the lightest to the gravest; none where it lists none.

    In its order, turned round where it begins with one by which a membership ends, and closes with one by which it goes on; and
    in whatever order, in however many places: by nothing is it lost as lightly as by what does not end it.
    """
    if edition is None:
        return ()
    bound = [one for one in edition.bindings if one.capability == LIST]
    listed = (_ascending(one.items or _in_words(edition, one.words)) for one in bound)
    words = sorted(dict.fromkeys(item for items in listed for item in items), key=_ends)
    return tuple(_sanction(one, weight) for weight, one in enumerate(words, 1))


def _ascending(items: Sequence[str]) -> Sequence[str]:
    """The items of a list from the lightest: the other way round where it goes down."""
    return items[::-1] if items and _ends(items[0]) and not _ends(items[-1]) else items


def _ends(words: str) -> bool:
    """Whether a membership ends by a kind of these words."""
    said = fold(words)
    return bool(ENDING.search(said)) and not OTHER_STANDING.search(said) and not DENIED.search(said)


def _in_words(edition: Edition, words: str) -> tuple[str, ...]:
    """The kinds that bound words list where nobody picked its items; the words themselves where they list none."""
    return tuple(sanctions_in_words(words, edition.by)) or (words,)


def _sanction(words: str, weight: int) -> Sanction:
    said = fold(words)
    audience = "society" if any(one in said for one in OPEN) and "内部" not in said else "internal"
    return Sanction(words, weight, _ends(words), audience)


def asks_for_an_effect(edition: Edition | None) -> bool:
    """Whether the text opens sanctions only on an adverse effect: by the sentences that its list and its conditions stand in.

    Where none of them speaks of one a breach suffices.
    """
    bound = [one for one in edition.bindings if one.capability in (LIST, CONDITIONS)] if edition else []
    said = [fold(_sentence(edition, one)) for one in bound if edition is not None]
    said += [
        fold(one.words) for one in (edition.decisions if bound and edition else ()) if one.capability == CONDITIONS
    ]
    return any(word in one for one in said for word in EFFECT)


def _sentence(edition: Edition, bound: Binding) -> str:
    """The sentence that bound words stand in."""
    part = edition.parts[edition.position(bound.at) - 1]
    begin = place_of(part, bound.words, bound.nth)
    start = max(part.text.rfind(stop, 0, begin) for stop in STOPS) + 1
    ends = [end for stop in STOPS if (end := part.text.find(stop, begin + len(bound.words))) >= 0]
    return part.text[start : min(ends, default=len(part.text))]
