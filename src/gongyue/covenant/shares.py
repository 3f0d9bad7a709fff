"""Of whom the shares of a text are counted, as its own words say: the one place where a term becomes a share of a vote.

第二十二条　……并经三分之二以上成员单位同意……: of the whole roll, as no word narrows it. 出席会议的三分之二以上 is of those present.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache

from gongyue.covenant import numbers
from gongyue.covenant.counting import MoreThan, Share, share_text
from gongyue.covenant.edition import BadEdition, Edition
from gongyue.covenant.numbers import Number
from gongyue.covenant.stating import MOST_NUMBERS, MOST_PLACES
from gongyue.covenant.text import Term

PROPOSAL, ADOPTION, ANNEX, QUORUM = "amendment.proposal", "amendment.adoption", "annex.consent", "vote.quorum"
PRESENCE = "vote.presence"
"""The clause by which casting a ballot is presence: whoever signs the text signs that."""

COUNTED = {
    PROPOSAL: frozenset({"roll"}),
    ADOPTION: frozenset({"roll", "voting", "present"}),
    ANNEX: frozenset({"roll", "voting", "present", "branch"}),
    QUORUM: frozenset({"roll"}),
}
"""By which bases each share is counted here."""

_WHY = {
    "weight": ("按份额（“{w}”）计，本系统一单位一票", "weighs votes, and here every unit has one"),
    "body": ("以“{w}”计，其人不在单位名册上", "is of persons who are on no roll of units"),
    "branch": ("以分支（“{w}”）计，只有附件有其分支", "is of a branch, which only an annex has"),
    "voting": ("以投票者（“{w}”）计，此时无人投票", "is of those voting, where nobody votes"),
    "present": ("以出席者（“{w}”）计，此时无人出席", "is of those present, where nobody is"),
}
_NO_PRESENCE = (
    "以出席者（“{w}”）计，而文本没有一条（vote.presence）使投票即为出席",
    "is of those present, and no clause of the text (vote.presence) makes casting a ballot presence",
)


def share_in(edition: Edition, name: str) -> Share | None:
    """The share that a text states under that name, None where it states none; BadEdition where it cannot be counted."""
    term = next((t for t in edition.terms if t.name == name), None)
    return _share(edition, term) if term is not None else None


def require_countable(edition: Edition) -> None:
    """Every share that votes go by is of those whom this can count; BadEdition says which is not, and why."""
    for term in edition.terms:
        if term.name in COUNTED:
            _share(edition, term)


def _share(edition: Edition, term: Term) -> Share:
    if term.unit != "share":
        raise _uncountable(term, "不是比例", "is no share")
    found = _stated(edition.article(term.article).text, term.words, str(term.value))
    said = {(n.inclusive, n.base) for n in found}
    if len(said) != 1:
        raise _uncountable(term, "可作不同理解", "can be read in more than one way")
    ((inclusive, base),) = said
    words = found[0].base_words
    if base not in COUNTED[term.name]:
        raise _uncountable(term, *(half.format(w=words) for half in _WHY[base]))
    if base == "present" and edition.clause(PRESENCE) is None:
        raise _uncountable(term, *(half.format(w=words) for half in _NO_PRESENCE))
    if inclusive != term.inclusive:
        zh, en = ("含本数", "includes the number itself") if inclusive else ("不含本数", "excludes the number itself")
        raise _uncountable(term, f"{zh}，与所填不符", f"{en}, unlike what is stated")
    size = Fraction(str(term.value))
    return Share(share_text(size if inclusive else MoreThan(size)), base)


def _uncountable(term: Term, zh: str, en: str) -> BadEdition:
    return BadEdition(
        f"第{term.article}条“{term.words}”{zh}，不能据以计票",
        f"article {term.article}: {term.name} {en}; no vote can be counted by it",
    )


@lru_cache(maxsize=32)
def _stated(text: str, words: str, value: str) -> tuple[Number, ...]:
    """The shares of that value that the words state, wherever they stand in the text."""
    spans = list(_places(text, words))
    return tuple(
        n
        for n in numbers.read(text, MOST_NUMBERS)
        if n.kind == "share"
        and Fraction(n.value) == Fraction(value)
        and any(begin <= n.begin and n.end <= end for begin, end in spans)
    )


def _places(text: str, words: str) -> Iterator[tuple[int, int]]:
    place = -1
    for _ in range(MOST_PLACES):
        place = text.find(words, place + 1)
        if place < 0:
            return
        yield place, place + len(words)
