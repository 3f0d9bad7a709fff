"""What an accused will be shown of a report, made by its reporter before it files: passages covered, attachments held back.

A text is shown with what was covered taken out of its bytes; an attachment is shown whole or not at all, under a name that says
nothing. What was covered or held back still goes to the caseworker and the panel.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from pathlib import PurePath

import msgspec
from django.http import QueryDict

from gongyue.covenant.periods import iso
from gongyue.governance.bulletin import closed_up
from gongyue.governance.institution import Institution
from gongyue.governance.unit_names import named_in
from gongyue.office.attachments import Attachments
from gongyue.web.acting.models import Draft, DraftFile

FILE, FACTS, EVIDENCE = "report.file/1", "facts", "evidence"
MARK = "〔已遮盖〕"
"""Stands where something was covered."""
_CLAUSE = re.compile(r"[^，、；。！？：,;!?\n]*[，、；。！？：,;!?\n]*")
_RISKY = re.compile(
    r"《[^》\n]{1,60}》|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}-\d{2}-\d{2}|\d{2,}(?:\.\d+)?\s?(?:人|家|条|次|笔|万元|元|%)?|[A-Za-z]{2,}[-_]?\d{3,}"
)
"""Titles, days, numbers: by what somebody can be told apart. Which facts nobody else knows, only the reporter can tell."""
LONGEST = 40_000
"""Characters of a text whose passages are offered one by one; a longer one is shown whole or not at all."""


class Passage(msgspec.Struct, frozen=True):
    """A piece of a text that can be covered. `risky`: the reporter is named in it, or a day, number or title stands in it."""

    name: str
    text: str
    risky: bool
    named: bool
    covered: bool


class Enclosure(msgspec.Struct, frozen=True):
    """What a report brings: `passages` of a text, none of any other file; `held`: it is not shown at all."""

    key: str
    digest: str
    file: str
    passages: tuple[Passage, ...]
    held: bool
    shown: str
    facts: bool = False

    @property
    def is_text(self) -> bool:
        """Whether it is shown word for word on the page."""
        return bool(self.passages)

    @property
    def is_covered(self) -> bool:
        """Whether anything is covered in it."""
        return any(one.covered for one in self.passages)


def is_shown(draft: Draft) -> bool:
    """Whether the draft is a report that accuses somebody, so that a version of it may be shown."""
    return draft.type == FILE and draft.body.get("kind") == "report" and bool(draft.body.get("accused"))


def enclosures(draft: Draft, inst: Institution, today: int, post: QueryDict | None = None) -> list[Enclosure]:
    """What the report brings, each with what is covered in it: as it was posted, else as it was kept, else as it is proposed."""
    files = {f.digest: f for f in draft.files.all() if f.private}
    kept = [files[c] for c in draft.body.get("shown", ()) if c in files]
    named = [draft.body[FACTS], *draft.body.get(EVIDENCE, ())]
    found = []
    for number, c in enumerate(one for one in named if one in files):
        found.append(_enclosure(files[c], number, draft, inst, today, post, kept))
    return found


def _enclosure(
    file: DraftFile,
    number: int,
    draft: Draft,
    inst: Institution,
    today: int,
    post: QueryDict | None,
    kept: list[DraftFile],
) -> Enclosure:
    key, text = f"d{number}", _text(bytes(file.data))
    name = _neutral(number, file.name)
    before = next((one for one in kept if one.name == name), None)
    pieces = list(_pieces(text)) if text is not None and len(text) <= LONGEST else []
    unit = draft.actor
    if post is not None:
        covered = set(post.getlist(f"{key}.cover"))
        held = f"{key}.hold" in post
    elif kept:
        found = _covered(pieces, bytes(before.data).decode()) if before is not None and pieces else set()
        covered, held = {str(n) for n in found}, before is None
    else:
        covered = {str(n) for n, piece in enumerate(pieces) if _names(inst, unit, piece)}
        held = not pieces  # nobody but its reporter can look into it
    passages = tuple(
        Passage(str(n), piece, _is_risky(piece, today), _names(inst, unit, piece), str(n) in covered)
        for n, piece in enumerate(pieces)
    )
    shown = "".join(_as_shown(one) for one in passages) if not held else ""
    return Enclosure(key, file.digest, file.name, passages, held, shown, number == 0)


def _text(data: bytes) -> str | None:
    if data.startswith((b"%PDF", b"PK\x03\x04", b"\x89PNG")) or b"\0" in data:
        return None
    try:
        return data.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None


def _pieces(text: str) -> Iterator[str]:
    """Clauses, and within them what may tell who wrote it, each by itself: together they are the text again."""
    for clause in _CLAUSE.findall(text):
        at = 0
        for risky in _RISKY.finditer(clause):
            yield from (part for part in (clause[at : risky.start()], risky[0]) if part)
            at = risky.end()
        if at < len(clause):
            yield clause[at:]


def _as_shown(one: Passage) -> str:
    """A passage as it is shown; the punctuation after what is covered stays."""
    if not one.covered:
        return one.text
    return MARK + one.text[len(one.text.rstrip("，、；。！？：,;!?\n")) :]


def _covered(pieces: list[str], shown: str) -> set[int]:
    """Which passages of a text are covered in the version that was kept of it."""
    found, at = set(), 0
    for n, piece in enumerate(pieces):
        mark = _as_shown(Passage("", piece, False, False, True))
        if shown.startswith(mark, at):
            found.add(n)
            at += len(mark)
        else:
            at += len(piece)
    return found


def _is_risky(piece: str, today: int) -> bool:
    return _RISKY.search(piece) is not None or iso(today) in piece or "我" in piece


def _names(inst: Institution, unit: str, text: str) -> bool:
    """Whether a text names that unit: by its name, a former one, its code or id."""
    return any(one.id == unit for one in named_in(inst, closed_up(text)))


def tells_who(inst: Institution, unit: str, found: Collection[Enclosure]) -> list[tuple[str, str]]:
    """What of the version to be shown tells who filed it, in both languages: then it is not kept."""
    said: list[tuple[str, str]] = []
    keys = inst.keys_of(unit)
    for one in found:
        if not one.shown:
            continue
        if _names(inst, unit, one.shown) or any(key in one.shown for key in keys):
            said.append(
                (
                    f"“{one.file}”里还有贵单位的名称、代码或密钥：遮盖它，或者不给对方看",
                    f"“{one.file}” still names your unit, its code or a key: cover that, or hold it back",
                )
            )
    return said


def keep(draft: Draft, found: Collection[Enclosure]) -> tuple[list[str], Attachments]:
    """The version as documents: their commitments in the order of the report, and what they hold."""
    files, material = {f.digest: f for f in draft.files.all() if f.private}, Attachments()
    shown = []
    for number, one in enumerate(found):
        if one.held:
            continue
        data = one.shown.encode() if one.is_text else bytes(files[one.digest].data)
        shown.append(material.commit(data, _neutral(number, one.file)))
    return shown, material


def _neutral(number: int, file: str) -> str:
    """A name that says nothing of whoever chose the file's own."""
    ending = PurePath(file).suffix.lower()
    ending = ending if re.fullmatch(r"\.[a-z0-9]{1,5}", ending) else ".txt"
    return f"{'事实' if number == 0 else f'材料 {number}'}{ending}"


def state(draft: Draft) -> Mapping[str, int]:
    """How many documents the version has, of how many that the report brings."""
    return {"shown": len(draft.body.get("shown", ())), "all": 1 + len(draft.body.get(EVIDENCE, ()))}
