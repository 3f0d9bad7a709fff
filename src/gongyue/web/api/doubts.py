"""What the pages and the command line ask of whoever changes or imports a text, asked of a program as well: it answers in its request."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from gongyue.book.entry import SignedAct
from gongyue.covenant.assumed_in_edition import Unsaid, told
from gongyue.office import doubts
from gongyue.web import installation
from gongyue.web.api.schemas import ApiError, Doubt, Doubts


def require_answers(act: SignedAct, so: Sequence[str]) -> None:
    """ApiError (422) with every question where words do not say all of the numbers that a text binds, and `so` does not name its article."""
    if open_ := doubts.unanswered(installation.office(), act, so):
        raise ApiError.of(422, _problem(open_))


def _problem(open_: Sequence[Unsaid]) -> Doubts:
    answer = "&".join(f"so={at}" for at in dict.fromkeys(u.at for u in open_))
    zh, en = told(open_)
    return Doubts(
        "doubts",
        f"{zh}。正是本意的，请在请求的地址里加 {answer}；不是的，请改写条文。",
        f"{en}. If it is meant so, add {answer} to the address of the request; if not, reword the article.",
        tuple(msgspec.convert(msgspec.to_builtins(u), Doubt) for u in open_),
    )
