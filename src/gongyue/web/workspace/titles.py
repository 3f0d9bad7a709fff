"""What is proposed, and how far it has come, in one line of each language."""

from __future__ import annotations

from gongyue.covenant.addresses import in_chinese, in_english
from gongyue.covenant.parties import EXECUTIVE
from gongyue.governance.institution import Institution
from gongyue.governance.proposal import Proposal
from gongyue.office.facts.proposals import Support, touched


def matter_title(inst: Institution, id: str) -> tuple[str, str]:
    """What is proposed, in Chinese and in English."""
    annex = inst.annexes.get(id)
    if annex is not None:
        return f"附件《{annex.title}》", f"annex “{annex.title}”"
    proposal, number = inst.proposals[id], id.partition(":")[2]
    found = [proposal.edition.address(n) for n in sorted(touched(proposal))]
    zh, en = "、".join(map(in_chinese, found)), ", ".join(map(in_english, found))
    return f"修改{zh}（编号 {number}）", f"amendment of {en} (no. {number})"


def support_words(count: Support, proposal: Proposal) -> tuple[str, str]:
    """How far a proposal has come, in one line, in Chinese and in English."""
    if proposal.by == EXECUTIVE:
        return "由执行机构提议，无须附议", "proposed by the executive body; no support is needed"
    zh = f"附议 {count.count} 家，须 {count.enough} 家（{count.arithmetic}）"
    en = f"{count.count} support it, {count.enough} needed ({count.arithmetic})"
    missing = count.missing
    return (f"{zh}，还差 {missing} 家", f"{en}, {missing} more to go") if missing else (zh, en)
