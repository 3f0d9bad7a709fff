"""Columns as others write them: thousands set apart, other masks than stars, Taiwan's signs, names among firms, lists of words."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pyarrow as pa
import pytest

from gongyue.conduct.scanning.column_triggers import name_bits
from gongyue.conduct.scanning.entity_types import kinds
from gongyue.conduct.scanning.tables import Column
from gongyue.conduct.scanning.wordlists import kind_of
from tests.conduct.scanning.inventing import Inventor
from tests.conduct.scanning.test_columns import decided

DRAW = Inventor(83)
ROWS = 400
WORDS = "华莱士 苏泊尔 谢馥春 吴裕泰 欧也妮·葛朗台 边城 海信 方太 长虹 万和 小天鹅 美的 海尔 格力 九阳 创维 老板 华帝"
"""Brands, titles; some read like names."""
MOBILES = [DRAW.mobile() for _ in range(ROWS)]
CITIZENS = [DRAW.citizen(first=1900, last=1905) for _ in range(ROWS)]
CARDS = [DRAW.card(n=16) for _ in range(ROWS)]
FIRMS = [f"{city}{word}{what}" for city in ("杭州", "成都", "大连") for word in ("云帆", "恒信", "金桥") for what in ("科技有限公司", "物流")]  # fmt: skip


def tiers(name: str, cells: list[str]) -> dict[str, str]:
    return {kind: d.tier for kind, d in decided(name, cells).items()}


@pytest.mark.parametrize("name", ["c3", "手机号", "phone"])
def test_numbers_written_as_amounts_are_found(name: str) -> None:
    """With thousands set apart, as spreadsheets show them."""
    assert tiers(name, [f"{int(m):,}" for m in MOBILES]) == {"CN_MOBILE": "valid"}
    assert tiers("c3", [c + ".00" for c in CARDS]) == {"BANK_CARD": "valid"}


def test_amounts_are_no_numbers_of_people() -> None:
    """Eleven digits that begin with 1, sixteen, eighteen; with a fraction; in a column of serial numbers."""
    for lead, n in (("1", 10), ("", 16), ("", 18)):
        cells = [lead + str(1 + DRAW.below(9)) + DRAW.digits(n - 1) for _ in range(ROWS)]
        assert decided("amount", [f"{int(c):,}" for c in cells]) == {}
        assert decided("c3", [f"{int(c):,}.00" for c in cells]) == {}
    assert decided("sn", [f"4{DRAW.digits(3)}XXXX{DRAW.digits(4)}" for _ in range(ROWS)]) == {}


@pytest.mark.parametrize("sign", "*xX×#●•")
def test_numbers_hidden_by_any_sign_are_masked(sign: str) -> None:
    """Crosses, dots and hashes hide as stars do."""
    for kind, cells in (
        ("CN_MOBILE", [m[:3] + sign * 4 + m[7:] for m in MOBILES]),
        ("CN_ID", [c[:6] + sign * 8 + c[14:] for c in CITIZENS]),
        ("BANK_CARD", [c[:6] + sign * 6 + c[12:] for c in CARDS]),
    ):
        assert tiers("c3", cells) == {kind: "masked"}


@pytest.mark.parametrize(
    ("name", "kind", "cell"),
    [
        ("联系电话", "CN_MOBILE", "*******0173"),
        ("bankAccount", "BANK_CARD", "**** **** **** 0173"),
        ("银行卡号", "BANK_CARD", "************0173"),
        ("身份证号", "CN_ID", "1****************X9"[:17] + "9"),
        ("护照号", "PASSPORT", "E12****89"),
        ("车牌号", "PLATE", "浙A1***5"),
    ],
)
def test_a_few_digits_that_are_left_are_told_by_the_columns_name(name: str, kind: str, cell: str) -> None:
    """The heading says of what they are left."""
    assert tiers(name, [cell] * 50) == {kind: "masked"}
    assert decided("c3", [cell] * 50).get(kind) is None or name == "身份证号"
    assert decided(name, ["***********"] * 50) == {}


def test_masked_cards_are_no_citizens_numbers_in_a_column_of_cards() -> None:
    """Eighteen signs that begin with the code of a province."""
    cells = [f"6229**********{DRAW.digits(4)}" if i % 2 else f"6222**********{DRAW.digits(5)}" for i in range(ROWS)]
    assert "CN_ID" not in decided("卡号", cells)


@pytest.mark.parametrize("name", ["c3", "姓名"])
def test_names_hidden_in_the_middle_are_masked(name: str) -> None:
    """By one sign or several, whichever they are."""
    for form in ("{}*{}", "{}**{}", "{}×{}", "{}○○", "{}***"):
        assert tiers(name, [form.format(p[0], p[-1]) for p in (DRAW.person() for _ in range(ROWS))]) == {"PERSON": "masked"}  # fmt: skip


@pytest.mark.parametrize("share", [30, 40, 50, 60, 70])
def test_names_among_firms_are_found_in_any_share(share: int) -> None:
    """From three in ten to nearly all."""
    cells = [DRAW.person() if i % 100 < share else FIRMS[i % len(FIRMS)] for i in range(1000)]
    assert set(decided("c3", cells)) == {"PERSON"}


@pytest.mark.parametrize("name", ["c3", "order_no"])
def test_citizens_numbers_among_other_numbers_of_their_length_are_found(name: str) -> None:
    """A quarter is far more than chance, even among numbers made of an area, a day and a count."""
    others = [c[:14] + DRAW.digits(4) for c in CITIZENS]
    for every in (2, 3, 4):
        cells = [c if i % every == 0 else o for i, (c, o) in enumerate(zip(CITIZENS, others, strict=True))]
        assert set(decided(name, cells)) == {"CN_ID"}
    assert decided(name, others) == {}


@pytest.mark.parametrize("encoded", [False, True])
def test_words_that_read_like_names_are_a_list_where_they_stand_over_and_over(encoded: bool) -> None:
    """Brands and titles; as a dictionary too."""
    words = WORDS.split()
    array = pa.array([words[i * 7 % len(words)] for i in range(ROWS)])
    column = Column("c3")
    column.add(array.dictionary_encode() if encoded else array)
    assert column.types() == []


@pytest.mark.parametrize("name", ["c3", "地址"])
def test_addresses_in_the_signs_of_taiwan_and_hong_kong_are_found(name: str) -> None:
    """Traditional signs are read as their simplified ones."""
    towns = ("台北市大安區中山路四段{}號{}樓", "新北市板橋區文化路一段{}號{}樓", "高雄市三民區建國二路{}號{}樓")
    cells = [DRAW.pick(towns).format(DRAW.below(1, 300), DRAW.below(2, 20)) for _ in range(ROWS)]
    assert set(decided(name, cells)) == {"ADDRESS"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("手機號碼", "CN_MOBILE"), ("聯絡電話", "PHONE"), ("銀行帳號", "BANK_CARD"), ("護照號碼", "PASSPORT"), ("車牌號碼", "PLATE"),
        ("idNumber", "CN_ID"), ("identity_no", "CN_ID"), ("taiwanPermit", "TW_PERMIT"), ("hz_csrq", "DOB"), ("kh_sbkh", "SOCIAL_SEC"),
        ("qqh", "QQ"), ("创建人", "PERSON"), ("created_by", "PERSON"), ("成立日期", "NEGATIVE"), ("收件方", "PERSON"), ("出生时间", "DOB"),
    ],
)  # fmt: skip
def test_headings_are_understood(name: str, kind: str) -> None:
    """In Chinese, pinyin, English and what is made of them."""
    assert name_bits(name) >> kind_of(kind) & 1


def test_parts_of_headings_that_say_nothing_stay_so() -> None:
    """Two letters may stand for anything."""
    assert name_bits("hz_sj") == name_bits("c_gh") == name_bits("goods_xm") == 0


@pytest.mark.parametrize("form", ["{y}-{m:02}", "{y}{m:02}", "{y}.{m:02}", "{y}年{m}月", "{d:02}-Mar-{y}", "March {d}, {y}", "00/{m:02}/{d:02}"])  # fmt: skip
def test_months_and_days_of_birth_are_told_by_the_columns_name(form: str) -> None:
    """A month, a year of two digits, a month spelled out."""
    days = [DRAW.day(1900, 1906) for _ in range(ROWS)]
    cells = [form.format(y=y, m=m, d=d) for y, m, d in days]
    assert set(decided("出生年月", cells)) == {"DOB"}
    assert "DOB" not in decided("c3", cells)


def test_days_on_which_firms_were_founded_are_no_birthdays() -> None:
    """Whatever the heading calls them."""
    cells = [f"{DRAW.below(1950, 2020)}-{DRAW.below(1, 13):02}-{DRAW.below(1, 29):02}" for _ in range(ROWS)]
    assert set(decided("c3", cells)) == {"DOB"}
    assert decided("成立日期", cells) == decided("入职日期", cells) == decided("hire_date", cells) == {}


def test_what_a_url_spells_out_is_read() -> None:
    """Percent signs are undone first."""
    cells = [f"u=https%3A%2F%2Fa.example%2F%3Fphone%3D{m}%26n%3D1" for m in MOBILES]
    assert set(decided("referer", cells)) == {"CN_MOBILE"}
    assert set(decided("c3", [quote(DRAW.email()) for _ in range(ROWS)])) == {"EMAIL"}
    assert decided("c3", [f"q=%E6%89%8B%E6%9C%BA%20{DRAW.digits(11)}" for _ in range(ROWS)]) == {}


def test_vectors_and_shares_are_no_coordinates() -> None:
    """Near the equator and Greenwich is only sea; near Quito and Shanghai are people."""

    def pair(size: float) -> str:
        return f"{DRAW.rng.uniform(0, size):.5f},{DRAW.rng.uniform(0, size):.5f}"

    assert decided("c3", [pair(1) for _ in range(ROWS)]) == {}
    assert decided("c3", ["[" + ",".join(pair(1) for _ in range(4)) + "]" for _ in range(ROWS)]) == {}
    for lat, lng in ((-0.22, -78.51), (31.23, 121.47)):
        cells = [f"{lat + DRAW.rng.uniform(0, 0.1):.5f},{lng + DRAW.rng.uniform(0, 0.1):.5f}" for _ in range(ROWS)]
        assert set(decided("c3", cells)) == {"GPS"}


@pytest.mark.parametrize(("name", "cell"), [("is_password_set", "true"), ("password_changed_at", "2024-08-25T19:50:01.825")])  # fmt: skip
def test_what_is_said_of_a_password_is_none(name: str, cell: str) -> None:
    """When it was changed, whether it is set."""
    assert decided(name, [cell] * ROWS) == {}


def test_firms_in_english_are_no_people() -> None:
    """Two capitalised words alone would be a person."""
    firms = ["Shenzhen Yunfan Technology", "Beijing Hengxin Trading", "Wuhan Jinqiao Logistics"]
    assert decided("name_en", [DRAW.pick(firms) for _ in range(ROWS)]) == {}


@pytest.mark.parametrize("make", [pa.array, lambda cells: pa.array(cells).dictionary_encode()])
def test_a_dictionary_is_decided_as_what_it_stands_for(make: Any) -> None:
    """Five agents over and over, each in a cell among words; their names in a text."""
    people = [DRAW.person() for _ in range(5)]
    for cells in (["未分配", *people[:1]] * 200, [f"客服{people[i % 5]}已回电" for i in range(ROWS)]):
        column, plain = Column("c3"), Column("c3")
        column.add(make(cells))
        plain.add(pa.array(cells))
        assert [(kinds()[d.kind].name, d.tier) for d in column.types()] == [(kinds()[d.kind].name, d.tier) for d in plain.types()]  # fmt: skip
