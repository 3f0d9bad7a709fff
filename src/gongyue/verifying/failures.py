"""What verify stops at: the exit code and the first failure, in both languages."""

from __future__ import annotations

from typing import Any

import msgspec

SOUND, TAMPERED, UNLAWFUL, UNREADABLE = 0, 2, 3, 4


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """The first failure: where (index in the open book), by which act, against which article, with which figures."""

    kind: str
    zh: str
    en: str
    index: int | None = None
    act: str = ""
    code: str = ""
    article: int = 0
    words: str = ""
    figures: dict[str, int | str] = {}
    enough: str | int | None = None


class Stop(Exception):
    """Verification ends here with that exit code."""

    def __init__(self, code: int, failure: Failure) -> None:
        super().__init__(failure.zh)
        self.code, self.failure = code, failure


def tampered(what: str, why: str, index: int | None = None, act: str = "") -> Stop:
    """Bytes are not what they should be, or are not there."""
    zh, en = f"日志被篡改或缺失：{what}（{why}）", f"tampered or missing: {what} ({why})"
    return Stop(TAMPERED, Failure("tampered", zh, en, index, act))


def unjudged(error: Exception, index: int, act: str) -> Stop:
    """Judging an entry broke down, so that nobody can say it was lawful; an office that is asked to record it records nothing."""
    what = type(error).__name__
    zh = f"#{index} 引出了没有料到的错误（{what}），不能认定它合规"
    en = f"judging #{index} broke down ({what}): it is not found lawful"
    return Stop(UNLAWFUL, Failure("unlawful", zh, en, index, act, "unjudged", figures={"error": what}))


def unreadable(zh: str, en: str) -> Stop:
    """Nothing could be checked."""
    return Stop(UNREADABLE, Failure("unreadable", zh, en))


def unlawful(refusal: dict[str, Any], index: int | None, act: str) -> Stop:
    """Authentic, but an act the covenant does not allow; `refusal` is what the office would have answered."""
    failure = Failure(
        "unlawful",
        refusal["zh"],
        refusal["en"],
        index,
        act,
        refusal["code"],
        refusal.get("article", 0),
        refusal.get("words", ""),
        refusal["figures"],
        refusal.get("enough"),
    )
    return Stop(UNLAWFUL, failure)
