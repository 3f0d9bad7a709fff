"""A line of the sheet 绑定单, of what `verify` quotes, and how the officers' own reason is shown in it."""

from __future__ import annotations

import msgspec

from gongyue.covenant.binding.records import Decision


class Entry(msgspec.Struct, frozen=True):
    """A line of the sheet: the capability, the place with its quoted words, and what is said of it in both languages."""

    capability: str
    at: str
    label: str
    words: str
    zh: str
    en: str


def set_aside(d: Decision, label: str, zh: str, en: str) -> Entry:
    """A sentence that was called other matter: the reason stands in quotation marks that nothing in it closes, as what the officers
    wrote and no verdict of the software."""
    reason = f"“{d.reason.replace('“', '‘').replace('”', '’')}”"
    return Entry(d.capability, d.at, label, d.words, f"{zh}：{reason}", f"{en}: {reason}")
