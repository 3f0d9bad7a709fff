"""How a column is decided: rare values, names that speak for a type, masked beside raw, damaged numbers, counters."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pytest

from gongyue.conduct.scanning.columns import Decision
from gongyue.conduct.scanning.entity_types import kinds
from gongyue.conduct.scanning.tables import Column
from gongyue.conduct.scanning.texts import spans
from tests.conduct.scanning.inventing import Inventor
from tests.conduct.scanning.running import scan

DRAW = Inventor(61)
ROWS = 2000
KEYS = ["AKIA" + DRAW.digits(16) for _ in range(10)]
"""Of the form of a key: its prefix, sixteen digits."""


def decided(name: str, cells: list[str], chunk: int = ROWS) -> dict[str, Decision]:
    """Decision by type."""
    column = Column(name)
    for first in range(0, len(cells), chunk):
        column.add(pa.array(cells[first : first + chunk]))
    return {kinds()[d.kind].name: d for d in column.types()}


def among(values: list[str], filler: str, rows: int = ROWS) -> list[str]:
    """The values spread over a column of filler."""
    cells = [filler] * rows
    for i, value in enumerate(values):
        cells[i * (rows // len(values))] = value
    return cells


def hashes() -> list[str]:
    return [hashlib.md5(b"%d" % i, usedforsecurity=False).hexdigest() for i in range(ROWS)]


@pytest.mark.parametrize("few", [4, 20])
@pytest.mark.parametrize(
    ("make", "kind", "names"),
    [
        (DRAW.mobile, "CN_MOBILE", ("remark", "mobile", "手机号")),
        (DRAW.citizen, "CN_ID", ("remark", "id_card", "身份证号")),
        (DRAW.card, "BANK_CARD", ("remark", "bank_card")),
        (DRAW.email, "EMAIL", ("remark", "email")),
    ],
)
def test_a_name_that_speaks_for_a_type_never_hides_it(make: Any, kind: str, names: tuple[str, ...], few: int) -> None:
    """A leftover of .2 % or 1 % is found under any name, with the same count, among words and among hashes."""
    values = [make() for _ in range(few)]
    half = hashes()
    half[:: ROWS // few] = values
    for cells in (among(values, "已注销"), half):
        assert {name: decided(name, cells)[kind].cells for name in names} == dict.fromkeys(names, few)


def test_a_few_birthdays_are_found_in_a_column_of_them() -> None:
    """Twenty among words, also in a sentence; a day among numbers of eight digits is chance."""
    days = [f"19{DRAW.below(50, 99)}-0{DRAW.below(1, 10)}-1{DRAW.below(10)}" for _ in range(20)]
    for cells in (among(days, "未提供"), among([f"出生日期：{day}" for day in days], "未提供")):
        assert decided("birthday", cells)["DOB"].cells == 20
    assert decided("birthday", among(["19850203"], "98765432", 300)) == {}


@pytest.mark.parametrize("name", ["mobile", "手机号", "id_card", "bank_card", "email", "password", "api_key"])
def test_a_name_alone_makes_no_finding(name: str) -> None:
    """Filler of any of these names is clean, and numbers that are none: a date and a counter in a row."""
    for cells in ([""] * 50 + ["无"] * 50, [f"2024-01-{1 + i % 28:02}" for i in range(300)]):
        assert {k for k in decided(name, cells) if k != "SECRET"} == set()


@pytest.mark.parametrize("name", ["c", "api_key", "secret", "password", "token", "access_key"])
def test_keys_are_found_in_a_column_called_after_them(name: str) -> None:
    """Ten in a thousand rows, as under a name that says nothing; a column of passwords is told as a whole all the same."""
    found = decided(name, among(KEYS, "ok", 1000))
    assert (found["SECRET"].cells, found["SECRET"].tier) == (10, "valid")
    if name == "password":
        whole = decided(name, [*KEYS, *(f"Xy{i}-{i * 7919}" for i in range(990))])["SECRET"]
        assert (whole.cells, whole.tier) == (1000, "valid")


@pytest.mark.parametrize(("raw", "tier"), [(0, "masked"), (1, "masked"), (3, "valid"), (100, "valid"), (667, "valid")])
@pytest.mark.parametrize("name", ["mobile", "c7"])
def test_masked_values_do_not_hide_raw_ones(name: str, raw: int, tier: str) -> None:
    """The tier is that of the strongest, the cells are those of all tiers; one that may be chance does not tell."""
    cells = [DRAW.mobile() if i < raw else "138****0000" for i in range(ROWS)]
    found = decided(name, cells)["CN_MOBILE"]
    assert (found.tier, found.cells, found.share) == (tier, ROWS, 1.0)


def test_citizens_numbers_with_wrong_checks_stay_plausible() -> None:
    """One check in eleven is right by chance; a fifth is not."""
    wrong = [DRAW.citizen(good=False) for _ in range(200)]
    assert decided("id_card", [*wrong, *(DRAW.citizen() for _ in range(20))])["CN_ID"].tier == "plausible"
    assert decided("id_card", [*wrong, *(DRAW.citizen() for _ in range(60))])["CN_ID"].tier == "valid"


def test_names_left_whole_among_hidden_ones_are_told() -> None:
    """张** in all cells but three; of one alone nobody knows that it is no word."""
    hidden = [DRAW.person()[0] + "**" for _ in range(200)]
    for whole, tier in ((0, "masked"), (3, "valid")):
        cells = ["王建国", "李秀英", "张志强"][:whole] + hidden[whole:]
        assert decided("姓名", cells)["PERSON"].tier == tier


def test_a_baseline_knows_the_tier(tmp_path: Path) -> None:
    """From masked to raw is new; from raw to masked is not. A baseline without a tier, or with another, is none."""
    path, known = tmp_path / "t.csv", tmp_path / "known.json"
    masked = "mobile,n\n" + "138****0000,x\n" * 50
    raw = "mobile,n\n" + "".join(f"{DRAW.mobile()},x\n" for _ in range(50))
    path.write_text(masked)
    assert scan(path, "--write-baseline", known).exit_code == 0
    assert [f["tier"] for f in json.loads(known.read_text())["findings"]] == ["masked"]
    exits = []
    for text in (masked, raw):
        path.write_text(text)
        exits.append(scan(path, "--baseline", known).exit_code)
    scan(path, "--write-baseline", known)
    path.write_text(masked)
    exits.append(scan(path, "--baseline", known).exit_code)
    assert exits == [0, 1, 0]
    held = json.loads(known.read_text())
    del held["findings"][0]["tier"]
    known.write_text(json.dumps(held))
    assert scan(path, "--baseline", known).exit_code == 4
    known.write_text(json.dumps(held | {"findings": [held["findings"][0] | {"tier": "sure"}]}))
    assert scan(path, "--baseline", known).exit_code == 4


def powered(number: str) -> str:
    """As a table writes it that takes it for a quantity."""
    return f"{number[0]}.{number[1:].rstrip('0')}E+{len(number) - 1}"


@pytest.mark.parametrize("name", ["remark", "c", "手机号"])
def test_mobile_numbers_written_as_quantities_are_found(name: str) -> None:
    """All digits are there, but for a 0 at the end."""
    numbers = [n for n in (DRAW.mobile() for _ in range(500)) if not n.endswith("00")]
    found = decided(name, [powered(n) for n in numbers])["CN_MOBILE"]
    assert (found.cells, found.tier) == (len(numbers), "valid")


def test_quantities_are_no_mobile_numbers() -> None:
    """Random ones of eleven digits; with a fraction; in a text without a label; of which digits were lost."""
    quantities = [f"{1 + DRAW.below(9)}.{DRAW.digits(9)}{1 + DRAW.below(9)}E+10" for _ in range(500)]
    assert decided("c", quantities) == decided("c", ["1.391E+10"] * 500) == {}
    assert decided("c", [f"1.39{DRAW.digits(11)}7E+10" for _ in range(500)]) == {}
    assert spans(["频率1.3900000001E+10赫兹", "手机号：1.39E+10", "手机号：1.39000000012E+10"]) == [[], [], []]


def test_a_number_written_as_a_quantity_is_found_after_its_label() -> None:
    """From its first sign to the last of the power."""
    for text in ("手机号：1.3900000001E+10", "手机号：1.3900000001e10。"):
        assert [(text[a:b], kind) for a, b, kind in spans([text])[0]] == [(text[4:].rstrip("。"), "CN_MOBILE")]


@pytest.mark.parametrize("name", ["id_card", "证件号", "证件号码"])
def test_citizens_numbers_a_spreadsheet_cut_are_told_by_the_columns_name(name: str) -> None:
    """Fifteen digits of eighteen are left."""
    found = decided(name, [f"{DRAW.citizen()[0]}.{DRAW.digits(14)}E+17" for _ in range(300)])
    assert {k: d.tier for k, d in found.items()} == {"CN_ID": "plausible"}


def test_a_counter_is_no_list_of_mobile_numbers() -> None:
    """Each number the one before and 1, in whatever pieces it comes; with a gap, or called after telephones, it is one."""
    counter = [str(13000000000 + i) for i in range(ROWS)]
    gap = [*counter[:1000], *(str(int(n) + 1) for n in counter[1000:])]
    assert decided("c", counter) == decided("c", counter, chunk=300) == {}
    for name, cells in (
        ("c", gap),
        ("c", counter[:99]),
        ("c", sorted(DRAW.mobile() for _ in range(ROWS))),
        ("mobile", counter),
    ):
        assert set(decided(name, cells)) == {"CN_MOBILE"}


@pytest.mark.parametrize("filler", ["ok", "未提供", ""])
@pytest.mark.parametrize("name", ["name", "姓名", "联系人"])
def test_a_few_names_are_found_where_all_else_is_filler(name: str, filler: str) -> None:
    """One in twenty, in a column called after people; among many other words nobody knows that they are names."""
    people = [DRAW.person() for _ in range(100)]
    found = decided(name, among(people, filler))
    assert set(found) == {"PERSON"} and found["PERSON"].cells >= 90
    words = [f"{filler or '品'}{DRAW.digits(3)}" for _ in range(ROWS)]
    words[:: ROWS // 40] = people[:40]
    assert "PERSON" not in decided(name, words)
    assert "PERSON" not in decided(name, [""] * 300 + words)


def test_a_few_words_that_could_be_names_said_over_and_over_are_none() -> None:
    """Kinds of customers in a column called 客户."""
    assert decided("客户", (["金牌", "普通", "高级"] * 15 + ["安宁", "易方"]) * 20) == {}


@pytest.mark.parametrize(
    ("name", "make", "kind"),
    [
        ("纬度", lambda: f"31.{DRAW.digits(6)}", "GPS"),
        ("手机号", lambda: f"1.39000000{DRAW.digits(2)}E+10"[:9] + "E+10", "CN_MOBILE"),
        ("出生日期", lambda: f"19{DRAW.digits(1)}3-0{DRAW.digits(1).replace('0', '1')}", "DOB"),
    ],
)
def test_what_only_the_first_cells_tell_is_told_of_a_column_that_is_mostly_empty(
    name: str, make: Any, kind: str
) -> None:
    """Three cells of ten are filled, or none of the first thousand."""
    sparse = [make() if i % 10 < 3 else None for i in range(ROWS)]
    late = ["" if i < 1000 else make() for i in range(ROWS)]
    assert set(decided(name, sparse)) == set(decided(name, late, 400)) == {kind}


@pytest.mark.parametrize(
    "midnight", [" 0:00", " 0:00:00", " 00:00:00.0", "T00:00:00", "T16:00:00.000Z", "T00:00:00+08:00", ""]
)
def test_midnight_after_a_day_of_birth_is_part_of_it(midnight: str) -> None:
    """As spreadsheets, Java and JavaScript write a day; any other time of day is none."""
    days = [f"{1931 + i % 75}/{1 + i % 12}/{1 + i % 28}" for i in range(ROWS)]
    assert set(decided("c1", [day + midnight for day in days])) == {"DOB"}
    assert not decided("c1", [f"{day} 08:3{i % 10}" for i, day in enumerate(days)])
    assert spans([f"出生 1983/5/2{midnight} 完"])[0] == [[3, 11 + len(midnight), "DOB"]]


def test_a_vehicle_number_in_small_letters_is_one_where_it_stands_alone() -> None:
    """A column of them; in the midst of a text it may be any code."""
    assert set(decided("c1", ["lsvaa49j132047371", "1m8gdm9axkp042788"] * 50)) == {"VIN"}
    assert not spans(["文件 lsvaa49j132047371 已存"])[0]


def test_names_that_json_or_a_url_spells_out_are_found_beside_numbers() -> None:
    r"""\u5f20 and %E5 in cells that hold what is found without reading them."""
    people = [(DRAW.person(), DRAW.mobile()) for _ in range(200)]
    assert set(decided("body", [json.dumps({"姓名": n, "tel": m, "好": "\U0001f600"}) for n, m in people])) == {
        "CN_MOBILE",
        "PERSON",
    }
    assert set(decided("url", [f"tel={m}&name={quote(n)}" for n, m in people])) == {"CN_MOBILE", "PERSON"}


@pytest.mark.parametrize("name", ["c1", "料号"])
def test_numbers_grouped_three_two_four_are_no_social_security_numbers_where_one_in_ten_cannot_be(name: str) -> None:
    """Nine of ten random ones can be; in a column of real ones all are."""
    assert not decided(name, [f"{DRAW.digits(3)}-{DRAW.digits(2)}-{DRAW.digits(4)}" for _ in range(300)])
    assert set(decided("c1", [f"2{i % 90 + 10}-{i % 99 + 1:02}-{i + 1:04}" for i in range(300)])) == {"US_SSN"}


@pytest.mark.parametrize(
    ("name", "cell", "kind"),
    [("ssn", "***-**-0173", "US_SSN"), ("车牌号", "浙A**017", "PLATE"), ("phone", "138**00013", "")],
)
def test_numbers_of_which_two_signs_are_hidden_are_masked(name: str, cell: str, kind: str) -> None:
    """In a column called after them, and of their length."""
    assert {k: d.tier for k, d in decided(name, [cell] * 50).items()} == ({kind: "masked"} if kind else {})


@pytest.mark.parametrize("name", ["建成时间", "built", "生产日期"])
def test_days_on_which_things_were_made_are_no_births(name: str) -> None:
    """Though their years are those of people."""
    assert not decided(name, [f"{1951 + i % 70}-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(ROWS)])


def test_goods_that_read_like_names_are_words() -> None:
    """Brands, teas, foreign words, figures of novels."""
    goods = (
        "苏泊尔高压锅",
        "金骏眉红茶",
        "波司登羽绒服",
        "雷士吸顶灯",
        "范思哲香水",
        "马卡龙礼盒",
        "高尔夫球杆",
        "王熙凤手办",
    )
    assert not decided("c1", [f"{g}{i % 7}件" for i, g in enumerate(goods * 40)])


@pytest.mark.parametrize("name", ["会员卡号", "用户储值卡号", "gift_card_no", "giftCardNo", "卡号", "银行卡号"])
def test_cards_that_are_no_banks_are_told_by_the_name_of_their_column(name: str) -> None:
    """Numbers of sixteen digits of which one in ten passes; a bank's own in such a column are found all the same."""
    others = ["66" + DRAW.digits(14) for _ in range(300)]
    assert ("BANK_CARD" in decided(name, others)) == (name in {"卡号", "银行卡号"})
    assert "BANK_CARD" in decided(name, [DRAW.card() for _ in range(300)])


@pytest.mark.parametrize("name", ["host", "server", "主机", "version", "app_ver"])
def test_small_addresses_are_versions_unless_their_column_is_called_after_machines(name: str) -> None:
    """10.0.0.5 may be either."""
    cells = ["10.0.0.5", "10.0.0.6", "10.2.1.19"] * 50
    assert ("IPV4" in decided(name, cells)) == (name in {"host", "server", "主机"})


@pytest.mark.parametrize("name", ["制单", "审批", "复核", "经办", "前台", "c7"])
def test_a_column_called_after_what_somebody_did_holds_the_same_few_people(name: str) -> None:
    """Three names of two signs, over and over; what was decided there is nobody."""
    assert ("PERSON" in decided(name, ["张伟", "李娜", "王芳"] * 50)) == (name != "c7")
    assert "PERSON" not in decided(name, ["通过", "驳回", "待定", "高", "王"] * 50)
