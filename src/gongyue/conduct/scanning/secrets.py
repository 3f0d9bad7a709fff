"""Keys by their prefix, passwords by their label: where the walk over cues saw one, a pattern is tried there."""

from __future__ import annotations

import re
from functools import cache

from gongyue.conduct.scanning.assigned import CALLED, KEEPS, QUOTED, SPOKEN
from gongyue.conduct.scanning.wordlists import key_rules

REACH = 9000
"""How many signs a key can be long: a private key in its armour."""
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


@cache
def _rules() -> dict[str, list[tuple[re.Pattern[str], int | str]]]:
    """The first signs of a prefix in lower case → (pattern, group of the key)."""
    found: dict[str, list[tuple[re.Pattern[str], int | str]]] = {}
    for rule in key_rules():
        pattern = re.compile(str(rule["pattern"]))
        for head in {str(prefix)[:_HEAD].lower() for prefix in rule["prefixes"]}:  # type: ignore[attr-defined]
            found.setdefault(head, []).append((pattern, "secret" if "secret" in pattern.groupindex else 0))
    return found


def key_at(text: str, at: int, stop: int) -> tuple[int, int] | None:
    """(start, end) of the key whose prefix stands at `at`; nothing from `stop` on is looked at."""
    for pattern, group in _rules().get(text[at : at + _HEAD].lower(), ()):
        match = pattern.match(text, at, stop)
        if match is not None:
            return match.span(group)
    return None


def carried(text: str, end: int, stop: int) -> tuple[int, int] | None:
    """(start, end) of the token after a label of `assigned.CARRIERS` that ends at `end`."""
    match = _BEARER.match(text, end, stop)
    return match.span("value") if match is not None else None


def secret(label: str, value: str, bits: int) -> bool:
    """Whether what a label in small letters is set to can be a password; `bits` are those of `assigned`."""
    if (bits & SPOKEN and label not in _SPOKEN) or (label in _SHORT and not bits & KEEPS) or _EMPTY.fullmatch(value):
        return False
    return bool(bits & QUOTED) or not ((bits & CALLED and _NAME.fullmatch(value)) or _CODE.fullmatch(value))


def kept(value: str) -> bool:
    """Whether what stands under a label can be a password, where it is random enough."""
    return not _EMPTY.fullmatch(value) and " " not in value
