"""What counts as shown, what left before anything covered it, what is planned, and facts that contradict each other."""

from __future__ import annotations

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as arrow
import pytest
from pyarrow import parquet

from gongyue.conduct.exports import planned_route, tally
from gongyue.conduct.facts import Facts, facts_of, together
from gongyue.conduct.filings import report
from gongyue.conduct.findings import BadInput
from gongyue.conduct.flows import KINDS, Flow, flow_of
from gongyue.conduct.holidays import open_calendar
from gongyue.conduct.lawpack import open_pack
from gongyue.conduct.placeholders import named_paper
from tests.conduct.running import gongyue
from tests.conduct.test_exports import FTZ, HR, PACK, PACK_FILE, PLAIN, flow, judged

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


NOBODY = [
    "未知",
    "unknown",
    "无",
    "n/a",
    "null",
    "-",
    "",
    "（不详）",
    "匿名",
    "undefined",
    "未填写",
    "0",
    "000",
    "-1",
    0,
]
ROW = {"date": "2026-03-01", "region": "SG", "sensitive": False, "important": False}


@pytest.mark.parametrize("word", NOBODY)
def test_a_word_for_not_known_is_no_person(tmp_path: Path, word: str | int) -> None:
    """However many rows of it are not one person: asked for with the mend, exit 1."""
    rows = [flow_of(ROW | {"person": word, "personal": True}, line) for line in range(1, 101)]
    found, made = judged(*rows)
    assert (found.outcomes, found.counted.n, made.clean) == ({"needs_info": 100}, 0, False)
    flows = tmp_path / "f.jsonl"
    flows.write_text(json.dumps(ROW | {"flow": "f", "person": word, "personal": True}) + "\n", "utf-8")
    result = gongyue("export-check", "--flows", flows, "--ciio", "no", "--on", "2026-06-30", "--lang", "en")
    assert result.exit_code == 1 and "missing f person" in result.stdout and "pseudonym" in result.stdout


@pytest.mark.parametrize("person", ["u1", "1", 1, "10", "甲", "x", "无名氏-7"])
def test_a_pseudonym_is_a_person(person: str | int) -> None:
    """A number of a user too."""
    assert judged(flow_of(ROW | {"person": person}, 1))[0].counted.n == 1


def test_a_row_without_personal_data_may_say_that_it_is_of_nobody() -> None:
    """Then nobody is asked for."""
    row = {"date": "2026-03-01", "region": "SG", "personal": False, "important": False}
    for none in ({"person": "无"}, {"persons": 0}, {"sensitive": False}):
        assert judged(flow_of(row | none, 1))[0].outcomes == {"business": 1}


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ({"personal": False, "sensitive": True, "persons": 5_000_000}, "sensitive=true、persons"),
        ({"personal": False, "sensitive": True, "person": "p1"}, "sensitive=true、person "),
        ({"personal": False, "sensitive": True}, "sensitive=true"),
        ({"personal": False, "persons": 1}, "persons"),
        ({"personal": False, "person": "p1"}, "person "),
        ({"personal": True, "persons": 0}, "persons=0"),
        ({"sensitive": True, "persons": 0}, "persons=0"),
    ],
)
def test_a_row_at_odds_with_itself_is_not_read(tmp_path: Path, said: dict[str, Any], named: str) -> None:
    """Told with its line and what contradicts what; never article 3, exit 1."""
    row = {"date": "2026-02-01", "region": "SG", "important": False} | said
    with pytest.raises(BadInput, match=named):
        flow_of(row, 1)
    flows = tmp_path / "f.jsonl"
    flows.write_text(json.dumps(row) + "\n", "utf-8")
    result = gongyue("export-check", "--flows", flows, "--ciio", "no", "--on", "2026-06-30")
    assert result.exit_code == 1 and "第 1 行未读入" in result.stdout and "矛盾" in result.stdout


@pytest.mark.parametrize("region", ["cn", "CHN", "china", "中国", "中国大陆", "境内", "XX", "SGP", "sg", 156])
def test_a_region_is_a_code_as_in_a_promise_file(tmp_path: Path, region: str | int) -> None:
    """Anything else is not read: neither abroad nor at home, exit 1 with the mend; the cell is not printed."""
    flows = tmp_path / "f.jsonl"
    row = {"date": "2026-02-01", "region": region, "person": "u", "sensitive": True, "important": False}
    flows.write_text(json.dumps(row) + "\n", "utf-8")
    asked = ["export-check", "--flows", flows, "--ciio", "no", "--on", "2026-06-30"]
    result = gongyue(*asked)
    assert (
        result.exit_code == 1
        and "两位大写字母" in result.stdout
        and json.loads(gongyue(*asked, "--json").stdout)["route"] == "uncounted"
    )
    assert f"“{region}”" not in result.stdout


@pytest.mark.parametrize(("region", "outcome"), [("CN", "not_export"), ("HK", "counted"), ("MO", "counted"), ("TW", "counted"),
                                                ("NA", "counted"), ("未知", "needs_info"), ("N/A", "needs_info"), ("", "needs_info")])  # fmt: skip
def test_codes_decide_and_a_word_for_not_known_is_asked_about(region: str, outcome: str) -> None:
    """NA is Namibia."""
    found, _ = judged(flow_of(ROW | {"region": region, "person": "u"}, 1))
    assert found.outcomes == {outcome: 1} and (("#1", "region") in found.asked) == (outcome == "needs_info")


@pytest.mark.parametrize("home", ["cn", "China", "中国", "XX", ""])
def test_the_controllers_home_is_a_code_too(home: str) -> None:
    """Else everything would be abroad, or nothing."""
    with pytest.raises(BadInput, match="ISO 3166"):
        facts_of({"home": home}, "facts.toml")


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
    assert (
        result.exit_code == 1 and "2025 年 1 笔、2,000,000 人" in result.stdout and "--on 2027-12-31" in result.stdout
    )
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


EARLIER = {"carries": "contract", "number": "C-1", "first": date(2023, 3, 2), "last": date(2026, 3, 1)}


@pytest.mark.parametrize(("year", "good"), [(1989, False), (1990, True), (2199, True), (2200, False)])
@pytest.mark.parametrize("key", ["assessment_issued", "certificate_issued", "important_notified", "contract_effective"])
def test_a_day_of_the_facts_is_one_of_1990_to_2199(key: str, year: int, good: bool) -> None:
    """As that of a flow; the key is named, and what is judged by such days never leads out of the calendar."""
    said = {"ciio": False, "important": key == "important_notified", "assessment": "A", "certificate": "C",
            key: date(year, 12, 31)}  # fmt: skip
    if good:
        judged(flow(sensitive=True), facts=together(("facts", said)))
        return
    with pytest.raises(BadInput, match=key):
        together(("facts", said))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("earlier", [EARLIER | {"last": date(9999, 12, 31)}]),
        ("assessment_extended", [date(2026, 3, 1), date(2999, 1, 1)]),
    ],
)
def test_a_day_within_a_list_is_looked_at_too(key: str, value: list[Any]) -> None:
    """The last day of an earlier paper, the second of two extensions."""
    with pytest.raises(BadInput, match=rf"{key}.*1990"):
        together(("facts", {"assessment": "A", "assessment_issued": date(2024, 4, 1), key: value}))


@pytest.mark.parametrize(
    ("clock", "value", "good"),
    [("extension_workdays", -1, False), ("extension_workdays", 0, True), ("assessment_years", 1000, True),
     ("assessment_years", 1001, False), ("certificate_renew_months", 10**6, False), ("contract_sensitive", -1, False),
     ("assessment_ordinary", 10**9, True)],
)  # fmt: skip
def test_a_clock_that_leads_out_of_the_calendar_is_refused_in_a_pack(
    tmp_path: Path, clock: str, value: int, good: bool
) -> None:
    """With the name of the fact; the number of persons has no end above."""
    pack = tmp_path / "pack.toml"
    before, after = PACK_FILE.read_text("utf-8").split(f"[fact.{clock}]\n", 1)
    pack.write_text(f"{before}[fact.{clock}]\nvalue = {value}\n" + after.split("\n", 1)[1], "utf-8")
    if good:
        held = Facts(ciio=False, important=False, assessment="A", assessment_issued=date(2199, 12, 31))
        report(
            tally([flow()], held, open_pack(str(pack)), date(2199, 12, 31)),
            held,
            open_pack(str(pack)),
            date(2199, 12, 31),
        )
        return
    with pytest.raises(BadInput, match=clock):
        open_pack(str(pack))


CERTIFIED = Facts(ciio=False, important=False, certificate="C1", certificate_issued=date(2025, 1, 31))


def test_measures_not_yet_in_force_are_neither_cited_nor_applied() -> None:
    """Order 20 stands from 2026-01-01: the day before, no term and no renewal, and the certificate is asked about."""
    for on in (date(2025, 3, 3), date(2025, 12, 31)):
        _, made = judged(flow(on=date(2025, 3, 1), sensitive=True), facts=CERTIFIED, on=on)
        assert not made.clean and "C1" in made.steps[0].zh and made.steps[0].state == "todo"
        assert not any("令20" in step.source or "2028" in step.zh + step.by for step in made.steps)
        assert all(step.source for step in made.steps)
        assert not any("令20" in paper for paper in made.file) and len(made.file) == 2
        assert "2026-01-01" in made.steps[-1].zh and "不知道" in made.steps[-1].zh and made.steps[-1].state == "note"
    day = date(2026, 1, 1)
    _, made = judged(flow(on=day, sensitive=True), facts=CERTIFIED, on=day)
    assert made.clean and made.steps[0].by == "2028-01-31" and "我们的读法" in made.steps[0].zh
    assert [step.source for step in made.steps] == ["令20 第八条"] * 2


@pytest.mark.parametrize(("on", "cited"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True)])
def test_a_source_of_several_names_those_in_force(on: date, cited: bool) -> None:
    """Important data: the regulations from 2025-01-01; what came later is named as such."""
    facts = Facts(ciio=False, important=True, important_notified=on)
    _, made = judged(flow(on=on), facts=facts, on=on)
    assert ("条例" in made.steps[0].source) == cited and made.steps[0].source.startswith("令16 第二条")
    assert sum(step.state == "note" for step in made.steps) == (2 if cited else 3)


def test_a_pack_before_its_first_day_is_computed_as_on_it() -> None:
    """--historic: sources of the pack stand, but not what came after it began."""
    on = date(2024, 3, 21)
    _, made = judged(flow(on=on, sensitive=True), on=on)
    assert made.historic and made.steps[0].source == "令16 第八条；令13"


def test_every_source_says_since_when_it_is_in_force(tmp_path: Path) -> None:
    """A pack that cites an instrument without its day is refused, with its name."""
    flows, pack = tmp_path / "f.csv", tmp_path / "pack.toml"
    flows.write_text(FLOWS, "utf-8")
    text = PACK_FILE.read_text("utf-8")
    pack.write_text(text.replace('[instrument."令13"]', '[instrument."令1"]'), "utf-8")
    result = gongyue("export-check", "--flows", flows, "--pack", pack, "--on", "2026-03-02")
    assert result.exit_code == 4 and "令13 第七条" in result.stderr


FILED = Facts(ciio=False, important=False, contract_effective=date(2026, 1, 5), contract_filing="B-1")


@pytest.mark.parametrize(("persons", "said"), [(999_999, False), (1_000_000, True)])
def test_an_application_covers_what_left_under_the_contract_since_january(persons: int, said: bool) -> None:
    """Where the number is reached within the year: told with its source."""
    _, made = judged(flow(on=date(2026, 2, 2), person=None, persons=persons), facts=FILED)
    told = [step for step in made.steps if step.source == "网信办问答 2026-01"]
    assert bool(told) == said and (not said or "标准合同或者认证" in told[0].zh)


def test_what_left_is_covered_also_where_the_number_is_planned() -> None:
    """1,000,000 with those planned; nothing to say where nothing left, without a contract, or before the answer was given."""
    left, later = (flow(on=date(2026, month, 2), person=None, persons=500_000) for month in (2, 7))

    def told(*flows: Any, facts: Facts = FILED, on: date = date(2026, 6, 30)) -> bool:
        return any(step.source == "网信办问答 2026-01" for step in judged(*flows, facts=facts, on=on)[1].steps)

    assert told(left, later)
    assert not told(later, later) and not told(left, left, facts=PLAIN)
    early = flow(on=date(2026, 1, 6), person=None, persons=1_000_000)
    assert not told(early, on=date(2026, 1, 29)) and told(early, on=date(2026, 1, 30))
    assert not told(flow(), facts=Facts(ciio=True, important=False, contract_effective=date(2026, 1, 5)))
    assessed = Facts(ciio=False, important=False, contract_effective=date(2026, 1, 5), assessment="A",
                     assessment_issued=date(2026, 2, 1))  # fmt: skip
    assert not told(left, left, facts=assessed)


def _rows(persons: range, **said: Any) -> list[dict[str, Any]]:
    return [ROW | {"flow": "f", "personal": True, "person": f"u{i}"} | said for i in persons]


def test_persons_are_counted_once_across_files_of_every_kind(tmp_path: Path) -> None:
    """Several recipients in CSV, Parquet and JSON lines: 99,999 distinct are exempt, one more is not."""
    first, second = _rows(range(60_000)), _rows(range(30_000, 99_999))
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.DictWriter(file, first[0])
        table.writeheader()
        table.writerows(first)
    parquet.write_table(arrow.Table.from_pylist(second), tmp_path / "b.parquet")
    third = tmp_path / "c.jsonl"
    asked: list[object] = ["export-check", "--ciio", "no", "--on", "2026-06-30", "--json"]
    for name in ("a.csv", "b.parquet", "c.jsonl"):
        asked += ["--flows", tmp_path / name]
    for last, route in ((99_998, "exempt"), (99_999, "contract")):
        third.write_text(json.dumps(_rows(range(last, last + 1))[0]) + "\n", "utf-8")
        data = json.loads(gongyue(*asked).stdout)
        assert (data["counted"]["ordinary"], data["route"], data["rows"]) == (last + 1, route, 130_000)


def test_files_given_together_are_told_apart(tmp_path: Path) -> None:
    """A row without a name and a row that cannot be read are named with their file; an empty file is refused, and one given twice."""
    one, other, empty = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "c.csv"
    for file in (one, other):
        file.write_text("date,region,person,important\n2026-03-01,SG,u,否\n2026-13-01,SG,u,否\n", "utf-8")
    empty.write_text("date,region\n", "utf-8")
    asked = ["export-check", "--ciio", "no", "--on", "2026-06-30", "--flows", one, "--flows"]
    told = gongyue(*asked, other)
    assert told.exit_code == 1 and f"{one} 第 3 行" in told.stdout and f"{other} 第 3 行" in told.stdout
    assert f"{one}#2、{other}#2 sensitive" in told.stdout
    data = json.loads(gongyue(*asked, other, "--json").stdout)
    assert [bad["file"] for bad in data["unreadable"]] == [str(one), str(other)]
    twice, nothing = gongyue(*asked, tmp_path / "." / "a.csv"), gongyue(*asked, empty)
    assert (twice.exit_code, nothing.exit_code) == (4, 4)
    assert "请只给一次" in twice.stderr and "c.csv 里一笔流动也没有" in nothing.stderr


def test_what_files_of_flows_say_of_the_controller_may_not_differ(tmp_path: Path) -> None:
    """One controller, however many files."""
    row = '[[flow]]\ndate = 2026-03-01\nregion = "US"\npersons = 3\n'
    for name, ciio in (("a.toml", "true"), ("b.toml", "false")):
        (tmp_path / name).write_text(f"[controller]\nciio = {ciio}\n{row}", "utf-8")
    result = gongyue(
        "export-check", "--flows", tmp_path / "a.toml", "--flows", tmp_path / "b.toml", "--on", "2026-06-30"
    )
    assert result.exit_code == 4 and "ciio" in result.stderr


def test_the_same_of_many_rows_is_told_on_one_line(tmp_path: Path) -> None:
    """The first rows and of how many, in both languages; the data holds each."""
    flows = tmp_path / "f.csv"
    flows.write_text("date,region,person,important,to\n" + "2026-03-01,SG,u,否,甲\n" * 300, "utf-8")
    asked = ["export-check", "--flows", flows, "--ciio", "no", "--on", "2026-06-30"]
    told = gongyue(*asked).stdout
    assert (
        "第 2、3、4、5、6 等 300 行未读入：没有这些列：to；" in told and "--help" in told and told.count("未读入") == 1
    )
    assert "line 2, 3, 4, 5, 6 … (300 in all)" in gongyue(*asked, "--lang", "en").stdout
    assert len(json.loads(gongyue(*asked, "--json").stdout)["unreadable"]) == 300
    flows.write_text("date,region,person,important\n" + "2026-03-01,SG,u,否\n" * 300, "utf-8")
    told = gongyue(*asked).stdout
    assert "等 300 笔的 sensitive" in told and told.count("待补 ") == 1


@pytest.mark.parametrize(
    "said",
    ["0206-03-01", "2260-03-01", "1989-12-31", "2026/2/29", "1/3/2026", "2026-02-29", "26/3/1", "2026/3", "soon"],
)
def test_a_day_that_cannot_be_meant_is_not_another_year(said: str) -> None:
    """A slip of the pen would else not be counted; how to write it is told, the cell is not."""
    with pytest.raises(BadInput) as told:
        flow_of(ROW | {"person": "u", "date": said}, 1)
    assert "date" in told.value.zh and said not in str(told.value)


@pytest.mark.parametrize(
    "said", ["2026/3/1", "2026/03/01", "2026.3.1", "2026-3-1", "2026年3月1日", " 2026-03-01 ", "20260301"]
)
def test_a_day_may_be_written_as_a_spreadsheet_writes_it(said: str) -> None:
    """The year first, so that no month is taken for a day."""
    assert flow_of(ROW | {"person": "u", "date": said}, 1).on == date(2026, 3, 1)


def test_the_instruments_cited_are_named_in_full(tmp_path: Path) -> None:
    """A reader of English learns what 令16 is; what is not cited is not named."""
    flows = tmp_path / "f.csv"
    flows.write_text(FLOWS, "utf-8")
    told = gongyue("export-check", "--flows", flows, "--ciio", "no", "--on", "2026-03-02", "--lang", "en").stdout
    assert "令16 = Order 16" in told and "令11 = " not in told and "（令" not in told


def test_a_home_elsewhere_is_pointed_out() -> None:
    """What goes there would else be no export without a word."""
    facts = Facts(ciio=False, important=False, home="SG")
    made = judged(flow(), facts=facts)[1]
    assert made.route == "none" and [step.state for step in made.steps] == ["note"] and "SG" in made.steps[0].en
    assert not judged(flow(region="CN"))[1].steps


def test_an_option_given_twice_is_refused(tmp_path: Path) -> None:
    """Of two values the earlier would be lost without a word: exit 2."""
    result = gongyue("export-check", "--flows", "a.csv", "--facts", "a.toml", "--facts", "b.toml")
    assert result.exit_code == 2 and "--facts 写了 2 次" in result.stderr


@pytest.mark.parametrize(
    ("name", "zh", "en"), [("no.csv", "没有这个文件", "no such file"), ("d.csv", "那是文件夹", "a folder")]
)
def test_a_file_that_is_not_there_is_told_in_one_language(tmp_path: Path, name: str, zh: str, en: str) -> None:
    """With what to do about it: exit 4."""
    (tmp_path / "d.csv").mkdir()
    asked = ["export-check", "--flows", tmp_path / name, "--on", "2026-03-02"]
    told = gongyue(*asked)
    assert told.exit_code == 4 and zh in told.stderr and "irectory" not in told.stderr
    assert en in gongyue(*asked, "--lang", "en").stderr


def test_a_ground_that_fails_is_told_with_the_fact_that_brings_it_down(tmp_path: Path) -> None:
    """Not counted as claimed, and not without a word either; in the data too."""
    flows = tmp_path / "f.jsonl"
    row = ROW | {
        "person": "u",
        "ground": "hr",
        "necessary": True,
        "labour_rules": "员工手册",
        "collective_contract": "无",
    }
    flows.write_text(json.dumps(row) + "\n", "utf-8")
    asked = ["export-check", "--flows", flows, "--ciio", "no", "--on", "2026-06-30"]
    assert "所称 hr 不成立，按一般规定：collective_contract 不支持它（1 笔）" in gongyue(*asked).stdout
    data = json.loads(gongyue(*asked, "--json").stdout)
    assert data["failed"] == [{"ground": "hr", "need": "collective_contract", "rows": 1}]


@pytest.mark.parametrize(
    ("said", "zh", "en"),
    [
        (
            {"ciio": "no"},
            "ciio 应为true 或 false，实为文字，写 true 或 false，不加引号",
            "write true or false, without quotes",
        ),
        ({"cio": False}, "没有“cio”这一项，改为 ciio", "write ciio"),
        ({"ciio": 1, "certificate": 5}, "certificate", "ciio"),
        ({"contract_effective": "March"}, "写作 2026-01-01，不加引号", "is no date"),
    ],
)
def test_a_fact_that_is_malformed_is_told_with_its_mend(said: dict[str, Any], zh: str, en: str) -> None:
    """Every one at once, each in one language."""
    with pytest.raises(BadInput) as told:
        facts_of(said, "facts.toml")
    assert zh in told.value.zh and en in told.value.en and "Expected" not in str(told.value)


@pytest.mark.parametrize(
    ("day", "clean"), [(date(2026, 7, 31), True), (date(2026, 8, 1), False), (date(2026, 12, 31), False)]
)
@pytest.mark.parametrize("already", [True, False])
def test_what_is_planned_after_a_term_ends_is_not_carried_by_it(day: date, clean: bool, already: bool) -> None:
    """An assessment that lapses on 1 August carries the day before, whether or not something of the kind has left already."""
    facts = Facts(ciio=False, important=False, assessment="A-1", assessment_issued=date(2023, 8, 1))
    many = {"person": None, "persons": 10_000, "sensitive": True}
    flows = [flow(on=date(2026, 7, 1), **many), flow(on=day, **many)]
    made = judged(*([flow(**many)] if already else []), *flows, facts=facts)[1]
    assert made.clean == clean
    assert any("届时" in step.zh and step.by == day.isoformat() for step in made.steps) != clean


@pytest.mark.parametrize(("effective", "clean"), [(date(2026, 7, 1), True), (date(2026, 7, 2), False)])
def test_a_contract_that_begins_before_what_is_planned_carries_it(effective: date, clean: bool) -> None:
    """On its first day too; before it nothing may leave."""
    facts = Facts(ciio=False, important=False, contract_effective=effective, contract_filing="粤 1")
    made = judged(flow(on=date(2026, 7, 1), sensitive=True), facts=facts)[1]
    assert (made.route, made.clean) == ("uncounted", clean)
    assert [step.state for step in made.steps] == (["ahead"] if clean else ["todo", "todo"])


KNOWN = {"令13 第四条", "令13 第五、六、七条", "令13 第八条", "备案指南", "汽车数据安全管理若干规定第三、十一条"}
NOTICES = "市监总局、网信办公告 2025-12-25；网信办公告 2025-12-30"


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2024, 4, 1), KNOWN),
        (date(2025, 12, 29), KNOWN | {"网信办问答 2025-04"}),
        (date(2025, 12, 31), KNOWN | {"网信办问答 2025-04", NOTICES}),
        (date(2026, 2, 1), KNOWN | {"令20 第五、八条", "令20 第五条", "网信办问答 2025-04", "网信办问答 2026-01", NOTICES}),
    ],
)  # fmt: skip
def test_what_else_to_know_of_a_route_is_what_is_law_on_that_day(on: date, said: set[str]) -> None:
    """No splitting, when to begin anew, filing as a group; nothing of a route that is not gone."""
    found = judged(flow(on=on, sensitive=True), on=on)[1]
    assert (found.route, {one.source for one in found.know}) == ("contract", said)
    assert not {one.source for one in judged(flow(on=on), on=on)[1].know} & KNOWN


def test_what_is_planned_says_what_to_know_of_its_route() -> None:
    """One sensitive person has left; ten thousand are planned, and need the assessment."""
    planned = flow(on=date(2026, 11, 1), sensitive=True, person=None, persons=10_000)
    found = judged(flow(sensitive=True), planned, on=date(2026, 10, 1))[1]
    assert found.route == "contract" and found.planned is not None and found.planned.route == "assessment"
    told = ["令11 第五、七、十二、十三条", "令16 第九条", "网信办问答 2026-07", "令11 第十四条", "网信办问答 2025-04"]
    assert [one.source for one in found.know] == told


@pytest.mark.parametrize(
    ("said", "sources"),
    [
        ({"region": "CN"}, {"备案指南；网信办问答 2025-10；个人信息保护法第三条"}),
        ({"ground": "contract", "necessary": True, "evidence": "HT-1"}, {"网信办问答 2025-10"}),
        (HR, {"网信办问答 2025-10", "网信办问答 2026-07"}),
        (FTZ, {"令16 第六条"}),
        ({"ground": "emergency", "necessary": True, "evidence": "x"}, set()),
    ],
)
def test_a_case_in_law_says_what_it_does_not_cover(said: dict[str, Any], sources: set[str]) -> None:
    """Applicants are no employees, a guest here and a hotel here are no export of need, access from abroad is export."""
    on = date(2026, 8, 3)
    assert {one.source for one in judged(flow(on=on, **said), on=on)[1].know} == sources
    assert judged(flow(on=date(2024, 4, 1), **HR), on=date(2024, 4, 1))[1].know == ()


def test_a_case_that_no_flow_comes_to_is_refused_in_a_pack(tmp_path: Path) -> None:
    """A misspelt case would say nothing, and nobody would notice."""
    (tmp_path / "f.csv").write_text(FLOWS, "utf-8")
    pack = tmp_path / "pack.toml"
    pack.write_text(PACK_FILE.read_text("utf-8").replace("[[told.ftz]]", "[[told.fzt]]"), "utf-8")
    result = gongyue("export-check", "--flows", tmp_path / "f.csv", "--pack", pack, "--on", "2026-03-02")
    assert result.exit_code == 4 and "fzt" in result.stderr


def test_what_holds_whatever_the_route_is_what_is_law_on_that_day(tmp_path: Path) -> None:
    """Records for three years, no data to a foreign court without approval; the regulations from 2025-01-01."""
    (tmp_path / "f.csv").write_text(FLOWS, "utf-8")
    asked = ("export-check", "--flows", tmp_path / "f.csv", "--on")
    told = gongyue(*asked, "2026-08-03").stdout
    for source in (
        "个人信息保护法第五十六条",
        "网络数据安全管理条例第十二条",
        "数据安全法第三十六条",
        "网信办问答 2026-07",
    ):
        assert source in told
    assert "条例第十二条" not in gongyue(*asked, "2024-12-31").stdout


def test_a_first_filing_comes_before_anything_leaves(tmp_path: Path) -> None:
    """Its day is told, and so is that the rows of an outcome are rows and no persons."""
    (tmp_path / "f.toml").write_text(
        "[controller]\nciio = false\nimportant = false\n[[flow]]\n"
        'date = 2026-03-01\nregion = "SG"\npersons = 1000000\nsensitive = false\n', "utf-8",
    )  # fmt: skip
    told = gongyue("export-check", "--flows", tmp_path / "f.toml", "--on", "2026-06-30").stdout
    assert "[须办，出境之前] 申报并通过数据出境安全评估" in told and "计入：1 笔" in told
    english = gongyue("export-check", "--flows", tmp_path / "f.toml", "--on", "2026-06-30", "--lang", "en").stdout
    assert "[to do, before anything leaves] apply" in english and "(commonly understood)" in english


@pytest.mark.parametrize(
    ("on", "held"), [(date(2027, 2, 28), True), (date(2027, 3, 1), False), (date(2026, 6, 30), True)]
)
def test_three_years_from_a_leap_day_lose_no_day(on: date, held: bool) -> None:
    """Issued 2024-02-29: the whole of 2027-02-28 belongs to the three years, however they are counted."""
    facts = Facts(ciio=False, important=False, assessment="P-1", assessment_issued=date(2024, 2, 29))
    assert (judged(flow(on=on, sensitive=True), facts=facts, on=on)[1].finding is None) == held


@pytest.mark.parametrize(("on", "state"), [(date(2026, 10, 8), "todo"), (date(2026, 10, 9), "overdue")])
def test_two_months_that_end_on_a_holiday_end_on_the_day_after_it(on: date, state: str) -> None:
    """Notified 1 August: 1 October is a holiday, 8 October the first working day (Civil Code 203); so for what left too."""
    facts = Facts(ciio=False, important=True, important_notified=date(2026, 8, 1), assessment="P", assessment_issued=on)
    found = tally([flow(on=date(2026, 10, 8), important=True)], facts, PACK, on)
    made = report(found, msgspec.structs.replace(facts, assessment=""), PACK, on, open_calendar())
    assert (made.steps[0].by, made.steps[0].state) == ("2026-10-08", state)
    assert report(found, facts, PACK, on, open_calendar()).outside == ()


EXTENDED = {"ciio": False, "important": False, "assessment": "P-1", "assessment_issued": date(2024, 4, 1),
            "assessment_extended": (date(2027, 3, 1),)}  # fmt: skip


@pytest.mark.parametrize(
    ("on", "clean", "ends"),
    [
        (date(2027, 2, 26), True, "2027-04-01"),  # not approved yet
        (date(2027, 3, 1), True, "2030-04-01"),
        (date(2030, 3, 31), True, "2030-04-01"),
        (date(2030, 4, 1), False, "2030-04-01"),
    ],
)
def test_an_extension_carries_three_years_more(on: date, clean: bool, ends: str) -> None:
    """令16 article 9; what left before it was approved was covered all the same."""
    left = [flow(on=date(on.year, 1, 5), sensitive=True), flow(on=on, sensitive=True)]
    _, made = judged(*left, facts=Facts(**EXTENDED), on=on)
    assert (made.clean, made.steps[0].by) == (clean, ends)


TWICE = {"assessment": "P-1", "assessment_issued": date(2024, 4, 1), "ciio": False, "important": False,
         "assessment_extended": [date(2027, 3, 1), date(2030, 2, 20)]}  # fmt: skip


@pytest.mark.parametrize(
    ("on", "clean", "ends"),
    [
        (date(2030, 2, 19), True, "2030-04-01"),  # the second is not approved yet
        (date(2030, 2, 20), True, "2033-04-01"),
        (date(2033, 3, 31), True, "2033-04-01"),
        (date(2033, 4, 1), False, "2033-04-01"),
    ],
)
def test_a_result_may_be_extended_again(on: date, clean: bool, ends: str) -> None:
    """令16 article 9 sets no limit: each approval carries three years more."""
    made = judged(flow(on=on, sensitive=True), facts=together(("facts", TWICE)), on=on)[1]
    assert (made.clean, made.steps[0].by) == (clean, ends)


@pytest.mark.parametrize(
    ("second", "good"), [(date(2027, 3, 1), False), (date(2027, 3, 31), False), (date(2027, 4, 1), True)]
)
def test_an_extension_does_not_come_before_the_term_it_extends(second: date, good: bool) -> None:
    """The day it was applied for beside that of its approval is no second extension: refused, not three years more."""
    facts = together(("facts", TWICE | {"assessment_extended": [date(2027, 3, 1), second]}))
    if good:
        assert judged(flow(on=second, sensitive=True), facts=facts, on=second)[1].steps[0].by == "2033-04-01"
        return
    with pytest.raises(BadInput, match="assessment_extended"):
        judged(flow(on=second, sensitive=True), facts=facts, on=second)


@pytest.mark.parametrize(
    ("left", "breach"),
    [(date(2027, 3, 31), False), (date(2027, 4, 1), True), (date(2027, 8, 31), True), (date(2027, 9, 1), False)],
)
def test_what_left_before_a_late_extension_was_approved_was_not_covered(left: date, breach: bool) -> None:
    """Lapsed on 1 April, approved on 1 September: asked about in between it is a violation, and afterwards still."""
    facts = together(("facts", TWICE | {"assessment_extended": date(2027, 9, 1)}))
    for on in {left, date(2027, 10, 8)}:
        made = judged(flow(on=left, sensitive=True), facts=facts, on=on)[1]
        assert any(step.state == "breach" for step in made.steps) == breach
        assert made.clean == (not breach)


def test_what_an_earlier_certificate_covered_is_no_breach() -> None:
    """Renewed on 2026-03-02: what left in January was covered by the one before; but nothing planned is."""
    earlier = [EARLIER]
    said = {"ciio": False, "important": False, "certificate": "C-2", "certificate_issued": date(2026, 3, 2)}
    left = [flow(on=date(2026, 1, 5), sensitive=True), flow(on=date(2026, 3, 1), sensitive=True)]
    assert [s.state for s in judged(*left, facts=together(("f", said)))[1].steps if s.state == "breach"] == ["breach"]
    assert judged(*left, facts=together(("f", said | {"earlier": earlier})))[1].clean
    gone = {"ciio": False, "important": False, "earlier": [earlier[0] | {"last": date(2026, 12, 31)}]}
    assert not judged(flow(on=date(2026, 7, 1), sensitive=True), facts=together(("f", gone)))[1].clean


@pytest.mark.parametrize(
    "said",
    [
        {"earlier": [{"carries": "contract", "number": "无", "first": date(2023, 3, 2), "last": date(2026, 3, 1)}]},
        {"earlier": [{"carries": "contract", "number": "C", "first": date(2026, 3, 2), "last": date(2026, 3, 1)}]},
        {"earlier": [{"carries": "gba", "number": "C", "first": date(2026, 3, 2), "last": date(2026, 3, 3)}]},
        {"assessment": "P-1", "assessment_extended": date(2026, 3, 1)},
        {"assessment": "P-1", "assessment_issued": date(2026, 3, 2), "assessment_extended": date(2026, 3, 1)},
    ],
)
def test_terms_that_cannot_be_are_refused(said: dict[str, Any]) -> None:
    """Nothing ends before it begins, nothing undated is extended, a word for none is no number."""
    with pytest.raises(BadInput, match=r"earlier|assessment_extended"):
        together(("facts", said))


def test_what_is_exempt_by_its_number_says_by_which_article(tmp_path: Path) -> None:
    """令16 article 5(1)(四), told with the route; not where a case in law alone exempts."""
    (tmp_path / "f.toml").write_text(
        "[controller]\nciio = false\nimportant = false\n[[flow]]\n"
        'date = 2026-03-01\nregion = "SG"\npersons = 99999\nsensitive = false\n', "utf-8",
    )  # fmt: skip
    told = gongyue("export-check", "--flows", tmp_path / "f.toml", "--on", "2026-06-30").stdout
    assert (
        told.startswith("路径：免予（令16 第三至六条）")
        and "一般 99,999，敏感 0" in told
        and "令16 第五条第一款第（四）项" in told
    )
    assert not any("第（四）项" in one.source for one in judged(flow(**HR))[1].know)


@pytest.mark.parametrize(
    ("on", "said"), [(date(2025, 4, 8), False), (date(2025, 4, 9), True), (date(2026, 6, 30), True)]
)
def test_a_group_may_file_together_whatever_the_route(on: date, said: bool) -> None:
    """From the day of the official answer, for the assessment as for the contract."""
    for persons in (1, 10_000):
        made = judged(flow(on=on, person=None, persons=persons, sensitive=True), on=on)[1]
        assert ("网信办问答 2025-04" in {one.source for one in made.know}) == said


def test_the_help_names_every_fact_and_column() -> None:
    """What may be stated can be looked up without the documents: each key of [controller], each column, each kind of file."""
    told = gongyue("export-check", "--help").stdout
    missing = [name for name in (*Facts.__struct_fields__, "date", *Flow.__struct_fields__, *KINDS) if name not in told]
    assert not missing
