"""What the text in force asks of whoever joins, in its own words; which activities it lists, and on which grounds it refuses."""

from __future__ import annotations

import msgspec

from gongyue.covenant.binding.folding import fold
from gongyue.covenant.edition import Clause
from gongyue.governance.institution import Institution
from gongyue.governance.refusal_grounds import grounds_stated
from gongyue.office.labels import ACTIVITIES

PRACTITIONER, ACCEPTANCE, INDUSTRY = "membership.practitioner", "membership.acceptance", "membership.industry"
ASKED = {"domestic": PRACTITIONER, "accepts": ACCEPTANCE, "activities": INDUSTRY, "scope": INDUSTRY}
"""Questions of an application, and the clauses whose words they ask about."""


class Condition(msgspec.Struct, frozen=True):
    """A condition of joining as the text words it, in its sentence, and the address of its article."""

    words: str
    at: str
    article: int


def condition(inst: Institution, clause: str) -> Condition | None:
    """What the text in force says of that condition; None where it says nothing."""
    found = inst.meaning.clause(clause)
    return Condition(_sentence(inst, found), inst.meaning.at(found.article), found.article) if found else None


def _sentence(inst: Institution, clause: Clause) -> str:
    """The sentence in which the bound words stand: whom it is about may stand before them."""
    text = inst.meaning.edition.article(clause.article).text if inst.meaning.edition else ""
    begin = text.find(clause.words)
    if begin < 0:
        return clause.words
    before = max(text.rfind(stop, 0, begin) for stop in _STOPS) + 1
    after = [place for stop in _STOPS if (place := text.find(stop, begin + len(clause.words))) >= 0]
    return text[before : min(after, default=len(text))].strip()


_STOPS = "。；！？\n"


def activities_listed(inst: Institution) -> tuple[str, ...]:
    """The activities that the bound words of whom the text covers list; none where they list none of those that have a name here."""
    found = inst.meaning.clause(INDUSTRY)
    words = fold("".join(_sentence(inst, found).split())) if found else ""
    named = {name for name, said in ACTIVITIES.items() if said[0] in words}
    return tuple(ACTIVITIES) if named >= set(ACTIVITIES) - {"service"} else tuple(n for n in ACTIVITIES if n in named - {"service"})  # fmt: skip


def stated_by_the_text(inst: Institution, type: str, field: str) -> tuple[str, ...] | None:
    """What a question of an act offers of what the text in force states; None of a question that the text does not bound."""
    if field == "activities":
        return activities_listed(inst)
    if (type, field) == ("annex.initiate/1", "scope"):
        return activities_listed(inst) or None  # an annex names one: where the text lists none, all names there are
    if (type, field) == ("membership.refuse/1", "ground"):
        return grounds_stated(inst)
    return None


def hint(inst: Institution, field: str) -> tuple[str, str] | None:
    """What helps to answer a question of an application: the text's own words; None of any other question."""
    clause = ASKED.get(field)
    if clause is None or inst.meaning.edition is None:
        return None
    said = condition(inst, clause)
    if said is None or (field == "scope" and not activities_listed(inst)):
        return _UNSAID[field]
    if field in ("activities", "scope"):
        return f"本文所说的范围：“{said.words}”", f"Whom the text covers: “{said.words}”"
    other = condition(inst, PRACTITIONER if clause == ACCEPTANCE else ACCEPTANCE)
    found = inst.meaning.clause(clause)
    # Where one sentence says both, each question quotes what is its own.
    words = found.words if found and other is not None and other.words == said.words else said.words
    return f"本文的字句：“{words}”", f"The text's words: “{words}”"


_UNSAID = {
    "domestic": ("本文没有写加入资格，答“是”即可。", "The text states no condition of joining: answer yes."),
    "accepts": ("本文没有另写；申请即接受。", "The text does not say it apart: applying is accepting."),
    "activities": ("本文没有列出活动，可以不选。", "The text lists no activities: none need be chosen."),
    "scope": (
        "本文没有列出这些活动：名称是软件的，不是本文的。请选最接近的一项，适用于谁用自己的话写进附件的文本。",
        "The text lists none of these: the names are the software's, not the text's. Choose the nearest, and say in the annex's own text to whom it applies.",
    ),
}
