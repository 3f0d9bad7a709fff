"""Who proposes a change where the text names a body and no share: 须经理事会提交会员大会表决通过.

The executive body alone files one then, and no member does: that a body of the text's own has decided on it before is for that body.
"""

from __future__ import annotations

import re
from functools import cache

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.self_names import written_over

PROPOSAL = "amendment.proposal"
_MORE_BODIES = ("执行机关", "办公室", "主席", "监事", "常委", "干事", "秘书长", "会长会", "发起单位", "发起人", "机构")
_PROPOSES = "提议|提案|提出|动议|提请|提交|提呈|提报|递交|呈交|呈送|呈报|报请|送交|交由|(?:报|交|送)[^，。；]{1,12}(?:表决|审议|通过|审定|决定|讨论)"
_NAMED = "(?:[经由]|须|应当?|必须|只能|只得)[^，。；]{0,4}?"
_NOT_PASSED = "(?:(?!通过|审议|审核|表决|同意|讨论|批准)[^，。；]){0,16}?"
"""A body that passes what another has proposed (经理事会表决通过后报会员大会审议) proposes nothing."""
_BY_RIGHT = "(?:提议|提案|提出|动议)权?[^，。；]{0,4}?(?:归|由|属于?|在)"
_ALSO = "联名|提议|提案|提出|动议|连署|联署|附议|倡议|发起|要求|请求|建议|提交"
_ANYBODY = ("任何人", "任一方", "各方", "均可", "都可")
_OF_A_BODY = ("理事", "委员", "代表")


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    words = catalogue().words
    body = _any((*words["body"], *_MORE_BODIES))
    members = _any((*(w for w in words["member"] if w not in _OF_A_BODY), *_ANYBODY))
    return (
        re.compile(_any(words["assembly"])),
        re.compile(f"{_NAMED}(?P<by>{body}){_NOT_PASSED}(?:{_PROPOSES})|{_BY_RIGHT}(?P<of>{body})"),
        re.compile(f"{members}[^，。；]{{0,8}}?(?:{_ALSO})|(?:{_ALSO})[^，。；]{{0,4}}?或[^，。；]{{0,8}}?{members}"),
    )


def _any(words: tuple[str, ...]) -> str:
    return f"(?:{'|'.join(sorted(map(re.escape, words), key=len, reverse=True))})"


def body_that_proposes(words: str) -> str:
    """The body by which alone, as some words say, a change is proposed; empty where they name none, or members beside it."""
    assembly, named, members = _patterns()
    plain = assembly.sub(lambda m: "\0" * len(m[0]), written_over(fold("".join(words.split()))))
    found = named.search(plain)
    return (found["by"] or found["of"]) if found and not members.search(plain) else ""
