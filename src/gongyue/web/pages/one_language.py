"""A document that says everything twice, the Chinese first, as its reader reads it: once."""

from __future__ import annotations

import re

from gongyue.web.templatetags.words import pick

_HAN = re.compile("[\u4e00-\u9fff]")
_QUOTED = re.compile("`[^`]*`|“[^”]*”|《[^》]*》|（[^）]*）")
"""What the other language quotes: code, words of the text, titles."""
_BETWEEN = re.compile(r"(?<=[。！？：；”）])\s*(?=[A-Z\[`“*(])|(?<=[.!?:;”)])\s+(?=[“\[*]*[\u4e00-\u9fff])")
"""Where English may begin after Chinese, and Chinese after English."""
_CODE = re.compile("`[^`]+`")
_ENDS = re.compile("[\u4e00-\u9fff）。；，：…]")
_SENTENCE = re.compile(r"(?:\b[A-Za-z]+[ .,]+){3}")


def in_language(text: str) -> str:
    """The half of a paragraph, a heading or a cell in the language of the page, with every command; all of what has no two halves."""
    halves = split(text)
    return pick(*map(_with_code, halves, halves[::-1])) if halves else text


def _with_code(half: str, other: str) -> str:
    """A half with the commands before it that only the other one names: they are the same in both languages."""
    missing = [code for code in dict.fromkeys(_CODE.findall(other)) if code not in half]
    return f"{pick('、', ', ').join(missing)}{pick('：', ': ')}{half}" if missing else half


def joined(text: str) -> str:
    """A document in which a Chinese paragraph and the English one below it are one, to be told apart like any other."""
    blocks = re.split(r"\n\s*\n", text)
    out: list[str] = []
    for block in blocks:
        if out and _is_prose(out[-1]) and _is_prose(block) and _is_chinese(out[-1]) and not _has_chinese(block):
            out[-1] += f"\n{block}"
        else:
            out.append(block)
    return "\n\n".join(out)


def _is_prose(block: str) -> bool:
    return not block.startswith(("#", "|", "```", "- ", "* ", "<")) and not re.match(r"\d+\. ", block)


def split(text: str) -> tuple[str, str] | None:
    """The Chinese and the English of what says the same twice; None of anything else."""
    zh, slash, en = text.partition(" / ")
    if slash and " / " not in en and _is_chinese(zh) and not _has_chinese(en):
        return zh, en
    pieces: list[tuple[bool, str]] = []
    for piece in _BETWEEN.split(text):
        said = re.findall("[a-z]{2,}", _CODE.sub("", piece))  # commands alone go with what they follow
        speaks = _has_chinese(piece) or (len(said) < 2 and bool(pieces) and pieces[-1][0])
        if pieces and pieces[-1][0] == speaks:
            pieces[-1] = speaks, pieces[-1][1] + ("" if speaks else " ") + piece
        else:
            pieces.append((speaks, piece))
    zh, en = ("".join(p for ours, p in pieces if ours), " ".join(p for ours, p in pieces if not ours))
    if len(pieces) > 1 and pieces[0][0] and _is_chinese(zh) and en:
        return zh, en
    plain = _masked(text)
    last = max((found.end() for found in _ENDS.finditer(plain)), default=0)
    zh, en = text[:last], text[last:]
    return (
        (zh, en.strip()) if _is_chinese(zh) and en.startswith(" ") and re.search("[A-Za-z]{2}", plain[last:]) else None
    )


def _masked(text: str) -> str:
    return re.sub("`[^`]*`", lambda found: "`" * len(found[0]), text)


def _is_chinese(text: str) -> bool:
    """Whether it is Chinese and holds no English sentence."""
    return bool(_HAN.search(text)) and not _SENTENCE.search(_QUOTED.sub("", text))


def _has_chinese(text: str) -> bool:
    return bool(_HAN.search(_QUOTED.sub("", text)))
