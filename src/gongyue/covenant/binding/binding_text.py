"""A binding as a sentence in Chinese and English: the number, itself included or not, of whom, from when, and an example count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from gongyue.covenant import eras, itself, qualifiers, shares
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.records import Binding
from gongyue.covenant.binding.requirements import BASE_WORDS
from gongyue.covenant.counting import enough_of, share_of
from gongyue.covenant.numerals import to_chinese
from gongyue.covenant.proposers import PROPOSAL, body_that_proposes
from gongyue.covenant.unsupported_clauses import DECISION, NOTICE

EXAMPLE_ROLL = 37
"""Members in an example where the office has no roll yet; as many as in the worked cases of the design."""
STARTS = {
    "effect": ("生效", "effect"),
    "in_force": ("施行", "coming into force"),
    "approval": ("批准或登记", "approval or registration"),
    "adoption": ("通过", "adoption"),
    "signature": ("签署", "signature"),
    "receipt": ("收到", "receipt"),
    "publication": ("公布", "publication"),
    "expiry": ("届满", "expiry"),
    "proposal": ("提出", "the proposal or application"),
    "event": ("所述之事发生", "the event named"),
}
_UNITS = {
    "day": ("日", "day"),
    "workday": ("个工作日", "working day"),
    "month": ("个月", "month"),
    "hour": ("小时", "hour"),
    "term": ("个学期", "school term"),
}


def number_of(b: Binding) -> tuple[str, str]:
    """What the binding states, in both languages; empty where it states no number and no items."""
    if b.kind == "share":
        return _share(b)
    if b.kind == "period":
        return _period(b)
    if b.kind == "frequency":
        zh, en = _length(b)
        return f"每 {zh}一次", f"once every {en.removeprefix('1 ')}"
    if b.kind == "headcount":
        bound_zh, bound_en = _included(b)
        return f"{b.value} 人或家，{bound_zh}", f"{b.value} heads, {bound_en}"
    if b.kind == "date":
        zh, en = eras.beside_bound(b.words, str(b.value))
        return f"日期 {b.value}{zh}", f"the date {b.value}{en}"
    if b.kind == "list":
        return (
            f"{len(b.items)} 项：{'、'.join(_bare(i) for i in b.items)}",
            f"{len(b.items)} items: {'; '.join(_bare(i) for i in b.items)}",
        )
    return _of_words(b) if b.kind == "words" else ("", "")


def _of_words(b: Binding) -> tuple[str, str]:
    """What words without a number are carried out as, where they do not say it plainly."""
    if b.capability == PROPOSAL and body_that_proposes(b.words):
        return "只由执行机构提出，成员单位不得自行提议", "the executive body alone proposes, no member does"
    if b.capability == shares.APPROVAL and "亦同" not in b.words:
        return _ASKED[shares.asked_by(b.words)]
    return "", ""


_ASKED = {
    "approve": ("须经批准", "it must be approved"),
    "file": ("只须备案", "it is only filed"),
    "": (
        "没有读出是批准还是备案：依解读 amendment.authority 办，起初是备案",
        "whether it is approved or filed was not read: done as the reading amendment.authority says, which begins with filing",
    ),
}
"""What the words on approving a change ask for, by `shares.asked_by`."""


def example_of(b: Binding, roll: int = EXAMPLE_ROLL, quorum: Binding | None = None) -> tuple[str, str]:
    """How many that is, of a roll of so many, or of as many ballots; empty where it is no share that is counted.

    `quorum`: what the text is bound to say of how many must vote; beside it a share of ballots has a least number of consents.
    """
    share = fraction_of(b)
    if share is None or b.base in ("weight", "body"):
        return "", ""
    enough = enough_of(share, roll)
    if b.base == "roll":
        return f"{roll} 家须 {enough} 家", f"{enough} of {roll}"
    if b.base == "branch":
        return f"该分支有 {roll} 家时须 {enough} 家", f"{enough} where the branch has {roll}"
    must_vote = fraction_of(quorum) if quorum and quorum.base == "roll" else None
    if must_vote is not None:
        voting = enough_of(must_vote, roll)
        least = enough_of(share, voting)
        return (
            f"{roll} 家都投票时须 {enough} 家；依法定人数，至少须 {voting} 家投票，那时须 {least} 家",
            f"{enough} where all {roll} vote; by the quorum at least {voting} must, and then {least} suffice",
        )
    return (
        f"{roll} 家投票时须 {enough} 家；没有法定人数时，只有 1 家投票，1 家同意即够",
        f"{enough} where {roll} vote; without a quorum, one consent suffices where only one votes",
    )


def fraction_of(b: Binding) -> Fraction | None:
    """The share it states, None where it states none."""
    return share_of(str(b.value), b.inclusive) if b.kind == "share" else None


def sentence_of(b: Binding, roll: int = EXAMPLE_ROLL, quorum: Binding | None = None) -> tuple[str, str]:
    """The number with its example: 三分之二，含本数，以全体名册计：37 家须 25 家."""
    (zh, en), (example_zh, example_en) = number_of(b), example_of(b, roll, quorum)
    return (f"{zh}：{example_zh}", f"{en}: {example_en}") if example_zh else (zh, en)


def besides(words: Sequence[str]) -> tuple[str, str]:
    """What the clause states besides and nobody carries out, quoted; empty where that is nothing."""
    if not words:
        return "", ""
    said = [f"“{w}”" for w in words]
    return (
        f"（同一分句还有{'、'.join(said)}，不据以执行）",
        f" (the same clause has also {', '.join(said)}, which is not carried out)",
    )


_ONLY_SOME = re.compile(
    "(?:修改|修订|变更)(?:本[^，。；第\n]{1,6})?(?:这|该|上述|下列|前述|前款|其中|以上|第)[^，。；\n]{0,12}?(?:部分|条款|[条章节款](?![例件])|规定|内容)"
)
"""Of which changes alone a share may be asked."""


def of_some_changes(b: Binding, text: str) -> tuple[str, str]:
    """That the part of a share for changes speaks of changing some parts alone; empty otherwise."""
    some = _ONLY_SOME.search(text) if b.kind == "share" and b.capability in (PROPOSAL, "amendment.adoption") else None
    if some is None:
        return "", ""
    return (
        f"；同处写有“{some[0]}”，可能只说修改其中一些部分；软件对每一项修改都照此计",
        f"; “{some[0]}” beside it may speak of changing some parts alone; every change is counted by it",
    )


CHANGED_ELSEWHERE = (
    "说到本文的修改，不据以执行：由所说的人自行办理，簿册不计票，也不载其决定",
    "speaks of changing the text, and is not carried out: whoever it names does so by itself; the book counts no votes on it and records no decision",
)
"""What is done of a sentence on changes that states no share of members."""
IF_ABSENT = (
    "条文里没有成员的份额的（由理事会、管理员等修改），没有可以绑定的字句：声明本文无此规定。此后修改提议一概不受理，绑定单、verify、"
    "gongyue article 与条文页都引出所说的原话，并写明不由这里的表决办理；要在这里修改，先改条文，写明如“经三分之二以上成员单位同意”",
    "where the text has no share of members (a council or an administrator changes it), there are no words to bind: declare it absent. No"
    " proposal of a change is taken then, and the sheet, verify, gongyue article and the page of the text quote its words and say that no"
    " vote here carries them out; to have changes voted on here, write a share into the text first, as 经三分之二以上成员单位同意",
)
"""What happens where somebody declares that the text does not say how a change is adopted."""


def change_spoken_of(label: str, words: str) -> tuple[str, str]:
    """Where a change of the text is spoken of and no share was found by which it is adopted."""
    return (
        f"{label}“{words}”说到本文的修改，没有读出怎样通过；请核对后选取字句，或声明本文无此规定",
        f"{label} “{words}” speaks of changing the text, and how a change is adopted was not read; look at it, then select words or"
        " declare it absent",
    )


def under(b: Binding, heading: str) -> tuple[str, str]:
    """That a share stands under a body's heading, where its words name nobody of the body; empty otherwise."""
    if b.kind != "share" or b.base in ("body", "weight") or not qualifiers.names_a_body(heading):
        return "", ""
    return f"（在“{heading}”标题之下：请核对以谁计）", f" (under the heading “{heading}”: of whom is it counted?)"


def _share(b: Binding) -> tuple[str, str]:
    share = Fraction(str(b.value))
    zh = f"{to_chinese(share.denominator)}分之{to_chinese(share.numerator)}" if share != Fraction(1, 2) else "半数"
    base_zh, base_en = BASE_WORDS.get(b.base, (b.base, b.base))
    bound_zh, bound_en = _included(b)
    return f"{zh}，{bound_zh}，以{base_zh}计", f"{share.numerator}/{share.denominator}, {bound_en}, of {base_en}"


def _included(b: Binding) -> tuple[str, str]:
    if not b.inclusive:
        return "不含本数", "itself excluded"
    if itself.said_in(fold("".join(b.words.split()))):
        return "含本数", "itself included"
    return "含本数（所选的字没有说，照此读）", f"itself included ({itself.UNSAID[1]} in what was selected)"


def _length(b: Binding) -> tuple[str, str]:
    unit_zh, unit_en = _UNITS.get(b.unit, (b.unit, b.unit))
    return f"{b.value} {unit_zh}", f"{b.value} {unit_en}{'' if b.value == 1 else 's'}"


def _period(b: Binding) -> tuple[str, str]:
    zh, en = _length(b)
    start_zh, start_en = STARTS.get(b.start, ("", ""))
    since_zh = f"自{start_zh}起" if start_zh else "（条文未写自何时起算）"
    since_en = f" from {start_en}" if start_en else " (the text does not say from when)"
    if not start_zh and b.capability in (DECISION, NOTICE):
        since_zh, since_en = f"自收到起{since_zh}", f" from receipt{since_en}"
    if b.delay:
        return f"{since_zh} {zh}之后", f"{en} later{since_en}"
    bound_zh, bound_en = ("", "") if b.inclusive else ("，不含本数", ", itself excluded")
    return f"{since_zh} {zh}{bound_zh}", f"{en}{since_en}{bound_en}"


def _bare(item: str) -> str:
    return item.rstrip("；。，; ")
