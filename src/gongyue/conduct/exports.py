"""Which cross-border route do these exports need? (article 9(三); 促进和规范数据跨境流动规定, by a dated law pack)

Decided per flow, then for the year: not an export · important data → assessment · articles 3 and 4 → exempt, not
counted · article 5(1)(一)–(三) with evidence → exempt, not counted · free trade zone and off its list → exempt, not
counted · critical infrastructure and personal data → assessment · else the distinct persons since 1 January.
A fact that is not known is asked for and never passes. Sets are exact; later deletions are not taken off (our reading).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from gongyue.conduct.flows import Facts, Flow
from gongyue.conduct.lawpack import Pack
from gongyue.conduct.rows import Bad

RANK = ("none", "exempt", "contract", "assessment")
"""Routes from the lightest to the heaviest; `none`: nothing leaves."""


class Asked(msgspec.Struct, frozen=True):
    """A fact that is missing: of which flow or of the controller ("" ), which key, and why it matters."""

    flow: str
    key: str
    zh: str
    en: str


class Counted(msgspec.Struct):
    """The counted persons of the year, exactly; and counts stated without persons, which cannot be told apart."""

    ordinary: set[str] = msgspec.field(default_factory=set)
    sensitive: set[str] = msgspec.field(default_factory=set)
    stated_ordinary: int = 0
    stated_sensitive: int = 0

    @property
    def n(self) -> int:
        """Ordinary: distinct persons, and what was stated."""
        return len(self.ordinary) + self.stated_ordinary

    @property
    def s(self) -> int:
        """Sensitive: likewise."""
        return len(self.sensitive) + self.stated_sensitive


class Tally(msgspec.Struct):
    """What the flows come to: rows by outcome, the counted persons, what forces an assessment, what is missing."""

    counted: Counted = msgspec.field(default_factory=Counted)
    outcomes: dict[str, int] = {}
    forced: dict[str, int] = {}
    asked: dict[tuple[str, str], Asked] = {}
    bad: list[Bad] = []
    rows: int = 0
    personal: bool = False


def tally(flows: Iterable[Flow | Bad], facts: Facts, pack: Pack, on: date) -> Tally:
    """Every flow judged; those of the year up to and including `on` counted."""
    found = Tally()
    for flow in flows:
        found.rows += 1
        if isinstance(flow, Bad):
            found.bad.append(flow)
            continue
        outcome = _outcome(flow, facts, pack, on, found)
        found.outcomes[outcome] = found.outcomes.get(outcome, 0) + 1
        if outcome == "counted":
            _count(flow, found.counted)
    if found.personal and facts.ciio is None:
        _ask(
            found,
            "",
            "ciio",
            "是否关键信息基础设施运营者",
            "whether this is a critical information infrastructure operator",
        )
    return found


def _outcome(flow: Flow, facts: Facts, pack: Pack, on: date, found: Tally) -> str:
    """not_export · other_year · later · assessment · an exemption's name · needs_info · counted."""
    aside = _aside(flow, facts, on, found) or _by_kind(flow, facts, found) or _exempt(flow, pack, found)
    if aside is not None:
        return aside
    found.personal = True
    if facts.ciio:  # 令16 art 7(1)(一)
        found.forced["ciio"] = found.forced.get("ciio", 0) + 1
        return "assessment"
    return _of_the_year(flow, on, found)


def _aside(flow: Flow, facts: Facts, on: date, found: Tally) -> str | None:
    """What is no export, or no export of this year."""
    if flow.region is None:
        return _ask(
            found,
            flow.flow,
            "region",
            "到达哪个国家或地区（境外访问即出境）",
            "where it goes (access from abroad is export)",
        )
    if flow.region == facts.home:
        return "not_export"
    if flow.on is None:
        return _ask(found, flow.flow, "date", "何日出境", "when it left")
    return None if flow.on.year == on.year else "other_year"


def _by_kind(flow: Flow, facts: Facts, found: Tally) -> str | None:
    """What is decided by the data being important, or not personal."""
    important = facts.important if flow.important is None else flow.important
    if important is None:
        zh, en = "是否已被告知或公开发布为重要数据", "whether it was notified or listed as important data"
        return _ask(found, flow.flow, "important", zh, en)
    if important:  # 令16 art 7(1); the exemptions of art 5 never cover it: art 5(2)
        found.forced["important"] = found.forced.get("important", 0) + 1
        return "assessment"
    if flow.personal is None:
        return _ask(found, flow.flow, "personal", "是否含个人信息", "whether it holds personal data")
    return None if flow.personal else "business"  # 令16 art 3


def _exempt(flow: Flow, pack: Pack, found: Tally) -> str | None:
    """The exemption that covers the flow, "needs_info" where it is claimed but not shown, None where there is none."""
    if flow.ground in {None, "none"}:
        return None
    exemption = pack.exemption.get(flow.ground or "")
    if exemption is None or flow.ground == "business":
        known = "、".join(name for name in pack.exemption if name != "business")
        return _ask(
            found,
            flow.flow,
            "ground",
            f"“{flow.ground}”不是法定情形；可用 {known}",
            f'"{flow.ground}" is no case in law; {known}',
        )
    for need in exemption.needs:
        value = getattr(flow, need)
        if value is None:
            return _ask(
                found,
                flow.flow,
                need,
                f"{exemption.zh}（{exemption.source}）：须说明 {need}",
                f"{exemption.en}: {need} must be shown",
            )
        if (need == "necessary" and not value) or (need == "listed" and value):
            return None  # not truly needed, or on the list: the general rule applies
    return flow.ground


def _of_the_year(flow: Flow, on: date, found: Tally) -> str:
    assert flow.on is not None
    if flow.on > on:
        return "later"
    if flow.sensitive is None:
        return _ask(
            found,
            flow.flow,
            "sensitive",
            "是否敏感个人信息（含不满十四周岁者的全部信息）",
            "whether sensitive (all data of children under 14 is)",
        )
    if flow.person is None and flow.persons is None:
        return _ask(found, flow.flow, "person", "是谁（假名），或多少人", "whose (a pseudonym), or how many persons")
    return "counted"


def _ask(found: Tally, flow: str, key: str, zh: str, en: str) -> str:
    found.asked.setdefault((flow, key), Asked(flow, key, zh, en))
    return "needs_info"


def _count(flow: Flow, counted: Counted) -> None:
    if flow.person is not None:
        (counted.sensitive if flow.sensitive else counted.ordinary).add(flow.person)
    elif flow.sensitive:
        counted.stated_sensitive += flow.persons or 0
    else:
        counted.stated_ordinary += flow.persons or 0


def route_by_number(ordinary: int, sensitive: int, pack: Pack) -> str:
    """令16 arts 5(1)(四), 7(1)(二), 8: 以上 includes the number itself."""
    if ordinary >= pack.number("assessment_ordinary") or sensitive >= pack.number("assessment_sensitive"):
        return "assessment"
    if ordinary >= pack.number("contract_ordinary") or sensitive >= pack.number("contract_sensitive"):
        return "contract"
    return "exempt"


def route(found: Tally, pack: Pack) -> str:
    """The route the known facts need: what is missing can only make it heavier."""
    if found.forced:
        return "assessment"
    by_number = route_by_number(found.counted.n, found.counted.s, pack)
    leaves = any(outcome not in {"not_export", "later", "needs_info", "other_year"} for outcome in found.outcomes)
    return by_number if leaves or by_number != "exempt" else "none"
