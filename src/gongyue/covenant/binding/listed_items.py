"""The items that a person picks from words that list sanctions: each a kind that may be imposed, and none of them left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from gongyue.covenant.binding.catalogue import en_of, zh_of
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.listed_words import sanctions_in_words
from gongyue.covenant.binding.passages import Reader
from gongyue.covenant.binding.records import Binding, Fault
from gongyue.covenant.text import Part

SANCTIONS = "sanction.list"
_DENIED = re.compile(
    "(?:不得|不予|不再|不能|不可|不应|无权|禁止|严禁|免予|免于|免除|而非|并非|除[^，。；]{0,4}外|建议|提请|申请|请求|报请|商请|起诉|诉请)"
    "(?:[^，。；、或]{0,4})$"
)
"""Before an item: it is not imposed, or by somebody else."""
_DENIES = re.compile("^(?:不得|不予|不再|不能|不可|不应|无权|禁止|严禁|免|建议|提请|申请|请求|报请)")


def faults(bindings: Sequence[Binding], parts: Mapping[str, Part], by: Reader) -> Iterator[Fault]:
    """Items that are no sanctions, are denied, or leave one out that the words list."""
    for b in (b for b in bindings if b.capability == SANCTIONS):
        own = {i.text for i in parts[b.at].items}
        if b.items and set(b.items) <= own:
            continue  # the article's own items, recomputed from its lines
        listed = sanctions_in_words(b.words, by)
        items = b.items or tuple(listed)
        place = 0
        for item in items:
            place = b.words.find(item, place)
            before, said = fold(b.words[max(0, place - 20) : max(0, place)]), fold(item)
            if _DENIED.search(before) or _DENIES.search(said):
                yield _fault(
                    b,
                    parts[b.at],
                    item,
                    "是不作出的、或由别人作出的",
                    "is not imposed, or is for somebody else to impose",
                )
            elif not any(w in said for w in by.catalogue.words["penalty"]):
                yield _fault(b, parts[b.at], item, "不是一种处理", "is no kind of sanction")
            place += len(item)
        for kind in listed if b.items else ():
            if not any(item in kind or kind in item for item in b.items) and not _DENIES.search(fold(kind)):
                yield _fault(b, parts[b.at], kind, "漏选了", "is left out")


def _fault(b: Binding, part: Part, words: str, zh: str, en: str) -> Fault:
    return Fault(
        "left-out", b.capability, b.at,
        f"{zh_of(b.capability)}：{part.label}“{b.words}”中的“{words}”{zh}；请另选各项，或改写条文",
        f"{en_of(b.capability)}: of {part.label} “{b.words}” “{words}” {en}; pick other items, or write the clause anew",
    )  # fmt: skip
