"""What verify stops at: the exit code and the first failure, in both languages."""

from __future__ import annotations

from typing import Any

import msgspec

SOUND, TAMPERED, UNLAWFUL, UNREADABLE = 0, 2, 3, 4

HOW = {
    "audit": ("不是补齐，也没有作为行为启封", "neither padding nor opened as an act"),
    "arrival": ("到达时刻与其承诺所载的不同", "it did not arrive when its promise says"),
    "content": ("所指内容不是其所称", "what it names is not what it says"),
    "document": ("不是条目所指的那一份文书", "it is no document that an entry names"),
    "fork": ("另一份历史（分叉）", "another history (fork)"),
    "form": ("不合格式", "not of its form"),
    "gap": ("卷内缺这一位：没有递交，或被扣下", "this place of the dossier is missing: not handed in, or withheld"),
    "hash": ("内容与哈希不符", "its content is not what its hash says"),
    "head": ("办公室签了它，另有与它矛盾的", "the office signed it, and it is contradicted"),
    "key": ("与验证密钥不符", "not under the verifier key"),
    "late": ("到了所承诺的时段仍未锚定", "no anchor since the slot that was promised"),
    "link": (
        "它打开的关联，簿册与所启封的行为里都没有",
        "no act in the books, or disclosed, carries the link that it opens",
    ),
    "missing": ("缺失", "missing"),
    "oversized": ("超出这类文件的长度", "longer than such a file can be"),
    "promise": ("承诺未兑现", "a promise was not kept"),
    "root": ("根与检查点不符", "its root is not the checkpoint's"),
    "shorter": ("比先前核验过的短", "shorter than what was verified before"),
    "signature": ("签名不成立", "its signature does not hold"),
    "tile": ("与树不符", "it is not the tree's"),
    "twice": ("同一承诺值已在另一页", "another leaf holds the same commitment"),
    "unwitnessed": ("见证不足", "too few witnesses"),
}
"""How bytes are not what they should be: the end of the code tampered/…, in both languages."""

BOOKS = {"open": ("公开簿", "open book"), "sealed": ("密封簿", "sealed book")}
"""The books' names, where what is named begins with one."""


class Failure(msgspec.Struct, frozen=True, omit_defaults=True):
    """The first failure: at which entry of which book, of which act type, under which code and article, with which figures.

    `article` is a position in the text, `at` the address there (22, ¶7). `provision`: what the words are of.
    """

    kind: str
    zh: str
    en: str
    index: int | None = None
    type: str = ""
    code: str = ""
    article: int = 0
    words: str = ""
    figures: dict[str, int | str] = {}
    enough: str | int | None = None
    book: str = "open"
    at: str = ""
    provision: str = ""

    @property
    def place(self) -> str:
        """The entry, `#7` or `sealed #7`; empty where it is none's."""
        if self.index is None:
            return ""
        return f"#{self.index}" if self.book == "open" else f"{self.book} #{self.index}"


class Stop(Exception):
    """Verification ends here with that exit code."""

    def __init__(self, code: int, failure: Failure) -> None:
        super().__init__(failure.zh)
        self.code, self.failure = code, failure


class Unreadable(Exception):
    """A place or a file cannot be read, which accuses nobody; `why` and the figures say more for programs."""

    def __init__(self, zh: str, en: str, why: str = "", **figures: int | str) -> None:
        super().__init__(f"{zh} / {en}")
        self.zh, self.en, self.why, self.figures = zh, en, why, figures


def tampered(
    how: str,
    what: str,
    detail: str = "",
    index: int | None = None,
    type: str = "",
    book: str = "open",
    detail_zh: str = "",
    **figures: int | str,
) -> Stop:
    """Bytes are not what they should be, or are not there: `how` of HOW, `what` names them."""
    zh, en = HOW[how]
    head, space, rest = what.partition(" ")
    named_zh, named_en = BOOKS.get(head, (head, head))
    if detail:
        zh, en = f"{zh}：{detail_zh or detail}", f"{en}: {detail}"
    return Stop(
        TAMPERED,
        Failure(
            "tampered",
            f"簿册被篡改或缺失：{named_zh}{space}{rest}（{zh}）",
            f"tampered or missing: {named_en}{space}{rest} ({en})",
            index,
            type,
            f"tampered/{how}",
            figures={"what": what, **({"detail": detail} if detail else {}), **figures},
            book=book,
        ),
    )


def unjudged(error: Exception, index: int, type: str) -> Stop:
    """Judging an entry broke down, so that nobody can say it was lawful; an office that is asked to record it records nothing."""
    what = error.__class__.__name__
    zh = f"#{index} 引出了没有料到的错误（{what}），不能认定它合规"
    en = f"judging #{index} broke down ({what}): it is not found lawful"
    return Stop(UNLAWFUL, Failure("unlawful", zh, en, index, type, "unjudged", figures={"error": what}))


def unreadable(zh: str, en: str, why: str = "", index: int | None = None, **figures: int | str) -> Stop:
    """Nothing could be checked."""
    code = f"unreadable/{why}" if why else "unreadable"
    return Stop(UNREADABLE, Failure("unreadable", zh, en, index, code=code, figures=figures))


def unlawful(refusal: dict[str, Any], index: int | None, type: str, book: str = "open") -> Stop:
    """Authentic, but an act the covenant does not allow; `refusal` is what the office would have answered."""
    failure = Failure(
        "unlawful",
        refusal["zh"],
        refusal["en"],
        index,
        type,
        refusal["code"],
        refusal.get("article", 0),
        refusal.get("words", ""),
        refusal["figures"],
        refusal.get("enough"),
        book,
        refusal.get("at", ""),
        refusal.get("provision", ""),
    )
    return Stop(UNLAWFUL, failure)
