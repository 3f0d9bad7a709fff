"""The answer to the outline as a whole: it is so, or it is not, and what the lines are that were read wrongly.

The answer is kept by the digest of exactly what was shown: where a line is said to be something else, it is asked again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec.structs import replace

from gongyue.covenant.binding import said_headings, said_parting
from gongyue.covenant.binding.draft import Carried, Drafting, carry
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO, SAID, SURE, Draft, Reading, Records, Resolved
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.binding.said_headings import NAMES, no_heading
from gongyue.covenant.parser import headings, items
from gongyue.covenant.parser.mending import ROLES, LaidLine

ROLE_NAMES: dict[str, tuple[str, str]] = {
    "title": ("全文的标题", "title of the text"),
    "heading": ("章节的标题", "heading"),
    "part": ("另起一处", "begins a part"),
    "above": ("接上一处", "goes on from above"),
    "on": ("与上一行连成一行", "the rest of the line above"),
    "out": ("不属于正文", "no text"),
}
"""What a line may be said to be, in Chinese and English."""
READ = "as-read"
"""As what is given that a line is what it was read as after all: nothing is said of it any more."""


def broken_lines(laid: Sequence[LaidLine]) -> frozenset[int]:
    """Lines of text that may be the rest of the one above: that is text, too, and has no stop at its end, and they begin no item or article."""
    text = ("part", "above", "on")
    near = ((a, b) for a, b in pairwise(laid) if a.role in text and b.role in text and not b.piece)
    return frozenset(
        b.line for a, b in near
        if a.words[-1] not in _ENDED and not (items.label(b.words) or headings.article(b.words) or headings.division(b.words))
    )  # fmt: skip


_ENDED = "。！？；：!?;:"


def confirm(d: Drafting, so: bool) -> Drafting:
    """Say whether the outline is as it is shown; BadBinding while a line is in doubt on which it depends.

    As with lines in doubt, it is no step that is taken back: another answer takes its place, and it is asked again of another outline.
    """
    if d.structure_open:
        raise BadBinding(
            "编号、结构还有存疑的行：先答完那些，再确认全文的结构",
            "lines of the numbering or the structure are still in doubt: answer those first, then confirm the outline",
        )
    return Drafting(d.read, replace(d.draft, outline=(AS_READ if so else NOT_SO) + d.read.shown_digest))


def say(d: Drafting, roles: Mapping[int, str]) -> tuple[Drafting, Carried]:
    """Say what lines are (`mending.ROLES`), or words within one (`heading:第三章 会员`, several one below the other), or "" that they are as
    they were read after all; the text is read again with it.

    What was bound or decided goes with its part, and is told where it is undecided again; what was answered of how these lines were
    read is asked again. BadBinding where there is no such line or role, a sentence or a clause of a guard is said to be a heading, a line
    cannot be what is said, or nothing would be left of the text.
    """
    words, known = d.read.line_words, {one.line for one in d.read.laid} | {r.line for r in d.read.resolved}
    for line, role in roles.items():
        if line not in known or line not in words:
            raise BadBinding(
                f"第 {line} 行没有可以说明的文字：是空行，或是图、代码、注释、链接里的，不读作正文；正文要有它的，先在文件里写成平常的一行",
                f"line {line} has no words of which that could be said: it is blank, or stands in a drawing, code, a comment or a link, which"
                " are not read as text; where the text is to have it, write it as a plain line of the file first",
            )
        if ":" in role:
            said_parting.require(line, words.get(line, ""), role, d.read.by)
        elif role and role not in ROLES:
            told = "、".join(ROLES), ", ".join(ROLES)
            raise BadBinding(
                f"第 {line} 行：没有“{role}”这一种，只有 {told[0]}", f"line {line}: “{role}” is none of {told[1]}"
            )
        if role in NAMES and (fault := no_heading(line, words.get(line, ""), d.read.by)):
            raise BadBinding(fault.zh, fault.en)
    _require_former_title(d, roles)
    kept = (r for r in d.read.resolved if not (r.line in roles and (SAID.fullmatch(r.at) or SURE.fullmatch(r.at))))
    said = (Resolved(line, f"@{one}") for line, role in sorted(roles.items()) for one in role.split("\n") if one)
    read = Reading(d.read.data, d.read.name, (*kept, *said), d.read.by)
    if not read.outline.parts:
        raise BadBinding("这样就没有条文了", "nothing would be left of the text")
    _require_said(d, roles, read)
    return carry(read, _moved(d, read))


def _require_former_title(d: Drafting, roles: Mapping[int, str]) -> None:
    """Where another line is the title, what the one before it is has to be said as well, or it would be nowhere."""
    titled = [n for n, role in roles.items() if role == "title" or role.startswith("title:")]
    former = (x.line for x in d.read.laid if x.role == "title" and x.line not in roles)
    if titled and (line := next(former, 0)):
        both = f"{line}=title --line {titled[0]}=title"
        raise BadBinding(
            f"第 {line} 行原是标题，请一并说明它是什么：标题占这两行，写 --line {both}；它不是标题，写 --line {line}=out 之类",
            f"line {line} was the title: say what it is as well. Where the title takes both lines, --line {both}; where it is none,"
            f" --line {line}=out or the like",
        )


def _require_said(d: Drafting, roles: Mapping[int, str], read: Reading) -> None:
    """BadBinding where the text is not read as it is said now, or what was said before of other lines cannot be with it."""
    former = [*said_headings.faults(d.read.laid, d.read.by)] if d.read.said else []
    amiss = (fault for line, fault in read.refused.items() if line in roles or line not in d.read.refused)
    if fault := next(amiss, None) or next(
        (f for f in said_headings.faults(read.laid, read.by) if f not in former), None
    ):
        raise BadBinding(fault.zh, fault.en)
    now = {(line.line, line.piece): line.role for line in read.laid}
    for line, role in roles.items():
        if ":" in role:
            continue
        read_as = now.get((line, 0))
        if role and role != read_as and (role, read_as) != ("above", "part"):  # nothing stands above the first
            raise BadBinding(
                f"第 {line} 行与别的行合在一起读，不能单独说它是{ROLE_NAMES[role][0]}；请在文件里分行",
                f"line {line} is read together with others and cannot be said to be {ROLE_NAMES[role][1]} alone; break the lines in the file",
            )


def _moved(d: Drafting, read: Reading) -> Draft:
    """The draft with what was said of a part at the address that the part has now; of a part whose words moved, at none."""
    now = {(line.line, line.piece): line.at for line in reversed(read.laid) if line.role == "part"}
    now = {(line, 0): at for (line, _), at in now.items()} | now  # a line that was parted: its first part
    at: dict[str, str] = {}
    for line in d.read.laid:
        part, other = d.read.parts.get(line.at), read.parts.get(now.get((line.line, line.piece), ""))
        if (
            line.role == "part"
            and part
            and other
            and (other.text.startswith(part.text) or part.text.startswith(other.text))
        ):
            at[part.at] = other.at
    r = d.records
    records = Records(
        tuple(replace(b, at=at.get(b.at, "")) for b in r.bindings),
        tuple(replace(x, at=at.get(x.at, "")) for x in r.decisions),
        r.absent,
    )
    return replace(d.draft, records=records, steps=d.draft.steps if records == r else ())
