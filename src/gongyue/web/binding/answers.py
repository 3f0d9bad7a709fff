"""What was posted, as an answer on a draft: each changes it, and says in both languages what it was."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.http import QueryDict
from msgspec.structs import replace

from gongyue.covenant.binding import absences, alike_proposals, binding_text, draft, sentences_left, whole_outline
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO
from gongyue.covenant.binding.passages import Passage
from gongyue.covenant.binding.questions import of_capability, questions
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.requirements import PRESENCE
from gongyue.web.binding.draft_store import Answered, ChangeText
from gongyue.web.binding.page_text import quoted

Answer = Callable[[Drafting], Answered]
ALONE = frozenset({"undo", "resolve", "outline"})
"""Answers that mean the draft exactly as it was seen."""


def answer_of(post: QueryDict) -> Answer | None:
    """The answer that was posted; None where it is none of those there are."""
    return {
        "accept": _accept,
        "accept-alike": _accept_alike,
        "bind": _bind,
        "other": _other,
        "absent": _absent,
        "drop": _drop,
        "undo": _undo,
        "resolve": _resolve,
        "outline": _outline,
    }.get(post.get("do", ""), lambda _: None)(post)


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 7 else 0


def _name(d: Drafting, capability: str) -> tuple[str, str]:
    entry = d.read.by.catalogue.capabilities.get(capability)
    return (entry.zh, entry.en) if entry else (capability, capability)


def _accept(post: QueryDict) -> Answer:
    capability = post.get("capability", "")

    def answer(d: Drafting) -> Answered:
        made = d.accept(capability)
        proposed = d.read.proposals[capability]
        zh, en = _name(d, capability)
        where = d.read.parts[proposed.at].label
        words = quoted(proposed.words)
        return Answered(
            made, ChangeText(f"采用：{zh}，{where}“{words}”", f"accepted: {en}, {where} “{words}”", (capability,))
        )

    return answer


def _accept_alike(post: QueryDict) -> Answer:
    """Accepted, for every matter that has the same words proposed."""
    capability = post.get("capability", "")

    def answer(d: Drafting) -> Answered:
        if capability not in d.read.by.catalogue.capabilities:
            raise BadBinding("没有这一事项", "there is no such matter")
        q = of_capability(d, capability)
        names = (capability, *(one.capability for one in alike_proposals.of(d, q)))
        zh, en = "、".join(_name(d, n)[0] for n in names), ", ".join(_name(d, n)[1] for n in names)
        words = quoted(d.read.proposals[capability].words) if capability in d.read.proposals else ""
        made = alike_proposals.accept(d, q)
        return Answered(made, ChangeText(f"采用：{zh}，“{words}”", f"accepted: {en}, “{words}”", names))

    return answer


def _bind(post: QueryDict) -> Answer:
    capability, at = post.get("capability", ""), post.get("at", "").strip()
    words = post.get("words", "").replace("\r\n", "\n").strip()
    nth = _number(post.get("nth", ""))
    items = [line.strip() for line in post.get("items", "").splitlines() if line.strip()]
    instead = post.get("beside") != "yes"

    def answer(d: Drafting) -> Answered:
        made = _instead(d, capability, lambda one: one.bind(capability, words, at, nth, items)) if instead else None
        made = made or d.bind(capability, words, at, nth, items)
        zh, en = _name(d, capability)
        told = next((b for b in made.records.bindings if b.capability == capability and b.words == words), None)
        says_zh, says_en = binding_text.number_of(told) if told else ("", "")
        return Answered(
            made,
            ChangeText(
                f"绑定：{zh}，“{quoted(words)}”{f'，{says_zh}' if says_zh else ''}",
                f"bound: {en}, “{quoted(words)}”{f', {says_en}' if says_en else ''}",
                (capability,),
            ),
        )

    return answer


def _instead(d: Drafting, capability: str, bind: Callable[[Drafting], Drafting]) -> Drafting:
    """Other words in the place of those that were bound, as one step that can be taken back."""
    if capability not in d.bound:
        return bind(d)
    kept = tuple(b for b in d.records.bindings if b.capability != capability)
    made = bind(Drafting(d.read, replace(d.draft, records=replace(d.records, bindings=kept))))
    return draft.as_one_step(d, made)


def _other(post: QueryDict) -> Answer:
    """Other matter: of one capability, or everything undecided in one sentence (`sentence`: its address and beginning)."""
    capability, reason = post.get("capability", ""), post.get("reason", "") or post.get("own", "")
    at, _, begin = post.get("sentence", "").rpartition(":")
    if post.get("listed") == "yes":
        return _together(post.getlist("left"), reason, post.get("sure") == "yes")

    def answer(d: Drafting) -> Answered:
        told = [
            p
            for p, s in d.undecided
            if ((s.at, str(s.begin)) == (at, begin) if at else p.capability == capability)
        ]  # fmt: skip
        if not told:
            raise BadBinding("这一句已没有未决定的事项", "nothing of this sentence is undecided any more")
        made = d.other(told, reason)
        return Answered(made, _said_other(d, told, reason))

    return answer


def _together(ids: Sequence[str], reason: str, sure: bool) -> Answer:
    """Other matter: the sentences of the list that were left ticked, for one reason."""

    def answer(d: Drafting) -> Answered:
        if not ids:
            raise BadBinding("没有勾选", "nothing was ticked")
        if not sure:
            raise BadBinding("请勾选“逐句看过”，再一并回答", "tick that each was looked at, then answer them together")
        made = sentences_left.set_aside(d, ids, reason)
        names = tuple(dict.fromkeys(p.capability for p, _ in d.undecided if p not in {q for q, _ in made.undecided}))
        return Answered(made, ChangeText(f"其余条文 {len(ids)} 句：另一事项（{reason}）",
                                         f"sentences left, {len(ids)}: other matter ({reason})", names))  # fmt: skip

    return answer


def _said_other(d: Drafting, told: Sequence[Passage], reason: str) -> ChangeText:
    names = tuple(dict.fromkeys(p.capability for p in told))
    zh, en = "、".join(_name(d, n)[0] for n in names), ", ".join(_name(d, n)[1] for n in names)
    words = quoted(told[0].words)
    return ChangeText(f"另一事项（{reason}）：{zh}，“{words}”", f"other matter ({reason}): {en}, “{words}”", names)


def _absent(post: QueryDict) -> Answer:
    """Absence: of one capability, or of all on the list that were left ticked; `presence`: casting a ballot is presence."""
    names = tuple(dict.fromkeys(post.getlist("capability")))
    listed, sure = post.get("listed") == "yes", post.get("sure") == "yes"
    reason, presence = post.get("reason", "") or post.get("own", ""), post.get("presence") == "yes"

    def answer(d: Drafting) -> Answered:
        if not names:
            raise BadBinding("没有勾选", "nothing was ticked")
        if (listed or len(names) > 1) and not sure:
            raise BadBinding("请勾选“逐项看过”，再一并声明", "tick that each was looked at, then declare them together")
        alone = presence and names[0] == PRESENCE
        made = absences.confirm(d, names) if len(names) > 1 else d.declare_absent(names[0], reason, alone)
        zh, en = "、".join(_name(d, n)[0] for n in names), ", ".join(_name(d, n)[1] for n in names)
        if presence:
            return Answered(made, ChangeText("声明投票即出席", "declared that casting a ballot is presence", names))
        return Answered(made, ChangeText(f"本文无此规定：{zh}", f"not in this text: {en}", names))

    return answer


def _drop(post: QueryDict) -> Answer:
    capability = post.get("capability", "")

    def answer(d: Drafting) -> Answered:
        zh, en = _name(d, capability)
        return Answered(d.drop(capability), ChangeText(f"撤销：{zh}", f"taken back: {en}", (capability,)))

    return answer


def _undo(post: QueryDict) -> Answer:
    return lambda d: Answered(d.undo(), ChangeText("撤回了上一步", "took back the last answer"))


def _outline(post: QueryDict) -> Answer:
    """The outline as a whole: it is as it was shown, or it is not."""
    so = {"so": True, "not-so": False}.get(post.get("way", ""))

    def answer(d: Drafting) -> Answered:
        if so is None:
            raise BadBinding("请答是这样，或不是这样", "say that it is so, or that it is not")
        zh, en = ("与原文相符", "it is so") if so else ("不是这样", "it is not so")
        return Answered(whole_outline.confirm(d, so), ChangeText(f"全文的结构：{zh}", f"the outline as a whole: {en}"))

    return answer


def _resolve(post: QueryDict) -> Answer:
    """What a line in doubt is: as it was read, at another address, or no heading."""
    line = _number(post.get("line", ""))
    way, given = post.get("way", ""), post.get("at", "").strip()

    def answer(d: Drafting) -> Answered:
        if way in ("so", "not-so"):
            zh, en = ("照所读", "as read") if way == "so" else ("不是所读的意思", "not as read")
            nth = _number(post.get("nth", "0"))
            sure = d.resolve(line, (AS_READ if way == "so" else NOT_SO) + str(nth or ""))
            return Answered(sure, ChangeText(f"第 {line} 行{zh}", f"line {line}: {en}"))
        if way == "leave":
            nth = _number(post.get("nth", ""))
            asked = next((q for q in questions(d) if (line, nth) in q.shares), None)
            made = sentences_left.leave(d, asked) if asked else d.resolve(line, f"-{nth}")
            told = (f"第 {line} 行的份额不据以执行", f"the shares of line {line} are not carried out")
            return Answered(made, ChangeText(*told))
        read = next((doubt.at for doubt in d.doubts if doubt.line == line), "")
        at = {"as-read": read, "no-heading": ""}.get(way, given)
        if way == "address" and not at:
            raise BadBinding("请填地址，如 8、5.1 或 3/2", "give the address, as 8, 5.1 or 3/2")
        zh, en = (f"读作 {at}", f"is {at}") if at else ("不是标题", "is no heading")
        return Answered(d.resolve(line, at), ChangeText(f"第 {line} 行{zh}", f"line {line} {en}"))

    return answer
