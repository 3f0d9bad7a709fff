"""Where an office is named and asked for nothing: 本公约以学校为基础 has an office and the text's name, and is no approval.

The net of approvals catches every sentence with both, so that no unknown synonym hides one; what is let go is a short list of
forms, in clauses where nobody is asked for anything.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gongyue.covenant.binding.catalogue import Catalogue

APPROVAL = "founding.approval"
_ASKS = re.compile(
    "[经须应需由报呈请准批审核许验签章可]|同意|认可|点头|备案|备查|通过|生效|起效|施行|实施|效力|成立|决定|登记|赞成|授权|委托"
)
"""A clause with one of these may ask the office for something."""
_CLAUSE = re.compile("[^，。；：！？,;:!?\n]+")


@lru_cache(maxsize=8)
def _forms(offices: tuple[str, ...]) -> re.Pattern[str]:
    office = "|".join(sorted(map(re.escape, offices), key=len, reverse=True))
    return re.compile(
        f"以(?:{office})(?:、(?:{office}))*为(?:基础|依托|主体|平台|阵地|载体|范围|核心|中心|对象|单位)"
        f"|(?:立足于?|依托于?|面向|扎根于?|植根于?|服务于?)(?:{office})|所称(?:的)?(?:{office})(?:是|系)?指"
    )


def asked_for_nothing(plain: str, by: Catalogue) -> set[int]:
    """The places of folded words that name an office and ask it for nothing."""
    found = set[int]()
    for clause in _CLAUSE.finditer(plain):
        if not _ASKS.search(clause[0]):
            for m in _forms(by.words["office"]).finditer(plain, *clause.span()):
                found.update(range(*m.span()))
    return found
