"""What may be said of words within a line: that they are there, once, where nothing is torn, and that a heading names something."""

from __future__ import annotations

from collections.abc import Sequence

from gongyue.covenant.binding.passages import Reader
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.said_headings import NAMES, no_heading
from gongyue.covenant.parser.mending import LaidLine
from gongyue.covenant.parser.parting import LONGEST, MOST, PIECE, WITHIN, places, said_within


def require(line: int, text: str, role: str, by: Reader) -> None:
    """BadBinding where words within a line cannot be what is said of them; `role` as `parting.said_within` takes it, `text` as in the file."""
    if role.count("\n") >= MOST:
        raise BadBinding(
            f"第 {line} 行：一行至多说 {MOST} 处；更多的请在文件里分行",
            f"line {line}: {MOST} places of one line may be said at most; of more, break the line in the file",
        )
    for one in role.split("\n"):
        if not PIECE.fullmatch(one):
            raise BadBinding(
                f"第 {line} 行：“{one[:40]}”写作 heading:第三章 会员 或 part:会员应当，种类有 {'、'.join(WITHIN)}，至多 {LONGEST} 字",
                f"line {line}: write “{one[:40]}” as heading:第三章 会员 or part:会员应当; {', '.join(WITHIN)}, {LONGEST} characters at most",
            )
    for kind, words in said_within(role):
        _require_place(line, text, kind, words)
        if kind in NAMES and (fault := no_heading(line, words, by, within=True)):
            raise BadBinding(fault.zh, fault.en)


def _require_place(line: int, text: str, kind: str, words: str) -> None:
    found = places(text, kind, words)
    if len(found) == 1:
        return
    told = f"第 {line} 行“{words}”", f"line {line} “{words}”"
    if found:
        raise BadBinding(
            f"{told[0]}有 {len(found)} 处：请多写几个字",
            f"{told[1]} stands there {len(found)} times: give more of the words",
        )
    if "".join(words.split()) not in "".join(text.split()):
        raise BadBinding(f"第 {line} 行没有“{words}”这几个字", f"line {line} does not have the words “{words}”")
    if kind == "part":
        raise BadBinding(f"{told[0]}在一句中间，不能由此另起一处：前面要是句号、空格一类",
                         f"{told[1]} is within a sentence and begins no part: a stop or a blank has to stand before it")  # fmt: skip
    raise BadBinding(f"{told[0]}与前后的字连成一句，不能单独是标题：前后要是行首、行末、句号或空格",
                     f"{told[1]} is part of a sentence and no heading by itself: the line's end, a stop or a blank has to be on either side")  # fmt: skip


def require_read(line: int, role: str, laid: Sequence[LaidLine]) -> None:
    """BadBinding where the text, read with what was said, does not have it so; `laid`: the line's pieces."""
    now = [(one.said, "".join(one.words.split())) for one in laid if one.piece and one.said == one.role]
    for kind, words in said_within(role):
        plain = "".join(words.split())
        if not any(said == kind and (own == plain or (kind == "part" and own.startswith(plain))) for said, own in now):
            raise BadBinding(
                f"第 {line} 行“{words}”不能这样读：同一行里所说的几处重叠，或这一处与别的行合在一起读",
                f"line {line} “{words}” cannot be read so: what is said within the line overlaps, or it is read together with other lines",
            )
