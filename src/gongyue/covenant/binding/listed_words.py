"""What words list, as it stands in them: the items of a clause, the sanctions among them."""

from __future__ import annotations

import re

from gongyue.covenant.binding.folding import fold
from gongyue.covenant.binding.passages import Reader
from gongyue.covenant.binding.records import Binding, with_items
from gongyue.covenant.binding.requirements import STOPS

_CLAUSE = re.compile(f"[{STOPS}]")
_LISTED = re.compile("[、，,]|或者|或|以及|及|和|与")
_LEAD = re.compile(".*(?:给予|予以|处以|作出|采取|分别|如下|下列)[:：]?")
_MAY = re.compile("^(?:可以?|应当?|得|并|直至|由[^、，]{2,12}?(?=取消|除名|开除|停止|暂停))+")
_TAIL = re.compile("(?:等|的|之)*(?:处理|处分|处罚|措施|惩戒|方式)+。?$")
_MILD = "提醒(?:谈话)?|约谈|诫勉(?:谈话)?|谈话提醒|训诫|告诫|批评教育|(?:限期)?整改"
"""What is done to somebody and is in no list of penalties: imposed by items （一）（二） alone."""
_IMPOSED = re.compile(
    f"(?:公开|内部|书面|口头|行业内?|会内|向社会|先行?|进行|及时|当面)*(?:{_MILD}|警告|通报|谴责|除名|开除|劝退|出会|停权|暂停|停止|取消|剥夺|终止(?=会|成|其)|撤销|罚款|封号|禁言|限制发布|责令)"
    "(?!.*(?:期间|不得|(?:的|时|后|者|前)$))"
)
"""A sanction as what is done to somebody; not who has been warned, nor when."""
SHORTEST_ITEM, LONGEST_ITEM = 2, 20


def listed(binding: Binding, by: Reader) -> Binding:
    """A binding of a list that stands in its words (给予警告；情节严重的，予以除名) with its items; others as they are.

    Of sanctions every clause is read, and what is none is left out; any other list stands in one clause.
    """
    if "list" not in by.catalogue.capabilities[binding.capability].needs or binding.kind != "words":
        return binding
    if binding.capability == "sanction.list":
        items = sanctions_in_words(binding.words, by)
        items = items if len(items) > 1 or _LEAD.match(fold(binding.words)) else []
    else:
        items = items_of(binding.words) if _LEAD.match(fold(binding.words)) else []
        items = items if len(items) > 1 and all(SHORTEST_ITEM <= len(i) <= LONGEST_ITEM for i in items) else []
    return with_items(binding, tuple(items))


def sanctions_in_words(words: str, by: Reader) -> list[str]:
    """The sanctions that words list, each as it stands there."""
    return [i for c in _CLAUSE.split(words) for i in items_of(c) if is_a_sanction(i, by)]


def items_of(clause: str) -> list[str]:
    """What a clause lists: after its lead, without what only ends the list. Told by the folded words, given as they stand."""
    plain = fold(clause)
    lead = _LEAD.match(plain)
    begin, tail = lead.end() if lead else 0, _TAIL.search(plain)
    end = max(begin, tail.start()) if tail else len(plain)
    cuts = [begin, *(x for m in _LISTED.finditer(plain, begin, end) for x in m.span()), end]
    found = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=True):
        may = _MAY.match(plain[a:b].strip())
        if item := clause[a:b].strip()[may.end() if may else 0 :]:
            found.append(item)
    return found


def is_a_sanction(item: str, by: Reader) -> bool:
    """Whether an item has a word for a penalty."""
    return SHORTEST_ITEM <= len(item) <= LONGEST_ITEM and any(w in fold(item) for w in by.catalogue.words["penalty"])


def told(b: Binding, by: Reader) -> tuple[str, str] | None:
    """What is imposed by words that list sanctions, and is none that can be told apart there; None where nothing is left out."""
    if b.capability != "sanction.list":
        return None
    own = [
        i
        for c in _CLAUSE.split(b.words)
        for i in items_of(c)
        if (_MILD_FIRST.match(fold(i)) or _is_beside(i, c, by))
        and not is_a_sanction(i, by)
        and not any(i in o for o in b.items)
    ]
    if not own:
        return None
    said = "、".join(f"“{i}”" for i in own)
    return (
        f"{said}不在各项之中，不能作出；要能作出，请把各种处理逐项写成（一）（二）",
        f"{said} is none of the items and cannot be imposed; to impose it, list the sanctions as items （一）（二）",
    )


def _is_beside(item: str, clause: str, by: Reader) -> bool:
    """Whether an item stands between sanctions (提醒、删除内容、禁言): one too, if by a word that no list of penalties has."""
    beside = f"{item}、" in clause or any(f"{joint}{item}" in clause for joint in ("、", "或", "或者", "以及", "和"))
    if not beside or not SHORTEST_ITEM <= len(item) <= LONGEST_ITEM or _NO_SANCTION.match(fold(item)):
        return False
    return any(is_a_sanction(i, by) for i in items_of(clause))


_NO_SANCTION = re.compile("[由经向对将在按依]|其[他它]|相应|.*(?:会|单位|部门|人员|情节|轻重)$")
_MILD_FIRST = re.compile(f"(?:书面|口头|先行?|进行|及时|当面)*(?:{_MILD})")


def imposes(clause: str) -> bool:
    """Whether a clause imposes a sanction (予以除名), and does not only speak of one (对警告不服的)."""
    return any(_IMPOSED.match(fold(i)) for i in items_of(clause) if SHORTEST_ITEM <= len(i) <= LONGEST_ITEM)
