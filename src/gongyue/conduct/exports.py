"""Which cross-border route do these exports need? (article 9(三); 促进和规范数据跨境流动规定, by a dated law pack)

Decided per flow, then for the year: not an export · another year · important data → assessment · articles 3 and 4 →
exempt, not counted · article 5(1)(一)–(三) with evidence → exempt, not counted · free trade zone and off its list →
exempt, not counted · critical infrastructure and personal data → assessment · else the distinct persons since 1 January.
A fact that is not known is asked for and never passes. Sets are exact; later deletions are not taken off (our reading).
What is dated after the day asked about is planned: it is counted apart, with the route it will need.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from gongyue.conduct.export_counts import Left, MissingFact, Tally, Year
from gongyue.conduct.facts import Facts
from gongyue.conduct.flows import Flow
from gongyue.conduct.lawpack import Exemption, Pack
from gongyue.conduct.placeholders import named_paper
from gongyue.conduct.rows import Bad

RANK = ("none", "uncounted", "exempt", "contract", "assessment")
"""Routes from the lightest to the heaviest; `none`: nothing leaves; `uncounted`: flows, but none counted up to the day."""
FORCED = ("important", "ciio")
"""What needs the assessment whatever the number."""
SHOWN = 3
"""Names of flows that are kept for a day."""


def tally(flows: Iterable[Flow | Bad], facts: Facts, pack: Pack, on: date) -> Tally:
    """Every flow judged; those of the year up to and including `on` counted, later ones as planned."""
    found = Tally()
    for flow in flows:
        found.rows += 1
        if isinstance(flow, Bad):
            found.bad.append(flow)
            continue
        outcome = _outcome(flow, facts, pack, on, found)
        found.outcomes[outcome] = found.outcomes.get(outcome, 0) + 1
    if found.personal and facts.ciio is None:
        ciio = MissingFact(
            "", "ciio", "是否关键信息基础设施运营者", "whether this is a critical information infrastructure operator"
        )
        found.asked["", "ciio"] = ciio
    return found


Ask = Callable[[str, str, str], None]
"""Takes a key, and why it matters in both languages."""


def _outcome(flow: Flow, facts: Facts, pack: Pack, on: date, found: Tally) -> str:
    """not_export · other_year · needs_info · assessment · counted · later · an exemption's name."""
    if flow.region == facts.home:
        return "not_export"
    if flow.on is not None and flow.on.year != on.year:
        return _of_another_year(flow, flow.on.year, found)
    missing: list[MissingFact] = []

    def ask(key: str, zh: str, en: str) -> None:
        missing.append(MissingFact(flow.flow, key, zh, en))

    _where_and_when(flow, ask)
    kind = _kind(flow, facts, pack, ask, found)
    found.personal = found.personal or kind in {"counted", "ciio"}
    if missing or flow.on is None:
        for one in missing:
            found.asked.setdefault((one.flow, one.key), one)
        return "needs_info"
    if kind != "counted" and kind not in FORCED:
        return kind
    if flow.on > on:
        return _plan(flow, flow.on, kind, found)
    return _leave(flow, flow.on, kind, found)


def _of_another_year(flow: Flow, year: int, found: Tally) -> str:
    """Told with its persons, whatever excludes them: it is judged when that year is asked about."""
    held = found.years.setdefault(year, Year())
    held.rows += 1
    held.stated += flow.persons or 0
    if flow.person is not None:
        held.persons.add(flow.person)
    return "other_year"


def _plan(flow: Flow, day: date, kind: str, found: Tally) -> str:
    found.planned_from = min(found.planned_from or day, day)
    found.planned_to = max(found.planned_to or day, day)
    if kind == "counted":
        found.planned.add(flow, day)
    else:
        found.planned_forced[kind] = found.planned_forced.get(kind, 0) + 1
    return "later"


def _leave(flow: Flow, day: date, kind: str, found: Tally) -> str:
    left = found.left.setdefault((day, kind), Left())
    left.rows += 1
    if len(left.flows) < SHOWN and flow.flow not in left.flows:
        left.flows.append(flow.flow)
    if kind == "counted":
        found.counted.add(flow, day)
        return "counted"
    found.forced[kind] = found.forced.get(kind, 0) + 1
    return "assessment"


def _where_and_when(flow: Flow, ask: Ask) -> None:
    if flow.region is None:
        ask(
            "region",
            "到达哪个国家或地区（两位代码；境外访问即出境）",
            "where it goes (a code; access from abroad is export)",
        )
    if flow.on is None:
        ask("date", "何日出境", "when it left")


def _kind(flow: Flow, facts: Facts, pack: Pack, ask: Ask, found: Tally) -> str:
    """important · business · an exemption's name · ciio · counted; everything that is missing is asked for at once."""
    important = facts.important if flow.important is None else flow.important
    if important:  # 令16 art 7(1); the exemptions of art 5 never cover it: art 5(2)
        return "important"
    if important is None:
        ask("important", "是否已被告知或公开发布为重要数据", "whether it was notified or listed as important data")
    if flow.personal is None:
        ask("personal", "是否含个人信息", "whether it holds personal data")
    elif not flow.personal:
        return "business"  # 令16 art 3
    exempt = _exempt(flow, pack, ask, found)
    if exempt is not None:
        return exempt
    if facts.ciio:  # 令16 art 7(1)(一)
        return "ciio"
    _whose(flow, ask)
    return "counted"


def _whose(flow: Flow, ask: Ask) -> None:
    if flow.sensitive is None:
        ask(
            "sensitive",
            "是否敏感个人信息（含不满十四周岁者的全部信息）",
            "whether sensitive (all data of children under 14 is)",
        )
    if flow.person is None and flow.persons is None:
        ask("person", "是谁（假名；“未知”不是），或多少人", "whose (a pseudonym; unknown is none), or how many persons")


def _exempt(flow: Flow, pack: Pack, ask: Ask, found: Tally) -> str | None:
    """The exemption claimed, with whatever it is not shown by asked for; None where there is none or it fails."""
    ground = flow.ground
    if ground is None or ground == "none":
        return None
    exemption = pack.exemption.get(ground)
    if exemption is None or ground == "business":
        known = [name for name in pack.exemption if name != "business"]
        ask(
            "ground",
            f"“{ground}”不是法定情形；可用 {'、'.join(known)}",
            f'"{ground}" is no case in law; use {", ".join(known)}',
        )
        return ground
    shown = {need: _shown(flow, need) for need in exemption.needs}
    if down := [(ground, need) for need, holds in shown.items() if holds is False]:
        found.failed |= {one: found.failed.get(one, 0) + 1 for one in down}
        return None  # not truly needed, on the list, no list or no collective contract: the general rule applies
    for need, holds in shown.items():
        if holds is None:
            _ask_for(need, exemption, ask)
    return ground


def _shown(flow: Flow, need: str) -> bool | None:
    """True where the fact holds the exemption up, False where it brings it down, None where it is not known."""
    value = getattr(flow, need)
    if need == "negative_list_date" and isinstance(value, date):
        return flow.on is None or value <= flow.on  # before a list exists, the national rule
    if isinstance(value, bool):
        return value is (need != "listed")
    found = named_paper(value)
    return None if found is False and need in _MUST_BE_NAMED else found


_MUST_BE_NAMED = frozenset({"evidence", "zone"})
"""A word for none says nothing here: what the ground rests on is asked for."""
_WANTED = {
    "necessary": ("是否确需", "whether it is truly needed"),
    "evidence": ("以何为据（合同、材料的名称或编号；“无”“待补”不是证据）", "by which paper: its name or number (none or n/a is no evidence)"),
    "labour_rules": ("依法制定的劳动规章制度：名称或编号", "the lawful labour rules: name or number"),
    "collective_contract": ("依法签订的集体合同：名称或编号", "the lawful collective contract: name or number"),
    "zone": ("在哪个自由贸易试验区", "which free trade zone"),
    "negative_list": ("该区负面清单的名称或文号（没有清单的写“无”）", "the zone's negative list: name or number (none where there is none)"),
    "negative_list_date": ("该负面清单施行之日", "since when that negative list is in force"),
    "listed": ("是否在该负面清单之内", "whether the data are on that list"),
}  # fmt: skip


def _ask_for(need: str, exemption: Exemption, ask: Ask) -> None:
    zh, en = _WANTED[need]
    ask(need, f"{exemption.zh}（{exemption.source}）：{zh}", f"{exemption.en}: {en}")


def route_by_number(ordinary: int, sensitive: int, pack: Pack) -> str:
    """令16 arts 5(1)(四), 7(1)(二), 8: 以上 includes the number itself."""
    if ordinary >= pack.number("assessment_ordinary") or sensitive >= pack.number("assessment_sensitive"):
        return "assessment"
    if ordinary >= pack.number("contract_ordinary") or sensitive >= pack.number("contract_sensitive"):
        return "contract"
    return "exempt"


def route(found: Tally, pack: Pack) -> str:
    """The route that what has left needs by the known facts: what is missing can only make it heavier."""
    if found.forced:
        return "assessment"
    by_number = route_by_number(found.counted.n, found.counted.s, pack)
    if by_number != "exempt" or set(found.outcomes) - {"not_export", "later", "needs_info", "other_year"}:
        return by_number
    return "uncounted" if found.bad or set(found.outcomes) - {"not_export"} else "none"


def planned_route(found: Tally, pack: Pack) -> str | None:
    """The route the year needs once what is planned has left too; None where nothing is planned."""
    if found.planned_from is None:
        return None
    if found.forced or found.planned_forced:
        return "assessment"
    return route_by_number(*found.counted.with_(found.planned), pack)
