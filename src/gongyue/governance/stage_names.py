"""What the stages of matters are called, on every face."""

from __future__ import annotations

from gongyue.covenant.parties import EXECUTIVE

STAGES = {
    "empty": ("空簿，待创立", "empty, to be founded"),
    "draft": ("草案", "draft"),
    "frozen": ("已定稿，签署中", "frozen, being signed"),
    "submitted": ("已报批", "submitted"),
    "returned": ("被退回", "returned"),
    "refused": ("未获批准", "not approved"),
    "effective": ("已生效，待公布", "in effect, to be published"),
    "in_force": ("施行中", "in force"),
    "collecting": ("征集附议", "collecting support"),
    "proposed": ("已提出", "filed"),
    "published": ("已公布施行", "published and in force"),
    "consultation": ("征求意见", "consultation"),
    "replaced": ("已由新附件代替", "replaced"),
    "repealing": ("废止他件", "repeals another"),
    "repealed": ("已废止", "repealed"),
    "issued": ("有效", "in force"),
    "superseded": ("已被取代", "superseded"),
    "withdrawn": ("已撤回", "withdrawn"),
    "open": ("表决中", "vote open"),
    "adopted": ("通过", "adopted"),
    "rejected": ("未通过", "not adopted"),
    "no_quorum": ("未达法定人数", "no quorum"),
    "lapsed": ("已失效", "lapsed"),
}
"""Where a matter stands, in a word."""


def proposal_words(stage: str, by: str) -> tuple[str, str]:
    """Where a proposed amendment stands: of what the executive body proposes nobody's support is collected."""
    if stage == "collecting" and by == EXECUTIVE:
        return "待提出，不需附议", "to be filed, no support needed"
    return STAGES.get(stage, (stage, stage))
