"""The table of lies, matter by matter."""

from __future__ import annotations

from . import (
    amendment,
    annex,
    audits,
    book,
    bulletin,
    case,
    dossier,
    envelope,
    founding,
    interpretation,
    key,
    law,
    membership,
    report,
    vote,
)
from .telling import Lawful

MATTERS = (
    book,
    key,
    founding,
    interpretation,
    membership,
    amendment,
    vote,
    annex,
    law,
    dossier,
    report,
    case,
    audits,
    bulletin,
)

LAWFUL: list[Lawful] = [one for matter in MATTERS for one in matter.LAWFUL]
"""Every lawful act in its situation, with the lies that are told in it."""

ENVELOPE = {"open": envelope.OPEN, "sealed": envelope.SEALED}
"""The same of an act's envelope, in each book."""
