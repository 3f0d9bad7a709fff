"""What the pages and the command line ask of whoever changes or imports a text, asked of a program as well: it answers in its request."""

from __future__ import annotations

import base64
from collections.abc import Sequence

import msgspec

from gongyue.book.entry import SignedAct
from gongyue.covenant import addresses
from gongyue.covenant.assumed_in_edition import Unsaid, left, of_change, of_edition, told
from gongyue.covenant.edition import BadEdition, Edition
from gongyue.covenant.edition_json import draft
from gongyue.transparency import canonical
from gongyue.web import installation
from gongyue.web.api.schemas import ApiError, Doubt, Doubts

AMENDS, IMPORTS = "amendment.initiate/1", "founding.import/1"


def require_answers(act: SignedAct, so: Sequence[str]) -> None:
    """ApiError (422) with every question where words do not say all of the numbers that a text binds, and `so` does not name its article."""
    edition = _edition(act)
    if edition is None:
        return
    said = {at for typed in so for at in addresses.meant_by(typed, edition.parts)}
    open_ = left(_asked(act, edition), said)
    if open_:
        raise ApiError.of(422, _problem(open_))


def _edition(act: SignedAct) -> Edition | None:
    """The text that an act brings, where it brings one that can be read: of any other the rules say what is wrong."""
    if act.act.get("type") not in (AMENDS, IMPORTS):
        return None
    body = act.act.get("body")
    digest = body.get("edition") if isinstance(body, dict) else None
    try:
        brought = act.objects.get(str(digest))
        data = base64.b64decode(brought, validate=True) if brought else installation.office().store.object(str(digest))
        return draft(canonical.decode(data)) if data else None
    except (ValueError, BadEdition):  # no base64, no canonical form, no edition
        return None


def _asked(act: SignedAct, edition: Edition) -> tuple[Unsaid, ...]:
    if act.act["type"] == IMPORTS:
        return of_edition(edition)
    before = installation.office().inst.meaning.edition
    return of_change(before, edition) if before is not None else ()


def _problem(open_: Sequence[Unsaid]) -> Doubts:
    answer = "&".join(f"so={at}" for at in dict.fromkeys(u.at for u in open_))
    zh, en = told(open_)
    return Doubts(
        "doubts",
        f"{zh}。正是本意的，请在请求的地址里加 {answer}；不是的，请改写条文。",
        f"{en}. If it is meant so, add {answer} to the address of the request; if not, reword the article.",
        tuple(msgspec.convert(msgspec.to_builtins(u), Doubt) for u in open_),
    )
