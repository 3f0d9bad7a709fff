"""A second covenant: another alliance's text in traditional characters, articles counted anew in each chapter, every number another."""

from __future__ import annotations

from pathlib import Path

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.records import bind
from gongyue.covenant.changes import decidable
from gongyue.covenant.edition_builder import CHOICES_VERSION, Choices, Chosen, Other, proposed
from gongyue.covenant.parser import outline

TEXT = Path(__file__).with_name("second.txt")
OUTLINE = outline(TEXT.read_bytes(), TEXT.name)
REASON = "另一事项（测试）"

ALSO = (
    Chosen("founding.in_force", "1/6", "本公約自公布之日起施行"),
    Chosen("competition.fair", "4/2", "不得採用不正當手段"),
    Chosen("users.rights", "4/3", "不利用用戶數據從事與向用戶作出的承諾無關的活動"),
    Chosen("sanction.decider", "4/7", "由公約執行機構給予內部通報或取消成員資格的處理"),
    Chosen("vote.quorum", "3/2", "應有全體成員單位五分之三以上參加表決"),
)
"""What the reader does not propose to bind."""

PROCEDURE: dict[str, int | str] = {
    "P1": 16, "P2": 17, "P3": 12, "P4": 88, "P5": 21, "P6": 41, "P7": 18, "P8": 26, "P9": 13, "P10": 14,
    "P11": 11, "P12": 46, "P13": 19, "P14": 5, "P15": 77, "P16": "A3", "P17": 2, "P18": 4, "P19": 34, "P20": 31, "list.period": "quarter",
}  # fmt: skip
"""Every procedure rule otherwise than proposed."""


def choices() -> Choices:
    """What is bound in it: all that the reader proposes, and the above; the rest is other matter or absent."""
    names = {c.capability for c in ALSO}
    bound = (*ALSO, *(c for c in proposed(OUTLINE, REASON).bound if c.capability not in names))
    parts = {p.at: p for p in OUTLINE.parts}
    made = [bind(c.capability, parts[c.at], c.words, c.nth) for c in bound]
    found = decidable(OUTLINE.parts, made)
    other = tuple(Other(p.capability, p.at, p.words, REASON, p.nth) for p, overlapped in found if not overlapped)
    absent = tuple(name for name in catalogue().capabilities if name not in {c.capability for c in bound})
    return Choices(CHOICES_VERSION, bound, other, absent)
