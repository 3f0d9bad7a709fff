"""What the lines of a question on the structure are read as now, in words: that is what somebody confirms who says that it is so."""

from __future__ import annotations

from gongyue.covenant.addresses import label_of
from gongyue.covenant.binding.draft_file import Reading
from gongyue.covenant.parser.assumptions import BETWEEN
from gongyue.covenant.parser.line_places import close
from gongyue.covenant.parser.mending import LaidLine
from gongyue.covenant.text import Doubt

_QUOTED = 30
"""Characters of a line that are quoted."""
_ALIKE = 12


def read_now(read: Reading, doubt: Doubt) -> tuple[str, str]:
    """这一行现读作章节的标题: the line that the doubt is told at; of several quoted with it how the first of them is read; empty without one."""
    words = doubt.words.split(BETWEEN)[0].split("\n")[0]
    here = [one for one in read.laid if one.line == doubt.line]
    one = next((x for x in here if close(words)[:_ALIKE] in close(x.words)), here[0] if here else None)
    if one is None:
        return "", ""
    quoted = one.words if len(one.words) <= _QUOTED else one.words[:_QUOTED] + "……"
    zh, en = _role(one)
    if BETWEEN not in doubt.words:
        return f"这一行现读作{zh}", f"this line is read as {en}"
    return (
        f"其中“{quoted}”一行现读作{zh}，其余各行也照现在所读",
        f"the line “{quoted}” among them is read as {en}, and the others as they are read now",
    )


def _role(one: LaidLine) -> tuple[str, str]:
    label = label_of(one.at)
    if one.role == "part":
        return f"{label}的起首", f"the beginning of {label}"
    if one.role == "above":
        return f"{label}里接着上一行的文字", f"text of {label} that goes on from the line above"
    return {
        "title": ("全文的标题", "the title of the text"),
        "heading": ("章节的标题", "a heading"),
        "on": ("上一行的后半", "the rest of the line above"),
        "out": ("不属于任何一处的行", "a line of no part"),
    }[one.role]


def numbered_now(doubt: Doubt) -> tuple[str, str]:
    """What a line whose number is in doubt is read as now."""
    if not doubt.at:
        return "现读作上一处的正文。", "It is read as text of the part above now."
    label = label_of(doubt.at)
    return f"现读作{label}的起首。", f"It is read as the beginning of {label} now."
