"""What a matter is called where it is listed: dossiers and units by their names, proposals by what they change, annexes by title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gongyue.book.dossier_names import LANGUAGES, DossierNames
from gongyue.covenant.addresses import all_in_english, in_chinese
from gongyue.governance.institution import Institution
from gongyue.office.facts.proposals import touched
from gongyue.office.facts.shapes import Said


def matter_name(inst: Institution, id: str) -> Said:
    """What is said of a matter in a list: 卷 石桥·天平, 榆钱信科, 第 4 期名单; the id of what has no other name."""
    kind, _, number = id.partition(":")
    if kind == "d":
        zh, en = (DossierNames([id]).of(id, language) for language in LANGUAGES)
        return Said(f"卷 {zh}", f"dossier {en}")
    if id in inst.annexes or id in inst.proposals:
        return Said(*matter_title(inst, id))
    if kind == "list":
        return Said(f"第 {number} 期名单", f"list no. {number}")
    if kind == "request":
        return Said(f"{number} 号请求", f"request no. {number}")
    if id == "founding":
        return Said("订立公约", "the founding")
    name = inst.units[id].name if id in inst.units else id
    return Said(name, name)


def matter_title(inst: Institution, id: str) -> tuple[str, str]:
    """What is proposed, in Chinese and in English."""
    annex = inst.annexes.get(id)
    if annex is not None:
        return f"附件《{annex.title}》", f"annex “{annex.title}”"
    proposal, number = inst.proposals[id], id.partition(":")[2]
    found = [proposal.edition.address(n) for n in sorted(touched(proposal))]
    zh, en = "、".join(map(in_chinese, found)), all_in_english(found)
    return f"修改{zh}（编号 {number}）", f"amendment of {en} (no. {number})"


def act_matter(inst: Institution, fields: Mapping[str, Any]) -> tuple[str, str]:
    """The title of the proposal or annex that an act is about, as its fields name it; empty where it is about none."""
    named = (fields.get(name) for name in ("vote", "proposal", "annex"))
    id = next((one for one in named if isinstance(one, str) and (one in inst.proposals or one in inst.annexes)), "")
    return matter_title(inst, id) if id else ("", "")
