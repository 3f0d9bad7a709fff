"""What the fields of an act are where they are not given: what the institution already says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from gongyue.covenant.procedure import package
from gongyue.governance.institution import Institution
from gongyue.office.objects import text_of_proposal

Default = Callable[[Institution, Mapping[str, Any]], Any]


def _edition_of_proposal(inst: Institution, body: Mapping[str, Any]) -> str:
    proposal = inst.proposals.get(body.get("proposal", ""))
    if proposal is None:
        return ""
    return proposal.edition_digest or text_of_proposal(proposal)[0]


def _text_of_annex(inst: Institution, body: Mapping[str, Any]) -> str:
    annex = inst.annexes.get(body.get("annex", ""))
    return annex.text if annex else ""


_FOUNDING = ("freeze", "sign", "submit", "approval", "publish")
DEFAULTS: dict[tuple[str, str], tuple[str, Default]] = {
    **{
        (f"founding.{v}/1", "edition"): ("现有文本 the present text", lambda i, _: i.founding.digest) for v in _FOUNDING
    },
    **{
        (f"amendment.{v}/1", "edition"): ("该提议的文本 the proposal's", _edition_of_proposal)
        for v in ("report", "approval", "publish")
    },
    ("clock.confirm/1", "last"): ("末条的到达时间 the last entry's", lambda i, _: i.now),
    ("annex.publish/1", "text"): ("该附件的文本 the annex's", _text_of_annex),
    **{
        (f"interpretation.{v}/1", "package"): ("最新的 the latest", lambda i, _: package().version)
        for v in ("adopt", "supplement")
    },
    ("interpretation.issue/1", "number"): ("下一号 the next", lambda i, _: len(i.interpretations) + 1),
    ("", "alg"): ("ed25519", lambda i, _: "ed25519"),
    ("", "in_force"): ("今日 today", lambda i, _: "today"),
}
"""What a field is where it is not given; the type empty: for every type."""
