"""What happened to everybody: votes, proposals, annexes, lists, interpretations, read off the open book once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from gongyue.book.entry import decode
from gongyue.covenant.periods import start_of
from gongyue.governance.institution import Institution
from gongyue.governance.naming import PROSE
from gongyue.governance.papers import disavowal
from gongyue.governance.proposal import Proposal, supports
from gongyue.governance.recovery import open_arrival
from gongyue.office.store import OPEN
from gongyue.web import installation
from gongyue.web.installation import Now
from gongyue.web.notices.told import Told, open_told
from gongyue.web.pages.indexing import index_of, standing
from gongyue.web.workspace.ours import Ours
from gongyue.web.workspace.titles import matter_title


class Happening(msgspec.Struct, frozen=True):
    """A public act that members are told of: where it stands, whose it is, when it arrived, what it says."""

    index: int
    type: str
    actor: str
    time: int
    body: dict[str, Any]


Say = Callable[[Institution, Happening, str], tuple[tuple[str, str], str, tuple[str, ...], int]]
"""(the institution, what happened, the unit told) → (words, route, arguments, deadline or 0)."""


def happenings(now: Now) -> tuple[Happening, ...]:
    """Every public act that members are told of, in the book's order."""
    places = standing(now, *_SAYS)
    return index_of(now).kept("happenings", (len(places), *places[-1:]), lambda: tuple(_read(now.inst, places)))


def _read(inst: Institution, places: tuple[int, ...]) -> Iterator[Happening]:
    store = installation.office().store
    for place in places:
        leaf = store.leaf(OPEN, place)
        assert leaf is not None
        entry = decode(leaf).entry
        body = msgspec.json.decode(entry.act.body)
        time = open_arrival(inst, place, entry.rx.t)
        yield Happening(place, entry.act.type, entry.act.actor, time, body)


def tell(ours: Ours) -> Iterator[Told]:
    """What happened that concerns the unit; its own acts are told as such elsewhere."""
    for happened in happenings(ours.now):
        if happened.actor != ours.unit and _concerns(ours, happened):
            words, route, args, ends = _SAYS[happened.type](ours.now.inst, happened, ours.unit)
            at = _article(ours, happened) if ends else ""
            yield open_told(f"open:{happened.index}", happened.time, words, route, args, ends, at=at)


def _article(ours: Ours, happened: Happening) -> str:
    """What its deadline rests on; a vote's is that of the matter voted on."""
    annex = happened.body.get("matter") in ours.now.inst.annexes
    return ours.at("annex.initiate/1" if annex else happened.type)


def _concerns(ours: Ours, happened: Happening) -> bool:
    inst, known = ours.now.inst, ours.known
    if happened.type.startswith("vote."):
        return ours.unit in inst.votes[happened.body["matter"]].roll
    if happened.type.startswith("founding."):
        return ours.unit in inst.founding.initiators
    if happened.type == "key.notify/1":
        paper = inst.papers.get(happened.body["entry"])
        return paper is not None and paper.holder == ours.unit
    if happened.type == "law.order/1":
        return happened.body.get("party") == ours.unit
    return ours.is_member and known is not None and happened.time >= start_of(known.since)


def _initiated(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    id = h.body["proposal"]
    proposal = inst.proposals[id]
    ends = start_of(proposal.lapses.last + 1) if proposal.stage == "collecting" else 0
    zh, en = matter_title(inst, id)
    return (f"征集附议：{zh}", f"Support is collected: {en}"), "unit_proposal", (unit, id), ends


def _filed(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    id = h.body["proposal"]
    zh, en = matter_title(inst, id)
    return (f"已提出，待开始表决：{zh}", f"Filed, to be voted on: {en}"), "unit_proposal", (unit, id), 0


def _opened(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    zh, en = matter_title(inst, h.body["matter"])
    return (
        (f"开始表决：{zh}", f"Vote opened: {en}"),
        "unit_vote",
        (unit, h.body["matter"]),
        inst.votes[h.body["matter"]].closes,
    )


def _closed(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    zh, en = matter_title(inst, h.body["matter"])
    adopted = h.body["outcome"] == "adopted"
    words = (
        f"表决结束，{'通过' if adopted else '未通过'}：{zh}",
        f"Vote closed, {'' if adopted else 'not '}adopted: {en}",
    )
    return words, "unit_vote", (unit, h.body["matter"]), 0


def _amended(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    id = h.body["proposal"]
    zh, en = matter_title(inst, id)
    said = f"公约已修改，自即日施行：{zh}", f"The covenant was amended: {en}"
    own = min(
        (p.id for p in inst.proposals.values() if p.superseded_by == id and _is_its_own(inst, p, unit)), default=""
    )
    if not own:
        return said, "unit_proposal", (unit, id), 0
    words = f"{said[0]}；贵单位的提议 {own} 因此被取代", f"{said[1]}; your proposal {own} is superseded by it"
    return words, "unit_proposal", (unit, own), 0


def _is_its_own(inst: Institution, proposal: Proposal, unit: str) -> bool:
    return unit == proposal.by or supports(inst, proposal, unit)


def _annex_initiated(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    zh, en = matter_title(inst, h.body["annex"])
    return (f"发起{zh}", f"Initiated: {en}"), "unit_annexes", (unit,), 0


def _annex_published(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    id = h.body["annex"]
    zh, en = matter_title(inst, id)
    said = f"{zh}已公布", f"Published: {en}"
    own = min((a.id for a in inst.annexes.values() if a.superseded_by == id and a.by == unit), default="")
    if own:
        said = (
            f"{said[0]}；贵单位发起的 {own} 因此被取代",
            f"{said[1]}; {own}, which your unit initiated, is superseded by it",
        )
    return said, "unit_annexes", (unit,), 0


def _listed(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    number = h.body["number"]
    words = (f"第 {number} 期加入及退出名单已公布", f"List no. {number} of joins and leaves was published")
    return words, "roll_list", (str(number),), 0


def _interpreted(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    sets = h.body.get("sets")
    effect = (f"{sets['name']} = {sets['value']}",) * 2 if sets else PROSE
    words = {
        "interpretation.adopt/1": ("解释与程序规则已通过", "Interpretations and procedure rules were adopted"),
        "interpretation.issue/1": (
            f"发布解释第 {h.body.get('number')} 号：{effect[0]}",
            f"Interpretation no. {h.body.get('number')} was issued: {effect[1]}",
        ),
        "interpretation.withdraw/1": (
            f"撤回解释第 {h.body.get('number')} 号",
            f"Interpretation no. {h.body.get('number')} was withdrawn",
        ),
    }[h.type]
    return words, "interpretations", (), 0


def _corrected(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    entry, void = h.body["entry"], h.type == "correction.void/1"
    words = (
        f"{'撤销' if void else '更正'}公开簿第 {entry} 条",
        f"Entry {entry} of the open book was {'voided' if void else 'corrected'}",
    )
    return words, "entry", (str(h.index),), 0


def _founded(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    words = {
        "founding.freeze/1": ("公约文本已定稿，请签署", "The text is frozen: please sign it"),
        "founding.reopen/1": ("文本重新修改，此前签署失效", "The text was reopened: earlier signatures are void"),
        "founding.submit/1": ("公约已报批", "The covenant was submitted for approval"),
        "founding.approval/1": ("主管部门已批复", "The authority has answered"),
        "founding.publish/1": ("公约已公布施行", "The covenant was published and is in force"),
    }[h.type]
    return words, "unit_founding", (unit,), 0


def _ordered(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    return (
        ("记录了一项涉及贵单位的法律命令", "An order of law about your unit was recorded"),
        "entry",
        (str(h.index),),
        0,
    )


def _recovered(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    words = (
        f"执行机构误记了时间，已恢复：自公开簿第 {h.body['first']} 条起其所作各条无效，期限重新计算",
        f"The executive body returned from a false time: what it did from entry {h.body['first']} on is void; periods run again",
    )
    return words, "entry", (str(h.index),), 0


def _said_told(inst: Institution, h: Happening, unit: str) -> tuple[tuple[str, str], str, tuple[str, ...], int]:
    entry = h.body["entry"]
    way = disavowal(inst, entry)
    words = (
        f"两名职员记录：已告知贵单位公开簿第 {entry} 条凭纸面以贵单位名义记录；如非贵单位所为，请在期限内否认",
        f"Two officers recorded that you were told of entry {entry}, recorded from paper in your unit's name; if it is not yours, disavow it in time",
    )
    ends = way.ends if way is not None and not way.closed else 0
    return words, "unit_act", (unit, "open", str(entry)), ends


_SAYS: dict[str, Say] = {
    "key.notify/1": _said_told,
    "clock.recover/1": _recovered,
    "founding.freeze/1": _founded,
    "founding.reopen/1": _founded,
    "founding.submit/1": _founded,
    "founding.approval/1": _founded,
    "founding.publish/1": _founded,
    "interpretation.adopt/1": _interpreted,
    "interpretation.issue/1": _interpreted,
    "interpretation.withdraw/1": _interpreted,
    "amendment.initiate/1": _initiated,
    "amendment.file/1": _filed,
    "amendment.publish/1": _amended,
    "vote.open/1": _opened,
    "vote.close/1": _closed,
    "annex.initiate/1": _annex_initiated,
    "annex.publish/1": _annex_published,
    "publication.list/1": _listed,
    "correction.correct/1": _corrected,
    "correction.void/1": _corrected,
    "law.order/1": _ordered,
}
