"""Who may sign and who may propose, as the bound words say: a delegate where they allow one, the executive body where they name one."""

from __future__ import annotations

import re

from gongyue.covenant.binding.catalogue import catalogue
from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.records import Binding, place_of
from gongyue.covenant.binding.spoken_of import sentence_of
from gongyue.covenant.edition import Edition
from gongyue.covenant.proposers import PROPOSAL, body_that_proposes

SIGNATURE = "founding.signature"
_IN_PERSON = re.compile("法定代表人|法人代表|负责人")
_BY_ANOTHER = re.compile("委托|授权|代理|(?<!法定)(?<!法人)代表(?!人)")
_NOBODY_ELSE = re.compile("不(?:得|可|能|准|许)(?:委托|授权|由他人|代|请人)|亲笔|亲自|本人")
_PROPOSES = re.compile("提议|提案|提出|动议|建议|提请|起草|拟订|拟定|倡议|要求|请求|发起")
_BODIES = ("执行机关", "办公室", "主席", "监事", "常委", "干事", "幹事", "发起单位", "发起人", "机构")


def delegates_sign(edition: Edition | None) -> bool:
    """Whether a delegate may sign for an initiator: not where the text wants the representative, and says nothing of another."""
    bound = edition.binding(SIGNATURE) if edition else None
    if edition is None or bound is None:
        return True
    said = [_sentence(edition, b) for b in edition.bindings if b.capability == SIGNATURE]
    return all(not _NOBODY_ELSE.search(s) and (not _IN_PERSON.search(s) or bool(_BY_ANOTHER.search(s))) for s in said)


def executive_proposes(edition: Edition | None) -> bool:
    """Whether the executive body alone may propose a change: not where the text lets members do so and names no body beside them."""
    bound = edition.binding(PROPOSAL) if edition else None
    if edition is None or bound is None or body_alone_proposes(edition):
        return True
    said = [_sentence(edition, bound), *(fold(d.words) for d in edition.decisions if d.capability == PROPOSAL)]
    bodies = (*catalogue().words["body"], *_BODIES)
    return any(_PROPOSES.search(s) and any(w in s for w in bodies) for s in said)


def body_alone_proposes(edition: Edition | None) -> str:
    """The body of the text's own by which alone a change is proposed; empty where the text states a share, or names nobody."""
    bound = edition.stated(PROPOSAL) if edition else None
    return body_that_proposes(bound.words) if bound is not None and bound.kind == "words" else ""


def _sentence(edition: Edition, bound: Binding) -> str:
    part = edition.parts[edition.position(bound.at) - 1]
    found = sentence_of(part, place_of(part, bound.words, bound.nth))
    return found.plain if found else fold(bound.words)
