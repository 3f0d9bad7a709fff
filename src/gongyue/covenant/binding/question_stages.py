"""The stages in which a person is asked, what they are called, and the reasons that are offered for another matter."""

from __future__ import annotations

STAGES: dict[str, tuple[str, ...]] = {
    "who": ("office.executive", "interpretation.authority"),
    "birth": (
        "founding.covenant", "founding.signature", "founding.adoption", "founding.approval", "founding.filing", "founding.effect",
        "publication.covenant", "publication.within", "founding.in_force",
    ),
    "change": (
        "amendment.in_effect", "amendment.proposal", "vote.quorum", "amendment.adoption", "vote.resolution", "vote.presence",
        "vote.proxy", "vote.secret", "amendment.approval",
    ),
    "members": (
        "membership.industry", "membership.invitation", "membership.first_batch", "membership.practitioner",
        "membership.acceptance", "membership.application", "membership.decision", "membership.withdrawal",
        "membership.withdrawal_condition", "membership.lapse", "publication.list", "publication.list_period", "office.term",
    ),
    "cases": (
        "conduct.duties", "report.file", "investigation", "result.publish", "sanction.list", "sanction.conditions",
        "sanction.decider", "appeal", "oversight.complaint", "dispute.mediation",
    ),
}  # fmt: skip
STAGE_NAMES = {
    "structure": ("结构", "structure"),
    "who": ("谁", "who"),
    "birth": ("订立", "coming about"),
    "change": ("修改与表决", "change and votes"),
    "members": ("成员", "members"),
    "cases": ("行为与处理", "conduct and cases"),
    "rest": ("其余", "the rest"),
    "sentences": ("其余条文", "sentences left"),
    "unused": ("没有绑定的份额", "shares not bound"),
    "absent": ("本文无此规定", "not in this text"),
}
REASONS = (
    ("另一机构的事", "another body's matter"),
    ("另一文件的事", "another document's matter"),
    ("议程或职权目录", "an agenda or a list of powers"),
    ("定义", "a definition"),
    ("仅提及", "a mere mention"),
    ("同一事项，已绑定另一处", "the same matter, bound elsewhere"),
    ("另一事项", "another matter"),
)
"""Reasons that are offered for a passage that is other matter; any other may be given."""
