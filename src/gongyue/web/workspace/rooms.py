"""What a room says to whoever is in it on a bad day: the accused in its case, the reporter in its report; what each may do, and what it may not expect."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.urls import reverse

from gongyue.governance.course import Case
from gongyue.governance.dossier import Dossier
from gongyue.governance.preview import REDACTION, own_version, previews, said_of, showable_from
from gongyue.governance.sheet import VALUES
from gongyue.office import evidence, links
from gongyue.office.facts import bulletins
from gongyue.office.facts.dossiers import DossierFacts
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier
from gongyue.web import installation
from gongyue.web.acting.case_words import READERS_OF_A_REPORT
from gongyue.web.acting.panel_form import named
from gongyue.web.pages import dossier_documents, dossier_page
from gongyue.web.templatetags.words import day, pick
from gongyue.web.workspace.own_unit import OwnUnit


class Version(msgspec.Struct, frozen=True):
    """A version to be shown to the accused: where it stands, and whether it may be shown."""

    name: str
    state: str


class Outcome(msgspec.Struct, frozen=True):
    """What came of it: its name, where it is read (empty where this unit does not open it), and what is to be known beside it."""

    name: str
    url: str
    told: str


class Room(msgspec.Struct, frozen=True):
    """`lead`: the first sentence; `undecided`: what nobody has decided yet; `protects`, `does_not`: of whoever reported.

    `outcomes`: what its reporter was told, and the result that all members were told, once either was.
    """

    lead: str = ""
    undecided: tuple[str, ...] = ()
    protects: tuple[str, ...] = ()
    does_not: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    versions: tuple[Version, ...] = ()
    outcomes: tuple[Outcome, ...] = ()


def room(ours: OwnUnit, facts: DossierFacts) -> Room:
    """What is said beside the dossier, by its kind; nothing of those that are only answered."""
    if facts.kind not in ("case", "report"):
        return Room()
    dossier = evidence.dossier_at(installation.office(), facts.id)
    if facts.kind == "case":
        return msgspec.structs.replace(_accused(dossier), outcomes=tuple(_result(ours, dossier)))
    return msgspec.structs.replace(_reporter(facts, dossier), outcomes=tuple(_told(ours, facts, dossier)))


def _told(ours: OwnUnit, facts: DossierFacts, dossier: Dossier) -> Iterator[Outcome]:
    """What a reporter was told came of it, and the result to all members; not that before: it would tell it of the case."""
    if dossier.report is None or not dossier.report.told:
        return
    line = next(one for one in reversed(facts.entries) if one.type == "report.answer/1" and not one.void)
    read = dossier_page.address("my_dossier_document", facts.name, line.n, 1)
    yield Outcome(
        dossier_documents.name_of(line, 1), read, pick(f"{day(line.day)}告知贵单位", f"told you on {day(line.day)}")
    )
    entry = next(o.entry for o in found_by(ours.office.store, in_dossier(dossier.id)) if o.entry.rx.n == line.n)
    link = links.kept(ours.office.store, links.link_of(entry))
    for one in link.target if link is not None else ():
        yield from _result(ours, evidence.dossier_at(ours.office, one.dossier))


def _result(ours: OwnUnit, case: Dossier) -> Iterator[Outcome]:
    """What all members were told of a case, as it stands now; whoever left before that does not open it, and is told so."""
    n = links.result_of(ours.inst, ours.office.store, case)
    one = bulletins.opened_result(ours.inst, ours.office.store, ours.unit, n, ours.now.day) if n else None
    if one is not None:
        said = bulletins.title_of(ours.inst, one)
        when = pick(f"{day(one.day)}告知全体成员单位", f"told to all members on {day(one.day)}")
        mended = pick(f"，代替第 {one.replaces} 件", f", in place of no. {one.replaces}") if one.replaces else ""
        url = reverse("unit_bulletin", args=[ours.unit, one.n])
        yield Outcome(pick(said.zh, said.en), url, when + mended)
    elif n:
        when = pick(
            "已告知全体成员单位；贵单位当时不是成员，打不开",
            "told to all members; you were none then, and do not open it",
        )
        yield Outcome(pick(*VALUES["result"]), "", when)


def _accused(dossier: Dossier) -> Room:
    case = dossier.case
    assert case is not None
    notes: tuple[tuple[str, str], ...] = (
        (
            pick("有没有检举人", "Whether somebody reported"),
            pick(
                "由检举引起的调查和执行机构自行开始的调查，文书完全一样。本卷不写，以后也不会写。",
                "An investigation that began with a report and one begun unasked read exactly alike. This file does not say, and will not.",
            ),
        ),
        (
            pick("这件事的性质", "What this is"),
            pick(
                "本调查出于贵单位加入公约，不是行政处罚，也不代替法院和主管机关。贵单位随时可以寻求法律救济。",
                "It rests on your accession to the covenant. It is no administrative penalty and replaces neither court nor authority:"
                " you may turn to them at any time.",
            ),
        ),
    )
    if case.concluded and not case.proposals and case.decision is None:
        notes = (*notes, _no_review())
    if case.concluded:
        return Room(lead=_decided(case) if case.decision is not None else _concluded(case.established), notes=notes)
    lead = pick(
        "现在没有认定贵单位违反公约。这是调查，不是结论；签收、答复都不是承认，不答复也不当作承认。请保全有关记录。",
        "Nothing is established against you. This is an investigation, not a conclusion; neither receipt nor reply admits anything,"
        " nor does silence. Please preserve the records it concerns.",
    )
    return Room(lead=lead, undecided=tuple(_undecided()), notes=notes)


def _no_review() -> tuple[str, str]:
    """What whoever looks for a review of a conclusion without a sanction reads: the procedure (P5) has one of decisions alone."""
    return (
        pick("对结论本身的复核", "A review of the conclusion itself"),
        pick(
            "程序规则的复核（P5）只及于处理决定：没有处理的结论没有复核这一步。不同意结论的，可以向法院提出，或越过执行机构向其主管部门提出。",
            "The procedure's review (P5) is of decisions on a sanction: a conclusion without one has none. Whoever disagrees may turn to"
            " the courts, or past the executive body to its authority.",
        ),
    )


def _concluded(established: tuple[str, ...]) -> str:
    if not established:
        return pick(
            "结论：不成立，到此为止。公布结果时不提贵单位名称，除非贵单位希望写明。",
            "Concluded: not established, and that is the end of it. The result names you only if you wish so.",
        )
    return pick(
        "结论已经作出：所认定的条款、证据和理由在结论书里。仍可以寻求法律救济。",
        "It is concluded: articles, evidence and reasons stand in the conclusion. Courts and authorities remain open to you.",
    )


def _decided(case: Case) -> str:
    """What was decided, or stands after a review, in the text's words: first of all, for whoever it was decided about."""
    assert case.decision is not None
    if case.review is not None:
        zh, en = VALUES[case.review.outcome]
        head = pick(f"复核决定：{zh}", f"Reviewed: {en}")
    else:
        head = pick("处理决定已经作出", "It is decided")
    stands = case.stands or pick("不作处理", "no sanction")
    where = pick(
        "复核决定书" if case.review is not None else "决定书",
        "the review" if case.review is not None else "the decision",
    )
    return pick(
        f"{head}：{stands}。理由在{where}里。仍可以寻求法律救济。",
        f"{head}: {stands}. The reasons stand in {where}. Courts and authorities remain open to you.",
    )


def _undecided() -> Iterator[str]:
    yield pick(
        "有没有这件事；有的话，违反不违反所涉的条款。", "Whether it happened; if so, whether it breaches the articles."
    )
    yield pick("有没有造成不良影响。", "Whether it had an adverse effect.")
    yield pick(
        "要不要处理：只有公约写明的种类，没有罚款。",
        "Whether anything follows: only what the covenant names, and no fines.",
    )


def _reporter(facts: DossierFacts, dossier: Dossier) -> Room:
    lead = pick(*READERS_OF_A_REPORT)
    if dossier.report is None or not dossier.report.accused:
        return Room()
    return Room(
        lead=lead,
        protects=tuple(_protects()),
        does_not=tuple(_does_not()),
        versions=tuple(_versions(facts, dossier)),
    )


def _protects() -> Iterator[str]:
    yield pick(
        "对方能打开的任何一件，都没有您的名称、密钥、提交日期。",
        "Nothing the accused can open has your name, your key or the day you filed.",
    )
    yield pick(
        "由检举引起的立案，和自行立案，写法一样。",
        "A case from a report and one opened unasked read alike.",
    )
    yield pick(
        "与您或对方有利害关系的人不得经办、审议。",
        "Nobody with an interest in you or in the accused handles or judges it.",
    )
    yield pick(
        "因检举报复您，是另一件违约。",
        "Retaliation against you is a breach of its own.",
    )
    yield pick(
        "答复逾期会一直记着；不予受理的，可以请求重新考虑一次。",
        "A late answer is marked so for ever; a decline you may ask once to be reconsidered.",
    )


def _does_not() -> Iterator[str]:
    yield pick("对方从事实猜出是您。", "The accused guessing from the facts that it was you.")
    yield pick(
        "经办人、审议人知道您是谁；有人口头说出去，软件拦不住，也查不出。",
        "The caseworker and the panel know who you are; software neither stops nor finds somebody telling it.",
    )
    yield pick(
        "没有申报的利害关系，软件发现不了；您可以随时申请回避。",
        "Interests nobody declared; you may ask for a recusal at any time.",
    )
    yield pick("系统的保管人在技术上能读到。", "Whoever keeps the system can technically read it.")
    yield pick("法院和主管机关依法调取。", "Courts and authorities that demand it by law.")
    yield pick("立案以后，您不能要求停止调查。", "Once a case is open you cannot stop the investigation.")


def _versions(facts: DossierFacts, dossier: Dossier) -> Iterator[Version]:
    """The versions served, the latest first, each with whether it may be shown; then its own, filed with the report."""
    for service in sorted(previews(dossier), key=lambda one: -one.n):
        line = facts.entries[dossier.number(service.digest) - 1]
        said, since = said_of(dossier, service), showable_from(dossier, service)
        if not service.got:
            state = pick("您还没有签收：签收、看过以前不给对方看", "not received by you yet: it is not shown before")
        elif said is not None and said.what == REDACTION:
            state = pick("您不同意：不给对方看", "you objected: it is not shown")
        elif said is not None and since:
            state = pick("您同意了：可以给对方看", "you let it pass: it may be shown")
        elif since:
            state = pick(
                f"您没有不同意的，自{day(since)}起可以给对方看",
                f"unless you object it may be shown from {day(since)} on",
            )
        else:
            state = pick("已撤回：不给对方看", "withdrawn: it is not shown")
        for number in range(1, len(line.docs) + 1):
            yield Version(named(line, number), state)
    own, first = own_version(dossier), facts.entries[0]
    for number, c in enumerate(first.docs, 1):
        if dossier.report is not None and c in dossier.report.shown:
            may = pick("您提交时选定的：可以给对方看", "chosen by you when you filed: it may be shown")
            no = pick("您收回了：不给对方看", "you took it back: it is not shown")
            yield Version(dossier_documents.name_of(first, number), may if c in own else no)
