"""Two shares for one change: the stricter by a person's choice, said on the sheet and by verify; nothing passes that the text forbids."""

from __future__ import annotations

import pytest

from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import sheet
from gongyue.covenant.binding.draft import Drafting
from gongyue.covenant.draft_edition import edition_of, faults_of

from .answering import settle

TEMPLATE = """島嶼學會章程
第一條　本會由秘書處處理日常會務。
第二條　會員大會之決議，以會員過半數之出席，出席人數過半數之同意行之。但章程之訂定與變更、會員之除名、本會之解散，應有出席人數三分之二以上同意。\
本會辦理法人登記後，章程之變更應有全體會員過半數之出席，出席會員四分之三以上之同意，或有全體會員三分之二以上書面之同意。
第三條　本章程經會員大會通過，報經主管機關核備後施行，變更時亦同。
"""
"""As charters in Taiwan have it: before the registration as a legal person two thirds, after it three quarters."""
PLAIN = """湖区公约
第一条 秘书处作为本公约的执行机构。
第二条 登记以前，修改本公约须经{before}同意。
第三条 登记以后，修改本公约须经{after}同意。
第四条 本公约由会员签署，报主管部门批准，自公布之日起施行。
"""
WEIGHTY = """湖区公约
第一条 秘书处作为本公约的执行机构。
第二条 会员大会须有三分之二以上会员出席方能召开。{defined}
第三条 章程的修改须经出席会员三分之二以上通过，重大事项须经出席会员四分之三以上通过。
第四条 本公约由会员签署，报主管部门批准，自公布之日起施行。
"""


def drafted(text: str, words: str, at: str) -> Drafting:
    """A draft with these words bound to changes and everything else answered."""
    d = binding_draft.begin(text.encode(), "x.txt").bind("amendment.adoption", words, at)
    return settle(d, [])[0]


def left(d: Drafting) -> list[str]:
    """What is said of the shares for changes that are not carried out."""
    entries = sheet.otherwise(d.read.outline.parts, d.records.bindings)
    return [e.zh for e in entries if e.capability == "amendment.adoption"]


def test_the_templates_charter_is_bound_by_its_stricter_share() -> None:
    """The sentence from before the registration is another matter; both it and the second way are told; the edition holds."""
    d = drafted(TEMPLATE, "出席會員四分之三以上之同意", "2")
    assert faults_of(d) == () and edition_of(d).open == ()
    assert left(d) == [
        "同是修改另写有“三分之二”，照较严的“出席會員四分之三以上之同意”执行",
        "“三分之二”是另一途径，不代为计算；只照“出席會員四分之三以上之同意”执行",
    ]
    made = sheet.sheet_of(d.read.outline.parts, d.records.bindings, d.decisions, d.records.absent)
    assert {"同是修改另写有“三分之二”，照较严的“出席會員四分之三以上之同意”执行"} <= {e.zh for e in made.beyond}


def test_the_laxer_of_both_binds_nothing() -> None:
    """Two thirds after the registration would let pass what the text asks three quarters for."""
    d = drafted(TEMPLATE, "應有出席人數三分之二以上同意", "2")
    assert [f.why for f in faults_of(d)] == ["borrowed"]


@pytest.mark.parametrize(
    ("before", "stricter"),
    [
        ("出席会员三分之二以上", True),  # below
        ("出席会员超过三分之二", True),
        ("出席会员四分之三以上", None),  # the same: nothing is left
        ("出席会员超过四分之三", False),  # just above: three quarters are not enough
        ("出席会员五分之四以上", False),
        ("全体会员三分之二以上", False),  # of all members: three quarters of those present may be fewer
    ],
)
def test_only_what_reaches_the_other_share_too_is_the_stricter(before: str, stricter: bool | None) -> None:
    """By number, by whether it is enough itself, and by whom it is counted of."""
    d = drafted(
        PLAIN.format(before=before, after="出席会员四分之三以上"), "修改本公约须经出席会员四分之三以上同意", "3"
    )
    assert [f.why for f in faults_of(d)] == (["borrowed"] if stricter is False else [])
    assert len(left(d)) == int(stricter is True)


def test_a_share_of_all_is_stricter_than_the_same_of_ballots() -> None:
    """Whatever two thirds of the roll consent to, two thirds of those present do."""
    text = PLAIN.format(before="出席会员三分之二以上", after="全体会员三分之二以上")
    assert faults_of(drafted(text, "修改本公约须经全体会员三分之二以上同意", "3")) == ()


def test_the_share_of_weighty_matters_is_none_of_changes() -> None:
    """章程的修改 has its own beside it; where the text counts changes among weighty matters, it is refused."""
    words = "章程的修改须经出席会员三分之二以上通过"
    d = drafted(WEIGHTY.format(defined=""), words, "3")
    assert faults_of(d) == () and left(d) == [f"“四分之三”是重大事项的份额，不用于修改；修改照“{words}”执行"]
    for defined in ("重大事项包括章程的修改。", "章程的修改、会员的除名等重大事项由会员大会决定。"):
        assert [f.why for f in faults_of(drafted(WEIGHTY.format(defined=defined), words, "3"))] == ["borrowed"]


HEAD = "島嶼學會章程\n第一條　本會由秘書處處理日常會務。\n第二條　會員大會之決議，以會員過半數之出席，出席人數過半數之同意行之。"
TAIL = "\n第三條　本章程經會員大會通過，報經主管機關核備後施行，變更時亦同。\n"
WRITTEN = {
    "later first, in two sentences": "本會辦理法人登記後，章程之變更應有出席會員四分之三以上之同意。章程之變更，於登記前應有出席會員三分之二以上之同意。",
    "earlier first, in one": "但章程之訂定與變更應有出席會員三分之二以上之同意，於法人登記後，應有出席會員四分之三以上之同意。",
    "later first, in one": "章程之變更，法人登記後須經出席會員四分之三以上同意，登記前須經出席會員三分之二以上同意。",
    "later first, by semicolon": "本會辦理法人登記後，章程之變更以出席人數四分之三以上之同意行之；登記前章程之變更以出席人數三分之二以上同意行之。",
    "with a second way, list behind": "本會辦理法人登記後，章程之變更以出席人數四分之三以上之同意或全體會員三分之二以上書面之同意行之。"
    "但下列事項之決議以出席人數三分之二以上同意行之：一、章程之訂定與變更。二、會員之除名。三、理事、監事之罷免。",
    "list first, with a second way": "但下列事項之決議以出席人數三分之二以上同意行之：\n一、章程之訂定與變更。\n二、會員之除名。\n"
    "本會辦理法人登記後，章程之變更以出席人數四分之三以上之同意或全體會員三分之二以上書面之同意行之。",
}  # fmt: skip
"""One rule of Taiwan's standard charter, in the orders and forms in which charters write it; none has a heading."""


@pytest.mark.parametrize("written", WRITTEN)
def test_however_both_shares_are_written_the_stricter_is_proposed_and_runs(written: str) -> None:
    """What is proposed, taken as it is, can be frozen; that two thirds are left is said."""
    text = HEAD + WRITTEN[written] + TAIL
    d, _ = settle(binding_draft.begin(text.encode(), "x.txt"), [])
    (bound,) = [b for b in d.records.bindings if b.capability == "amendment.adoption"]
    assert (bound.value, bound.base) == ("3/4", "present") and faults_of(d) == () and edition_of(d).open == ()
    assert f"同是修改另写有“三分之二”，照较严的“{bound.words}”执行" in left(d)


@pytest.mark.parametrize(
    ("before", "why"),
    [("三分之二以上", []), ("四分之三以上", []), ("超過四分之三", ["borrowed"]), ("五分之四以上", ["borrowed"])],
)
def test_in_one_sentence_too_only_the_stricter_runs(before: str, why: list[str]) -> None:
    """Just below, the same, just above and above: a share that may be fewer than the other asks for is refused."""
    text = f"{HEAD}章程之變更，登記前須經出席會員{before}同意，法人登記後須經出席會員四分之三以上之同意。{TAIL}"
    assert [f.why for f in faults_of(drafted(text, "法人登記後須經出席會員四分之三以上之同意", "2"))] == why


def test_two_shares_of_one_sentence_without_a_registration_are_refused_as_before() -> None:
    """Nothing says when either holds."""
    text = f"{HEAD}章程之變更，須經出席會員三分之二以上同意，且經出席會員四分之三以上之同意。{TAIL}"
    assert "borrowed" in [f.why for f in faults_of(drafted(text, "且經出席會員四分之三以上之同意", "2"))]
