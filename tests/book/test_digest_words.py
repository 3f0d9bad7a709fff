from __future__ import annotations

import hashlib

import pytest

from gongyue.book.digest_words import WORDS, digest_words, vocabulary


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_vocabulary_has_a_word_for_every_byte(language: str) -> None:
    """256 words, all different, each of letters alone."""
    words = vocabulary(language)
    assert len(words) == len(set(words)) == 256
    assert all(word.isalpha() for word in words)


def test_a_digest_is_always_spelled_alike() -> None:
    """Twelve words of its first twelve bytes; these two spellings stay for ever, printed forms carry them."""
    digest = "sha256:" + hashlib.sha256(b"gongyue").hexdigest()
    assert len(digest_words(digest, "zh")) == len(digest_words(digest, "en")) == WORDS == 12
    assert " ".join(digest_words("sha256:" + bytes(range(32)).hex(), "en")) == (
        "acorn actor album alley amber anchor ankle apple apron arch arrow atlas"
    )
    assert "".join(digest_words("sha256:" + bytes(range(32)).hex(), "zh")) == (
        "春天夏日秋风冬雪清晨黄昏月亮太阳星星银河彩虹白云"
    )


def test_one_bit_changes_a_word() -> None:
    """The words differ wherever the first twelve bytes do."""
    first = bytes(32)
    for byte in range(WORDS):
        other = bytes(1 if n == byte else 0 for n in range(32))
        pairs = zip(
            digest_words("sha256:" + first.hex(), "zh"), digest_words("sha256:" + other.hex(), "zh"), strict=True
        )
        assert [a != b for a, b in pairs] == [n == byte for n in range(WORDS)]
