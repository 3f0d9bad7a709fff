from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.export_counts import Tally
from gongyue.conduct.exports import route, route_by_number, tally
from gongyue.conduct.facts import Facts
from gongyue.conduct.filed_documents import workdays_before
from gongyue.conduct.filings import Report, report
from gongyue.conduct.findings import BadInput
from gongyue.conduct.flows import Flow, flow_of
from gongyue.conduct.lawpack import open_pack
from gongyue.covenant.periods import calendar_from
from tests.conduct.running import gongyue

PACK = open_pack()
ON = date(2026, 6, 30)
PLAIN = Facts(ciio=False, important=False)


HR: dict[str, Any] = {
    "ground": "hr",
    "necessary": True,
    "labour_rules": "员工手册 2025",
    "collective_contract": "集体合同 2025-1",
}
FTZ: dict[str, Any] = {"ground": "ftz", "zone": "临港", "negative_list": "2025 年版", "negative_list_date": date(2025, 2, 8),
                       "listed": False}  # fmt: skip


def flow(**changed: Any) -> Flow:
    """One person's ordinary data to Singapore in March."""
    said = {"flow": "f", "on": date(2026, 3, 1), "region": "SG", "important": None, "personal": True, "sensitive": False,
            "person": "u-jia"}  # fmt: skip
    return Flow(**(said | changed))


def judged(*flows: Flow, facts: Facts = PLAIN, on: date = ON) -> tuple[Tally, Report]:
    """What the flows come to."""
    found = tally(flows, facts, PACK, on)
    return found, report(found, facts, PACK, on)


@pytest.mark.parametrize(
    ("n", "s", "needed"),
    [
        (0, 0, "exempt"), (99_999, 0, "exempt"), (100_000, 0, "contract"), (100_001, 0, "contract"),
        (999_999, 0, "contract"), (1_000_000, 0, "assessment"), (1_000_001, 0, "assessment"),
        (0, 1, "contract"), (0, 2, "contract"), (50_000, 1, "contract"), (99_999, 1, "contract"),
        (0, 9_999, "contract"), (0, 10_000, "assessment"), (0, 10_001, "assessment"),
        (999_999, 9_999, "contract"), (999_999, 10_000, "assessment"), (1_000_000, 9_999, "assessment"),
        (1_000_000, 10_000, "assessment"),
    ],
)  # fmt: skip
def test_every_boundary_of_the_two_counts(n: int, s: int, needed: str) -> None:
    """以上 includes the number; each of ordinary and sensitive decides by itself (domain 9 E2)."""
    assert route_by_number(n, s, PACK) == needed


@pytest.mark.parametrize(("persons", "needed"), [(99_999, "exempt"), (100_000, "contract")])
def test_persons_are_counted_once_however_often_they_leave(persons: int, needed: str) -> None:
    """Each person three times: exact sets, on both sides of the boundary."""
    flows = [flow(person=f"u{i}") for i in range(persons) for _ in range(3)]
    found, made = judged(*flows)
    assert (found.counted.n, made.route) == (persons, needed)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 30), st.booleans()), max_size=80), st.randoms())
def test_the_count_is_of_sets_in_any_order(rows: list[tuple[int, bool]], rng: Any) -> None:
    """Ordinary and sensitive persons are two sets; order and repetition change nothing."""
    flows = [flow(person=f"u{p}", sensitive=s) for p, s in rows]
    shuffled = flows * 2
    rng.shuffle(shuffled)
    found, _ = judged(*shuffled)
    assert (found.counted.n, found.counted.s) == (len({p for p, s in rows if not s}), len({p for p, s in rows if s}))


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (date(2025, 12, 31), "other_year"),
        (date(2026, 1, 1), "counted"),
        (ON, "counted"),
        (date(2026, 7, 1), "later"),
        (date(2027, 1, 1), "other_year"),
    ],
)
def test_the_year_runs_from_1_january_to_the_day_asked_about(day: date, outcome: str) -> None:
    """Both included."""
    assert judged(flow(on=day))[0].outcomes == {outcome: 1}


@pytest.mark.parametrize(
    ("changed", "outcome"),
    [
        ({"region": "CN"}, "not_export"),
        ({"region": "HK"}, "counted"),
        ({"personal": False}, "business"),
        ({"ground": "transit", "evidence": "x"}, "transit"),
        ({"ground": "contract", "necessary": True, "evidence": "x"}, "contract"),
        (HR, "hr"),
        (HR | {"collective_contract": "无"}, "counted"),
        (HR | {"labour_rules": "没有"}, "counted"),
        ({"ground": "emergency", "necessary": True, "evidence": "x"}, "emergency"),
        ({"ground": "contract", "necessary": False, "evidence": "x"}, "counted"),
        (FTZ, "ftz"),
        (FTZ | {"listed": True}, "counted"),
        (FTZ | {"negative_list": "无"}, "counted"),
        (FTZ | {"negative_list_date": date(2026, 3, 1)}, "ftz"),
        (FTZ | {"negative_list_date": date(2026, 3, 2)}, "counted"),
        ({"important": True}, "assessment"),
        ({"important": True, "ground": "contract", "necessary": True, "evidence": "x"}, "assessment"),
        ({"important": True, "region": "CN"}, "not_export"),
    ],
)
def test_flows_are_decided_in_the_order_of_the_law(changed: dict[str, Any], outcome: str) -> None:
    """Important data before any exemption; exemptions only with what they need; only the rest is counted."""
    assert judged(flow(**changed))[0].outcomes == {outcome: 1}


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"region": None}, "region"),
        ({"on": None}, "date"),
        ({"personal": None}, "personal"),
        ({"sensitive": None}, "sensitive"),
        ({"person": None}, "person"),
        ({"ground": "contract", "evidence": "x"}, "necessary"),
        ({"ground": "contract", "necessary": True}, "evidence"),
        ({"ground": "hr"}, "necessary"),
        (HR | {"labour_rules": None}, "labour_rules"),
        (HR | {"collective_contract": "待补"}, "collective_contract"),
        (FTZ | {"listed": None}, "listed"),
        (FTZ | {"zone": None}, "zone"),
        (FTZ | {"zone": "无"}, "zone"),
        (FTZ | {"negative_list": "N/A"}, "negative_list"),
        (FTZ | {"negative_list_date": None}, "negative_list_date"),
        ({"ground": "because"}, "ground"),
    ],
)
def test_an_unknown_fact_is_asked_for_and_never_passes(changed: dict[str, Any], key: str) -> None:
    """needs_info names the flow and the key, and nothing is clean."""
    found, made = judged(flow(**changed))
    assert found.outcomes == {"needs_info": 1} and ("f", key) in found.asked and not made.clean


def test_unknown_facts_of_the_controller_are_asked_for() -> None:
    """Critical infrastructure where personal data is counted; important data wherever it is not stated."""
    assert ("", "ciio") in judged(flow(), facts=Facts(important=False))[0].asked
    assert ("f", "important") in judged(flow(), facts=Facts(ciio=False))[0].asked
    assert judged(flow(personal=False), facts=Facts(important=False))[0].asked == {}


def test_critical_infrastructure_needs_an_assessment_for_one_person() -> None:
    """But not for what the law does not count."""
    assert judged(flow(), facts=Facts(ciio=True, important=False))[1].route == "assessment"
    covered = flow(ground="contract", necessary=True, evidence="x")
    assert judged(covered, facts=Facts(ciio=True, important=False))[1].clean


def test_stated_counts_are_taken_as_stated_and_said_so() -> None:
    """They add up and are marked; a stated 100,000 needs the contract."""
    found, made = judged(flow(person=None, persons=99_999), flow())
    assert (found.counted.n, made.route, made.stated) == (100_000, "contract", True)


def test_over_the_threshold_without_a_number_is_gy_09_03() -> None:
    """With its figures and the article of the route."""
    _, made = judged(flow(sensitive=True))
    assert made.finding and made.finding["code"] == "GY-09-03" and made.finding["figures"]["sensitive"] == 1
    assert made.steps[0].source.startswith("令16 第八条") and not made.clean


@pytest.mark.parametrize(
    ("on", "held"),
    [(date(2026, 6, 29), False), (date(2026, 6, 30), True), (date(2029, 6, 29), True), (date(2029, 6, 30), False)],
)
def test_an_assessment_holds_three_years_from_its_issue(on: date, held: bool) -> None:
    """The day before, the day of issue, the last day, the day it lapses."""
    facts = Facts(ciio=False, important=False, assessment="A-1", assessment_issued=date(2026, 6, 30))
    _, made = judged(flow(on=on, sensitive=True), facts=facts, on=on)
    assert made.clean == held and (made.finding is None) == held


def test_the_window_for_extension_opens_sixty_working_days_before() -> None:
    """Weekends are skipped, and holidays where a calendar is loaded."""
    end = date(2026, 9, 30)
    opens = workdays_before(end, 60)
    assert opens == date(2026, 7, 8) and workdays_before(end, 1) == date(2026, 9, 29)
    calendar = calendar_from({"2026": {"holidays": ["2026-09-25"], "workdays": []}})
    assert workdays_before(end, 60, calendar) == date(2026, 7, 7)
    for on, state in ((date(2026, 7, 7), "ahead"), (opens, "open")):
        facts = Facts(ciio=False, important=False, assessment="A-1", assessment_issued=date(2023, 9, 30))
        assert judged(flow(sensitive=True), facts=facts, on=on)[1].steps[1].state == state


@pytest.mark.parametrize(
    ("on", "state"), [(date(2026, 6, 14), "todo"), (date(2026, 6, 15), "todo"), (date(2026, 6, 16), "overdue")]
)
def test_a_contract_is_filed_within_ten_working_days_of_effect(on: date, state: str) -> None:
    """In effect Monday 2026-06-01: by Monday 2026-06-15; until filed it is missing."""
    facts = Facts(ciio=False, important=False, contract_effective=date(2026, 6, 1))
    left = flow(on=date(2026, 6, 1), sensitive=True)
    _, made = judged(left, facts=facts, on=on)
    assert (made.steps[0].by, made.steps[0].state, made.clean) == ("2026-06-15", state, False)
    filed = msgspec.structs.replace(facts, contract_filing="B-1")
    assert judged(left, facts=filed, on=on)[1].clean


def test_a_contract_not_yet_in_effect_carries_nothing() -> None:
    """Exports only once it is in effect."""
    facts = Facts(ciio=False, important=False, contract_effective=date(2026, 7, 1), contract_filing="B-1")
    assert not judged(flow(sensitive=True), facts=facts)[1].clean


@pytest.mark.parametrize(("on", "held"), [(date(2028, 12, 31), True), (date(2029, 1, 1), False)])
def test_a_certificate_holds_three_years(on: date, held: bool) -> None:
    """And carries the contract's band, never the assessment's."""
    facts = Facts(ciio=False, important=False, certificate="C-1", certificate_issued=date(2026, 1, 1))
    assert (judged(flow(on=date(on.year, 1, 1), sensitive=True), facts=facts, on=on)[1].finding is None) == held
    over = flow(on=date(on.year, 1, 1), person=None, persons=10_000, sensitive=True)
    assert not judged(over, facts=facts, on=on)[1].clean


@pytest.mark.parametrize(("on", "state"), [(date(2026, 7, 31), "ahead"), (date(2026, 8, 1), "overdue")])
def test_a_certificate_is_renewed_six_months_before_it_lapses(on: date, state: str) -> None:
    """Issued 2024-01-31, lapsing 2027-01-31: by 2026-07-31, that day included; overdue is not clean."""
    facts = Facts(ciio=False, important=False, certificate="C-1", certificate_issued=date(2024, 1, 31))
    _, made = judged(flow(sensitive=True), facts=facts, on=on)
    assert (made.steps[-1].by, made.steps[-1].state, made.clean) == ("2026-07-31", state, state == "ahead")


@pytest.mark.parametrize(("on", "state"), [(date(2026, 6, 30), "todo"), (date(2026, 7, 1), "overdue")])
def test_important_data_is_applied_for_within_two_months_of_notice(on: date, state: str) -> None:
    """Notified 30 April: by 30 June; without the day of notice it is asked for."""
    facts = Facts(ciio=False, important=True, important_notified=date(2026, 4, 30))
    step = judged(flow(), facts=facts, on=on)[1].steps[0]
    assert (step.by, step.state) == ("2026-06-30", state)
    assert "被告知" in judged(flow(), facts=Facts(ciio=False, important=True))[1].steps[0].zh


def test_nothing_leaves_nothing_to_do() -> None:
    """No flows, or only domestic ones."""
    for flows in ([], [flow(region="CN")]):
        found, made = judged(*flows)
        assert route(found, PACK) == "none" and made.clean


CSV = (
    "flow,date,region,person,sensitive\n客服,2026-03-01,SG,甲,否\n客服,2026-03-02,SG,甲,否\n体检,2026-04-01,HK,乙,是\n"
)
FACTS = "[controller]\nciio = false\nimportant = false\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_the_command_reads_csv_in_chinese_encodings(tmp_path: Path, encoding: str) -> None:
    """One ordinary, one sensitive person: contract or certification, GY-09-03, exit 1, the unverified fact shown."""
    flows, facts = tmp_path / "flows.csv", tmp_path / "facts.toml"
    flows.write_text(CSV, encoding)
    facts.write_text(FACTS, "utf-8")
    result = gongyue("export-check", "--flows", flows, "--facts", facts, "--on", "2026-06-30")
    assert result.exit_code == 1, result.output
    for says in ("标准合同或者认证", "一般 1，敏感 1", "GY-09-03", "令16 第八条", "未核实：香港"):
        assert says in result.stdout
    assert "甲" not in result.stdout


def test_the_command_reads_toml_and_speaks_json_and_english(tmp_path: Path) -> None:
    """Exempt → exit 0; the data holds counts, sources and what is unverified."""
    flows = tmp_path / "flows.toml"
    flows.write_text(
        FACTS + '[[flow]]\nflow = "a"\ndate = 2026-03-01\nregion = "SG"\nperson = "u"\nsensitive = false\n', "utf-8"
    )
    result = gongyue("export-check", "--flows", flows, "--on", "2026-06-30", "--json")
    data = json.loads(result.stdout)
    assert (result.exit_code, data["route"], data["clean"], data["counted"]["ordinary"]) == (0, "exempt", True, 1)
    assert "regions_abroad" in data["unverified"] and data["pack_checked"] == "2026-10-09"
    told = gongyue("export-check", "--flows", flows, "--on", "2026-06-30", "--lang", "en").stdout
    assert "route: exempt" in told and "unverified: Hong Kong" in told


def test_rows_that_cannot_be_read_never_pass(tmp_path: Path) -> None:
    """Told with their line; the answer is "at least"; exit 1."""
    flows = tmp_path / "flows.jsonl"
    flows.write_text('{"flow": "a", "region": "CN"}\n{broken\n{"person": "u", "persons": 3}\n{"colour": 1}\n', "utf-8")
    result = gongyue("export-check", "--flows", flows, "--ciio", "no", "--on", "2026-06-30")
    assert (
        result.exit_code == 1 and "第 2 行" in result.stdout and "第 4 行" in result.stdout and "至少" in result.stdout
    )


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ({"sensitive": "maybe"}, "true/false"),
        ({"persons": -1}, "persons"),
        ({"persons": 1.5}, "persons"),
        ({"persons": 10**12 + 1}, "at most"),
        ({"persons": "9" * 5000}, "at most"),
        ({"persons": 1 << 70_000}, "at most"),
        ({"persons": -(1 << 70_000)}, "at least 0"),
        ({"sensitive": 1 << 70_000}, "true/false"),
        ({"date": 1 << 70_000}, "时间"),
        ({"flow": [[]]}, "flow"),
        ({"date": "soon"}, "时间"),
    ],
)
def test_a_value_that_says_nothing_is_refused(row: dict[str, Any], says: str) -> None:
    """And never taken for no."""
    with pytest.raises(BadInput, match=says):
        flow_of(row, 1)


@pytest.mark.parametrize(("sensitive", "personal"), [(True, True), (False, None), (None, None)])
def test_what_is_sensitive_is_personal(sensitive: bool | None, personal: bool | None) -> None:
    """It is not asked once more; that something is not sensitive says nothing."""
    assert flow_of({"sensitive": sensitive}, 1).personal is personal


@pytest.mark.parametrize("said", [100_000, "100000", 100_000.0, "100000.0", " 100000 "])
def test_a_whole_number_may_be_written_as_a_column_with_gaps_has_it(said: object) -> None:
    """Tables make fractions of counts where one is missing: 100000.0 is as many persons as 100000."""
    assert flow_of({"persons": said}, 1).persons == 100_000


def test_persons_up_to_the_most_are_counted() -> None:
    """With zeros before them too."""
    assert (
        flow_of({"persons": 10**12}, 1).persons == flow_of({"persons": "0" * 5000 + str(10**12)}, 1).persons == 10**12
    )


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "x = " + "9" * 5000, "[controller]\nid = 0x" + "f" * 9000])
def test_facts_that_no_reader_takes_are_told(tmp_path: Path, text: str) -> None:
    """Nested without end, a number without end: exit 4 and the file's name."""
    flows, facts = tmp_path / "flows.csv", tmp_path / "facts.toml"
    flows.write_text(CSV, "utf-8")
    facts.write_text(text, "utf-8")
    result = gongyue("export-check", "--flows", flows, "--facts", facts, "--on", "2026-06-30")
    assert result.exit_code == 4 and "facts.toml" in result.stderr


def test_an_instant_is_the_beijing_day_it_falls_on() -> None:
    """31 December 16:00 UTC is 1 January in Beijing, and a second before it is not."""
    assert flow_of({"date": "2025-12-31T16:00:00Z"}, 1).on == date(2026, 1, 1)
    assert flow_of({"date": "2025-12-31T15:59:59Z"}, 1).on == date(2025, 12, 31)


def test_a_pack_not_in_force_is_refused_unless_historic(tmp_path: Path) -> None:
    """GY-06-01 before it begins and after it ends; --historic computes, and stamps it."""
    flows = tmp_path / "flows.csv"
    flows.write_text(CSV, "utf-8")
    early = gongyue("export-check", "--flows", flows, "--on", "2024-03-21")
    assert early.exit_code == 1 and "GY-06-01" in early.stderr
    assert gongyue("export-check", "--flows", flows, "--on", "2024-03-22", "--ciio", "no").exit_code in {0, 1}
    stamped = gongyue("export-check", "--flows", flows, "--on", "2024-03-21", "--historic")
    assert "【历史计算】" in stamped.stdout
    text = Path(str(PACK_FILE)).read_text("utf-8").replace("# to = …", "to = 2026-06-30 #")
    pack = tmp_path / "old.toml"
    pack.write_text(text, "utf-8")
    for on, refused in (("2026-06-29", False), ("2026-06-30", True)):
        result = gongyue("export-check", "--flows", flows, "--on", on, "--pack", pack)
        assert ("GY-06-01" in result.stderr) == refused


PACK_FILE = Path(__file__).resolve().parents[2] / "src/gongyue/conduct/packs/cross-border-2024-03-22.toml"


@pytest.mark.parametrize(
    "damage",
    [
        ("value = 1000000", "value = true"),
        ("[fact.assessment_ordinary]", "[fact.other]"),
        ("needs = [", 'needs = ["colour", '),
        ('schema = "', 'schema = "x'),
        ("=", ""),
    ],
)
def test_a_malformed_pack_is_refused(tmp_path: Path, damage: tuple[str, str]) -> None:
    """Exit 4, in words; as is a pack that does not exist."""
    pack, flows = tmp_path / "pack.toml", tmp_path / "flows.csv"
    flows.write_text(CSV, "utf-8")
    pack.write_text(PACK_FILE.read_text("utf-8").replace(*damage, 1), "utf-8")
    assert gongyue("export-check", "--flows", flows, "--pack", pack).exit_code == 4
    assert gongyue("export-check", "--flows", flows, "--pack", "no-such").exit_code == 4


def test_every_figure_of_law_stands_in_the_pack_and_says_how_it_was_checked() -> None:
    """Each with a source, both languages and a confidence."""
    assert all(f.source and f.zh and f.en and f.confidence for f in PACK.fact.values())
    assert set(PACK.unverified) == {"regions_abroad"}
