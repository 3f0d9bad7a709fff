"""The items of an article: labelled （一） 一、 1. ① …, or bare lines after a colon."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import msgspec

from gongyue.covenant.numerals import NUMERAL, parse
from gongyue.covenant.parser.lines import BLANKS, B
from gongyue.covenant.text import Item

_CN = "〇零一二三四五六七八九十百廿卅壹贰貳叁參肆伍陆陸柒捌玖拾"
_LABEL = re.compile(
    rf"(?P<bracket>[（(〔﹙]{B}*(?P<b>{NUMERAL}){B}*[）)〕﹚])"
    rf"|(?P<half>(?P<h>[0-9０-９]{{1,3}}|[{_CN}]{{1,4}}){B}*[）)])"
    rf"|(?P<dot>(?P<d>[0-9０-９]{{1,3}})(?:[、．]|[.](?![0-9])))"
    rf"|(?P<comma>(?P<c>[{_CN}]{{1,4}})[、.．])"
    rf"|(?P<sign>[①-⑳⑴-⒇⒈-⒛㈠-㈩㊀-㊉])"
    rf"|(?P<bullet>[●○•·◆◇■□▪※★►➢√])(?={B}*\S)"
)
_INLINE = re.compile(
    rf"(?:[（(]{B}*[0-9０-９{_CN}]{{1,4}}{B}*[）)]|[①-⑳⑴-⒇㈠-㈩]|(?<![0-9０-９.．])[0-9０-９]{{1,2}}(?:[、．]|[.](?![0-9])))"
)
LETTER = re.compile(r"[A-Za-z]\s?[.)）、．](?![A-Za-z0-9])")
"""a. and B) tell lines of a list apart, and make no items: an edition's items follow from its characters as they always did."""
_SENTENCE = "。！？!?"
_INTRODUCES = re.compile(r"[：:]$")


class Label(msgspec.Struct, frozen=True):
    """An item's label as printed, what kind of label it is, and its number (0 for a bullet)."""

    printed: str
    kind: str
    number: int
    rest: str


def label(text: str) -> Label | None:
    """The item label at the start of a line."""
    found = _LABEL.match(text)
    if not found:
        return None
    kind = next(k for k in ("bracket", "half", "dot", "comma", "sign", "bullet") if found[k] is not None)
    written = found.groupdict().get(kind[0]) if kind in ("bracket", "half", "dot", "comma") else None
    number = _sign_number(found[0]) if kind == "sign" else parse(written) if written else 0
    if number is None:
        return None
    script = "arabic" if written and unicodedata.normalize("NFKC", written)[0].isdigit() else ""
    if kind == "sign":
        code = ord(found[0])  # ①, ⑴ and ⒈ stand in runs of twenty
        script = str((code - 0x2460) // 20 if code < 0x2500 else code // 64)
    return Label(found[0], kind + script, number, text[found.end() :].lstrip(BLANKS))


def _sign_number(sign: str) -> int | None:
    return parse(re.sub(r"[().]", "", unicodedata.normalize("NFKC", sign)))


def split(lines: list[str]) -> tuple[Item, ...]:
    """The items among an article's lines (blank ones already left out)."""
    return tuple(_read(lines)[0])


def unsure(lines: list[str]) -> list[str]:
    """Lines behind a list that may be its last item's or the article's own: how they were read is to be looked at."""
    return _read(lines)[1]


def _read(lines: list[str]) -> tuple[list[Item], list[str]]:
    lines = [piece for line in lines for piece in pieces(line)]
    return _labelled(lines) if any(label(line) for line in lines) else _bare(lines)


def pieces(line: str) -> list[str]:
    """A paragraph with items one after another, cut before each; they must count from 1."""
    cuts = _cuts(line, stopped=True)
    if len(cuts) < 2:
        cuts = _cuts(line, stopped=False)
        if len(cuts) < LEAST_UNSTOPPED:
            return [line]
    pieces = [line[a:b].strip(BLANKS) for a, b in zip([0, *cuts], [*cuts, len(line)], strict=True)]
    return [p for p in pieces if p]


LEAST_UNSTOPPED = 3


def _cuts(line: str, stopped: bool) -> list[int]:
    """Where the items of one line begin; not `stopped`: in brackets behind a colon they need no stop before them (：（一）甲（二）乙)."""
    cuts, expected = list[int](), 1
    for found in _INLINE.finditer(line):
        mark = label(found[0])
        if mark is None or mark.number != expected:
            continue
        before = line[: found.start()].rstrip(BLANKS)
        if before and before[-1] not in (("：:。" if stopped else "：:") if expected == 1 else "：:；;。，,"):
            bracketed = not stopped and expected > 1 and mark.kind.startswith("bracket")
            if not bracketed or _CITED.search(before) or line[found.end() : found.end() + 1] in "项項款目、和至":
                continue
        cuts.append(found.start())
        expected += 1
    return cuts


_CITED = re.compile("[第前上本、和与與及至或][条條款项項]?$")


def _labelled(lines: list[str]) -> tuple[list[Item], list[str]]:
    """Items with labels; labels of another kind inside an item are its own sub-items."""
    marks = [label(line) for line in lines]
    top = next(m for m in marks if m).kind
    items: list[tuple[str, list[str]]] = []
    doubts: list[str] = []
    last, previous, closed = 0, "", False
    before: Label | None = None
    peers: Before | None = None
    tops = [m if m and m.kind == top else None for m in marks]
    for i in range(len(tops) - 2, -1, -1):
        tops[i] = tops[i] or tops[i + 1]
    for i, (line, mark) in enumerate(zip(lines, marks, strict=True)):
        if mark and (mark.kind == top or (mark.number == last + 1 > 1 and not _below(mark, before))):
            items.append((mark.printed, [mark.rest] if mark.rest else []))
            last, previous, before, closed, peers = mark.number, line, mark, False, None
            continue
        before = mark or before
        if not items or closed:
            continue
        if mark:
            items[-1][1].append(line)
            previous = line
            continue
        following = tops[i]
        led = items[-1][1][:1] and items[-1][1][0][-1:] in ("：", ":") and previous[-1:] in ("；", ";")
        if led or (following and (following.number != 1 or following.kind == "bullet")):
            within, doubt = True, False
        else:
            peers = peers or before_last([text for _, text in items[:-1]], lines)
            listed = len(items[-1][1]) > 1 and label(previous) is not None
            within, doubt = after_list(line, previous, listed, peers)
        if doubt:
            doubts.append(line)
        if within:
            items[-1][1].append(line)
            previous = line
        else:
            closed = True  # a closing paragraph, or the lead of another list: it and what follows belong to the article
    return [Item(printed, "\n".join(text)) for printed, text in items], doubts


def _below(mark: Label, before: Label | None) -> bool:
    """Whether a mark belongs to a sub-list that already began: it goes on with the one before."""
    return before is not None and before.kind == mark.kind and before.number == mark.number - 1


_STOPS = (*_SENTENCE, "；", ";", "”", "）", ")")
_GO_ON = ("，", ",", "、", "：", ":")
_REFERS = re.compile(r"[前上以](?:[述列款項项]|[列述]?各?[款項项])|[前上]述|本[条條款]")


class Before(msgspec.Struct, frozen=True):
    """The items before the last one: whether there are any and none has a stop, whether one has paragraphs; how long a broken line is."""

    without_stops: bool
    paragraphs: bool
    full: int


def before_last(peers: Sequence[Sequence[str]], lines: Sequence[str]) -> Before:
    """`lines` are all there are: where several are as long as the longest, the text has broken lines; 0 where it has none."""
    full = max(map(len, lines)) - 2
    return Before(
        bool(peers) and all(text and text[-1][-1:] not in (*_STOPS, *_GO_ON) for text in peers),
        any(any(t[-1:] in _SENTENCE for t in text[:-1]) for text in peers if text),
        full if sum(len(t) >= full for t in lines) > 1 else 0,
    )


def after_list(line: str, previous: str, listed: bool, before: Before) -> tuple[bool, bool]:
    """Whether a line behind a list goes on with its last item, and whether that can be argued.

    `previous` is the line above; `listed` says that it ends a list within that item.
    """
    if _REFERS.match(line):
        return False, False
    if previous[-1:] in _GO_ON:
        return True, False
    if previous[-1:] in _STOPS or not previous:
        return False, before.paragraphs or listed
    if before.without_stops:
        whole = line[-1:] in _SENTENCE
        return not whole, not whole
    return True, not before.full or len(previous) < before.full


_CLAUSE = re.compile("[，,。；;]|[应應须須]|可以|不得")


def _bare(lines: list[str]) -> tuple[list[Item], list[str]]:
    """Lines after one that ends with a colon; with semicolons, up to the first that ends the sentence."""
    start = next((i for i, line in enumerate(lines) if _INTRODUCES.search(line)), None)
    if start is None or len(lines) - start < 3:
        return [], []
    run: list[str] = []
    doubts: list[str] = []
    for line in lines[start + 1 :]:
        if len(run) > 1 and _REFERS.match(line):
            break
        closing = len(run) > 1 and line[-1] in _SENTENCE and all(t[-1] not in (*_STOPS, *_GO_ON) for t in run)
        if closing and _CLAUSE.search(line[:-1]) and not any(map(_CLAUSE.search, run)):
            break  # names without a stop, then a sentence
        run.append(line)
        doubts += [line] if closing else []
        if line[-1] in _SENTENCE and run[0][-1] not in _SENTENCE:
            break
    if len(run) > 2 and run[0][-1] in _SENTENCE and not all(map(LETTER.match, run)):
        doubts.append(run[-1])  # sentences all: nothing says where the list ends
    return ([Item("", line) for line in run], doubts) if len(run) > 1 else ([], [])
