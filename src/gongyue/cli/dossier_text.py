"""Dossiers in words: in a list, and place by place, with what comes next; for their parties, and for whoever handles them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gongyue.cli.output import counted, pick, table
from gongyue.governance.acts import ACT_TYPES
from gongyue.governance.sheet import VALUES
from gongyue.office.facts.docket import DocketLine, Taken
from gongyue.office.facts.dossier_steps import Step
from gongyue.office.facts.dossiers import DossierFacts, DossierLine
from gongyue.office.hearing_record import ORDER

RECEIVE = "dossier.receive/1"
NAMES: Mapping[int | None, str] = {}
"""Of a party: by what its entries are linked is of no use to it."""


def dossier_rows(found: list[DossierFacts]) -> Iterator[str]:
    """A unit's dossiers, one a line."""
    if not found:
        yield pick("没有卷。", "No dossiers.")
        return
    head = (
        pick("卷", "dossier"), pick("卷名", "name"), pick("种类", "kind"), pick("条数", "entries"), pick("末条", "last entry"), pick("状态", "status"),
    )  # fmt: skip
    rows = [
        (
            one.id[:14],
            pick(one.name.zh, one.name.en),
            pick(one.zh, one.en),
            str(len(one.entries)),
            pick(one.entries[-1].zh, one.entries[-1].en),
            _status(one),
        )
        for one in found
    ]
    yield from table(head, rows)


def docket_lines(found: list[DocketLine], taken: Iterable[Taken] = ()) -> Iterator[str]:
    """An officer's dossiers, one a line, in the order of the docket: overdue first, then the office's turn; before them what was taken from it."""
    for gone in taken:
        why = (
            pick(
                "有当事方申请您回避，尚未决定，此卷不对您打开",
                "your recusal was asked for and is not decided: it does not open",
            )
            if gone.waits
            else pick("已另行指派他人", "others were assigned in your place")
        )
        yield f"{gone.id[:14]} · {pick(gone.name.zh, gone.name.en)} · {pick(gone.zh, gone.en)} · {why}"
    if not found:
        yield pick("没有卷。", "No dossiers.")
        return
    head = (pick("卷", "dossier"), pick("卷名", "name"), pick("何事", "about"), pick("状态", "status"))
    rows = [(one.id[:14], pick(one.name.zh, one.name.en), _about(one), _standing(one)) for one in found]
    yield from table(head, rows)


def frame_lines(one: DocketLine, asked: DossierFacts | None = None) -> Iterator[str]:
    """How a dossier stands, for a secretary who is not assigned to it; `asked`: the recusals that it is to decide, with what says why."""
    yield f"{one.id} · {pick(one.name.zh, one.name.en)} · {_about(one)} · {_standing(one)}"
    yield from _assigned(one.assigned)
    for line in asked.entries if asked is not None else ():
        yield pick(f"{line.n:>3} {line.day} 申请回避", f"{line.n:>3} {line.day} a recusal is asked for") + _whom(line)
        yield from _documents(line, ())
    yield pick(
        "未受指派的，只看到办到哪一步；指派：gongyue dossier assign。",
        "Whoever is not assigned sees only how it stands; to assign: gongyue dossier assign.",
    )


def _whom(line: DossierLine) -> str:
    return pick("：", ": ") + " ".join(line.officers) if line.officers else ""


def _about(one: DocketLine) -> str:
    return pick(one.title.zh, one.title.en) if one.title is not None else pick(one.zh, one.en)


def _standing(one: DocketLine) -> str:
    if one.closed:
        return pick("已结", "settled")
    if one.late:
        return pick(f"已逾期 {one.late} 日（{one.last}）", f"{counted(one.late, 'day')} late ({one.last})")
    if one.turn:
        by = pick(f"，{one.last} 前", f", by {one.last}") if one.last else ""
        return pick("轮到办公室", "the office's turn") + by
    return pick("等别人", "waits for others")


def _status(one: DossierFacts) -> str:
    if one.late and one.due:
        return pick(
            f"已逾期 {one.late} 日（须于 {one.due} 前答复）", f"{counted(one.late, 'day')} late, due by {one.due}"
        )
    if one.due and one.kind == "case":
        return pick(f"最近的期限 {one.due}", f"next last day {one.due}")
    if one.due:
        return pick(f"须于 {one.due} 前答复", f"to be answered by {one.due}")
    if one.closed:
        return pick("已终结", "closed")
    if one.late:
        return pick(f"逾期 {one.late} 日答复", f"answered {counted(one.late, 'day')} late")
    return pick("已结", "settled") if one.is_settled else ""


def dossier_lines(one: DossierFacts, names: Mapping[int | None, str] = NAMES) -> Iterator[str]:
    """A dossier place by place, each with its documents; `names`: by what later acts name its entries."""
    yield f"{one.id} · {pick(one.name.zh, one.name.en)} · {pick(one.zh, one.en)} · {'、'.join(one.parties)}"
    if status := _status(one):
        yield status
    yield from _assigned(one.assigned)
    yield from map(_next, one.next)
    for line in one.entries:
        answers = pick(f" · 答复第 {line.answers} 位", f" · answers {line.answers}") if line.answers else ""
        void = pick(" · 无效（误记时间）", " · void (false time)") if line.void else ""
        says = pick(line.says.zh, line.says.en)
        what = pick(line.zh, line.en) + (pick("：", ": ") + says if says else "")
        late = pick(f" · 逾期 {line.late} 日", f" · {counted(line.late, 'day')} late") if line.late else ""
        named = f" · {names[line.n]}" if line.n in names else ""
        yield f"{line.n:>3} {line.day} {what} · {line.actor}{answers}{late}{void}{named}"
        rows = list(_documents(line, one.erased))
        yield from (
            rows if line.type != RECEIVE else rows[-line.paper :] if line.paper else ()
        )  # else what it answers has them


def _documents(line: DossierLine, erased: Iterable[str]) -> Iterator[str]:
    """The documents at a place, each by its number there, its name and its commitment."""
    for number, (called, c) in enumerate(zip(line.called, line.docs, strict=True), 1):
        gone = pick("（内容已依法删除）", " (erased by law)") if c in erased else ""
        yield f"      {line.n}.{number} {pick(called.zh, called.en)}  {c}{gone}"


def _next(step: Step) -> str:
    due = pick(f"，期限 {step.last}", f", by {step.last}") if step.last else ""
    how = f" · gongyue {command_of(step.act)}" if step.act in ACT_TYPES else ""
    return pick(f"下一步（{step.whose}）：{step.zh}{due}{how}", f"Next ({step.whose}): {step.en}{due}{how}")


def command_of(type: str) -> str:
    """The command by which an act that comes next is done: dossier.receive/1 → dossier receive."""
    if type == ORDER:  # of orders it is the hearing that is waited for
        return "dossier hearing"
    kind = ACT_TYPES[type]
    return f"{kind.matter} {kind.verb.replace('_', '-')}"


def _assigned(assigned: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for role, officers in assigned.items():
        yield f"{pick(*VALUES[role])}: {' '.join(officers)}"
