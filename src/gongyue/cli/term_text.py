"""A share or a period of a text as `gongyue read` prints it: its clause, the number, itself included or not, of whom."""

from __future__ import annotations

import re

from gongyue.covenant import formulas, itself, numbers
from gongyue.covenant.binding.requirements import BASE_WORDS
from gongyue.covenant.text import Term

_UNITS = {
    "zh": {"day": "日", "workday": "个工作日", "month": "个月", "hour": "小时", "share": ""},
    "en": {"day": " day(s)", "workday": " working day(s)", "month": " month(s)", "hour": " hour(s)", "share": ""},
}
_BOUND_BEFORE = re.compile(
    "[不未]?超[过過]|[过過]半|不[足满滿到]|未[满滿]|至少|至多|最[少多]|起[码碼]|不?(?:得|能|应|應)?[少多低高][于於]"
)
_BOUND_AFTER = re.compile("以[上下内內外]|(?<=[日天月年周])[内內]")
"""What stands before a number and bounds it, and what stands behind it: 以下数据（最少5年） bounds nothing from above."""


def of(term: Term, lang: str) -> str:
    """The clause and what it states: the number, itself included or not, of whom."""
    bound = {"zh": ("含本数", "不含本数"), "en": ("itself included", "itself excluded")}[lang][not term.inclusive]
    comma = "，" if lang == "zh" else ", "
    said = [stated] if (stated := _bound_of(term)) else []
    bound += _unsaid(term, lang)
    base = [BASE_WORDS[term.base][lang == "en"]] if term.base else []
    brackets = comma.join([*said, bound, *base])
    return f"“{' '.join(term.words.split())}”  {term.value}{_UNITS[lang][term.unit]} ({brackets})"


def _unsaid(term: Term, lang: str) -> str:
    """Of a share: that no word says whether it includes itself, or that a sign at it says otherwise."""
    plain = numbers.folded("".join(term.words.split()))
    for n in numbers.read(plain) if term.unit == "share" else ():
        if n.kind == "share" and n.value == term.value:
            if formulas.of_number(plain, n, tuple(formulas.find(plain))):
                return "，存疑" if lang == "zh" else ", in doubt"
            unsaid = f"（{itself.UNSAID[0]}）", f" ({itself.UNSAID[1]})"
            return "" if itself.said(plain, n) else unsaid[lang == "en"]
    return ""


def _bound_of(term: Term) -> str:
    """以上, 超过 and the like as they stand at the number itself, not elsewhere in its clause."""
    for n in numbers.read(term.words):
        if n.value == term.value and n.kind in ("share", "period"):
            end = n.end + len(term.words[n.end :]) - len(term.words[n.end :].lstrip())
            before = list(_BOUND_BEFORE.finditer(term.words, max(0, n.begin - 8), n.begin))
            within = _BOUND_BEFORE.search(term.words, n.begin, n.end)
            own = _BOUND_AFTER.match(term.words, end) or (before[-1] if before else within)
            return own[0] if own else ""
    return ""
