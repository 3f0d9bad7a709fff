"""Keys by their prefix, passwords by their label: where the walk over cues saw one, a pattern is tried there."""

from __future__ import annotations

from functools import cache

from gongyue.conduct.jit import kernel
from gongyue.conduct.scanning.assigned_secrets import CALLED, KEEPS, QUOTED, SPOKEN, assigned, looks_random
from gongyue.conduct.scanning.characters import Array
from gongyue.conduct.scanning.regex_compiler import programs
from gongyue.conduct.scanning.regex_vm import MatchState, RegexPrograms, match, span
from gongyue.conduct.scanning.wordlists import key_rules

REACH, NEAR = 9000, 300
"""How many signs a private key in its armour can be long, and how many after a cue are looked at otherwise."""
_BEARER = r"""(?i)["']?\s*[:=]?\s*["']?(?:(?:Basic|Bearer)\s+)?(?P<value>[A-Za-z0-9._~+/=-]{16,})"""
"""A token after one of `_CARRIES`, which has a form of its own."""
_CARRIES = "(?i:bearer|authorization)"
_EMPTY = r"""(?ix: [*xX•.#-]+ | .*\*{3,}.* | null|none|nil|true|false|undefined|string|pass(?:word|wd)?|pwd|secret|token|required|optional|changeme|example
    | placeholder | (?:your|my|the)[_-].* | [a-z_]+[([].* | (?:os|env|process|config|settings|self|request|args|vault|secrets)\..* | \$[\w{(].*
    | %[({].*|%\w+%|%[sd] | \{.* | \[.* | <.* | @.* | https?:.* | [\u4e00-\u9fff]+)"""
"""What is no password."""
_CODE = r"[A-Za-z_]+(?:\.[A-Za-z_]+)+(?:\[.*)?|[A-Za-z_]+:"
"""An expression of a program, or a label."""
_NAME = r"[A-Za-z_][\w.]*(?<!\d)"
_SHORT = "(?i:auth|sk)"
"""Labels that most often stand before something else."""
_SPOKEN = "(?i:password|passphrase|requirepass|masterauth|snmp community|snmp-server community|radius key|tacacs key)"
"""Labels that a value follows without a sign between."""
_WHOLE = (_CARRIES, _EMPTY, _CODE, _NAME, _SHORT, _SPOKEN)
CARRIES, EMPTY, CODE, NAME, SHORT, SAYS, TOKEN, KEYS = range(8)
"""The patterns in `keeping`; all but the last two are of something as a whole."""


@cache
def keeping() -> RegexPrograms:
    """The patterns of secrets, compiled."""
    keys = [str(rule["pattern"]) for rule in key_rules()]
    return programs([*(rf"(?:{whole})\Z" for whole in _WHOLE), _BEARER, keys])


@kernel
def secret_at(
    text: Array, klass: Array, patterns: RegexPrograms, ways: MatchState, start: int, end: int, last: int, keyed: bool
) -> tuple[int, int]:
    """(start, end) of the key that begins with a cue, or of what a label between `start` and `end` is set to, in a unit that ends
    at `last`; (-1, -1) if there is none."""
    stop = min(last, end + NEAR)
    if keyed:
        stop = min(last, start + REACH) if text[start] == 0x2D else stop
        return span(patterns, KEYS, text, start, stop, ways)
    if _is(patterns, CARRIES, text, start, end, ways):
        return span(patterns, TOKEN, text, end, stop, ways)
    begin, after, how = assigned(text, klass, start, end, stop)
    if begin < 0 or (how & SPOKEN and not _is(patterns, SAYS, text, start, end, ways)):
        return -1, -1
    if (not how & KEEPS and _is(patterns, SHORT, text, start, end, ways)) or _is(
        patterns, EMPTY, text, begin, after, ways
    ):
        return -1, -1
    called = how & CALLED and _is(patterns, NAME, text, begin, after, ways)
    if not how & QUOTED and (called or _is(patterns, CODE, text, begin, after, ways)):
        return -1, -1
    return begin, after


@kernel
def _is(patterns: RegexPrograms, which: int, text: Array, start: int, end: int, ways: MatchState) -> bool:
    return match(patterns, which, text, start, end, ways) >= 0


@kernel
def is_random_password(
    text: Array, klass: Array, patterns: RegexPrograms, ways: MatchState, start: int, end: int
) -> bool:
    """Whether what stands under a label, as a field by itself, is random enough for a password and can be one."""
    for i in range(start, end):
        if text[i] == 32:
            return False
    return looks_random(text, klass, start, end, quoted=True, said=False) and not _is(
        patterns, EMPTY, text, start, end, ways
    )
