"""Clauses that have a capability's words and mean another thing, so that nobody who reads them would bind them.

Of proposals only, like `other_subjects`, which looks at whole sentences: 理事长综理会务 names whoever presides, 负责本公约的解释及实施
says nothing of when it is in force. The passage is asked about all the same.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gongyue.covenant.binding import named_bodies, named_objects, spoken_of
from gongyue.covenant.binding.folding import fold, only_wrapped, surely_on
from gongyue.covenant.binding.force_of_others import BEGINS, FORCE
from gongyue.covenant.binding.records import Binding
from gongyue.covenant.binding.requirements import EXECUTIVE, STOPS
from gongyue.covenant.numbers import Number
from gongyue.covenant.text import Part

TERM, DECIDER = "office.term", "sanction.decider"
_REST_OF_A_TERM = re.compile("补足|补满|(?:原任|余下|剩余|未满|残余)[^，。；]{0,6}任期")
"""其任期以补足原任者任期为限 gives no office a term."""
_PRESIDES = re.compile(
    "(?:会长|理事长|主席|主任|总干事|秘书长)(?:可以?|应当?|负责)?综理|主持(?:本会|本社|协会|联盟)?"
    "(?:理事会|常务理事会|秘书处|办公室|委员会)(?:的|之)?(?:开展|处理|负责)?(?:日常|全面|各项)*(?:工作|事务)"
)
"""Somebody who presides, over a body that others name."""
_OF_A_DUTY = re.compile("负责|解释|遵守|遵照|依照|按照|贯彻|按本|依本")
_KEPT = re.compile("(?:遵守|遵照)[^，。；]*")
_DECIDED = re.compile("(?:退会|退出|退社|入会|加入|入社|吸收|接纳|延期)[^，。；]{0,8}[经由报][^，。；]{1,12}")
_PENALTY = re.compile("除名|开除|取消|停权|惩戒|处分|警告|处理|谴责|批评")
_PUNISHED = re.compile("被(?:除名|开除|取消[^，。；]{0,4}资格|处分|警告|批评|谴责)的?")
"""Whoever has been expelled: nobody expels him there."""
_OF_ITSELF = re.compile("[，,]?(?:即|则|可)?(?:视为|视同|自动|自行|当然)|[，,]?(?:即|则)?(?:丧失|失去)")
"""What is confirmed has come about by itself: 经理事会确认，视为自动退会."""


def is_unfit(name: str, part: Part, begin: int, end: int) -> bool:
    """Whether the clause at a place of a part is none to be proposed for a capability."""
    plain = "".join(fold(part.text[begin:end]).split())
    leads = name == named_objects.SANCTIONS and part.items and begin <= part.text.find(part.items[0].text)
    if named_objects.is_of_no_object(name, plain) and not leads:
        return True
    if name == TERM:
        return bool(_REST_OF_A_TERM.search(plain))
    if name == EXECUTIVE:
        return bool(_PRESIDES.search(plain)) or named_bodies.words_of_the_body(part, begin, end) < 0
    if name == FORCE:
        return bool(_OF_A_DUTY.search(plain)) and not BEGINS.search(_KEPT.sub("", plain))
    if name == DECIDER:
        left = _PUNISHED.sub("", plain)
        behind = fold(part.text[end : end + _NEAR])
        return not _PENALTY.search(left) and (left != plain or bool(_DECIDED.search(left) or _OF_ITSELF.match(behind)))
    return False


_NEAR = 8
"""Characters behind a clause in which the next begins."""


def cannot_be_frozen(made: Binding, part: Part, stated: Sequence[Number]) -> bool:
    """Whether the clause of a notice's number speaks of something else: proposed, it would be refused in the end."""
    return any(True for _ in spoken_of.of_itself(made, part, stated))


def lines_of(part: Part, begin: int, end: int) -> list[tuple[int, int]]:
    """A clause, or below a lead that ends in a colon each line of it: items without marks, which end with nothing."""
    if "\n" not in part.text[begin:end] or not _LEAD.search(part.text, 0, end):
        return [(begin, end)]
    unended = not part.text[end : end + 1].strip()
    ends = [i for i in range(begin, end) if part.text[i] == "\n" and _is_apart(part.text, i, unended)]
    starts = [begin, *(i + 1 for i in ends)]
    return [(a, z) for a, z in zip(starts, [*ends, end], strict=True) if part.text[a:z].strip(f"{STOPS} ")]


_LEAD = re.compile("[：:][ \u3000]*\n")


def _is_apart(text: str, end: int, unended: bool) -> bool:
    """Whether the line that ends there is one by itself, and not broken by whoever set the text.

    `unended`: nothing ends the last of these lines either, as a sentence that was only broken would be.
    """
    line = text[text.rfind("\n", 0, end) + 1 : end].strip()
    below = text[end + 1 :].partition("\n")[0].strip()
    return not surely_on(line, below) and (unended or not only_wrapped(text, end))
