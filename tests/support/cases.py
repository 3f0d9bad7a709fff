"""Reports and cases as tests tell them: filed, answered, opened, served, concluded."""

from __future__ import annotations

from functools import cache
from typing import Any

from gongyue.book.receipts import Receipt
from gongyue.office import links
from gongyue.office.openings import found_by
from gongyue.office.store.words import in_dossier, typed
from gongyue.sealing.link import Target
from support.alliance import (
    CASEWORKER,
    FIRST,
    PANEL,
    PUBLISHER,
    REASONS,
    REASONS_BYTES,
    SECRETARY,
    TWO,
    Alliance,
    commitment_to,
)
from support.dossiers import assigned, commitments, done, folded, id_of, noted
from support.told import Told

ACCUSED = "u:0002"
FACTS = commitment_to("事实")
LINK = commitment_to("a link that nobody opened")
REPORT: dict[str, Any] = {
    "kind": "report",
    "accused": ACCUSED,
    "begins": "2026-05-01",
    "ends": "2026-05-20",
    "facts": FACTS,
    "articles": ["8"],
    "evidence": [],
}


def reported(world: Alliance, unit: str = FIRST, **other: Any) -> str:
    """A unit reports the second one; the id of its dossier."""
    return id_of(world.unit("report.file/1", unit, REPORT | other))


def handled(world: Alliance, unit: str = FIRST, **other: Any) -> str:
    """The same, with a caseworker assigned."""
    dossier = reported(world, unit, **other)
    assigned(world, dossier)
    return dossier


def linked(world: Alliance, *places: tuple[str, int]) -> tuple[str, bytes]:
    """A link to entries of dossiers by their places, and the line that opens it."""
    target = []
    for dossier, n in places:
        found = next(o for o in found_by(world.stage.office.store, in_dossier(dossier)) if o.entry.rx.n == n)
        target.append(Target(found.commitment, dossier, n))
    return links.made(world.stage._draw(32), target)


def replied(
    world: Alliance,
    dossier: str,
    answer: str,
    ground: str | None = None,
    of: tuple[str, int] | None = None,
    **other: Any,
) -> Receipt:
    """The caseworker answers a report: of a decline it links to the report itself, else to the case, which is opened where none is named."""
    if of is None and answer == "opened":
        of = case_on(world, dossier), 1
    if of is None and answer == "outcome":
        of = outcome_of(world, dossier)
    of = of or ((dossier, 1) if answer == "declined" else case_of(world, answer))
    link, line = linked(world, of)
    before = folded(world, dossier)
    reasons = commitment_to(f"{answer} {before.n}" if commitment_to(answer) in before.docs else answer)
    body = {"answer": answer, "ground": ground, "reasons": reasons, "link": link}
    return done(world, "report.answer/1", dossier, body, CASEWORKER, files=[line], **other)


def opened_on(world: Alliance, *reports: str) -> str:
    """A case is opened on these reports; the id of its dossier."""
    link, line = linked(world, *((one, 1) for one in reports))
    return id_of(world.executive("case.open/1", case_body(link=link), (CASEWORKER, SECRETARY), line))


def case_on(world: Alliance, report: str) -> str:
    """The case that was opened on a report; where there is none, it is."""
    store = world.stage.office.store
    for one in found_by(store, typed("case.open/1")):
        link = links.kept(store, links.link_of(one.entry))
        if link is not None and any(target.dossier == report for target in link.target):
            return str(one.entry.rx.dossier)
    return opened_on(world, report)


def outcome_of(world: Alliance, report: str) -> tuple[str, int]:
    """The conclusion of the case that the report's last answer named, which is brought about; of the last case where it named none."""
    store = world.stage.office.store
    answers = [one for one in found_by(store, in_dossier(report)) if one.entry.act.type == "report.answer/1"]
    link = links.kept(store, links.link_of(answers[-1].entry)) if answers else None
    if link is None or link.target[0].dossier == report:
        return case_of(world, "outcome")
    case = link.target[0].dossier
    if not any(one.type == "case.conclude/1" for one in folded(world, case).entries):
        for what in ("notice", "evidence"):
            served(world, case, what)
            received(world, case)
        noted(world, case, ACCUSED, complete=True)
        concluded(world, case)
    return case, next(n for n, one in enumerate(folded(world, case).entries, 1) if one.type == "case.conclude/1")


def case_of(world: Alliance, answer: str) -> tuple[str, int]:
    """The opening of the last case, of an outcome its conclusion; where there is none, it is brought about."""
    type = "case.conclude/1" if answer == "outcome" else "case.open/1"
    found = list(found_by(world.stage.office.store, typed(type)))
    if found:
        return str(found[-1].entry.rx.dossier), found[-1].entry.rx.n or 0
    if answer != "outcome":
        return opened_case(world), 1
    dossier = heard(world)
    noted(world, dossier, ACCUSED, complete=True)
    concluded(world, dossier)
    return dossier, folded(world, dossier).n


HU = "o:hu"
"""The third panellist."""
NOTICE, EVIDENCE, REPLY = commitments("告知书", "还款数据用于营销", "答复")
USERS: dict[str, Any] = {
    "article": "8",
    "clause": "users.rights",
    "established": True,
    "evidence": [EVIDENCE],
    "signed": None,
}


@cache
def _told(members: int) -> Alliance:
    return Alliance(members=members, initiators=2).in_force().on("2026-05-20").appoint(HU, "panellist").on("2026-06-01")


def staffed(members: int = 5) -> Alliance:
    """In force, with three panellists; on 2026-06-01, when the day of opening of most cases begins."""
    return again(_told(members))


def again(world: Alliance) -> Alliance:
    """Another one that goes on from there."""
    return world.again(Told.of(world.stage))


def rows(*officers: str, interests: tuple[str, ...] = ()) -> list[dict[str, Any]]:
    """Officers as they are assigned."""
    return [{"officer": one, "interests": list(interests)} for one in officers]


def case_body(**other: Any) -> dict[str, Any]:
    """What opens a case against the second member, unless said otherwise."""
    body = {
        "accused": ACCUSED,
        "articles": ["8"],
        "begins": "2026-05-01",
        "ends": "2026-05-20",
        "caseworker": rows(CASEWORKER)[0],
        "panel": rows(*PANEL, HU),
    }
    return body | other


def opened_case(world: Alliance, signers: tuple[str, ...] = (CASEWORKER, SECRETARY), **other: Any) -> str:
    """A case is opened; the id of its dossier."""
    return id_of(world.executive("case.open/1", case_body(**other), signers))


def served(world: Alliance, dossier: str, what: str = "notice", *docs: str, signer: str = CASEWORKER) -> str:
    """Documents are served; the digest of the entry."""
    default = {"notice": NOTICE, "evidence": EVIDENCE}.get(what, NOTICE)
    done(world, "dossier.serve/1", dossier, {"what": what, "docs": list(docs or (default,))}, signer)
    return folded(world, dossier).entries[-1].digest


def received(world: Alliance, dossier: str, to: str = "", unit: str = ACCUSED, **other: Any) -> Receipt:
    """The accused acknowledges what was served, the last unless said otherwise; from paper where there is one."""
    found = folded(world, dossier)
    digest = to or found.services[-1].digest
    signers = TWO if other.get("paper") else (unit,)
    body = {"docs": list(found.served[digest])}
    return done(world, "dossier.receive/1", dossier, body, *signers, actor=unit, to=digest, **other)


def heard(world: Alliance, **other: Any) -> str:
    """A case whose accused received notice and evidence on the day."""
    dossier = opened_case(world, **other)
    for what in ("notice", "evidence"):
        served(world, dossier, what)
        received(world, dossier, unit=other.get("accused", ACCUSED))
    return dossier


def ordered(world: Alliance, dossier: str, what: str, ground: str, *signers: str) -> Receipt:
    """The caseworker orders its course, or others."""
    reasons = commitment_to(f"{what} {folded(world, dossier).n}")
    body = {"what": what, "ground": ground, "reasons": reasons}
    return done(world, "dossier.order/1", dossier, body, *(signers or (CASEWORKER,)))


def concluded(
    world: Alliance, dossier: str, *findings: dict[str, Any], signers: tuple[str, ...] = PANEL, adverse: bool = True
) -> Receipt:
    """The panel concludes that article 8 was breached, unless said otherwise."""
    body = {"findings": list(findings or (USERS,)), "adverse": adverse, "reasons": commitment_to("理由")}
    return done(world, "case.conclude/1", dossier, body, *signers)


CIRCULAR, CANCELLATION = "内部通报", "取消公约成员资格"
"""The kinds of sanction that the text lists, the lighter one first."""
FACTORS = ("seriousness", "effect", "fault", "remedy", "recurrence", "cooperation")
LIGHTER = commitment_to("较轻者不足的理由")


def found(world: Alliance, **other: Any) -> str:
    """A case concluded on the day: article 8 was breached, with an adverse effect; unless said otherwise."""
    dossier = heard(world, **other)
    noted(world, dossier, other.get("accused", ACCUSED), complete=True)
    concluded(world, dossier)
    return dossier


def proposed(
    world: Alliance, dossier: str, kind: str | None = CANCELLATION, signers: tuple[str, ...] = PANEL
) -> Receipt:
    """The panel proposes a sanction, or none."""
    again = len(case.proposals) if (case := folded(world, dossier).case) is not None else 0
    body = {"kind": kind, "reasons": commitment_to(f"拟处理 {kind}{again or ''}")}
    return done(world, "case.propose/1", dossier, body, *signers)


def told(world: Alliance, dossier: str, what: str = "proposal", unit: str = ACCUSED) -> str:
    """What was proposed, decided or reviewed last is served whole, and received; the digest of the service."""
    case = folded(world, dossier).case
    assert case is not None
    docs = {
        "proposal": [one.reasons for one in case.proposals[-1:]],
        "decision": case.decision.docs if case.decision else [],
        "review": [case.review.reasons] if case.review else [],
    }[what]
    digest = served(world, dossier, what, *docs)
    received(world, dossier, unit=unit)
    return digest


def offered(world: Alliance, kind: str | None = CANCELLATION, **other: Any) -> str:
    """A case in which a sanction was proposed, and served, on the day."""
    dossier = found(world, **other)
    proposed(world, dossier, kind)
    told(world, dossier, unit=other.get("accused", ACCUSED))
    return dossier


def decided(
    world: Alliance, dossier: str, kind: str | None = CANCELLATION, signers: tuple[str, ...] = PANEL, **other: Any
) -> Receipt:
    """The panel decides, with its six factors and why the lighter does not suffice."""
    body: dict[str, Any] = {name: commitment_to(name) for name in FACTORS}
    body |= {"kind": kind, "lighter": LIGHTER if kind == CANCELLATION else None}
    return done(world, "case.decide/1", dossier, body | other, *signers)


def cancelled(world: Alliance, kind: str = CANCELLATION, **other: Any) -> str:
    """A case decided and served on the day, its accused having said that it has said all."""
    dossier, unit = offered(world, kind, **other), other.get("accused", ACCUSED)
    noted(world, dossier, unit, complete=True)
    decided(world, dossier, kind)
    told(world, dossier, "decision", unit)
    return dossier


REVIEWERS = ("o:liu", "o:he", "o:bai")
"""Three more panellists, who have decided nothing."""


def with_reviewers(members: int = 5) -> Alliance:
    """The same on 2026-06-01, with three more panellists in office."""
    return again(_with_reviewers(members))


@cache
def _with_reviewers(members: int) -> Alliance:
    world = Alliance(members=members, initiators=2).in_force().on("2026-05-20")
    for officer in (HU, *REVIEWERS):
        world.appoint(officer, "panellist")
    return world.on("2026-06-01")


def reviewing(world: Alliance, dossier: str, unit: str = ACCUSED) -> str:
    """The accused asks for a review, and the secretary assigns others; the digest of the request."""
    noted(world, dossier, unit, asks="review")
    digest = folded(world, dossier).entries[-1].digest
    assigned(world, dossier, "reviewers", REVIEWERS)
    return digest


def reviewed(
    world: Alliance,
    dossier: str,
    to: str,
    outcome: str = "upheld",
    kind: str | None = None,
    signers: tuple[str, ...] = REVIEWERS[:2],
) -> Receipt:
    """The reviewers decide."""
    body = {"outcome": outcome, "kind": kind, "reasons": commitment_to(f"复核 {outcome}")}
    return done(world, "case.review/1", dossier, body, *signers, to=to)


def decision_of(world: Alliance, dossier: str) -> Target:
    """The decision of a case, as a link names it."""
    case = folded(world, dossier).case
    assert case is not None and case.decision is not None
    place = case.decision.n
    kept = next(o for o in found_by(world.stage.office.store, in_dossier(dossier)) if o.entry.rx.n == place)
    return Target(kept.commitment, dossier, place)


def ended(world: Alliance, dossier: str, unit: str = ACCUSED) -> Receipt:
    """Two officers end a membership on the decision of a case."""
    link, line = links.made(world.stage._draw(32), [decision_of(world, dossier)])
    return world.executive("membership.end/1", {"unit": unit, "link": link}, (PUBLISHER, SECRETARY), line)


def voided(world: Alliance, index: int, signers: tuple[str, ...] = (PUBLISHER, SECRETARY)) -> Receipt:
    """Two officers void an act of the open book."""
    body = {"entry": index, "reasons": REASONS, "from_the_beginning": False}
    return world.executive("correction.void/1", body, signers, REASONS_BYTES)
