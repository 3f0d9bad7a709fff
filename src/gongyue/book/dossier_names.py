"""Names of dossiers 卷名: the first check words of their ids, never a serial that betrays how many there are.

Two words, three or more where the reader has another that begins with the same. So a name depends on what its reader may open and
on nothing else, and a longer one always leads to the same dossier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache

from gongyue.book.digest_words import WORDS, digest_words, vocabulary

FEWEST = 2
"""Words of a name; each stands for a byte of the id."""
LANGUAGES = ("zh", "en")
_BEGINS, _ID = len("d:"), len("d:") + 64


class DossierNames:
    """What each of some dossiers is called among them."""

    def __init__(self, ids: Iterable[str]) -> None:
        self._ids = list(ids)
        self._alike = Counter(_start(id, FEWEST) for id in self._ids)

    def of(self, id: str, language: str) -> str:
        """What a dossier is called: 石桥-天平, amber-beacon; one named by a word, as `d:members` is, by that."""
        if len(id) != _ID:
            return id[_BEGINS:]
        return "-".join(digest_words(f"sha256:{id[_BEGINS:]}", language)[: self._count(id)])

    def _count(self, id: str) -> int:
        """How many words it takes."""
        if self._alike[_start(id, FEWEST)] < 2:
            return FEWEST
        rivals = [one for one in self._ids if one != id and _start(one, FEWEST) == _start(id, FEWEST)]
        apart = (n for n in range(FEWEST, WORDS) if all(_start(one, n) != _start(id, n) for one in rivals))
        return next(apart, WORDS)


def named(name: str, ids: Iterable[str]) -> list[str]:
    """Which of these dossiers that name is of, in either language; an id, or its beginning, is a name too."""
    if name.startswith("d:"):
        return [id for id in ids if id.startswith(name)]
    begins = [found for language in LANGUAGES if (found := _digits(name, language))]
    return [id for id in ids if id[_BEGINS:] == name or any(id.startswith(one, _BEGINS) for one in begins)]


def _digits(name: str, language: str) -> str:
    """The digits with which the id of a dossier of that name begins; empty where it is none of that language."""
    words, known = name.split("-"), _bytes(language)
    if not FEWEST <= len(words) <= WORDS or not all(word in known for word in words):
        return ""
    return bytes(known[word] for word in words).hex()


@cache
def _bytes(language: str) -> dict[str, int]:
    return {word: byte for byte, word in enumerate(vocabulary(language))}


def _start(id: str, words: int) -> str:
    return id[_BEGINS : _BEGINS + 2 * words] if len(id) == _ID else id
