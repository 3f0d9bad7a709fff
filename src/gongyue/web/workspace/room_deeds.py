"""What a unit may add to its dossiers or ask for in them, each with what follows from it; only what its stage allows."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from gongyue.governance.course import last_opened
from gongyue.governance.dossier import Dossier
from gongyue.governance.hearing import Hearing
from gongyue.governance.institution import Institution
from gongyue.governance.preview import own_version
from gongyue.governance.reply import Reply
from gongyue.governance.results import is_named
from gongyue.governance.sheet import VALUES
from gongyue.office import evidence
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.web import installation
from gongyue.web.templatetags.words import pick
from gongyue.web.workspace.layout import act_url
from gongyue.web.workspace.own_unit import OwnUnit

NOTE = "dossier.note/1"
NoteDeed = Callable[..., "Deed"]


class Deed(msgspec.Struct, frozen=True):
    """Something the unit may do there, and what follows from it; `due`: the dossier waits for it, so it stands with the next step."""

    words: str
    url: str
    follows: str = ""
    due: bool = False


def deeds(ours: OwnUnit, facts: DossierFacts) -> Iterator[Deed]:
    """What the unit may add or ask for, each with what follows from it."""
    if facts.kind == "petition" and ours.is_member:
        yield Deed(
            pick("同意公开", "Consent to publication"), act_url("petition.consent/1", ours.unit, dossier=facts.id)
        )
    if facts.closed:
        return

    def note(zh: str, en: str, follows_zh: str = "", follows_en: str = "", due: bool = False, **fields: str) -> Deed:
        url = act_url(NOTE, ours.unit, dossier=facts.id, **fields)
        return Deed(pick(zh, en), url, pick(follows_zh, follows_en), due)

    if facts.kind == "report":
        report = evidence.dossier_at(installation.office(), facts.id).report
        if report is not None and report.answer == "declined" and not report.asked:
            yield note("请求重新考虑", "Ask for reconsideration", "只能一次", "once only", asks="reconsideration")
    waits = {step.act for step in facts.next if step.whose == ours.unit}
    if facts.kind == "report" and NOTE in waits:
        yield note("同意给对方看这一版", "Let this version be shown", due=True, asks="showing")
        yield note(
            "不同意给对方看", "Do not let it be shown",
            "您不同意，就不用它；可以附上您自己遮盖的一版", "it is not used; you may add a version you covered yourself",
            due=True, asks="redaction",
        )  # fmt: skip
    elif facts.kind == "report" and own_version(evidence.dossier_at(installation.office(), facts.id)):
        yield note(
            "收回选定给对方看的版本", "Take back the version you chose to be shown",
            "以后不再给对方看；已经送达的收不回", "not shown from now on; what was served cannot be taken back",
            asks="redaction",
        )  # fmt: skip
    yield from _adding(facts, note, NOTE in waits)
    if facts.assigned and facts.next:
        hides = facts.kind == "report"  # the secretary, who decides it, is not told who reported
        yield note(
            "申请回避", "Ask for a recusal",
            "由不涉及的人决定；决定以前，被申请的人只能保全材料。附上理由：决定的人要看"
            + ("；不想让其知道是谁检举的，理由里不要写" if hides else ""),
            "decided by others, who read the reasons you add; until then that person only preserves"
            + ("; leave out of them who you are, if whoever decides is not to know" if hides else ""),
            asks="recusal",
        )  # fmt: skip
    if facts.entries[0].actor == ours.unit and _may_withdraw(facts):
        yield note("撤回", "Withdraw it", withdrawn="yes")


def _may_withdraw(facts: DossierFacts) -> bool:
    """Whether withdrawing changes anything: not a report that a case was opened on, or whose outcome was told."""
    if facts.kind != "report":
        return bool(facts.next)
    report = evidence.dossier_at(installation.office(), facts.id).report
    return report is not None and report.answer not in ("joined", "opened") and not report.told


def _adding(facts: DossierFacts, note: NoteDeed, may: bool) -> Iterator[Deed]:
    """What may be added, as far as the dossier has come."""
    if facts.kind == "case":
        yield from _of_the_accused(facts, note, may)
    elif facts.next or facts.kind != "application":  # one that was decided is over
        yield note("补充材料", "Add documents")
        if facts.next:
            yield note("申明材料齐备", "Say that the file is complete", complete="yes")


def _of_the_accused(facts: DossierFacts, note: NoteDeed, may: bool) -> Iterator[Deed]:
    """What the accused may ask for at the stage its case is in; `may`: its time to be heard, or to ask for a review, runs."""
    office = installation.office()
    dossier = evidence.dossier_at(office, facts.id)
    case, day = dossier.case, installation.now().day
    assert case is not None
    named = is_named(office.inst, dossier)
    decided, proposed = case.decision is not None, bool(case.proposals)
    if decided or (case.concluded and not proposed):
        yield note("补充材料", "Add documents", "收入本卷", "they are kept in this file")
    else:
        yield from _answering(office.inst, dossier, day, note, may)
    if not case.concluded and not _is_whole(office.inst, dossier):
        yield note("申请延长答复期", "Ask for an extension", "一次，写明理由", "once, with reasons", asks="extension")
    served = {line.says.zh for line in facts.entries if line.type == "dossier.serve/1" and not line.void}
    if VALUES["proposal"].zh in served and not decided:
        yield note(
            "请求听取申辩",
            "Ask to be heard",
            "有记录，收入本卷；不会因此加重",
            "recorded; nothing gets heavier for it",
            due=may,
            asks="hearing",
        )
    if decided and may:
        yield note(
            "请求复核",
            "Ask for a review",
            "由没有参与的人办理，不会加重",
            "by others, and never heavier",
            due=may,
            asks="review",
        )
    if case.concluded and facts.next and not named:
        yield note(
            "希望结果里写明本单位", "Ask that the result name you",
            "公布以前说才算；说了不能收回", "said before it is told to all members; it cannot be taken back", asks="naming",
        )  # fmt: skip
    if facts.next and last_opened(dossier, day):
        yield note("说文书打不开", "Say that a document does not open", "签收后三日内，期限重新起算",
                   "within three days of its receipt; the period starts anew", asks="unopened")  # fmt: skip


def _answering(inst: Institution, dossier: Dossier, day: int, note: NoteDeed, may: bool) -> Iterator[Deed]:
    """To reply, and to say that the reply is whole; once that was said, what a later filing still does."""
    case = dossier.case
    assert case is not None
    if _is_whole(inst, dossier):
        what = pick("决定", "decides") if case.concluded else pick("结论", "concludes")
        yield note(
            "补充材料", "Add documents",
            f"已申明材料齐备，审议组不再等；期限以内、作{what}以前收到的，审议组须看过",
            f"you said that it is whole, and nobody waits; what comes in time and before the panel {what}, it must have seen",
        )  # fmt: skip
        return
    yield note("写答复、交材料", "Reply, hand in documents", due=may)
    if may:
        zh, en = "", ""
        last = Hearing.of(inst, dossier).last if case.concluded else Reply.to(inst, dossier, dossier.shown).last
        if last > day:
            left = last - day
            zh, en = f" {left} 日", f"{left} day{'s' if left > 1 else ''}"
        yield note(
            "申明材料齐备", "Say that the reply is whole",
            f"不再等您补充：剩下的{zh or '时间'}就此放弃", f"nobody waits for more from you: what remains ({en or 'of the day'}) is given up",
            due=True, complete="yes",
        )  # fmt: skip


def _is_whole(inst: Institution, dossier: Dossier) -> bool:
    """Whether the accused said, of all it received, that it has replied."""
    case = dossier.case
    assert case is not None
    if case.concluded:
        heard = dossier.heard is not None and dossier.heard.how == "held"
        return bool(case.proposals) and not heard and Hearing.of(inst, dossier).done
    return Reply.to(inst, dossier, dossier.shown).complete
