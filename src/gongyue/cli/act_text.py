"""An act in words: names, labels, values and figures, as the pages show them. Nobody decides on a hash."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from gongyue.book.digest_words import digest_words
from gongyue.book.entry import SignedAct
from gongyue.book.links import opening
from gongyue.cli.book_source import BookSource
from gongyue.cli.output import lang, pick
from gongyue.covenant import refusals
from gongyue.covenant.addresses import in_english, label_of
from gongyue.covenant.parties import AUTHORITY, EXECUTIVE
from gongyue.covenant.periods import moment
from gongyue.covenant.values import BASIS
from gongyue.governance.acts import act_type_of
from gongyue.governance.figure_words import PARTIES, figure_words
from gongyue.governance.institution import Institution
from gongyue.governance.sheet import PAPER, Label, names_of
from gongyue.governance.value_words import words_of_value
from gongyue.office.attachments import DIGEST
from gongyue.office.bodies import fields, is_link, is_time
from gongyue.office.link_words import link_words

MOST_LINES = 40
"""Lines of a file that are shown."""


def act_name(type: str) -> str:
    """What an act type is called."""
    return pick(*names_of(type))


def party_name(inst: Institution | None, party: str) -> str:
    """A party by its name and id; by its id alone where nobody here knows its name."""
    name = pick(*PARTIES[party]) if party in PARTIES else ""
    if inst is not None and party in inst.units:
        name = inst.units[party].name
    if party == EXECUTIVE and inst is not None and inst.genesis is not None:
        name = f"{name} {inst.genesis.executive}"
    return pick(f"{name}（{party}）", f"{name} ({party})") if name else party


def unit_name(inst: Institution, party: str) -> str:
    """A unit by its name before its id, for a line that others are told by id alone: 云岭数基 u:0001."""
    return f"{inst.units[party].name} {party}" if party in inst.units else party


def figure_name(name: str) -> str:
    """What a figure of a refusal or a ruling is called."""
    return pick(*refusals.figure_name(name))


def figure_value(name: str, value: object) -> str:
    """A figure in words, in the chosen language."""
    return pick(*figure_words(name, value, types=True))


Kept = Callable[[str], bytes | None]
"""Commitment → the private content behind it, where it is at hand."""


def kept_in(folder: Path) -> Kept:
    """Private contents as `Attachments.keep` writes them into a folder."""

    def kept(commitment: str) -> bytes | None:
        path = folder / f"{commitment.removeprefix('sha256:')}.content"
        return path.read_bytes() if path.is_file() else None

    return kept


def act_lines(act: SignedAct, place: BookSource | None, kept: Kept) -> Iterator[str]:
    """The act in words: what, in whose name, under which article, each field, the paper it is recorded from."""
    return _Words(act, place, kept).lines()


class _Words:
    """What is at hand to read an act by: its own files, the place it was drafted against, private contents."""

    def __init__(self, act: SignedAct, place: BookSource | None, kept: Kept) -> None:
        self.act, self.place, self.kept = act.act, place, kept
        self.files, self.inst = act.files(), place.inst if place else None
        self.type = str(act.act["type"])

    def lines(self) -> Iterator[str]:
        act, at = self.act, str(self.act.get("basis", "")).removeprefix(BASIS)
        yield pick(f"{act_name(self.type)}（{self.type}）", f"{act_name(self.type)} ({self.type})")
        yield pick("以谁的名义：", "In the name of: ") + party_name(self.inst, str(act.get("actor")))
        if at:
            yield pick(f"依据：{label_of(at)}", f"Under: {in_english(at)}")
        if isinstance(act.get("at"), int):
            yield pick("起草时间：", "Drafted: ") + moment(act["at"])
        if "seq" in act:
            yield pick(f"该密钥的第 {act['seq']} 件行为", f"The key's act no. {act['seq']}")
        times = {f.name for f in fields(act_type_of(self.type)) if is_time(f.type)}
        for name, value in act["body"].items():
            said = moment(value) if name in times and isinstance(value, int) else value
            yield from self.field(name, said, act["body"])
        if paper := act.get("paper"):
            yield pick("据纸面记录：", "Recorded from paper:")
            for name in ("number", "dated", "arrived", "scan"):
                yield from self.field(name, paper[name] or pick("无", "none"), paper, PAPER[name], 1)

    def field(
        self, path: str, value: Any, row: Mapping[str, Any], label: Label | None = None, depth: int = 0
    ) -> Iterator[str]:
        """A field with its label; what it contains stands below it. `row`: what it stands in."""
        if value is None or value in ("", [], {}):
            return
        try:
            label = label or act_type_of(self.type).label(path)
            name = pick(label.zh, label.en)
        except KeyError:
            name = path.rpartition(".")[2]
        head = "  " * depth + pick(f"{name}：", f"{name}: ")
        if isinstance(value, Mapping):
            yield head.rstrip()
            for inner, one in value.items():
                yield from self.field(f"{path}.{inner}", one, value, depth=depth + 1)
        elif isinstance(value, list) and any(isinstance(one, Mapping) for one in value):
            yield head.rstrip()
            for number, one in enumerate(value, 1):
                yield f"{'  ' * (depth + 1)}{number}."
                for inner, part in one.items():
                    yield from self.field(f"{path}.{inner}", part, one, depth=depth + 2)
        elif isinstance(value, list):
            yield head + pick("、", ", ").join(self.plain(path, one, row) for one in value)
        else:
            first, *more = self.said(path, value, row)
            yield head + first
            yield from ("  " * (depth + 1) + line for line in more)

    def plain(self, path: str, value: Any, row: Mapping[str, Any]) -> str:
        """A value that is no file."""
        if isinstance(value, bool):
            return pick("是", "yes") if value else pick("否", "no")
        if isinstance(value, str) and value[:2] in ("u:", "o:") or value in (EXECUTIVE, AUTHORITY):
            return party_name(self.inst, str(value))
        if path.rpartition(".")[2] in ("forbids", "types"):
            return act_name(str(value))
        chosen = words_of_value(act_type_of(self.type), path, value, row)
        return pick(*chosen) if chosen else str(value)

    def said(self, path: str, value: Any, row: Mapping[str, Any]) -> list[str]:
        """A value in words; a digest is what it is the digest of, so far as that is at hand."""
        if not (isinstance(value, str) and DIGEST.fullmatch(value)):
            return [self.plain(path, value, row)]
        kind = act_type_of(self.type)
        if is_link(kind, path) and (opened := opening(value, self.files.values())) is not None:
            return [pick(*link_words(kind, opened.target))]
        if path == "scan" or kind.is_private(path.rpartition(".")[2]):
            return self._private(value)
        data = self.files.get(value) or (self.place.object(value) if self.place else None)
        if data is not None:
            return list(content(data))
        return [pick("文件不在此处，无从显示", "a file that is not at hand here: it cannot be shown")]

    def _private(self, digest: str) -> list[str]:
        secret = pick("不公开，簿册只载其承诺值", "private: the book holds its commitment only")
        data = self.kept(digest)
        if data is None:
            return [secret + pick("；内容不在此处", "; its content is not at hand here")]
        first, *more = content(data)
        return [f"{first}{pick('（', ' (')}{secret}{pick('）', ')')}", *more]


def content(data: bytes) -> Iterator[str]:
    """What a file says: a text by its title, a text or JSON by its lines, anything else by its kind and size."""
    size = pick(f"{len(data):,} 字节", f"{len(data):,} bytes")
    if data[:5] == b"%PDF-":
        yield pick(f"PDF 文件，{size}", f"a PDF, {size}")
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        yield pick(f"文件，{size}", f"a file, {size}")
        return
    try:
        value = msgspec.json.decode(data)
    except msgspec.DecodeError:
        value = None
    if isinstance(value, dict) and "articles" in value and "title" in value:
        count = len(value["articles"])
        yield pick(f"《{value['title']}》，{count} 条", f"“{value['title']}”, {count} articles")
        return
    lines = (msgspec.json.format(data, indent=2).decode() if isinstance(value, (dict, list)) else text).splitlines()
    if len(lines) == 1:
        yield lines[0]
        return
    yield pick(f"{size}：", f"{size}:")
    yield from (f"  {line}" for line in lines[:MOST_LINES])
    if len(lines) > MOST_LINES:
        yield pick(f"  ……另有 {len(lines) - MOST_LINES} 行", f"  … {len(lines) - MOST_LINES} more lines")


def words_line(digest: str) -> str:
    """The words of a digest, to be compared between two devices."""
    return pick("核对词：", "Check words: ") + " ".join(digest_words(digest, lang()))
