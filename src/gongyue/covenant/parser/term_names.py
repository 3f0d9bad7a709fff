"""What a number is for, where the clause says so; every other term is named by its article and must be confirmed."""

from __future__ import annotations

import re

import msgspec

from gongyue.covenant.text import Term

PROPOSAL, ADOPTION, PUBLICATION = "amendment.proposal", "amendment.adoption", "publication.within"

_TEXT = r"(?:公[约約]|章程|[规規][约約]|守[则則]|[准準][则則]|[协協][议議]|[条條]例|[办辦]法|[规規]程|[宪憲]章)"
_CHANGE = r"(?:修改|修[订訂]|修正|修定|[变變]更|增[删刪]|[补補]充)"
_AMENDS = re.compile(rf"{_TEXT}[^。；\n]{{0,24}}{_CHANGE}|{_CHANGE}[^。；，\n]{{0,12}}{_TEXT}")
_CHANGES = re.compile(r"修改|修[订訂]|修正案?|[变變]更")
_OTHER = re.compile(rf"{_CHANGE}[^，。；\n]{{0,6}}(?:[费費]|[细細]|制度|[标標]准|計[畫划]|[计計]划|[议議]程|[内內]部)")
_POWERS = re.compile(r"职[权權责責]|職[權責]")

_MEMBERS = r"(?:本次)?(?:[会會][议議]|大[会會])?[的之]?(?:全[体體])?(?:[会會][员員]|成[员員]|代表|[单單]位|委[员員]|[理监監]事|人[员員数數]?|者|[票])"
_ATTEND = rf"(?:出席|到[会會]|[参參]加|[参參][会會])(?!{_MEMBERS})"
_PROPOSE = r"(?:提[议議出案请請]|[动動][议議]|倡[议議]|[联聯][名署]|[连連]署|建[议議]|附[议議]|[发發]起|要求)"
_ADOPT = (
    r"(?:同意|通[过過]|[赞贊]成|可[决決]|[议議][决決]|[决決][议議]|[认認]可|批准|多[数數]决|票[决決]|[为為]之|行之)"
)
_VERB = re.compile(rf"(?P<attend>{_ATTEND})|(?P<propose>{_PROPOSE})|(?P<adopt>{_ADOPT})")
_PUBLISH = re.compile(r"(?:公[布佈告示]|[发發][布佈]|公[开開])(?!之日|日|之?[后後]|施行|[实實]施)")
_EFFECT = re.compile(r"生效")


class Candidate(msgspec.Struct, frozen=True):
    """A number found: its clause, and where it stands in the article's text without blanks."""

    article: int
    words: str
    value: str | int
    unit: str
    inclusive: bool
    text: str
    start: int
    end: int
    delay: bool = False
    base: str = ""


def name_all(candidates: list[Candidate], texts: dict[int, str]) -> tuple[Term, ...]:
    """Each known name goes to the candidate that fits it best, the first of equals; the rest are art<N>.<k>."""
    heads = {n: text.split("\n", 1)[0][:30] for n, text in texts.items()}
    best: dict[str, tuple[int, int]] = {}
    for i, candidate in enumerate(candidates):
        name, fit = _fit(candidate, heads[candidate.article])
        if name and fit > best.get(name, (0, 0))[0]:
            best[name] = (fit, i)
    known = {i: name for name, (_, i) in best.items()}
    counts: dict[int, int] = {}
    terms = []
    for i, c in enumerate(candidates):
        if i not in known:
            counts[c.article] = counts.get(c.article, 0) + 1
        name = known.get(i) or f"art{c.article}.{counts[c.article]}"
        terms.append(Term(name, c.article, c.words, c.value, c.unit, c.inclusive, c.base))
    return tuple(terms)


def _fit(c: Candidate, head: str) -> tuple[str, int]:
    """The known name a candidate may take, and how well (0: not at all)."""
    sentence, part = _around(c, "。！？"), _around(c, "。！？；;")
    if c.delay:
        return "", 0
    if c.unit != "share":
        return PUBLICATION, _publishes(c, sentence)
    name = {"propose": PROPOSAL, "adopt": ADOPTION}.get(_verb_after(c), "")
    if not name:
        return "", 0
    if _AMENDS.search(part):
        return name, 4
    if _AMENDS.search(sentence) and not _POWERS.search(head):
        return name, 3
    if _CHANGES.search(part) and re.search(_TEXT, c.text) and not _POWERS.search(head) and not _OTHER.search(part):
        return name, 2
    about = _AMENDS.search(head) or re.match(r"[【（(]?[^，。]{0,8}(?:修改|修[订訂]|修正|[变變]更)", head)
    return (name, 1) if about and not _POWERS.search(head) else ("", 0)


def _around(c: Candidate, stops: str) -> str:
    """The stretch of text around the number between two of the stops."""
    start = max(c.text.rfind(s, 0, c.start) for s in stops) + 1
    end = min((p for s in stops if (p := c.text.find(s, c.end)) >= 0), default=len(c.text))
    return c.text[start:end]


def _verb_after(c: Candidate) -> str:
    """What the share does: the first verb after it, or the one just before it (同意者达三分之二)."""
    end = min((p for s in "。！？\n" if (p := c.text.find(s, c.end)) >= 0), default=len(c.text))
    found = _VERB.search(c.text, c.end, end)
    if found is not None:
        return found.lastgroup or ""
    start = max(c.text.rfind(s, 0, c.start) for s in "。；！？，\n") + 1
    before = list(_VERB.finditer(c.text, start, c.start))
    return (before[-1].lastgroup or "") if before else ""


def _publishes(c: Candidate, sentence: str) -> int:
    """How well a period fits the publication of the covenant once it has taken effect."""
    if not _EFFECT.search(c.text) or not re.search(rf"[本此该該][^，。]{{0,6}}{_TEXT}|^{_TEXT}", c.text):
        return 0
    start = max(c.text.rfind(s, 0, c.start) for s in "，。；：\n") + 1
    stop = min((p for s in "。；\n" if (p := c.text.find(s, c.end)) >= 0), default=len(c.text))
    comma = c.text.find("，", c.end)
    clause = c.text[start : min(comma, stop) if comma >= 0 else stop]
    if _PUBLISH.search(clause):
        return 3 if _EFFECT.search(sentence) else 1
    return 2 if _PUBLISH.search(c.text[c.end : stop]) and _EFFECT.search(sentence) else 0
