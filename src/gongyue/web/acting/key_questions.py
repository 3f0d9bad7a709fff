"""What the forms of keys ask, and what they do not: nobody is asked what the book knows, or to choose where there is nothing."""

from __future__ import annotations

from gongyue.governance.acts import ActType
from gongyue.governance.institution import Institution
from gongyue.governance.key import staying
from gongyue.governance.sheet_words import Pick
from gongyue.web.acting.form_fields import FormField
from gongyue.web.templatetags.words import pick

REVOKE = "key.revoke/1"
NONE_LEFT = {
    Pick.DISAVOWABLE: ("现在没有可以否认的行为。", "There is nothing now that could be disavowed."),
    Pick.UNTOLD: (
        "据纸面记录的都已告知，现在没有可以记录的。",
        "All recorded from paper was told of: there is nothing to record now.",
    ),
    Pick.UNCONFIRMED: ("现在没有等待确认的行为。", "Nothing waits to be confirmed now."),
}
"""What is said in place of a choice of nothing."""


def questions(inst: Institution, time: int, holder: str, asked: list[FormField]) -> list[FormField]:
    """Of a key that is revoked: whether its holder knows that it is the last, only where it can be."""
    can_be_last = any(not staying(inst, holder, time, but=id) for id in inst.keys_of(holder))
    return [one for one in asked if one.name != "last" or can_be_last]


def nothing_to_choose(kind: ActType, asked: list[FormField]) -> str:
    """Why the form has nothing to hand in; empty where it has."""
    for one in asked:
        words = NONE_LEFT.get(kind.sheet.picks.get(one.path, Pick.OWN_KEYS))
        if words and not one.choices:
            return pick(*words)
    return ""
