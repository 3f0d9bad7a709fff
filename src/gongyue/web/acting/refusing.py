"""Refusals and rulings as pages show them: the code, the article with the words marked, the figures in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongyue.covenant.citing import RULES
from gongyue.governance.articles import says
from gongyue.governance.naming import ACTS
from gongyue.web import naming
from gongyue.web.installation import Now
from gongyue.web.templatetags.words import pick

FIGURES = {
    "actor": ("行为人", "actor"),
    "adopted": ("通过的文本", "adopted text"),
    "alg": ("算法", "kind of key"),
    "annex": ("附件", "annex"),
    "approved": ("已批准", "approved"),
    "arithmetic": ("算式", "arithmetic"),
    "arrived": ("到达", "arrived"),
    "at": ("时间", "time"),
    "book": ("簿", "book"),
    "capacity": ("身份", "capacity"),
    "code": ("信用代码", "credit code"),
    "consented": ("已同意", "consented"),
    "consents_left": ("同意（仍在册）", "consents left"),
    "count": ("现有", "there are"),
    "counted": ("清点所得", "counted"),
    "dated": ("成文", "dated"),
    "digest": ("摘要", "digest"),
    "due": ("应为", "due"),
    "effective": ("生效日", "effective"),
    "ends": ("止", "ends"),
    "begins": ("起", "begins"),
    "entry": ("条目", "entry"),
    "expected": ("应为", "expected"),
    "fields": ("字段", "fields"),
    "found": ("现为", "found"),
    "frozen": ("冻结名册", "frozen roll"),
    "ground": ("理由", "ground"),
    "holder": ("持有人", "holder"),
    "index": ("序号", "index"),
    "initiators": ("发起单位", "initiators"),
    "key": ("密钥", "key"),
    "missing": ("尚缺", "missing"),
    "name": ("名称", "name"),
    "officer": ("职员", "officer"),
    "offices": ("职务", "offices"),
    "order": ("命令", "order"),
    "proposal": ("提议", "proposal"),
    "recomputed": ("重算", "recomputed"),
    "roll": ("名册", "roll"),
    "sealed": ("密封", "sealed"),
    "seconds_left": ("余秒", "seconds left"),
    "seen": ("所见", "seen"),
    "sequence": ("次序", "sequence"),
    "share": ("比例", "share"),
    "signed": ("已签", "signed"),
    "signed_by": ("签署者", "signed by"),
    "size": ("簿长", "size"),
    "slot": ("时段", "slot"),
    "source": ("来源", "source"),
    "stage": ("阶段", "stage"),
    "stated": ("所载", "stated"),
    "terms": ("数额", "terms"),
    "text": ("文本", "text"),
    "unit": ("单位", "unit"),
    "value": ("值", "value"),
    "voted": ("已投", "voted"),
    "what": ("所指", "what"),
    "why": ("原因", "why"),
}
"""The names of figures; one that has none is shown as it is."""


def shown(now: Now, refusal: Mapping[str, Any]) -> dict[str, Any]:
    """A refusal, or a step out of turn, for `parts/refusal.html`."""
    article = int(refusal.get("article") or 0)
    words = str(refusal.get("words") or "")
    return {
        "code": refusal["code"],
        "out_of_turn": str(refusal["code"]).startswith("out-of-turn"),
        "text": pick(str(refusal["zh"]), str(refusal["en"])),
        "article": article,
        "article_name": naming.article_name(article) if article else "",
        "quoted": marked(_article_text(now, article), words),
        "words": words,
        "figures": list(_figures(refusal.get("figures") or {})),
        "enough": refusal.get("enough"),
        "stands": naming.said(naming.STAGES, str(refusal.get("stands") or "")),
        "can": [(type, naming.act_name(type)) for type in _types(str(refusal.get("can") or ""))],
        "anchor": refusal["code"] if article else "",
    }


def ruling(found: Mapping[str, Any]) -> dict[str, Any]:
    """A ruling that an act satisfies, for the list of the dry run."""
    return {
        "suspended": found["suspended"],
        "article": found["article"],
        "article_name": naming.article_name(found["article"]),
        "words": found["words"],
        "says": says(RULES[found["rule"]]),
        "rule": found["rule"],
        "figures": list(_figures(found["figures"])),
    }


def _article_text(now: Now, article: int) -> str:
    edition = now.inst.meaning.edition or now.inst.founding.draft
    if edition is None or not 1 <= article <= len(edition.articles):
        return ""
    return edition.article(article).text


def marked(text: str, words: str) -> SafeString:
    """The article's text with the words marked; the words alone where the text does not have them."""
    before, found, after = text.partition(words) if words else (text, "", "")
    if not found:
        return format_html("<mark>{}</mark>", words) if words else SafeString("")
    return format_html("{}<mark>{}</mark>{}", before, found, after)


def _figures(figures: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in figures.items():
        yield naming.said(FIGURES, name), str(value)


def _types(can: str) -> list[str]:
    """The act types named as what can be done instead."""
    return [one for one in can.replace("|", " ").split() if one in ACTS]
