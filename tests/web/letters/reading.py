"""What a letter says, read as whoever opens its envelope does."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from gongyue.web.letters.layout import Command, LetterHead, Matter, Rows

ID = re.compile(r"(?<![\w:/.@-])[a-z]:[0-9a-z][\w-]*|\b[a-z]+\.[a-z_]+/\d\b")
"""Of a party, a matter, a dossier; of an act type."""
MACHINES = re.compile(r"sha256:[0-9a-f]{64}|k:[0-9a-f]{64,66}|^\{.*\}$", re.MULTILINE)
"""What is compared or read by machines: digests, keys, the line that opens a link."""


def strings(value: object) -> Iterator[str]:
    """Every text within."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from strings(one)


def ids_in(matter: Matter, head: LetterHead) -> list[str]:
    """The ids in it where a name is due: not in the row that tells a reader its own, nor in what is typed or read by machines."""
    text = matter.said(head)
    own = [row.value for block in text.blocks if isinstance(block, Rows) for row in block.rows if row.name == OWN]
    blocks = [block for block in text.blocks if not isinstance(block, Command)]
    said = [head.index, text.title, text.to, blocks, text.english, text.attached]
    shown = "\n".join(strings(msgspec.to_builtins(said)))
    for one in own:
        shown = shown.replace(one, "")
    return ID.findall(MACHINES.sub("", shown))


OWN = "簿册里的编号"
"""What the row is called in which a letter tells whoever it is to by which id the book has it."""
