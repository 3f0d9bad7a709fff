"""Entries of the open book to choose from by name: what can be corrected, or voided by whoever did it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape

from django.utils.html import strip_tags

from gongyue.governance.acts import ACT_TYPES, ActType
from gongyue.governance.correction import MENDED_OTHERWISE
from gongyue.office.facts.shapes import leaf_at
from gongyue.web.accounts.officers import called_each
from gongyue.web.installation import Now
from gongyue.web.names import party_name
from gongyue.web.templatetags.words import day, pick


def correctable(now: Now, kind: ActType, actor: str, most: int) -> Iterator[tuple[str, str]]:
    """What an act of that kind can correct or void, the latest first: #54 公布公约 · 2026年3月20日."""
    from gongyue.web.pages.act_descriptions import describe  # letters use this module without Django's tables

    voids = kind.verb == "void"
    called = _officers(now)
    open_to_it = (one for one in ACT_TYPES.values() if one.matter not in MENDED_OTHERWISE)
    types = [one.type for one in open_to_it if (one.undo if voids else one.clerical)]
    for index in reversed(now.index.of_types(types, now.size)):
        corrected = now.inst.corrections.get(index)
        if corrected is not None and corrected.what == "void":
            continue
        if voids and leaf_at(now, index).entry.act.actor != actor:
            continue
        told = describe(now, index)
        about = called(unescape(strip_tags(told.what)).strip("：: "))
        yield str(index), f"#{index} {told.name}{pick('：', ': ') if about else ''}{about} · {day(told.day)}"
        if not (most := most - 1):
            return


def _officers(now: Now) -> Callable[[str], str]:
    """Puts officers' names where the book's words call them by their ids: whoever signs has signed in."""
    inst = now.inst
    known = {party_name(inst, id): name for id, name in called_each(inst, inst.officers).items()}
    pattern = re.compile("|".join(f"{re.escape(one)}(?![a-z0-9-])" for one in known) or "(?!)")
    return lambda words: pattern.sub(lambda found: known[found[0]], words)
