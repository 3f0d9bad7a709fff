"""What a proposed amendment changes and how it stands: text diff, term diff, suspended rules, supporters, the count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from gongyue.book.entry import decode
from gongyue.cli.act_text import unit_name
from gongyue.cli.book_source import BookSource
from gongyue.cli.output import pick
from gongyue.cli.vote import vote_data, vote_lines
from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.binding.binding_text import number_of
from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.records import Binding
from gongyue.covenant.changes import Change
from gongyue.covenant.edition import Edition
from gongyue.covenant.parties import EXECUTIVE
from gongyue.governance.absences import added_left
from gongyue.governance.poll import Vote
from gongyue.governance.proposal import (
    ALIVE,
    Proposal,
    supporting,
    suspended_rules,
)
from gongyue.governance.stage_names import proposal_words
from gongyue.office.count_text import OUTCOMES, tests
from gongyue.office.facts.covenant import edition_of
from gongyue.office.facts.proposals import stage_of, superseded, support
from gongyue.office.objects import text_of_proposal


def diff_data(base: Edition | None, change: Change) -> dict[str, Any]:
    """The text diff, the clauses that are bound anew or dropped, and the passages that are other matter."""
    names = dict.fromkeys([b.capability for b in change.bindings] + [a.capability for a in change.absent])
    after = {b.capability: b for b in reversed(change.bindings)}
    return {
        "text": [
            {"article": base.position(e.at) if base else 0, "at": e.at, "old": e.old, "new": e.new} for e in change.text
        ],
        "clauses": [
            {
                "name": name,
                "old": _clause_data(base.binding(name) if base else None),
                "new": _clause_data(after.get(name)),
            }
            for name in names
        ],
        "other": [
            {"name": d.capability, "article": d.at, "words": d.words, "reason": d.reason} for d in change.decisions
        ],
    }


def left_data(base: Edition | None, after: Edition) -> list[dict[str, str]]:
    """The sentences that a change writes into the text and the software does not carry out."""
    found = added_left(base, after) if base else ()
    return [{"at": e.at, "words": e.words, "zh": e.zh, "en": e.en} for e in found]


def left_lines(data: list[dict[str, str]]) -> Iterator[str]:
    """The same as prose; nothing where there are none."""
    if data:
        yield pick("写进正文而软件不执行的：", "Written into the text and not carried out by the software:")
    for e in data:
        yield pick(
            f"  {label_of(e['at'])}“{e['words']}”：{e['zh']}", f"  {in_english(e['at'])} “{e['words']}”: {e['en']}"
        )


def _clause_data(b: Binding | None) -> dict[str, Any] | None:
    """What a binding says: its words, number, itself included or not, of whom, from when."""
    if b is None:
        return None
    zh, en = number_of(b)
    return {
        "article": b.at,
        "words": b.words,
        "says": pick(zh, en),
        "value": b.value,
        "unit": b.unit,
        "inclusive": b.inclusive,
        "base": b.base,
        "start": b.start,
    }


def diff_lines(data: dict[str, Any]) -> Iterator[str]:
    """The diffs as prose."""
    for e in data["text"]:
        yield pick(label_of(e["at"]), in_english(e["at"]))
        yield f"  - {e['old']}"
        yield f"  + {e['new']}"
    for c in data["clauses"]:
        known = catalogue().capabilities[c["name"]]
        yield pick(f"条款 {c['name']}（{known.zh}）", f"clause {c['name']} ({known.en})")
        yield f"  - {_clause_said(c['old'])}"
        yield f"  + {_clause_said(c['new'])}"
    for d in data["other"]:
        yield pick(
            f"另一事项 {d['name']}：{label_of(d['article'])}“{d['words']}”（{d['reason']}）",
            f"other matter, {d['name']}: {in_english(d['article'])} “{d['words']}” ({d['reason']})",
        )


def _clause_said(clause: dict[str, Any] | None) -> str:
    """What a clause says: the number with of whom, itself included or not, from when; and its words."""
    if clause is None:
        return pick("（本文无此规定）", "(not in this text)")
    return f"{clause['says']}  “{clause['words']}”".strip()


def suspended_data(place: BookSource, after: Edition) -> list[dict[str, Any]]:
    """The clauses that a text has no more, and the rules that it would suspend."""
    rows = suspended_rules(place.inst, after) if place.inst.meaning.edition is not None else []
    at = place.inst.meaning.at
    return [
        {"clause": c.name, "article": c.article, "at": at(c.article), "words": c.words, "rules": rules}
        for c, rules in rows
    ]


def suspended_lines(data: list[dict[str, Any]]) -> Iterator[str]:
    """The suspended rules as prose; said so where there are none."""
    if not data:
        yield pick("不暂停任何规则。", "No rule is suspended.")
        return
    yield pick("将暂停的规则（所引字句不复存在）：", "Rules that would be suspended (the words they quote are gone):")
    for row in data:
        yield f"  {row['clause']} “{row['words']}” → {' '.join(row['rules']) or '—'}"


def progress_data(place: BookSource, proposal: Proposal) -> dict[str, Any]:
    """How a proposal stands: its diffs, supporters and what is missing, suspended rules, its vote."""
    inst, stage = place.inst, stage_of(place, proposal)
    count = support(place, proposal)
    vote = inst.votes.get(proposal.id)
    return {
        "proposal": proposal.id,
        "by": proposal.by,
        "name": unit_name(inst, proposal.by),
        "stage": stage,
        "change": diff_data(edition_of(place, proposal.base), proposal.diff),
        "base": proposal.base,
        "edition": text_of_proposal(proposal)[0],
        "supporters": sorted(supporting(inst.on(place.day), proposal)),
        "counted": f"{count.count}/{count.roll}",
        "need": 0 if proposal.by == EXECUTIVE else count.enough,
        "missing": count.missing if stage == "collecting" and proposal.by != EXECUTIVE else 0,
        "suspended": suspended_data(place, proposal.edition) if stage in ALIVE else [],
        "reported": proposal.notified,
        "renews": proposal.renews,
        "renewed": proposal.renewed,
        "superseded": _superseded_data(place, proposal) if stage == "superseded" else None,
        "vote": vote_data(place, vote) if vote else None,
    }


def _superseded_data(place: BookSource, proposal: Proposal) -> dict[str, Any]:
    """By which proposal, what no longer stands, and both texts of every article it would change."""
    texts = msgspec.to_builtins(superseded(place, proposal))
    return {"by": proposal.superseded_by, "why": proposal.conflict, "texts": texts}


def _superseded_lines(proposal: str, data: dict[str, Any]) -> Iterator[str]:
    yield pick(
        f"已被先通过的 {data['by']} 取代：{data['why']}", f"superseded by {data['by']}, adopted earlier: {data['why']}"
    )
    for row in data["texts"]:
        yield pick(label_of(row["at"]), in_english(row["at"]))
        yield pick(f"  {data['by']} 公布的：{row['in_force']}", f"  as {data['by']} has it: {row['in_force']}")
        yield pick(f"  {proposal} 要改成的：{row['proposed']}", f"  as {proposal} would: {row['proposed']}")


def standing_lines(data: dict[str, Any]) -> Iterator[str]:
    """How a proposal stands, as prose."""
    zh, en = proposal_words(data["stage"], data["by"])
    yield pick(
        f"提议 {data['proposal']}（{data['name']}）：{zh}", f"Proposal {data['proposal']} ({data['name']}): {en}"
    )
    yield from diff_lines(data["change"])
    if data["superseded"]:
        yield from _superseded_lines(data["proposal"], data["superseded"])
        yield _again(data)
    if data["renews"]:
        yield pick(f"重新表决的是 {data['renews']}", f"puts {data['renews']} to the vote again")
    yield _support_line(data)
    yield from suspended_lines(data["suspended"])
    if data["stage"] == "proposed":
        then = f"gongyue vote open {data['proposal']}"
        yield pick(f"下一步：开始表决：{then}", f"Next: open the vote: {then}")
    if data["vote"]:
        yield from vote_lines(data["vote"])


def _support_line(data: dict[str, Any]) -> str:
    if data["by"] == EXECUTIVE:
        return pick("由执行机构提议，不需附议", "proposed by the executive body: no support is needed")
    missing = pick(f"，尚缺 {data['missing']}", f", {data['missing']} missing") if data["missing"] else ""
    return pick(
        f"附议 {data['counted']}，须 {data['need']}{missing}",
        f"supporters {data['counted']}, {data['need']} needed{missing}",
    )


def _again(data: dict[str, Any]) -> str:
    """That it can be voted on again, and how; or what does so already."""
    if data["renewed"]:
        return pick(f"已由 {data['renewed']} 重新表决", f"put to the vote again by {data['renewed']}")
    how = f"gongyue amendment initiate --proposal p:… --renews {data['proposal']} --replace …"
    return pick(
        f"同一修改可据现行文本重新表决，无须重新附议：{how}",
        f"the same change can be voted on again without new supporters: {how}",
    )


def certificate_data(place: BookSource, proposal: Proposal, vote: Vote) -> dict[str, Any]:
    """The certificate of a vote's result: the counts, both tests' arithmetic, where it stands in the book."""
    assert vote.closed_index is not None
    roll = len(vote.roll)
    leaf = place.leaf(vote.closed_index)
    assert leaf is not None
    return {
        "covenant": place.inst.cov,
        "proposal": proposal.id,
        "outcome": vote.outcome,
        "roll": roll,
        "consents": vote.consents,
        "against": vote.against,
        "abstain": vote.abstain,
        "silent": roll - vote.consents - vote.against - vote.abstain,
        "tests": [
            dict(t.finding.figures) | {"name": list(t.name), "holds": t.finding.holds, "enough": t.finding.enough}
            for t in tests(vote)
        ],
        "base": proposal.base,
        "edition": text_of_proposal(proposal)[0],
        "entry": vote.closed_index,
        "act": decode(leaf).digest,
        "checkpoint": {"size": place.view.size, "root": place.view.root},
        "published": proposal.published_index,
    }


def certificate_lines(d: dict[str, Any]) -> Iterator[str]:
    """The certificate as prose."""
    zh, en = OUTCOMES[d["outcome"]]
    yield pick(
        f"表决结果证明：{d['covenant']} 提议 {d['proposal']}：{zh}",
        f"Certificate of the result: {d['covenant']}, proposal {d['proposal']}: {en}",
    )
    yield pick(
        f"冻结名册 {d['roll']} 家：同意 {d['consents']}，不同意 {d['against']}，弃权 {d['abstain']}，未投 {d['silent']}（沉默不是同意）",
        f"Frozen roll {d['roll']}: consent {d['consents']}, against {d['against']}, abstain {d['abstain']},"
        f" silent {d['silent']} (silence is not consent)",
    )
    for t in d["tests"]:
        (zh, en), mark = t["name"], "✓" if t["holds"] else "✗"
        yield pick(
            f"  {mark} {zh}：{t['arithmetic']}（须 {t['enough']}）",
            f"  {mark} {en}: {t['arithmetic']} (needs {t['enough']})",
        )
    yield pick(f"文本：{d['base']} → {d['edition']}", f"text: {d['base']} → {d['edition']}")
    yield pick(f"簿册位置：#{d['entry']} {d['act']}", f"in the book: #{d['entry']} {d['act']}")
    yield pick(
        f"检查点：{d['checkpoint']['size']} {d['checkpoint']['root']}",
        f"checkpoint: {d['checkpoint']['size']} {d['checkpoint']['root']}",
    )
    if d["published"] is not None:
        yield pick(f"公布：#{d['published']}", f"published: #{d['published']}")
