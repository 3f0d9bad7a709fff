"""What a link names, in words, for whoever signs it and whoever may open it: nobody decides on a digest, or reads one for a reason."""

from __future__ import annotations

from collections.abc import Sequence

from gongyue.book.dossier_names import DossierNames
from gongyue.governance.acts import ActType
from gongyue.governance.sheet_words import Pick
from gongyue.sealing.link import Target

ENTITY_ENDED = (
    "不凭处理决定：该单位作为主体已经终止（如注销）",
    "no decision: the entity itself has ended (deregistered, say)",
)
"""What an end of membership says whose link names nothing."""


def link_words(kind: ActType, target: Sequence[Target]) -> tuple[str, str]:
    """The entries that a link of such an act names, by the names of their dossiers; in Chinese and English."""
    ending = Pick.ENDING in kind.sheet.picks.values()
    if not target:
        return ENTITY_ENDED if ending else ("不据任何条目", "rests on no entry")
    names = DossierNames({one.dossier for one in target})
    zh = "、".join(f"“{names.of(one.dossier, 'zh')}”第 {one.n} 位" for one in target)
    en = ", ".join(f"place {one.n} of “{names.of(one.dossier, 'en')}”" for one in target)
    return (
        (f"案卷{zh}的处理决定", f"the decision in a case, at {en}") if ending else (f"卷{zh}", f"dossier entry: {en}")
    )
