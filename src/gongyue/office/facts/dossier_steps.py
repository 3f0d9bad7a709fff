"""What is to be done in a dossier next: by whom, until when, on which basis; of each kind what it waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE
from gongyue.covenant.periods import Deadline, day_of, iso
from gongyue.governance.acts import act_type_of
from gongyue.governance.admission import decide_by
from gongyue.governance.dossier import Dossier
from gongyue.governance.institution import Institution
from gongyue.governance.petition import answer_by
from gongyue.governance.preview import last_preview, said_of, showable_from
from gongyue.governance.question import EXPLAIN
from gongyue.governance.question import answer_by as question_by
from gongyue.governance.reply import Reply, conclude_by, reply_by
from gongyue.governance.report import answer_by as report_by
from gongyue.office.facts.sanction_steps import sanction_steps
from gongyue.office.openings import OpenedEntry


class Step(msgspec.Struct, frozen=True):
    """What comes next: `whose` turn it is (a unit, exec, authority), with which act, answering which place (0: none in particular).

    `last`: the last day, empty where no period runs; `left` days to it, or `late` days past it; `basis`: what it is counted by.
    """

    whose: str
    zh: str
    en: str
    act: str
    n: int = 0
    last: str = ""
    left: int = 0
    late: int = 0
    basis: str = ""
    article: int = 0
    at: str = ""
    calendar_known: bool = True


def steps_of(inst: Institution, dossier: Dossier, first: OpenedEntry, day: int, told: bool = False) -> Iterator[Step]:
    """What comes next in a dossier, `first` being what opened it: what was served is received, then what its kind waits for.

    `told`: of a case, whether all members were told its result, which stands in another dossier.
    """
    yield from _to_receive(inst, dossier)
    if dossier.challenged & dossier.officers and not dossier.closed:
        zh = "决定回避申请：另行指派，或者仍由原来的人担任"
        en = "The recusal is decided: others are assigned, or the same again"
        yield _step(inst, EXECUTIVE, zh, en, "dossier.assign/1", 0)
    if dossier.kind == "case" and not (told or dossier.closed) and is_untold(dossier):
        zh, en = "告知该单位：它的收悉、答复已凭纸面记录", "The unit is told what was recorded from its paper"
        yield _step(
            inst, EXECUTIVE, f"{zh}；告知以后期限才能届满", f"{en}: no period ends before", "dossier.serve/1", 0
        )
    if dossier.case is not None and dossier.case.concluded and not dossier.closed:
        yield from _concluded(inst, dossier, day, told)
        return
    waits = WAITS.get(dossier.kind)
    if waits is not None and not dossier.closed and not dossier.entries[0].void:
        yield from waits(inst, dossier, first, day)


def role_to_assign(dossier: Dossier) -> str:
    """The role in which somebody is to be assigned now: of whoever is challenged, of whom nobody has, of reviewers asked for; empty for none."""
    if dossier.closed or dossier.entries[0].void:
        return ""
    for role, officers in sorted(dossier.assigned.items()):
        if dossier.challenged & set(officers):
            return role
    if not dossier.assigned:
        return "caseworker"
    case = dossier.case
    asked = case is not None and case.review is None and dossier.asked("review") is not None
    return "reviewers" if asked and not dossier.assigned.get("reviewers") else ""


def is_untold(dossier: Dossier) -> bool:
    """Whether a receipt or a statement stands there that others recorded from paper, and the unit was not told so."""
    receipts = any(s.paper and not s.told for s in dossier.services if s.what != "recorded")
    return receipts or any(not one.told for one in dossier.said)


def _to_receive(inst: Institution, dossier: Dossier) -> Iterator[Step]:
    """What was served and has not been acknowledged, by each party; nothing runs against it before."""
    for n, line in enumerate(dossier.entries, 1):
        for unit in dossier.parties if line.digest in dossier.served and not line.void else ():
            if (unit, line.digest) not in dossier.received:
                zh, en = "有文书送达，请签收；签收不是承认", "Something was served: acknowledge it. That admits nothing"
                yield _step(inst, unit, zh, en, "dossier.receive/1", n)


def _petition(inst: Institution, dossier: Dossier, _: OpenedEntry, day: int) -> Iterator[Step]:
    petition = dossier.petition
    assert petition is not None
    if not petition.answered:
        zh, en = (
            "执行机构向主管部门反映，或者说明不予反映的理由",
            "The executive body forwards it, or explains why not",
        )
        last = answer_by(inst, petition.since)
        yield _step(inst, EXECUTIVE, zh, en, "petition.answer/1", 1, last, "P10", day)
    elif petition.forwarded and not petition.replied:
        zh, en = "主管部门答复；收到后由执行机构记录", "The authority answers; the executive body records it"
        yield _step(inst, AUTHORITY, zh, en, "petition.answer/1", _last(dossier, "petition.answer/1"))


def _last(dossier: Dossier, type: str) -> int:
    """The place of the last entry of that type; 0 where there is none."""
    return max((n for n, line in enumerate(dossier.entries, 1) if line.type == type and not line.void), default=0)


def _application(inst: Institution, dossier: Dossier, first: OpenedEntry, day: int) -> Iterator[Step]:
    refused = any(line.type == "membership.refuse/1" and not line.void for line in dossier.entries)
    if first.commitment not in inst.answered and not refused:
        zh, en = "执行机构决定准予或不予", "The executive body grants or refuses it"
        yield _step(inst, EXECUTIVE, zh, en, "membership.grant/1", 1, decide_by(inst, first.opening), "P8", day)


def _question(inst: Institution, dossier: Dossier, first: OpenedEntry, day: int) -> Iterator[Step]:
    if first.commitment not in inst.answered and not _last(dossier, EXPLAIN):
        zh, en = "联盟以解释答复，或者说明理由", "The alliance answers by an interpretation, or explains"
        last = question_by(inst, day_of(dossier.entries[0].t))
        yield _step(inst, EXECUTIVE, zh, en, EXPLAIN, 1, last, "P10" if last else "", day)


def _report(inst: Institution, dossier: Dossier, _: OpenedEntry, day: int) -> Iterator[Step]:
    report = dossier.report
    assert report is not None
    yield from _preview(inst, dossier, day)
    if since := report.waits_since:
        zh, en = (
            "承办人答复检举：不予受理、并案或立案",
            "The caseworker answers the report: declined, joined or opened",
        )
        place = dossier.number(asked.digest) if report.decided and (asked := dossier.asked("reconsideration")) else 1
        yield _step(inst, EXECUTIVE, zh, en, "report.answer/1", place, report_by(inst, since), "P1", day)
    elif report.answer in ("joined", "opened") and not report.told:
        zh, en = "承办人告知结果", "The caseworker tells what came of it"
        yield _step(inst, EXECUTIVE, zh, en, "report.answer/1", _last(dossier, "report.answer/1"))


def _preview(inst: Institution, dossier: Dossier, day: int) -> Iterator[Step]:
    """The reporter looks at the version to be shown, while its silence has not permitted it yet."""
    seen = last_preview(dossier)
    if seen is None or said_of(dossier, seen) is not None or day >= showable_from(dossier, seen):
        return
    zh, en = (
        "看拟给对方看的版本：可以同意、不同意或交自己遮盖的；期内不说，即视为可以给对方看",
        "Look at the version to be shown: permit it, object, or hand in one you covered yourself; silence permits it",
    )
    until = showable_from(dossier, seen) - 1
    last = Deadline(until, until, True)
    yield _step(inst, dossier.parties[0], zh, en, "dossier.note/1", 0, last, "", day)


def _concluded(inst: Institution, dossier: Dossier, day: int, told: bool) -> Iterator[Step]:
    """What a case waits for once it was concluded."""
    if not dossier.entries[0].void:
        for one in sanction_steps(inst, dossier, day, told):
            yield _step(inst, one.whose, one.zh, one.en, one.act, one.n, one.last, one.basis, day)


def _case(inst: Institution, dossier: Dossier, _: OpenedEntry, day: int) -> Iterator[Step]:
    case = dossier.case
    assert case is not None
    reply = Reply.to(inst, dossier, dossier.shown)
    replying = reply.received and not reply.complete and not reply.waits and day <= reply.last
    if replying:
        zh, en = "可以答复；答复完毕的，申明材料齐备", "May reply; once the reply is whole, it says so"
        last = reply_by(inst, dossier, reply.received)
        yield _step(inst, case.accused, zh, en, "dossier.note/1", 0, last, "P2", day)
    if not any(one.what == "notice" for one in dossier.services):
        zh, en = (
            "承办人送达告知书（因移送暂缓的，期满再送）",
            "The caseworker serves the notice, later where a referral postpones it",
        )
        yield _step(inst, EXECUTIVE, zh, en, "dossier.serve/1", 0)
    zh, en = "审议组作出结论", "The panel concludes"
    if replying:  # before that a conclusion is refused (GY-17-04)
        zh, en = f"答复完毕或者期满以后，{zh}", f"{en} once the reply is whole or its time is over"
    yield _step(inst, EXECUTIVE, zh, en, "case.conclude/1", 0, conclude_by(inst, dossier), "P4", day)


WAITS: dict[str, Callable[[Institution, Dossier, OpenedEntry, int], Iterator[Step]]] = {
    "application": _application,
    "case": _case,
    "petition": _petition,
    "question": _question,
    "report": _report,
}
"""What a dossier of each kind waits for."""


def _step(
    inst: Institution,
    whose: str,
    zh: str,
    en: str,
    act: str,
    n: int,
    last: Deadline | None = None,
    basis: str = "",
    day: int = 0,
) -> Step:
    article = inst.meaning.article(act_type_of(act).clause)
    at = inst.meaning.at(article)
    if last is None:
        return Step(whose, zh, en, act, n, article=article, at=at)
    left, late = max(0, last.last - day), max(0, day - last.last)
    return Step(whose, zh, en, act, n, iso(last.last), left, late, basis, article, at, last.calendar_known)
