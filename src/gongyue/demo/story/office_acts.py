"""What the office key did in the story, in words: the anchor, the list, turnout and count of a vote, the year's figures."""

from __future__ import annotations

from gongyue.covenant.periods import iso
from gongyue.governance.institution import Institution
from gongyue.office.count_text import OUTCOMES, tests


def office_act_text(inst: Institution, type: str, index: int) -> tuple[str, str, str]:
    """What an act of the office key did: Chinese, English, figures."""
    if type == "book.anchor/1":
        return "锚定密封簿", "anchors the sealed book", f"{inst.anchors[-1].size}"
    if type == "publication.list/1":
        return _told_list(inst, index)
    if type == "vote.turnout/1":
        vote = next(v for v in inst.votes.values() if v.turnouts and v.closed_index in (None, index + 1))
        return (
            f"公布投票率（{vote.id}）",
            f"states the turnout ({vote.id})",
            f"{vote.turnouts[-1].voted}/{len(vote.roll)}",
        )
    if type == "vote.close/1":
        vote = next(v for v in inst.votes.values() if v.closed_index == index)
        word = OUTCOMES[vote.outcome]
        sums = "；".join(str(test.finding.figures["arithmetic"]) for test in tests(vote))
        of = f"{vote.consents}/{len(vote.roll)}, {vote.consents_left}/{vote.roll_left}"
        figures = f"{vote.consents}+{vote.against}+{vote.abstain}; {of}: {sums}"
        return (
            f"启封全部选票并计票（{vote.id}）：{word[0]}",
            f"opens every ballot and counts ({vote.id}): {word[1]}",
            figures,
        )
    if type == "oversight.report/1":
        return "公布年度数字", "publishes the year's figures", ""
    return type, type, ""


def _told_list(inst: Institution, index: int) -> tuple[str, str, str]:
    one = next(entry for entry in inst.lists if entry.index == index)
    within = [e.what for e in inst.events.values() if one.begins <= e.day <= one.ends]
    counts = f"+{within.count('joined')} −{within.count('left')} ×{within.count('ended')}"
    period = f"{iso(one.begins)}–{iso(one.ends)}"
    note = ("", "") if within else ("，本期无变动", ", no change")
    late = f"，逾期 {one.late_days} 日" if one.late_days else ""
    return f"公布第 {one.number} 期名单 {period}{note[0]}{late}", f"publishes list no. {one.number}{note[1]}", counts
