"""What a ruling or a refusal rests on, in words: an article of the text with its words, or a procedure rule or reading with its own."""

from __future__ import annotations

from collections.abc import Callable

from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.procedure import ProcedureRule, package


def source(provision: str, at: str, name: Callable[[str], str] = label_of) -> tuple[str, str]:
    """What the words quoted are of, in Chinese and English: of the article at that address, or of a procedure rule or reading under it.

    `name`: how an address is written in Chinese. Empty where neither has them: the text does not have the provision, and the rule stands without it.
    """
    known = package().of(provision)
    zh, en = (name(at), in_english(at)) if at else ("", "")
    if known is None:
        return zh, en
    kind = ("程序规则", "procedure rule") if isinstance(known, ProcedureRule) else ("解释", "reading")
    under = (f"（{zh}）", f" ({en})") if at else ("", "")
    return f"{kind[0]} {provision}{under[0]}", f"{kind[1]} {provision}{under[1]}"
