"""What a sentence with a share says by naming another article: 对第十八条第（一）项事项作出决议，应当经会员三分之二以上表决通过.

Item (一) of article 18 is 制定和修改章程, so that the share is of changes: the words named are context to the sentence, as the items
under a lead are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from gongyue.covenant import numbers
from gongyue.covenant.binding.folding import fold, joined
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.numerals import CHINESE, parse
from gongyue.covenant.text import Item, Part

_N = f"[0-9{CHINESE}]{{1,4}}"
_MARK = f"第?[（(]?{_N}[）)]?"
_ARTICLE = re.compile(
    f"第({_N})条(?:第({_N})款)?(?:[的之中]*(?:所列|规定)?[的之]*({_MARK}项?(?:(?:[、，,和及与至到]|以及|或者?){_MARK}项?)*)(?:项|[^条款章节]))?"
)
_ONE = re.compile(f"([至到])?第?[（(]?({_N})[）)]?")
MOST_NAMED, LONGEST = 10, 2_000
"""Articles that one sentence names and that are looked up, and characters of what they say."""


def may_refer(text: str) -> bool:
    """Whether a part could name an article and has a share: the others need no look."""
    return "第" in text and ("条" in text or "條" in text) and any(n.kind == "share" for n in numbers.read(text, 2_000))


def words_named(s: Sentence, parts: Mapping[str, Part]) -> str:
    """What the articles and items say that a sentence with a share names, folded; empty where it names none."""
    if (
        "第" not in s.plain
        or "条" not in s.plain
        or all(n.kind != "share" for n in numbers.read_joined(s.close, 2_000))
    ):
        return ""
    named = [m for _, m in zip(range(MOST_NAMED), _ARTICLE.finditer(s.plain), strict=False)]
    return "\n".join(t for m in named for t in _texts(m, s.at, parts))[:LONGEST]


def _texts(m: re.Match[str], own: str, parts: Mapping[str, Part]) -> Iterator[str]:
    number = str(parse(m[1]) or "")
    part = parts.get(number) or parts.get(f"{own.rpartition('/')[0]}/{number}")
    if part is None or part.at == own:
        return
    if m[3]:
        wanted = set(_numbers(m[3]))
        yield from (_plain(i.text) for i in part.items if _number_of(i) in wanted)
        return
    paragraphs = part.text.split("\n")
    nth = parse(m[2]) if m[2] else None
    if nth is None:
        yield _plain(part.text)
    elif 0 < nth <= len(paragraphs):
        yield _plain(paragraphs[nth - 1])


def _numbers(marks: str) -> Iterator[int]:
    last = 0
    for m in _ONE.finditer(marks):
        number = parse(m[2]) or 0
        yield from range(last + 1, number) if m[1] and number - last < 100 else ()
        yield number
        last = number


def _number_of(item: Item) -> int:
    return parse(re.sub("[^0-9" + CHINESE + "]", "", fold(item.label)) or "") or 0


def _plain(text: str) -> str:
    return fold(joined(text)[0])
