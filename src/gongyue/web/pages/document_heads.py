"""Document heads 公文头: how an act is cited, after State Council practice, under the alliance's own name."""

from __future__ import annotations

import msgspec
from django.utils.safestring import SafeString

from gongyue.covenant.parties import AUTHORITY, EXECUTIVE, SYSTEM
from gongyue.covenant.periods import day_of, from_iso
from gongyue.office.store import OPEN
from gongyue.web import installation, names
from gongyue.web.installation import Now
from gongyue.web.pages.act_descriptions import ActDescription, describe_entry, entry_link, party
from gongyue.web.pages.objects import leaf_at
from gongyue.web.templatetags.words import chinese, t


class DocumentHead(msgspec.Struct, frozen=True):
    """索引号 发文机关 成文日期 标题 发文字号 发布日期 有效性 日志检查点."""

    reference: str
    issuer: SafeString
    made: int
    title: str
    number: str
    published: int
    validity: SafeString
    size: int
    root: str


def head_of(at: Now, index: int) -> DocumentHead:
    """The head of the act at an index, under the checkpoint this page is made of."""
    entry = leaf_at(at, index).entry
    paper = entry.act.paper
    spoken = describe_entry(at, index, entry)
    return DocumentHead(
        f"{at.inst.cov} #{index}",
        _issuer(at, entry.act.actor, spoken.day),
        from_iso(paper.dated) if paper else day_of(entry.act.at),
        names.act_name(entry.act.type),
        paper.number if paper else "",
        spoken.day,
        _validity(spoken),
        at.size,
        root_at(at),
    )


def _issuer(at: Now, actor: str, day: int) -> SafeString:
    genesis, approver = at.inst.genesis, at.inst.founding.authority("approver", day)
    if actor in (EXECUTIVE, SYSTEM) and genesis is not None:
        return chinese(genesis.executive)
    if actor == AUTHORITY and approver is not None:
        return chinese(approver.name)
    return party(at, actor)


def _validity(told: ActDescription) -> SafeString:
    if told.became == "lifted":
        return t("已解除，见 {e}", "lifted, see {e}", e=entry_link(told.by))
    if told.became == "corrected":
        return t("有效（已更正）", "valid, as corrected")
    if told.became == "void":
        return t("已撤销", "voided")
    return t("已被单位否认", "disavowed by the unit") if told.became else t("有效", "valid")


def root_at(at: Now) -> str:
    """The root of the open book at the page's size."""
    known = installation.office().store.note(OPEN, at.size)
    return "sha256:" + known[0].hex() if known else ""
