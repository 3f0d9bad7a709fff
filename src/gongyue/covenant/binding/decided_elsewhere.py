"""Bound clauses that ask for another body's decision, or for something done, before a step that the rules let be taken without it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongyue.covenant.binding import changed_otherwise
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.records import Binding, place_of
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.text import Part

Said = tuple[str, str]
"""What is done instead, in Chinese and in English."""
LEAVING = ("membership.withdrawal", "membership.withdrawal_condition")
JOINING = "membership.decision"
_APPROVED: Said = (
    "退出只须该单位通知，不待任何机关通过、批准或同意",
    "a member leaves by its own notice; no body's vote, approval or consent is waited for",
)
_HANDED_IN: Said = (
    "退出只须该单位通知，交回、结清等由双方自行办理，不待其完成",
    "a member leaves by its own notice; what is to be returned or settled is for the parties, and is not waited for",
)
_BOTH: Said = (
    "退出只须该单位通知，不待任何机关通过、批准或同意；交回、结清等由双方自行办理，也不待其完成",
    "a member leaves by its own notice; no body's vote, approval or consent is waited for, nor that anything is returned or settled",
)
_ADMITTED: Said = (
    "准予、不予由执行机构签署；所写的会议表决或审议由其自行进行，簿册不计其票，也不查其决定",
    "the executive body signs who is admitted; the vote or review the text names is held by that body itself, neither counted nor checked here",
)
_CHANGED: Said = (
    "修改照“修改的提议”所定即可提出，不查另一机关是否先行通过或审议",
    "a change is proposed as the clause on proposals says; whether another body passed or reviewed it first is not checked",
)
_INSTEAD = {
    "founding.adoption": ("由会议自行通过，簿册只载发起单位的签署", "the assembly adopts it by itself; the book has the initiators' signatures"),
    "founding.filing": ("备案由执行机构自行办理，生效不待备案", "the executive body files it by itself; effect does not wait for it"),
}  # fmt: skip
_DECIDES = "(?:表决|投票|通过|批准|核准|审批|审核|审查|审议|审定|同意|许可|准许|核可)"
_ASKED = re.compile(_DECIDES)
_NEEDLESS = re.compile("(?:无须|无需|毋须|不须|不需|不必|不经|未经)[^，,。；;]*")
_TO_DO = re.compile("交回|交还|归还|返还|缴回|退回|缴清|结清|清偿|付清|还清|清缴|移交|交接|办理[^，。；]{0,6}手续")
_HANDED_ON = "[，]?(?:再|并|方可|方能|始得)?(?:报请|报|提请|提交|递交|交由|送请|送)"
_BEFORE = re.compile(f"(?:经|由)([^，。；]{{0,16}}?){_DECIDES}[^，。；]{{0,4}}{_HANDED_ON}")
_STOP = re.compile("[。；;！？\n]")
_LEAVES = re.compile("退|离会|脱离|放弃")
_CHANGE = re.compile("修改|修订|修正|变更|增订")


def instead(b: Binding, part: Part, executive: Binding | None) -> Said | None:
    """What is done where that binding's words ask for more, or their sentence does of leaving; None where nothing of the kind is asked."""
    if b.capability in _INSTEAD:
        return _INSTEAD[b.capability]
    plain = _NEEDLESS.sub("", fold("".join(b.words.split())))
    if b.capability in LEAVING:
        plain = _NEEDLESS.sub("", fold("".join(_sentence(b, part).split())))
        asked, done = bool(_ASKED.search(plain)), bool(_TO_DO.search(plain))
        return _BOTH if asked and done else _APPROVED if asked else _HANDED_IN if done else None
    if b.capability == JOINING and _ASKED.search(plain) and (b.kind == "share" or _others(plain, executive)):
        return _ADMITTED
    return None


def _sentence(b: Binding, part: Part) -> str:
    """The bound words with the rest of their sentence, and with what stands before where that is about leaving too."""
    begin = place_of(part, b.words, b.nth)
    end = _STOP.search(part.text, begin + len(b.words))
    before = _STOP.split(part.text[:begin])[-1]
    rest = part.text[begin : end.start() if end else len(part.text)]
    return before + rest if _LEAVES.search(fold(before)) else rest


def passed_before(sentence: Sentence) -> Said | None:
    """The same of a sentence by which a change goes through one body before it is put to another."""
    change = _CHANGE.search(sentence.plain)
    if not change:
        return None
    found = _BEFORE.search(sentence.plain, change.end())
    return _CHANGED if found and any(w in found[1] for w in _bodies()) else None


def of_sentence(sentence: Sentence) -> Iterator[Said]:
    """All that a sentence says of changes, and what is done instead."""
    if said := passed_before(sentence):
        yield said
    yield from changed_otherwise.of_sentence(sentence)


def _others(plain: str, executive: Binding | None) -> bool:
    """Whether words name a body, a meeting or a vote that is not the executive body's own."""
    own = fold("".join(executive.words.split())) if executive else ""
    named = [w for w in _bodies() if w in plain]
    longest = [w for w in named if not any(w != other and w in other for other in named)]
    return any(w not in own for w in longest) or "表决" in plain or "投票" in plain or "分之" in plain or "%" in plain


def _bodies() -> tuple[str, ...]:
    words = catalogue().words
    return (*words["body"], *words["assembly"])
