"""Keys by their prefix, passwords by their label: where the walk over cues saw one, a pattern is tried there."""

from __future__ import annotations

import math
import re
from functools import cache

from gongyue.conduct.scanning.wordlists import key_rules

REACH = 9000
"""How many signs a key can be long: a private key in its armour."""
_ASSIGNED = re.compile(
    r"""["'”’]?\]?\s{0,3}(?P<by>:=|=>|[:=]|(?:我|已经?|刚|帮[你您]|给[你您]|先|都|统一|暂时|临时|仍然?|还|依旧|目前|现在|默认|初始|均)*(?:重置|重设|修改|更改|变更|设置|设定|更新|[改换])?[为成]|是|\sis|\s(?=[A-Za-z0-9+/_-]{24,})|(?P<bare>\s{0,2})(?=[!-~]{8}|\d{6}(?!\d)|["“'][!-~]{6,40}["”']))\s{0,3}(?:Bearer\s+|Basic\s+)?"""
    r"""(?P<quote>["'“‘`])?(?P<value>(?:(?(quote)&|(?!))|[^\s"'“”‘’`，。；、,;<>()（）&]){4,512})(?P<after>["'”’`]?)""",
    re.IGNORECASE,
)
_BEARER = re.compile(
    r"[\"']?\s*[:=]?\s*[\"']?(?:(?:Basic|Bearer)\s+)?(?P<value>[A-Za-z0-9._~+/=-]{16,})", re.IGNORECASE
)
_EMPTY = re.compile(
    r"""(?ix) [*xX•.#-]+ | .*\*{3,}.* | null|none|nil|true|false|undefined|string|pass(?:word|wd)?|pwd|secret|token|required|optional|changeme|example
    | placeholder | (?:your|my|the)[_-].* | [a-z_]+[([].* | (?:os|env|process|config|settings|self|request|args|vault|secrets)\..* | \$[\w{(].*
    | %[({].*|%\w+%|%[sd] | \{.* | \[.* | <.* | @.* | https?:.* | [\u4e00-\u9fff]+"""
)

_CODE = re.compile(r"[A-Za-z_]+(?:\.[A-Za-z_]+)+(?:\[.*)?|[A-Za-z_]+:")
"""An expression of a program, or a label."""

_NAME = re.compile(r"[A-Za-z_][\w.]*(?<!\d)")
_SHORT = {"auth", "sk"}
"""Labels that most often stand before something else."""

_SPOKEN = {
    "password",
    "passphrase",
    "requirepass",
    "masterauth",
    "snmp community",
    "snmp-server community",
    "radius key",
    "tacacs key",
}
"""Labels that a value follows without a sign between."""
_HEAD = 3
"""Signs of the shortest prefix."""
_REPEATED = [0.0, *(n * math.log2(n) for n in range(1, 513))]
"""n log n of how often a sign can stand in a value."""
_CLASSES = tuple(re.compile(p) for p in (r"\d", r"[a-z]", r"[A-Z]", r"[^a-zA-Z0-9]"))


@cache
def _rules() -> dict[str, list[tuple[re.Pattern[str], int | str]]]:
    """The first signs of a prefix in lower case → (pattern, group of the key)."""
    found: dict[str, list[tuple[re.Pattern[str], int | str]]] = {}
    for rule in key_rules():
        pattern = re.compile(str(rule["pattern"]))
        for head in {str(prefix)[:_HEAD].lower() for prefix in rule["prefixes"]}:  # type: ignore[attr-defined]
            found.setdefault(head, []).append((pattern, "secret" if "secret" in pattern.groupindex else 0))
    return found


def key_at(text: str, at: int) -> tuple[int, int] | None:
    """(start, end) of the key whose prefix stands at `at`."""
    for pattern, group in _rules().get(text[at : at + _HEAD].lower(), ()):
        match = pattern.match(text, at)
        if match is not None:
            return match.span(group)
    return None


def assigned(text: str, end: int, label: str) -> tuple[int, int] | None:
    """(start, end) of what the label that ends at `end` is set to, where that can be a password."""
    if label.lower() in {"bearer", "authorization"}:
        match = _BEARER.match(text, end)
        return match.span("value") if match is not None else None
    match = _ASSIGNED.match(text, end)
    if match is None:
        return None
    quoted = bool(match["quote"])
    value = match["value"] if quoted else match["value"].rstrip(".!?")
    pin = len(value) == 6 and value.isdigit()
    if match["bare"] is not None:
        spoken = (
            not label.isascii()
            or quoted
            or (label.lower() in _SPOKEN and text[end : end + 1] in {" ", "\t"} and not pin)
        )
        if not spoken or not (pin or _mixed(value)):
            return None
    if label.lower() in _SHORT and not (
        (quoted and _mixed(value)) or (len(value) >= 24 and value.isalnum() and entropy(value) > 3)
    ):
        return None
    if _EMPTY.fullmatch(value) or not _random(value, quoted, match["by"][-1:] in {"为", "是", "成", "s"}):
        return None
    called = text[match.end("value") : match.end("value") + 1] in {"(", "["} and _NAME.fullmatch(value)
    if not quoted and (called or _CODE.fullmatch(value)):
        return None
    start = match.start("value")
    return start, start + len(value)


def kept(value: str) -> bool:
    """Whether what stands under a label can be a password."""
    return not _EMPTY.fullmatch(value) and " " not in value and _random(value, quoted=True, prose=False)


def _mixed(value: str) -> bool:
    """Whether a value that no sign sets apart is no word all the same: letters, digits and more; or both cases and digits."""
    return sum(pattern.search(value) is not None for pattern in _CLASSES) >= 3 and entropy(value) > 2.5


def _random(value: str, quoted: bool, prose: bool) -> bool:
    """Whether a value is one that somebody keeps secret, rather than a word or a name in a program."""
    classes = sum(pattern.search(value) is not None for pattern in _CLASSES)
    if len(value) < 6 or (prose and classes < 2):
        return len(value) >= 4 and (classes >= 2 if prose else value.isdigit())
    if classes >= 2:
        return entropy(value) > 1.9
    return value.isdigit() or (len(value) >= (10 if quoted else 16) and entropy(value) > 3)


def entropy(value: str) -> float:
    """Bits a sign, by the first 512."""
    value = value[:512]
    size = len(value)
    return math.log2(size) - sum([_REPEATED[value.count(sign)] for sign in set(value)]) / size
