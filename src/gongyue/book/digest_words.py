"""A digest in words, to be compared by eye or read aloud between two devices: twelve words, 96 bits of it.

`gongyue sign` and the pages print the same words, so that a second device can recompute what the first one showed.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

WORDS = 12
"""One word a byte, of 256: who would find another act with the same words must try 2⁹⁶ acts."""


@cache
def vocabulary(language: str) -> tuple[str, ...]:
    """The 256 words of a language, zh or en."""
    return tuple(files("gongyue.book").joinpath("words", f"{language}.txt").read_text("utf-8").split())


def digest_words(digest: str, language: str) -> list[str]:
    """The words of a digest `sha256:<hex>`: one for each of its first twelve bytes."""
    words = vocabulary(language)
    return [words[byte] for byte in bytes.fromhex(digest.removeprefix("sha256:"))[:WORDS]]
