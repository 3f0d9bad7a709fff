"""Names of dossiers 卷名: the first check words of their ids, never a serial that betrays how many there are.

Two words, three or more where the reader has another that begins with the same. So a name depends on what its reader may open and
on nothing else, and a longer one always leads to the same dossier.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gongyue.book.digest_words import WORDS, digest_words

FEWEST = 2
"""Words of a name."""
LANGUAGES = ("zh", "en")


def names_of_dossiers(ids: Iterable[str], language: str) -> dict[str, str]:
    """What each of these dossiers is called among them: 石桥-天平, amber-beacon; one named by a word, as `d:members` is, by that."""
    words = {id: _words(id, language) for id in ids}
    waiting, found, count = set(words), dict[str, str](), FEWEST
    while waiting:
        begins = Counter("-".join(words[id][:count]) for id in waiting)
        for id in list(waiting):
            name = "-".join(words[id][:count])
            if begins[name] == 1 or count >= WORDS:
                found[id] = name
                waiting.discard(id)
        count += 1
    return found


def named(name: str, ids: Iterable[str]) -> list[str]:
    """Which of these dossiers that name is of, in either language; an id, or its beginning, is a name too."""
    if name.startswith("d:"):
        return [id for id in ids if id.startswith(name)]
    return [id for id in ids if name in _names(id)]


def _names(id: str) -> Iterator[str]:
    for language in LANGUAGES:
        words = _words(id, language)
        yield from ("-".join(words[:count]) for count in range(min(FEWEST, len(words)), len(words) + 1))


def _words(id: str, language: str) -> list[str]:
    digits = id.removeprefix("d:")
    return digest_words(f"sha256:{digits}", language) if len(digits) == 64 else [digits]
