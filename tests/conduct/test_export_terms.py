"""What counts as shown, what left before anything covered it, what is planned, and facts that contradict each other."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from gongyue.conduct.evidence import named_paper
from gongyue.conduct.exports import planned_route
from gongyue.conduct.findings import BadInput
from gongyue.conduct.flows import Facts, facts_of, together
from tests.conduct.running import gongyue
from tests.conduct.test_exports import PACK, PLAIN, flow, judged

NO_WORDS = ["无", "（无）", "没有", "暂无", "none", "None.", "no", "否", "false", "-", "——", "N/A", "n.a.", "null", "待补", "待补充", "不详",
            "未备案", "0", "TBD", " ", "\u3000", "\u200b", "?", "是", "yes"]  # fmt: skip
PAPERS = ["合同编号 HT-1", "无锡订单 2026-3", "No. 12", "北京市网信办备字〔2026〕1号", "x", "未来酒店 booking 7"]


@pytest.mark.parametrize("word", NO_WORDS)
def test_a_word_for_none_is_no_evidence(word: str) -> None:
    """It is asked for, and the flow is neither exempt nor passes; as a number on file it is none."""
    assert not named_paper(word)
    found, made = judged(flow(person=None, persons=200_000, ground="contract", necessary=True, evidence=word))
    assert (found.outcomes, made.clean) == ({"needs_info": 1}, False) and ("f", "evidence") in found.asked
    assert facts_of({"contract_filing": word}, "facts").contract_filing == ""


@pytest.mark.parametrize("word", PAPERS)
def test_the_name_of_a_paper_is_evidence(word: str) -> None:
    """Also where it begins like a word for none."""
    assert judged(flow(ground="contract", necessary=True, evidence=word))[0].outcomes == {"contract": 1}
    assert facts_of({"assessment": word}, "facts").assessment == word


def test_all_that_is_missing_is_asked_for_at_once() -> None:
    """Of a bare flow seven facts of it and one of the controller; of a ground, everything it rests on."""
    bare = flow(region=None, on=None, personal=None, sensitive=None, person=None)
    assert [key for _, key in judged(bare, facts=Facts())[0].asked] == [
        "region", "date", "important", "personal", "sensitive", "person", "ciio",
    ]  # fmt: skip
    assert [key for _, key in judged(flow(ground="ftz"))[0].asked] == [
        "zone", "negative_list", "negative_list_date", "listed",
    ]  # fmt: skip
    asked = judged(flow(ground="hr"))[0].asked
    assert [key for _, key in asked] == ["necessary", "labour_rules", "collective_contract"]
    assert "规章制度" in asked["f", "labour_rules"].zh and "集体合同" in asked["f", "collective_contract"].zh


@pytest.mark.parametrize(("day", "breach"), [(1, True), (2, False)])
def test_an_export_before_the_contract_took_effect_is_a_breach(day: int, breach: bool) -> None:
    """In effect 2 March: what needed it on 1 March is named with its article, filed or not."""
    facts = Facts(ciio=False, important=False, contract_effective=date(2026, 3, 2), contract_filing="B-1")
    _, made = judged(flow(on=date(2026, 3, day), person=None, persons=100_000), facts=facts)
    assert (made.clean, made.finding is None, len(made.outside)) == (not breach, not breach, int(breach))
    if breach:
        (one,) = [step for step in made.steps if step.state == "breach"]
        assert "2026-03-01：f" in one.zh and "令13 第六条" in one.source
        assert made.finding and made.finding["figures"]["outside"] == 1


def test_an_export_is_held_to_the_numbers_of_its_own_day() -> None:
    """60,000 before the contract needed none yet, and is told; 40,000 more on the day before it are a breach."""
    facts = Facts(ciio=False, important=False, contract_effective=date(2026, 3, 2), contract_filing="B-1")
    early = flow(on=date(2026, 2, 1), person=None, persons=60_000)
    later = flow(on=date(2026, 3, 2), person=None, persons=60_000)
    _, made = judged(early, later, facts=facts)
    assert made.clean and [(one.needed, one.rows) for one in made.outside] == [("", 1)]
    _, made = judged(early, flow(flow="g", on=date(2026, 3, 1), person=None, persons=40_000), later, facts=facts)
    assert not made.clean and [(one.needed, one.flows) for one in made.outside] == [("", ("f",)), ("contract", ("g",))]


def test_persons_seen_again_do_not_reach_the_number_twice() -> None:
    """99,999 in January and again in March, one more in April: the contract of March covers April."""
    facts = Facts(ciio=False, important=False, contract_effective=date(2026, 3, 20), contract_filing="B-1")
    again = [flow(on=date(2026, month, 5), person=f"u{i}") for month in (1, 3) for i in range(99_999)]
    assert judged(*again, flow(on=date(2026, 4, 1)), facts=facts)[1].clean
    assert not judged(*again, flow(on=date(2026, 3, 19)), flow(on=date(2026, 4, 1), person="w"), facts=facts)[1].clean


@pytest.mark.parametrize("ciio", [True, False])
def test_an_export_before_the_assessment_was_issued_is_a_breach(ciio: bool) -> None:
    """Of critical infrastructure, and of important data without a day of notice."""
    facts = Facts(ciio=ciio, important=not ciio, assessment="A-1", assessment_issued=date(2026, 3, 2))
    assert judged(flow(on=date(2026, 3, 2)), facts=facts)[1].clean
    _, made = judged(flow(on=date(2026, 3, 1)), facts=facts)
    assert not made.clean and [step.state for step in made.steps][-1] == "breach"


def test_important_data_may_leave_while_its_two_months_run() -> None:
    """Notified 10 January, assessed 1 April: 10 March needs nothing yet, 11 March does."""
    facts = Facts(ciio=False, important=True, important_notified=date(2026, 1, 10), assessment="A",
                  assessment_issued=date(2026, 4, 1))  # fmt: skip
    for day, clean in ((10, True), (11, False)):
        assert judged(flow(on=date(2026, 3, day)), facts=facts)[1].clean == clean


def test_a_certificate_or_an_earlier_contract_covers_as_well() -> None:
    """Any of them that was in force on the day."""
    facts = Facts(ciio=False, important=False, contract_effective=date(2026, 5, 1), contract_filing="B-1", certificate="C",
                  certificate_issued=date(2026, 1, 1))  # fmt: skip
    assert judged(flow(sensitive=True), facts=facts)[1].clean


def test_what_is_planned_is_counted_apart_with_the_route_it_will_need() -> None:
    """2,000,000 persons after the day asked about: nothing counted, an assessment to apply for before the first day."""
    found, made = judged(flow(on=date(2026, 7, 1), person=None, persons=2_000_000))
    assert (found.counted.n, made.route, made.clean, made.finding) == (0, "uncounted", False, None)
    assert made.planned and (made.planned.rows, made.planned.ordinary, made.planned.route) == (
        1,
        2_000_000,
        "assessment",
    )
    assert (made.steps[0].by, made.steps[0].ends, made.file) == ("2026-07-01", True, PACK.route["assessment"].file)
    few = judged(flow(on=date(2026, 7, 1)))[1]
    assert few.clean and few.planned and few.planned.route == "exempt"


def test_what_is_planned_and_needs_the_assessment_anyway_says_why() -> None:
    """One row of critical infrastructure: an assessment, and no number."""
    _, made = judged(flow(on=date(2026, 7, 1)), facts=Facts(ciio=True, important=False))
    assert made.planned and (made.planned.route, made.planned.ordinary, made.planned.forced) == (
        "assessment",
        0,
        {"ciio": 1},
    )
    assert (made.route, made.finding, made.clean) == ("uncounted", None, False)


def test_planned_persons_join_those_that_have_left() -> None:
    """99,999 and one more: a contract; the same person again: exempt."""
    left = [flow(person=f"u{i}") for i in range(99_999)]
    for person, needed in (("w", "contract"), ("u7", "exempt")):
        found, made = judged(*left, flow(on=date(2026, 7, 1), person=person))
        assert (made.route, planned_route(found, PACK)) == ("exempt", needed)


def test_flows_of_other_years_are_named_and_judge_nothing(tmp_path: Path) -> None:
    """Never "no export": rows and persons by year, exit 1 where nothing else stands there."""
    flows = tmp_path / "f.csv"
    flows.write_text(
        "flow,date,region,persons,personal,sensitive,important\nf,2025-03-01,US,2000000,是,否,否\n"
        "f,2027-03-01,US,5,是,否,否\n", "utf-8"
    )  # fmt: skip
    asked = ["export-check", "--flows", flows, "--ciio", "no", "--on", "2026-06-30"]
    result = gongyue(*asked)
    assert result.exit_code == 1 and "2025 年 1 笔、2000000 人" in result.stdout and "--on 2027-12-31" in result.stdout
    assert "没有出境" not in result.stdout
    data = json.loads(gongyue(*asked, "--json").stdout)
    assert (data["route"], data["other_years"]["2025"]["stated"]) == ("uncounted", 2_000_000)


FLOWS = "flow,date,region,person,sensitive,important\nf,2026-03-01,SG,u,是,否\n"


def test_what_to_file_and_until_when_is_shown(tmp_path: Path) -> None:
    """The papers of the route, in text and as data; a last day includes itself, an end does not."""
    flows, facts = tmp_path / "f.csv", tmp_path / "facts.toml"
    flows.write_text(FLOWS, "utf-8")
    facts.write_text("[controller]\nciio = false\ncontract_effective = 2026-02-27\n", "utf-8")
    asked = ["export-check", "--flows", flows, "--facts", facts, "--on", "2026-03-02"]
    told = gongyue(*asked).stdout
    assert "须备：个人信息保护影响评估报告（令13 第五、七条）" in told and "2026-03-12 当日或之前" in told
    assert "that day included" in gongyue(*asked, "--lang", "en").stdout
    assert len(json.loads(gongyue(*asked, "--json").stdout)["file"]) == 3
    facts.write_text("[controller]\nciio = false\nassessment = 'A'\nassessment_issued = 2023-03-20\n", "utf-8")
    assert "2026-03-20 之前（不含当日）" in gongyue(*asked).stdout


def test_critical_infrastructure_is_told_as_the_reason(tmp_path: Path) -> None:
    """And not a number that nobody reached."""
    flows = tmp_path / "f.csv"
    flows.write_text(FLOWS, "utf-8")
    told = gongyue("export-check", "--flows", flows, "--ciio", "yes", "--on", "2026-03-02").stdout
    assert "达到申报标准" not in told and "缘由：关键信息基础设施运营者" in told


@pytest.mark.parametrize("name", ["f.csv", "f.jsonl", "f.toml"])
def test_a_file_without_a_flow_is_told(tmp_path: Path, name: str) -> None:
    """Nothing was judged: exit 4."""
    flows = tmp_path / name
    flows.write_text(FLOWS.splitlines()[0] + "\n" if name == "f.csv" else "", "utf-8")
    result = gongyue("export-check", "--flows", flows, "--ciio", "no", "--on", "2026-03-02")
    assert result.exit_code == 4 and "未作任何判断" in result.stderr


def test_a_file_of_another_kind_is_told_with_all_kinds(tmp_path: Path) -> None:
    """TOML among them."""
    (tmp_path / "x.txt").write_text("x", "utf-8")
    result = gongyue("export-check", "--flows", tmp_path / "x.txt", "--on", "2026-03-02")
    assert result.exit_code == 4 and ".toml" in result.stderr


def test_facts_that_contradict_each_other_are_refused(tmp_path: Path) -> None:
    """Between the flows' file, --facts and --ciio; what agrees or is said once is put together."""
    flows, facts = tmp_path / "f.toml", tmp_path / "facts.toml"
    flows.write_text('[controller]\nciio = true\n[[flow]]\ndate = 2026-03-01\nregion = "US"\npersons = 3\n', "utf-8")
    facts.write_text("[controller]\nciio = false\n", "utf-8")
    asked = ["export-check", "--flows", flows, "--on", "2026-06-30"]
    for more in (["--facts", facts], ["--ciio", "no"]):
        result = gongyue(*asked, *more)
        assert result.exit_code == 4 and "ciio" in result.stderr and "true" in result.stderr
    facts.write_text("[controller]\nimportant = false\n", "utf-8")
    result = gongyue(*asked, "--facts", facts, "--ciio", "yes")
    assert result.exit_code == 1 and "安全评估" in result.stdout and "important" not in result.stdout
    assert together(("a", {"ciio": False}), ("b", {"ciio": False, "important": False})) == PLAIN
    with pytest.raises(BadInput, match="home"):
        together(("a", {"home": "CN"}), ("b", {"home": "US"}))


@pytest.mark.parametrize(
    "text", ["ciio = true\n", "ciio = true\n[controller]\nimportant = false\n", "[controler]\nciio = true\n", ""]
)
def test_facts_outside_the_section_are_refused(tmp_path: Path, text: str) -> None:
    """Exit 4 with the key, never passed over."""
    flows, facts = tmp_path / "f.csv", tmp_path / "facts.toml"
    flows.write_text(FLOWS, "utf-8")
    facts.write_text(text, "utf-8")
    result = gongyue("export-check", "--flows", flows, "--facts", facts, "--on", "2026-06-30")
    assert result.exit_code == 4 and "[controller]" in result.stderr


@pytest.mark.parametrize("field", ["assessment_issued", "certificate_issued"])
def test_a_term_beyond_the_calendar_is_told(field: str) -> None:
    """A day in the year 9998: in words, never a traceback."""
    facts = Facts(**{"ciio": False, "important": False, "assessment": "A", "certificate": "C", field: date(9998, 1, 1)})
    with pytest.raises(BadInput, match="9999"):
        judged(flow(sensitive=True), facts=facts)
