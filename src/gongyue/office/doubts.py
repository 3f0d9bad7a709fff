"""What was assumed of the numbers in a text that an act brings: whoever hands the act in answers for it, by whichever way."""

from __future__ import annotations

import base64
from collections.abc import Collection
from typing import TYPE_CHECKING

from gongyue.book.entry import SignedAct
from gongyue.covenant import addresses
from gongyue.covenant.edition import BadEdition, Edition
from gongyue.office.office import Office
from gongyue.transparency import canonical

if TYPE_CHECKING:  # acts that bring no text need no reader of texts
    from gongyue.covenant.assumed_in_edition import Unsaid

AMENDS, IMPORTS = "amendment.initiate/1", "founding.import/1"


def unanswered(office: Office, act: SignedAct, so: Collection[str]) -> tuple[Unsaid, ...]:
    """Everything that words do not say of the numbers it binds and `so`, articles however typed, does not say is meant so."""
    edition = _edition(office, act)
    if edition is None:
        return ()
    from gongyue.covenant.assumed_in_edition import left

    said = {at for typed in so for at in addresses.meant_by(typed, edition.parts)}
    return left(_asked(office, act, edition), said)


def _edition(office: Office, act: SignedAct) -> Edition | None:
    """The text that an act brings, where it brings one that can be read: of any other the rules say what is wrong."""
    if act.act.get("type") not in (AMENDS, IMPORTS):
        return None
    from gongyue.covenant.edition_json import draft

    body = act.act.get("body")
    digest = body.get("edition") if isinstance(body, dict) else None
    try:
        brought = act.objects.get(str(digest))
        data = base64.b64decode(brought, validate=True) if brought else office.store.object(str(digest))
        return draft(canonical.decode(data)) if data else None
    except (ValueError, BadEdition):  # no base64, no canonical form, no edition
        return None


def _asked(office: Office, act: SignedAct, edition: Edition) -> tuple[Unsaid, ...]:
    from gongyue.covenant.assumed_in_edition import of_change, of_edition

    if act.act["type"] == IMPORTS:
        return of_edition(edition)
    before = office.inst.meaning.edition
    return of_change(before, edition) if before is not None else ()
