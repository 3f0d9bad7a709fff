"""What the fields of an act are where they are not given: what the institution already says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongyue.book.draws import drawn
from gongyue.covenant.procedure import package
from gongyue.governance.acts import ActType
from gongyue.governance.institution import Institution
from gongyue.governance.sheet import COMMON, require_every
from gongyue.governance.sheet_words import Default
from gongyue.office.objects import text_of_proposal

Value = Callable[[Institution, Mapping[str, Any]], Any]


def _edition_of_proposal(inst: Institution, body: Mapping[str, Any]) -> str:
    proposal = inst.proposals.get(body.get("proposal", ""))
    if proposal is None:
        return ""
    return proposal.edition_digest or text_of_proposal(proposal)[0]


def _text_of_annex(inst: Institution, body: Mapping[str, Any]) -> str:
    annex = inst.annexes.get(body.get("annex", ""))
    return annex.text if annex else ""


def _drawn(inst: Institution, body: Mapping[str, Any]) -> Any:
    seed = inst.seeds.get(body.get("seed", -1))
    return list(drawn(inst, seed)) if seed else []


DEFAULTS: dict[Default, tuple[str, Value]] = {
    Default.PRESENT_TEXT: ("现有文本 the present text", lambda i, _: i.founding.digest),
    Default.PROPOSED_TEXT: ("该提议的文本 the proposal's", _edition_of_proposal),
    Default.ANNEX_TEXT: ("该附件的文本 the annex's", _text_of_annex),
    Default.LAST_ARRIVAL: ("末条的到达时间 the last entry's", lambda i, _: i.now),
    Default.PACKAGE: ("最新的 the latest", lambda i, _: package().version),
    Default.NEXT_NUMBER: ("下一号 the next", lambda i, _: len(i.interpretations) + 1),
    Default.ED25519: ("ed25519", lambda i, _: "ed25519"),
    Default.SOON: ("下一序号加三 three after the next entry", lambda i, _: i.size + 3),
    Default.DRAWN: ("抽到的 those drawn", _drawn),
    Default.TODAY: ("今日 today", lambda i, _: "today"),
}
"""Each in words, and as computed from the institution and the fields before it."""
require_every(Default, DEFAULTS)


def default_of(kind: ActType, name: str) -> tuple[str, Value] | None:
    """What a field is where it is not given: as its sheet says, or as for a field of that name in any act; None if nothing."""
    found = kind.sheet.defaults.get(name) or COMMON.defaults.get(name)
    return DEFAULTS[found] if found else None
