"""How far what is proposed has come, in one line of each language."""

from __future__ import annotations

from gongyue.covenant.parties import EXECUTIVE
from gongyue.governance.proposal import Proposal
from gongyue.office.facts.proposals import Support


def support_words(count: Support, proposal: Proposal) -> tuple[str, str]:
    """How far a proposal has come, in one line, in Chinese and in English."""
    if proposal.by == EXECUTIVE:
        return "由执行机构提议，无须附议", "proposed by the executive body; no support is needed"
    zh = f"附议 {count.count} 家，须 {count.enough} 家（{count.arithmetic}）"
    en = f"{count.count} support it, {count.enough} needed ({count.arithmetic})"
    missing = count.missing
    return (f"{zh}，还差 {missing} 家", f"{en}, {missing} more to go") if missing else (zh, en)
