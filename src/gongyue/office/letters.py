"""A notice as a letter to print and post: plain text, Chinese first, then English."""

from __future__ import annotations

from collections.abc import Iterator

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.periods import day_of, iso, moment
from gongyue.governance.registry import Disavowal
from gongyue.office.deadline_text import end_text
from gongyue.office.notices import Notice

RULE = "—" * 36


def letter(notice: Notice, executive: str, covenant: str, time: int) -> str:
    """The letter as of `time`; `executive` is the executive body's name, `covenant` the book's origin."""
    return "\n".join(
        [*_chinese(notice, executive, covenant, time), "", RULE, "", *_english(notice, executive, covenant, time), ""]
    )


def file_name(notice: Notice) -> str:
    """A name for the letter's file: the unit, the book and the index."""
    return f"{notice.unit}-{notice.id}.txt".replace(":", "-")


def act_text(notice: Notice) -> str:
    """What the act says, field by field."""
    fields = [f"{name} = {value}" for name, value in notice.fields.items() if value not in (None, "", [])]
    return "; ".join(fields) or "—"


def _chinese(n: Notice, executive: str, covenant: str, time: int) -> Iterator[str]:
    yield "通知：凭纸面以贵单位名义记录的行为"
    yield ""
    yield f"致 {n.name}（{n.unit}）："
    yield ""
    yield f"{iso(day_of(n.recorded))}，{executive}的人员凭纸面，以贵单位的名义在公约簿册（{covenant}）中记录了下列行为。"
    yield ""
    yield f"行为：{n.zh}（{n.type}）" + (f"，依{in_chinese(n.at)}" if n.at else "")
    yield f"内容：{act_text(n)}"
    if n.paper is not None:
        yield f"纸面：{n.paper.number}，成文 {n.paper.dated}，到达 {n.paper.arrived}，扫描件承诺值 {n.paper.scan}"
    yield f"记录人：{'、'.join(n.recorded_by)}"
    yield f"到达簿册：{moment(n.recorded)}（北京时间）"
    where = "，待锚定后有位置" if n.index is None else f"第 {n.index} 条"
    yield f"位置：{'公开簿' if n.book == 'open' else '密封簿'}{where}{f'，承诺值 {n.commitment}' if n.commitment else ''}"
    yield f"行为摘要：{n.act}"
    yield ""
    if n.can_be_disavowed(time):
        assert n.disavow is not None
        yield from _way_zh(n, n.disavow)
    else:
        yield f"{_why_not_zh(n)}如非贵单位所为，请立即书面告知{executive}，并告知其主管部门。"
    yield ""
    yield f"通知编号 {n.id}；{iso(day_of(time))}"


def by_zh(way: Disavowal) -> str:
    """By when the unit disavows it, in Chinese."""
    if way.untold:
        return f"自告知载入簿册、或贵单位确认获知起 {way.days} 日内（此前没有截止）"
    return f"{end_text(way.ends).zh}之前"


def by_en(way: Disavowal) -> str:
    """By when the unit disavows it, in English."""
    if way.untold:
        return f"within {way.days} days of the entry that says you were told, or of your confirmation (until then without end)"
    return f"before {end_text(way.ends).en}"


def _way_zh(n: Notice, way: Disavowal) -> Iterator[str]:
    if n.by_letter:
        yield f"如非贵单位所登记，可在{by_zh(way)}以盖章的函件否认，由没有记录它的两名职员记录：该密钥即终止，视同从未登记。"
        return
    yield f"如非贵单位所为，可在{by_zh(way)}以贵单位的密钥否认："
    yield ""
    yield f"    {n.command}"
    yield ""
    yield "不在办公室的计算机上办理的，加 --public（公开的簿册）、--vkey（验证密钥）和 --out act.json，再把 act.json 交来。"
    yield "没有有效密钥的，以盖章的函件否认，由没有记录本件的两名职员记录；密钥已经丢失的，请立即书面告知。"


def _why_not_zh(n: Notice) -> str:
    if n.state != "stands":
        return {"disavowed": "贵单位已经否认本行为。", "replaced": "贵单位其后另投的票已经取代本票。"}[n.state]
    if n.disavow is None:
        return "本类行为没有否认期。"
    return f"否认已经太晚（截至 {end_text(n.disavow.ends).zh}{'，表决已提前结束' if n.disavow.closed else ''}）。"


def _english(n: Notice, executive: str, covenant: str, time: int) -> Iterator[str]:
    yield "Notice: an act recorded from paper in your unit's name"
    yield ""
    yield f"To {n.name} ({n.unit})"
    yield ""
    yield f"On {iso(day_of(n.recorded))} officers of {executive} recorded, from paper and in your unit's name, the"
    yield f"following act in the covenant's books ({covenant})."
    yield ""
    yield f"Act: {n.type}" + (f", {in_english(n.at)}" if n.at else "") + f". {n.en}"
    yield f"It says: {act_text(n)}"
    if n.paper is not None:
        yield f"Paper: {n.paper.number}, dated {n.paper.dated}, arrived {n.paper.arrived}, scan's commitment {n.paper.scan}"
    yield f"Recorded by: {', '.join(n.recorded_by)}"
    yield f"Entered: {moment(n.recorded)} (Beijing time)"
    where = "placed by the next anchor" if n.index is None else f"entry {n.index}"
    yield f"Place: {n.book} book, {where}{f', commitment {n.commitment}' if n.commitment else ''}"
    yield f"The act's digest: {n.act}"
    yield ""
    if n.can_be_disavowed(time):
        assert n.disavow is not None
        yield from _way_en(n, n.disavow)
    else:
        yield f"{_why_not_en(n)} If it is not your unit's, tell {executive} in writing at once, and its authority."
    yield ""
    yield f"Notice {n.id}; {iso(day_of(time))}"


def _way_en(n: Notice, way: Disavowal) -> Iterator[str]:
    if n.by_letter:
        yield f"If it is not your unit's, disavow it by a sealed letter {by_en(way)}, recorded by two officers"
        yield "who did not record it: the key then ends, as if it had never been registered."
        return
    yield f"If it is not your unit's, disavow it with your unit's key {by_en(way)}:"
    yield ""
    yield f"    {n.command}"
    yield ""
    yield "Away from the office's computer add --public (the published book), --vkey (its key) and --out act.json, and"
    yield "hand act.json in. With no valid key, disavow it by a sealed letter, recorded by two officers who did not record"
    yield "this; if you lost your key, tell us in writing at once."


def _why_not_en(n: Notice) -> str:
    if n.state != "stands":
        return {"disavowed": "Your unit has disavowed it.", "replaced": "A later ballot of your unit has replaced it."}[
            n.state
        ]
    if n.disavow is None:
        return "Acts of this type have no period for disavowal."
    early = "; the vote was closed early" if n.disavow.closed else ""
    return f"It is too late to disavow it (until {end_text(n.disavow.ends).en}{early})."
