"""Columns of the same few people, of several papers, of numbers that hold others; and what stands in the names of columns."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gongyue.conduct.scanning.column_triggers import name_bits, of_things
from gongyue.conduct.scanning.masking import shown_names, valued_columns
from gongyue.conduct.scanning.texts import spans
from gongyue.conduct.scanning.wordlists import kind_of
from tests.conduct.scanning.inventing import SURNAMES, Inventor
from tests.conduct.scanning.running import scan
from tests.conduct.scanning.test_columns import among, decided

DRAW = Inventor(77)
ROWS = 600
LONG = [f"{DRAW.pick(SURNAMES)}{given}" for given in ("建国", "秀英", "欣怡", "志强", "雨桐", "浩然", "晓燕", "文博")]
"""Names of three signs."""


def over_and_over(values: list[str], rows: int = ROWS) -> list[str]:
    return [values[i * 7 % len(values)] for i in range(rows)]


def types(name: str, cells: list[str]) -> set[str]:
    return set(decided(name, cells))


@pytest.mark.parametrize(
    "name",
    ["跟进人", "班主任", "任课教师", "抄表员", "责任护士", "复核员", "检验者", "上级领导", "直属上级", "置业顾问", "教练", "校医", "维修工", "部门负责人",
     "供应商联系人", "承办人(工号)", "teacher", "Courier", "account_manager", "CUST_MGR_NM", "attending_doctor", "salesRep", "czy", "jbr", "shr"],
)  # fmt: skip
def test_two_people_over_and_over_are_told_by_a_name_that_ends_in_people(name: str) -> None:
    """What they do, in Chinese by its last sign or word, in English and in initials."""
    assert types(name, over_and_over(["张伟", "李若曦"])) == {"PERSON"}


@pytest.mark.parametrize("name", ["产品名称", "品牌", "user_agent", "工龄", "人"])
def test_a_name_of_things_tells_no_people(name: str) -> None:
    """Nor does one sign."""
    assert not name_bits(name) >> kind_of("PERSON") & 1


def test_words_that_only_a_columns_name_makes_names_are_nobody() -> None:
    """Places and firms over and over; with people among them they are."""
    words = ["李宁", "王老吉", "常州", "金华", "高平", "方正"]
    assert (
        types("责任主体人", over_and_over(words)) == types("区域经理", over_and_over(["华东", "安徽", "江苏"])) == set()
    )
    assert types("区域经理", over_and_over(["张伟", "李秀英", "高平"])) == {"PERSON"}


@pytest.mark.parametrize("count", [3, 8])
def test_the_same_few_people_are_told_without_a_name(count: int) -> None:
    """Nearly all cells are one of three names or more; not two, not among other words, not where things stand."""
    cells = over_and_over(LONG[:count])
    assert {kind: d.tier for kind, d in decided("c7", cells).items()} == {"PERSON": "plausible"}
    assert types("c7", over_and_over(LONG[:2])) == types("品牌", cells) == set()
    assert types("c7", [cell if i % 5 else "其他" for i, cell in enumerate(cells)]) == set()


@pytest.mark.parametrize(
    "words",
    ["李宁 王老吉 周大福 张小泉 老干妈 马应龙 周黑鸭 全聚德 方太 雷允上 谢馥春", "高尔夫 帕萨特 卡罗拉 朗逸", "何首乌 金银花 车前子 余甘子 石楠",
     "魏公村 车公庙 龙翔桥 马家堡 黄村",
     "贝叶斯 戴维南 卡尔曼 傅里叶", "金骏眉 龙井 毛尖", "江宁 高新 金水 白云", "金牌 高级 安宁"],
)  # fmt: skip
def test_the_same_few_words_are_nobody(words: str) -> None:
    """Brands, cars, herbs, stations, theorems, teas, districts, classes."""
    assert types("c7", over_and_over(words.split())) == set()


def test_a_few_names_after_labels_are_found_in_a_text() -> None:
    """One in a hundred, as the numbers beside them; a label before what is no name tells nothing, nor do names by themselves."""
    for form in ("联系人：{}，下午送", "改由收件人{}签收", "你好，我叫{}", "客户姓名：{}"):
        cells = among([form.format(name) for name in LONG[:6]], "已处理")
        assert decided("remark", cells)["PERSON"].cells == 6
    rest = ["客户高兴", "联系人：前台", "会员金卡升级", "司机：待定", "用户：管理员", "员工关怀"]
    assert (
        types("remark", among(rest, "已处理"))
        == types("remark", among([f"昨天{n}没来" for n in LONG[:6]], "好"))
        == set()
    )


def test_the_same_stations_in_many_pairs_are_nobody() -> None:
    """Names that stand in a text are of more than four."""
    stations = ["余杭", "罗湖", "龙翔桥", "车公庙", "马家堡", "武昌", "杭州东", "江汉路"]
    assert types("路由", [f"{a}→{b}" for a in stations for b in stations] * 5) == set()


PROGRAMS = [
    "wx_openid",
    "wx_unionid",
    "wx_nickname",
    "wx_avatar",
    "wx_order_no",
    "wechat_pay_no",
    "Unnamed: 0",
    "Unnamed: 12",
]
"""What programs call columns."""


@pytest.mark.parametrize(
    "name", [*PROGRAMS, "Alpha Grant", "Frank Page", "Pearson Corr", "Cox Hazard", "房龄", "赵体", "汤品", "贝叶斯"]
)
def test_a_word_as_a_columns_name_is_no_value(tmp_path: Path, name: str) -> None:
    """It is shown as it is, and no finding."""
    path = tmp_path / "t.csv"
    path.write_text(f"部门,{name}\n一,7\n二,8\n")
    report = json.loads(scan(path, "--json").stdout)
    assert [c["name"] for c in report["tables"][0]["columns"]] == ["部门", name] and not report["findings"]


def test_columns_called_after_people_are_several() -> None:
    """One alone is a word; beside another value it is a person; parts between dots count by themselves."""
    assert valued_columns(["部门", "张伟"]) == [] and shown_names(["部门", "张伟"]) == ["部门", "张伟"]
    assert valued_columns(["张伟", "王建国", "房龄"]) == ["张伟", "王建国"]
    assert shown_names(["who.张伟", "who.13900000001"]) == ["who.张*", "who.13*******01"]
    assert valued_columns(["wxid_" + "a1b2c3d4e5f6g7"]) and not valued_columns(
        ["wxid", "张伟评分表", "Frank Page", "Alpha Grant"]
    )


def test_a_number_inside_a_uuid_is_none() -> None:
    """Nor is one amid a text; what stands beside it is, and groups of other sizes are."""
    uuids = [str(UUID(int=DRAW.below(1 << 128))) for _ in range(3000)]
    assert types("c1", uuids) == types("c1", [u.upper() + ":1-" + DRAW.digits(7) for u in uuids]) == set()
    inner = "13800138-0001-4380-8138-138001380001"
    assert spans([f"trace={inner} tel 13900000001"]) == [[[47, 58, "CN_MOBILE"]]]


@pytest.mark.parametrize("name", ["c1", "build", "tag", "build_no", "patch"])
def test_versions_of_four_parts_are_no_addresses(name: str) -> None:
    """Small numbers first and amid, whatever comes last; addresses of one network inside, or of many outside, are."""
    versions = [f"{1 + i % 11}.{i % 20}.{i % 30}.{i % 200}" for i in range(ROWS)]
    assert types(name, versions) == set()
    if name == "c1":
        assert types(name, [f"10.{i % 8}.{i % 9}.{i % 250}" for i in range(1, ROWS)]) == {"IPV4"}
        assert types(name, [f"{3 + i % 20}.{i % 256}.{i % 99}.{i % 250}" for i in range(ROWS)]) == {"IPV4"}
        assert types("client_ip", versions) == {"IPV4"}


FOREIGN = [f"{DRAW.pick('CX')}{DRAW.digits(8)}" for _ in range(30)] + [
    f"{DRAW.pick('TKLR')}{DRAW.pick('RZHS')}{DRAW.digits(7)}" for _ in range(30)
]
NUMBERS = [f"5{DRAW.digits(8)}" for _ in range(30)]
SMALL = [f"M{DRAW.digits(8)}" for _ in range(30)]


@pytest.mark.parametrize("name", ["证件号码", "idNumber", "cert_no", "zjhm"])
def test_other_papers_among_citizens_numbers_are_found(name: str) -> None:
    """Passports of other countries and permits from Taiwan beside them; M and digits is a permit only where H is too."""
    citizens = [DRAW.citizen() for _ in range(360)]
    cells = [*citizens, *FOREIGN, *NUMBERS, *SMALL]
    DRAW.rng.shuffle(cells)
    assert types(name, cells) == {"CN_ID", "PASSPORT"}
    mixed = [*citizens, *(f"0{DRAW.digits(7)}" for _ in range(40)), *(f"H{DRAW.digits(8)}" for _ in range(40))]
    DRAW.rng.shuffle(mixed)
    assert types(name, mixed) == {"CN_ID", "HKM_PERMIT", "TW_PERMIT"}


def test_a_column_of_other_passports_is_told_by_its_name() -> None:
    """Of several beginnings; cards of a library begin alike, and under a name that says nothing they are codes."""
    cells = [*FOREIGN, *SMALL]
    assert types("证件号码", cells) == {"PASSPORT"} and types("c1", FOREIGN) == set()
    licences = [f"{DRAW.pick(('SC', 'XK', 'QS', 'JY'))}{DRAW.digits(7)}" for _ in range(ROWS)]
    assert types("许可证号", licences) == types("借书证号", [f"JS{DRAW.digits(7)}" for _ in range(ROWS)]) == set()
    assert types("证件号码", [DRAW.digits(9).replace("0", "1") for _ in range(ROWS)]) == set()


def test_papers_as_airlines_write_them_are_read() -> None:
    """NI before a citizen's number, PP before a passport's."""
    cells = [f"NI{DRAW.citizen()}" for _ in range(170)] + [f"PPE{DRAW.digits(8)}" for _ in range(30)]
    DRAW.rng.shuffle(cells)
    assert types("FOID", cells) == {"CN_ID", "PASSPORT"}


def test_days_without_gaps_are_births_by_the_columns_name() -> None:
    """18FEB1903; under a passport's last day they are no passports."""
    days = [f"{1 + i % 28:02}{['JAN', 'FEB', 'MAR', 'DEC'][i % 4]}19{i % 10:02}" for i in range(ROWS)]
    for name in ("出生日期", "chushengriqi", "birthymd", "b_day", "brth_dt", "shengri"):
        assert types(name, days) == {"DOB"}
    for name in ("护照有效期", "passport_expiry", "护照到期时间"):
        assert types(name, days) == set()


@pytest.mark.parametrize("name", ["first_published", "built_date", "首映日期", "批准日期", "issueDate"])
def test_days_of_other_things_are_no_births(name: str) -> None:
    """Of years in which people are born; under a name that says nothing of days they are."""
    days = [f"{1930 + i % 78}-{1 + i % 12:02}-{1 + i % 28:02}" for i in range(ROWS)]
    assert types(name, days) == set() and types("c1", days) == types("日期", days) == {"DOB"}


@pytest.mark.parametrize(("name", "first"), [("wd", 31), ("weidu", 31), ("jd", 121), ("jingdu", 121), ("long", 121)])
def test_one_of_a_pair_of_coordinates_is_told_by_its_name(name: str, first: int) -> None:
    """By initials and in pinyin."""
    assert types(name, [f"{first}.{DRAW.digits(6)}" for _ in range(ROWS)]) == {"GPS"}


def test_a_vector_is_no_place() -> None:
    """Many small numbers in a row; a way of many places is one, and so is a pair."""
    vector = lambda: ",".join(f"{DRAW.pick(('', '-'))}{DRAW.below(6)}.{DRAW.digits(4)}" for _ in range(6))  # noqa: E731
    assert types("c1", [f"[{vector()}]" for _ in range(ROWS)]) == set()
    way = ",".join(f"121.{DRAW.digits(6)},31.{DRAW.digits(6)}" for _ in range(3))
    assert types("c1", [way] * 50) == types("c1", [f"5.{DRAW.digits(6)},7.{DRAW.digits(6)}"] * 50) == {"GPS"}


@pytest.mark.parametrize("name", ["usermac", "apmac", "网卡地址"])
def test_addresses_of_cards_without_marks_are_told_by_the_name(name: str) -> None:
    """Twelve signs; under a name that says nothing they are any code."""
    cells = [f"a{DRAW.digits(5)}f{DRAW.digits(5)}" for _ in range(ROWS)]
    assert types(name, cells) == {"MAC"} and types("c1", cells) == set()


def test_fractions_are_no_mobile_numbers(tmp_path: Path) -> None:
    """One in a hundred has none: a turnover in Parquet; where all are whole they are."""
    sums = [1.3e10 + DRAW.below(6 * 10**11) / 100 for _ in range(3000)]
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"gmv": sums, "tel": [float(DRAW.mobile()) for _ in sums]}), path)
    report = json.loads(scan(path, "--json").stdout)
    assert [(f["column"], f["type"]) for f in report["findings"]] == [("tel", "CN_MOBILE")]


def test_a_few_of_many_that_could_be_parted_are_chance() -> None:
    """Twenty-two digits that two mobile numbers could be; four and seven; where all can, they are."""
    meters = [DRAW.mobile() + DRAW.mobile() if i % 100 == 0 else DRAW.digits(22) for i in range(3000)]
    pairs = [f"{DRAW.digits(4)}-{DRAW.digits(7)}" for _ in range(3000)]
    assert types("表号", meters) == types("c1", meters) == types("c1", pairs) == set()
    assert types("c1", [DRAW.mobile() + DRAW.mobile() for _ in range(50)]) == {"CN_MOBILE"}
    assert types("c1", [f"{m[:4]}-{m[4:]}" for m in (DRAW.mobile() for _ in range(50))]) == {"CN_MOBILE"}


def test_hidden_cards_are_no_citizens_numbers() -> None:
    """Some of them are as long; hidden orders, of which some begin like a card, are neither; cards under such a name are."""
    cards = [f"622908{'*' * (8 + i % 2)}{DRAW.digits(4)}" for i in range(ROWS)]
    assert types("payer_card", cards) == types("c1", cards[1:]) == {"BANK_CARD"}
    assert types("order", [f"{DRAW.digits(6)}****{DRAW.digits(4)}" for _ in range(ROWS)]) == set()
    assert types("order", [f"622908****{DRAW.digits(4)}" for _ in range(ROWS)]) == {"BANK_CARD"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [("oicq", "QQ"), ("QQ/微信", "QQ"), ("QQ/微信", "WECHAT"), ("gddh", "LANDLINE"), ("pass", "KEYWORD"), ("imeisv", "IMEI"), ("ss_no", "SOCIAL_SEC"),
     ("mtp_no", "HKM_PERMIT"), ("taibao_no", "TW_PERMIT"), ("weixinhao", "WECHAT"), ("微信账号", "WECHAT"), ("国药准字", "NEGATIVE"),
     ("联系人/电话", "PERSON")],
)  # fmt: skip
def test_more_headings_are_understood(name: str, kind: str) -> None:
    """Of two with a slash between them each says something."""
    assert name_bits(name) >> kind_of(kind) & 1


def test_what_passed_is_no_password() -> None:
    """Nor is a boarding pass, nor are numbers of medicines permits to Hong Kong."""
    assert types("boarding_pass", [f"MU{DRAW.digits(4)}-{DRAW.digits(3)}" for _ in range(ROWS)]) == set()
    assert types("pass", over_and_over(["PASS", "FAIL", "skipped"])) == set()
    assert types("pass", [f"Xy{i}-{i * 7919}" for i in range(ROWS)]) == {"SECRET"}
    assert types("国药准字", [f"{'HM'[i % 2]}{20000000 + i * 7919}" for i in range(ROWS)]) == set()


def test_of_things_is_told() -> None:
    """In Chinese and English."""
    assert of_things("品牌") and of_things("brandName") and not of_things("跟进人")
