"""A note in a dossier: what it is called by what it is for, and what is done, and given up, by signing it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from gongyue.covenant.parties import is_unit
from gongyue.governance.dossier import Dossier
from gongyue.governance.hearing import Hearing
from gongyue.governance.note_names import ADDED, NOTE, ActName, answers, called
from gongyue.governance.reply import Reply
from gongyue.governance.sheet import VALUES
from gongyue.office.facts.dossier_words import officers_of
from gongyue.web.accounts.officers import called as person
from gongyue.web.acting.models import Draft
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import chinese, day, mark_chinese, pick, t


def name_of(now: Now, draft: Draft) -> ActName:
    """What a draft is called; a note by what it is for."""
    dossier = _dossier(now, draft)
    return called(draft.type, draft.body, draft.actor, _before(dossier) if dossier and dossier.case else None)


def title_of(now: Now, draft: Draft) -> str:
    """The same, as a title."""
    name = name_of(now, draft)
    return pick(name.zh, name.do)


def form_title(now: Now, draft: Draft, asked: Mapping[str, Any]) -> str:
    """What a note is called while it is written: what comes with it is not known yet; empty of any other act."""
    if draft.type != NOTE:
        return ""
    if not is_unit(draft.actor):
        return pick(ADDED.zh, ADDED.do)
    body = {name: asked.get(name) for name in ("asks", "withdrawn", "complete")}
    if any(body.values()):
        name = called(NOTE, body, draft.actor)
        return pick(name.zh, name.do)
    dossier = _dossier(now, draft)
    if dossier is not None and dossier.case is not None and answers(_before(dossier)):
        return pick("写答复、交材料", "Reply, hand in documents")
    return pick("补充材料", "Add documents")


def sentence(now: Now, draft: Draft, who: SafeString, shown: object) -> SafeString | None:
    """What is done by it; of a statement that the file is complete what is given up, of one after that what it still does."""
    dossier, body, name = _dossier(now, draft), draft.body, name_of(now, draft)
    if body.get("withdrawn") is True and dossier is not None and dossier.kind == "application":
        return t(
            "{who}撤回加入申请，执行机构不再决定它；以后可以再次申请。",
            "{who} withdraws its application to join, which is not decided any more; it may apply again later.",
            who=who,
        )
    said = t("{who}：{do}", "{who}: {do}", who=who, do=pick(name.zh, name.do))
    if n := len(body.get("docs") or ()):
        said += t("（{n} 份文书）", " ({n} document{s})", n=n, s="s" if n > 1 else "")
    if officers := officers_of(body):
        who_ = pick("、", ", ").join(person(now.inst, one) for one in officers)
        said += t("：{o}", ": {o}", o=mark_chinese(who_))
    if body.get("complete") and n:
        said += t("，并申明材料已齐", ", and say that the file is complete")
    said += t("。", ".")
    accused = dossier is not None and dossier.case is not None and draft.actor == dossier.case.accused
    if dossier is None or not accused or not (body.get("complete") or (n and not body.get("asks"))):
        return said
    return said + _then(now, dossier, bool(body.get("complete")))


def receipt(now: Now, draft: Draft, who: SafeString, shown: object) -> SafeString | None:
    """Of what it is: what was served, and at which place."""
    dossier = _dossier(now, draft)
    served = next((one for one in dossier.services if one.digest == draft.to), None) if dossier is not None else None
    if served is None:
        return None
    return t(
        "{who}签收{what}（第 {n} 件，{docs} 份文书）。签收不是承认。",
        "{who} acknowledges what was served: {what} (place {n}, documents: {docs}). That admits nothing.",
        who=who,
        what=pick(*VALUES[served.what]),
        n=served.n,
        docs=len(served.docs),
    )


def _then(now: Now, dossier: Dossier, complete: bool) -> SafeString:
    """What follows for its time to reply, or to be heard."""
    case = dossier.case
    assert case is not None
    if not answers(_before(dossier)):
        return chinese("")
    if case.concluded:
        hearing = Hearing.of(now.inst, dossier)
        if not complete:
            whole = hearing.done and (dossier.heard is None or dossier.heard.how != "held")
            return _later(now, hearing.last, pick("决定", "decides")) if whole else chinese("")
        if hearing.asked:
            return t("已申请听取申辩：听取以前不作决定。", " A hearing was asked for: nothing is decided before it.")
        return _given_up(now, hearing.received, hearing.last, hearing.waits, pick("决定", "decide"))
    reply = Reply.to(now.inst, dossier, dossier.shown)
    if not complete:
        return _later(now, reply.last, pick("结论", "concludes")) if reply.complete else chinese("")
    return _given_up(now, reply.received, reply.last, reply.waits, pick("结论", "conclude"))


def _given_up(now: Now, received: int, last: int, waits: str, what: str) -> SafeString:
    """How many days are not waited for any more, and what may come at once."""
    if not received:
        return t(
            "送达的还没有签收：签收以前申明的不算，期限照旧。",
            " What was served was not received yet: said before that, it changes nothing.",
        )
    if waits:
        return t(
            "期限的末日现在还定不下来；余下的日子就此放弃，不再等满期限，审议组就可以作{what}。",
            " The last day of the time for it is not fixed yet; what remains of it is given up: the panel need not wait for it to {what}.",
            what=what,
        )
    if last < now.day:
        return t("期限已于{last}届满。", " The time for it ended on {last}.", last=day(last))
    if last == now.day:
        return t(
            "今日（{last}）是期限的末日；余下的时间就此放弃，审议组今日就可以作{what}。",
            " Today, {last}, is the last day for it; what remains of it is given up: the panel may {what} today.",
            last=day(last), what=what,
        )  # fmt: skip
    left = last - now.day
    return t(
        "期限到{last}，剩下的 {n} 日就此放弃：审议组不再等，今日就可以作{what}。",
        " The time for it runs until {last}; the remaining {n} given up: the panel need not wait, and may {what} today.",
        last=day(last),
        n=pick(str(left), f"{left} days are" if left > 1 else "day is"),
        what=what,
    )


def _later(now: Now, last: int, what: str) -> SafeString:
    """What a filing still does after it was said that there is nothing more."""
    if last < now.day:
        return t(
            "先前已申明材料已齐，期限也已届满：这些材料只收入本卷，审议组不必看过就可以作{what}。",
            " It said before that its file was complete, and the time is over: this is kept in the dossier, and the panel {what} without it.",
            what=what,
        )
    return t(
        "先前已申明材料已齐：审议组不等这些材料；在作{what}以前收到的（{last}为止），审议组须看过才能作。",
        " It said before that its file was complete: the panel does not wait for this; what comes before it {what}, until {last}, it must have seen.",
        what=what,
        last=day(last),
    )


def _dossier(now: Now, draft: Draft) -> Dossier | None:
    kept = now.docket.get(draft.dossier) if draft.dossier else None
    return kept.dossier if kept is not None else None


def _before(dossier: Dossier) -> set[str]:
    return {one.type for one in dossier.entries if not one.void}
