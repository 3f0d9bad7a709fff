"""The export check against the law told a second time, without looking at how it is done: 令16 articles 2 to 8, word by word."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.facts import Facts
from gongyue.conduct.flows import Flow
from tests.conduct.test_exports import judged

DAYS = (date(2024, 3, 22), date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 12, 31))
PAPER = st.sampled_from(["甲第1号", "甲第1号", "无", "待补", None])
TRUTH = st.sampled_from([True, False, None])
COUNTS = st.sampled_from([1, 9_999, 10_000, 99_999, 100_000, 999_999, 1_000_000])


@st.composite
def flows(draw: st.DrawFn, on: date) -> Flow:
    """A flow of any facts, known or not, about the days that matter."""
    person = persons = None
    personal = draw(st.sampled_from([True, True, True, False, None]))
    if personal:
        person = draw(st.sampled_from(["a", "b", "c", None]))
        persons = draw(st.none() | COUNTS) if person is None else None
    near = [on, on - timedelta(1), on + timedelta(1)]
    ends = [date(on.year, 1, 1), date(on.year, 12, 31), date(on.year - 1, 12, 31), date(on.year + 1, 1, 1)]
    return Flow(
        "f", draw(st.sampled_from([*near, *ends, None])), draw(st.sampled_from(["SG", "HK", "SG", "CN", None])),
        draw(st.sampled_from([None, False, False, True])), personal, draw(TRUTH) if personal else None, person, persons,
        draw(st.sampled_from([None, None, "none", "transit", "contract", "hr", "emergency", "ftz"])), draw(TRUTH), draw(PAPER),
        draw(TRUTH), draw(PAPER), draw(PAPER), draw(PAPER), draw(PAPER), draw(st.sampled_from([on, ends[0], on + timedelta(1), None])),
    )  # fmt: skip


@st.composite
def worlds(draw: st.DrawFn) -> tuple[date, Facts, list[Flow]]:
    """A day, a controller, some flows."""
    on = draw(st.sampled_from(DAYS))
    facts = Facts(
        ciio=draw(st.sampled_from([False, False, True, None])), important=draw(st.sampled_from([False, None, True]))
    )
    return on, facts, draw(st.lists(flows(on), min_size=1, max_size=5))


def _paper(text: str | None) -> bool | None:
    return {"甲第1号": True, "无": False}.get(text or "")


def _claimed(flow: Flow) -> list[bool | None]:
    """What the ground that is claimed rests on: shown, disproved, or not known; where nothing is claimed, disproved."""
    evidence, zone = _paper(flow.evidence) or None, _paper(flow.zone) or None
    listed = None if flow.listed is None else not flow.listed
    since = flow.negative_list_date and (flow.on is None or flow.negative_list_date <= flow.on)
    return {
        "transit": [evidence],
        "contract": [flow.necessary, evidence],
        "hr": [flow.necessary, _paper(flow.labour_rules), _paper(flow.collective_contract)],
        "emergency": [flow.necessary, evidence],
        "ftz": [zone, _paper(flow.negative_list), since, listed],
    }.get(flow.ground or "", [False])


@settings(max_examples=400, deadline=None)
@given(worlds())
def test_the_law_told_a_second_time_says_the_same(world: tuple[date, Facts, list[Flow]]) -> None:
    """Route, both counts and whether anything is asked for; what is asked for or needed never passes."""
    on, facts, given_flows = world
    persons: dict[bool, set[str]] = {False: set(), True: set()}
    stated = {False: 0, True: 0}
    assess = asked = False
    for flow in given_flows:
        if flow.region == "CN" or (flow.on is not None and flow.on.year != on.year):
            continue
        important = facts.important if flow.important is None else flow.important
        unknown = None in (flow.region, flow.on) or important is None
        forced = counted = False
        if important:
            forced = True
        elif flow.personal is not False:
            rests = _claimed(flow)
            excluded = False not in rests
            forced, counted = bool(not excluded and facts.ciio), not excluded and not facts.ciio
            nobody = flow.person is None and flow.persons is None
            unknown |= flow.personal is None or (excluded and None in rests)
            unknown |= counted and (flow.sensitive is None or nobody)
            asked |= counted and facts.ciio is None
        asked |= unknown
        if unknown or flow.on is None or flow.on > on:
            continue
        assess |= forced
        if counted and flow.person:
            persons[bool(flow.sensitive)].add(flow.person)
        elif counted:
            stated[bool(flow.sensitive)] += flow.persons or 0
    n, s = (len(persons[kind]) + stated[kind] for kind in (False, True))
    contract = {"contract"} if n >= 100_000 or s >= 1 else {"exempt", "uncounted", "none"}
    route = {"assessment"} if assess or n >= 1_000_000 or s >= 10_000 else contract
    found, made = judged(*given_flows, facts=facts, on=on)
    assert made.route in route and (found.counted.n, found.counted.s) == (n, s)
    assert made.settled is not asked
    assert not made.clean or not (asked or "exempt" not in route)
