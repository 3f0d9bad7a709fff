"""The words under which an opening is found: what its act is, whose, about which unit, in which vote or dossier, whether from paper.

They are read off the entry's bytes; the index can be made anew from them at any time. No law: what they mean, whoever
looks them up knows.
"""

from __future__ import annotations

from typing import Any

import msgspec

PAPER = "paper"
"""The word of every act recorded from paper."""


class _Body(msgspec.Struct):
    unit: Any = None
    vote: Any = None
    accused: Any = None


class _Act(msgspec.Struct):
    actor: str
    type: str
    body: _Body
    paper: Any = None


class _Received(msgspec.Struct):
    dossier: Any = None


class _Entry(msgspec.Struct):
    act: _Act
    rx: _Received


_decoder = msgspec.json.Decoder(_Entry)


def typed(type: str) -> str:
    """The word of acts of that type."""
    return f"type={type}"


def by(actor: str) -> str:
    """The word of acts of that actor."""
    return f"actor={actor}"


def about(unit: str) -> str:
    """The word of acts that name that unit in their body."""
    return f"unit={unit}"


def against(unit: str) -> str:
    """The word of acts that accuse that unit."""
    return f"accused={unit}"


def cast_in(vote: str) -> str:
    """The word of acts that name that vote."""
    return f"vote={vote}"


def in_dossier(id: str) -> str:
    """The word of the acts of that dossier."""
    return f"dossier={id}"


def words_of(entry: bytes) -> list[str]:
    """The words of a sealed entry; ValueError where it is none."""
    try:
        decoded = _decoder.decode(entry)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"no entry of a book: {error}") from None
    act = decoded.act
    words = [typed(act.type), by(act.actor)]
    words += [
        word(name)
        for word, name in ((about, act.body.unit), (cast_in, act.body.vote), (against, act.body.accused))
        if isinstance(name, str)
    ]
    words += [in_dossier(decoded.rx.dossier)] if isinstance(decoded.rx.dossier, str) else []
    return [*words, PAPER] if act.paper is not None else words
