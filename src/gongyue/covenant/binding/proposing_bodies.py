"""A text that lets a body alone propose changes: it is bound to that, and not declared to say nothing.

Declared absent, any member could file a change that the text keeps for its council; bound to words cut out of a sentence that lets
members propose as well, none of them could.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from gongyue.covenant.binding.catalogue import Catalogue, en_of, zh_of
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import Passage
from gongyue.covenant.binding.records import Binding, Fault, place_of
from gongyue.covenant.binding.sentences import Sentence
from gongyue.covenant.binding.spoken_of import sentence_of
from gongyue.covenant.proposers import PROPOSAL, body_that_proposes
from gongyue.covenant.text import Part

Said = tuple[str, str]
_CHANGE = "修改|修订|修正|变更|增订"
_GENERIC = ("执行机构", "执行机关")


def faults(
    by: Catalogue,
    seen: Sequence[tuple[Passage, Sentence]],
    bindings: Sequence[Binding],
    absent: Set[str],
    parts: Mapping[str, Part],
) -> Iterator[Fault]:
    """A sentence by which a body alone proposes, and that nothing is bound to; words bound so whose sentence says more."""
    for b in (b for b in bindings if b.capability == PROPOSAL and b.kind == "words"):
        s = sentence_of(parts[b.at], place_of(parts[b.at], b.words, b.nth))
        if s is not None and body_that_proposes(b.words) and not body_that_proposes(s.plain):
            yield Fault(
                "misplaced", PROPOSAL, b.at,
                f"{zh_of(PROPOSAL)}：{parts[b.at].label}“{b.words}”所在的句也许可别人提议；请选入全句，或改写条文",
                f"{en_of(PROPOSAL)}: the sentence of {parts[b.at].label} “{b.words}” lets others propose too; select all of it, or write the"
                " clause anew",
            )  # fmt: skip
    if PROPOSAL not in absent:
        return
    texts = "|".join(sorted(map(re.escape, (*by.words["self"], *by.words["text"])), key=len, reverse=True))
    change = re.compile(f"(?:{_CHANGE})[^。；]{{0,12}}?(?:{texts})|(?:{texts})[^。；]{{0,12}}?(?:{_CHANGE})")
    for passage, s in seen:
        body = body_that_proposes(s.plain) if passage.capability == PROPOSAL and change.search(s.plain) else ""
        if body:
            label = parts[passage.at].label
            yield Fault(
                "guard", PROPOSAL, passage.at,
                f"{zh_of(PROPOSAL)}：{label}“{passage.words}”写明由{body}提出，不能声明本文无此规定，否则任一成员单位都可以提议；请绑定这一处",
                f"{en_of(PROPOSAL)}: {label} “{passage.words}” says that {body} proposes; its absence cannot be declared, or any member could"
                " propose: bind it",
            )  # fmt: skip


def instead(b: Binding, executive: Binding | None) -> Said | None:
    """What is done where a body proposes that is not the one bound as the executive body."""
    body = body_that_proposes(b.words) if b.capability == PROPOSAL and b.kind == "words" else ""
    own = fold("".join(executive.words.split())) if executive else ""
    if not body or body in _GENERIC or body in own:
        return None
    return (
        f"只由执行机构提出，成员单位不得自行提议；{body}是否已经提出、通过，由其自行办理，簿册不查",
        f"the executive body alone files a change, no member does; whether {body} proposed or passed it is for that body and not checked here",
    )
