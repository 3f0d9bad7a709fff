"""What recording an act would find: each ruling as it cites the text; and what the act names that is not there yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from gongyue.book.entry import SignedAct
from gongyue.covenant.rulings import OutOfTurn, Ruling
from gongyue.governance.acts import ActType, act_type_of
from gongyue.governance.institution import Institution


def cited(inst: Institution, kind: ActType, ruling: Ruling) -> dict[str, Any]:
    """A ruling as data: the article and the words it carries out, the figures, whether the rule is suspended."""
    meaning, draft = inst.meaning, inst.founding.draft
    if meaning.edition is None and draft is not None:
        meaning = replace(meaning, edition=draft)  # the draft's words until a text is frozen
    found = meaning.cite(ruling, kind.clause)
    return {
        "holds": ruling.holds,
        "suspended": not ruling.holds,
        "provision": ruling.rule.provision,
        "rule": ruling.rule.name,
        "article": found["article"],
        "at": found["at"],
        "words": found["words"],
        "figures": found["figures"],
    }


def require_objects(act: SignedAct, stored: Callable[[str], bytes | None]) -> None:
    """Everything the act names comes with it or is there already, as the office will ask; OutOfTurn otherwise."""
    kind, body = act_type_of(str(act.act["type"])), act.act["body"]
    for digest in (*kind.public_digests(body), *kind.enclosed_digests(body)):
        if digest not in act.objects and stored(digest) is None:
            raise OutOfTurn("missing-object", kind.type, digest=digest)
