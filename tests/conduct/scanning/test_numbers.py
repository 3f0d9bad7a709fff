from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongyue.conduct.scanning.entity_types import kinds
from gongyue.conduct.scanning.tables import Column
from gongyue.conduct.scanning.texts import spans
from tests.conduct.scanning.inventing import Inventor

DRAW = Inventor(41)
MOBILE = "13900000000"
"""Nobody's: all zeros after its prefix."""


def found(text: str) -> list[tuple[str, str]]:
    """(value, type) of everything found in a text."""
    return [(text[a:b], kind) for a, b, kind in spans([text])[0]]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        (f"手机{MOBILE}。", MOBILE, "CN_MOBILE"),
        ("手机139 0000 0000", "139 0000 0000", "CN_MOBILE"),
        ("手机139-0000-0000", "139-0000-0000", "CN_MOBILE"),
        ("手机 139.0000.0000", "139.0000.0000", "CN_MOBILE"),
        ("手机１３９００００００００", "１３９００００００００", "CN_MOBILE"),
        ("手机139\u200b0000\u20110000", "139\u200b0000\u20110000", "CN_MOBILE"),
        ("手机+86 13900000000", "+86 13900000000", "CN_MOBILE"),
        ("手机(+86)13900000000", "(+86)13900000000", "CN_MOBILE"),
        ("手机8613900000000", "8613900000000", "CN_MOBILE"),
        ("手机008613900000000", "008613900000000", "CN_MOBILE"),
        ("tel13900000000", MOBILE, "CN_MOBILE"),
        ("手机139****0000", "139****0000", "CN_MOBILE"),
        ("手机013900000000", "013900000000", "CN_MOBILE"),
        ("手机1390000****", "1390000****", "CN_MOBILE"),
        ("身份证11010319000101****", "11010319000101****", "CN_ID"),
        ("停在京a12345旁边", "京a12345", "PLATE"),
        ("13900000000.0", "13900000000.0", "CN_MOBILE"),
        ("身份证110103190001010017", "110103190001010017", "CN_ID"),
        ("身份证110103 19000101 0017", "110103 19000101 0017", "CN_ID"),
        ("身份证11010319000101005x", "11010319000101005x", "CN_ID"),
        ("身份证110103********0017", "110103********0017", "CN_ID"),
        ("老身份证110103000101001", "110103000101001", "CN_ID"),
        ("身份证号110103190001010016", "110103190001010016", "CN_ID"),
        ("卡号6200 0000 0000 0000 000", "6200 0000 0000 0000 000", "BANK_CARD"),
        ("卡号6200000000000005", "6200000000000005", "BANK_CARD"),
        ("卡号6200000000000006", "6200000000000006", "BANK_CARD"),
        ("电话010-20000000转801", "010-20000000转801", "LANDLINE"),
        ("座机(0755)20000000", "(0755)20000000", "LANDLINE"),
        ("电话+86 10 20000000", "+86 10 20000000", "LANDLINE"),
        ("call (212) 555-0100 now", "(212) 555-0100", "PHONE_INTL"),
        ("call +44 20 7946 0000", "+44 20 7946 0000", "PHONE_INTL"),
        ("SSN 219-09-9999", "219-09-9999", "US_SSN"),
        ("IMEI：350000000000006", "350000000000006", "IMEI"),
        ("IMSI：460000000000000", "460000000000000", "IMSI"),
        ("IBAN GB82 WEST 1234 5698 7654 32", "GB82 WEST 1234 5698 7654 32", "IBAN"),
        ("护照号E00000000", "E00000000", "PASSPORT"),
        ("护照号码：18AV00000", "18AV00000", "PASSPORT"),
        ("护照（俄罗斯） 72 0000000，", "72 0000000", "PASSPORT"),
        ("护照号发我\n儿子：E00000000\n", "E00000000", "PASSPORT"),
        ("证件号码 110103190001010 017", "110103190001010 017", "CN_ID"),
        ("残疾证号 11010319000101001742", "11010319000101001742", "CN_ID"),
        ("电话一三零零零零零零零零零，", "一三零零零零零零零零零", "CN_MOBILE"),
        ("<SocialInsuranceNo>000000000000000<", "000000000000000", "SOCIAL_SEC"),
        ("1. LI LEI　M　1962/12/30　", "1962/12/30", "DOB"),
        ("李雷 │男    │2014.03.18    │", "2014.03.18", "DOB"),
        ("生日：Mar 3, 1991", "Mar 3, 1991", "DOB"),
        ("DOB: 6/24/79", "6/24/79", "DOB"),
        ("江小舟\n男 | 1995.06.12 | 党员", "1995.06.12", "DOB"),
        ("1939年正月十五生的", "1939年正月十五", "DOB"),
        ("生于1911年农历八月初三，", "1911年农历八月初三", "DOB"),
        ("GE MINGDE 男 1958/10/02 EH0000000\n", "EH0000000", "PASSPORT"),
        ("黄某,H0000000000,回乡证", "H0000000000", "HKM_PERMIT"),
        ("张某,00000000,台胞证", "00000000", "TW_PERMIT"),
        ("大陆通行证\n台湾居民来往大陆通行证：0000 0000", "0000 0000", "TW_PERMIT"),
        ("有问题加我QQ，40000000", "40000000", "QQ"),
        ("锁屏密码 258036", "258036", "SECRET"),
        ("<socialInsuranceNo>000000000<", "000000000", "SOCIAL_SEC"),
        ("出生：1968 年 7 月 1 日", "1968 年 7 月 1 日", "DOB"),
        ("生于一九三四年十月初二。", "一九三四年十月初二", "DOB"),
        ("一九七一年八月二十日出生", "一九七一年八月二十日", "DOB"),
        ("夜雨(2000000000) 22:01:45", "2000000000", "QQ"),
        ("call 218.555.0164 now", "218.555.0164", "PHONE_INTL"),
        ("SSN ***-**-6620 | ok", "***-**-6620", "US_SSN"),
        ("林某,台胞证,00000000,x", "00000000", "TW_PERMIT"),
        ("David;护照;AK0000000;1", "AK0000000", "PASSPORT"),
        ("旅客持H00000000号港澳居民来往内地通行证", "H00000000", "HKM_PERMIT"),
        ("写到 mulati[at]mail.example.cn。", "mulati[at]mail.example.cn", "EMAIL"),
        ("妈：微信推你了 abc_000000", "abc_000000", "WECHAT"),
        ("持港澳居民来往内地通行证H00000000入境", "H00000000", "HKM_PERMIT"),
        ("台胞证：00000000", "00000000", "TW_PERMIT"),
        ("台湾居民来往大陆通行证 证号：00000000", "00000000", "TW_PERMIT"),
        ("护照号000000036，", "000000036", "PASSPORT"),
        ("持K00000000号护照入境", "K00000000", "PASSPORT"),
        ("外国人永久居留证号 SAU000000000000", "SAU000000000000", "FOREIGNER_ID"),
        ("境外电话 00852-20000000", "00852-20000000", "PHONE_INTL"),
        ("reach me on 0085220000000", "0085220000000", "PHONE_INTL"),
        ("她的微信我推给你：abc_nurse，", "abc_nurse", "WECHAT"),
        ("V：Malihua69，非诚勿扰", "Malihua69", "WECHAT"),
        ("看房加Q100000000，", "100000000", "QQ"),
        ("社保卡刷不出来，卡面号码D00000000，", "D00000000", "SOCIAL_SEC"),
        ("学籍号G11010319000101005X，", "11010319000101005X", "CN_ID"),
        ("老版本连不上117.136.45.208这个网关", "117.136.45.208", "IPV4"),
        ("王丽娟（1903-09-03）转学", "1903-09-03", "DOB"),
        ("工号 7｜王丽娟｜1903.09.03｜", "1903.09.03", "DOB"),
        ("1903-09-03 03:47出生", "1903-09-03", "DOB"),
        ("1903年9月3日上午9时32分出生", "1903年9月3日", "DOB"),
        ("出生年月：1903.09 籍贯", "1903.09", "DOB"),
        ("旅客/女/1903-09-03/护照", "1903-09-03", "DOB"),
        ("旅客|男|1903-09|", "1903-09", "DOB"),
        ("<csrq>19030903</csrq>", "19030903", "DOB"),
        ("DOB 03-Sep-1903", "03-Sep-1903", "DOB"),
        ("passport_no: YA0000000", "YA0000000", "PASSPORT"),
        ("证件号码：EA0000000", "EA0000000", "PASSPORT"),
        ("证件号码：HA0000000", "HA0000000", "HKM_PERMIT"),
        ("SSN: 219 09 9999", "219 09 9999", "US_SSN"),
        ("位置N39.0000 E116.0000", "39.0000 E116.0000", "GPS"),
        ("DB_PASS=Ab!23xyz", "Ab!23xyz", "SECRET"),
        ("医保卡号A00000000", "A00000000", "SOCIAL_SEC"),
        ("信用代码91000000000000078K", "91000000000000078K", "USCC"),
        ("车架号LSVAA49J1 不全，1M8GDM9AXKP042788 可查", "1M8GDM9AXKP042788", "VIN"),
        ("京A·00000", "京A·00000", "PLATE"),
        ("粤BD00000", "粤BD00000", "PLATE"),
        ("a.b+c@mail.example.cn。", "a.b+c@mail.example.cn", "EMAIL"),
        ("https://mail.example/u?e=a.b@mail.example", "a.b@mail.example", "EMAIL"),
        ("邮箱ｘ＠ｅｘａｍｐｌｅ．ｃｏｍ", "ｘ＠ｅｘａｍｐｌｅ．ｃｏｍ", "EMAIL"),
        ("IP 203.0.113.77 登录", "203.0.113.77", "IPV4"),
        ("来自2001:db8::7的请求", "2001:db8::7", "IPV6"),
        ("mac=00:00:5e:00:53:af", "00:00:5e:00:53:af", "MAC"),
        ("mac 0000.5e00.53af", "0000.5e00.53af", "MAC"),
        ("QQ：10000", "10000", "QQ"),
        ("加微信hello_world", "hello_world", "WECHAT"),
        ("坐标39.904200,116.407400", "39.904200,116.407400", "GPS"),
        ("北纬39.90°，东经116.40°", "北纬39.90°，东经116.40°", "GPS"),
        ("出生日期：1900年1月2日", "1900年1月2日", "DOB"),
        ("（19000102生）", "19000102", "DOB"),
        ("born October 7, 1901.", "October 7, 1901", "DOB"),
    ],
)
def test_each_form_of_an_identifier_is_found(text: str, value: str, kind: str) -> None:
    """Whole, grouped, full-width, with hidden signs, masked, with its country, written by a table: one find, that one."""
    assert (value, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "订单号13900000000", "流水13900000000", "会员编号 13900000000", "1390000000000000000", "139000000000", "0.13900000000", "13900000000.25",
        "时间戳1700000000000", "交易流水20240101000000000001", "版本10.24.3.118", "升级到 4.2.1.31", "第12.3.4.15节", "Chapter 12.3.4.15",
        "10:23:45", "2024-01-01 10:23:45", "600123456789012", "条码6900000000000", "std::vector<int>", "icon@2x.png", "npm i pkg@1.2.3",
        "客服400-800-0000", "http://u@host", "尺寸92.61, 47.17", "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709", "123-45-678", "京东A栋",
        "自2003年5月6日生效", "2003年5月6日生产", "任职 1903.07—1905.05", "值 3.14159\n2.71828", "尺寸 219 09 9999",
        "公司高层会议", "微信支付和QQ音乐的用户为168283041",
    ],
)  # fmt: skip
def test_what_only_looks_like_one_is_not(text: str) -> None:
    """Order numbers, timestamps, versions, prices, hashes: nothing is found."""
    assert found(text) == []


def test_two_fields_that_lost_their_gap_are_two_finds() -> None:
    """A mobile number and a citizen's number written without anything between."""
    text = "13900000000110103190001010017"
    assert found(text) == [("13900000000", "CN_MOBILE"), ("110103190001010017", "CN_ID")]


@given(st.integers(0, 10**6))
@settings(deadline=None, max_examples=60)
def test_any_drawn_identifier_is_found_and_a_wrong_check_is_only_plausible(seed: int) -> None:
    """Citizens' numbers, cards, codes: drawn with their check digit."""
    draw = Inventor(seed)
    for value, kind in (
        (draw.citizen(), "CN_ID"),
        (draw.card(), "BANK_CARD"),
        (draw.company(), "USCC"),
        (draw.mobile(), "CN_MOBILE"),
    ):
        assert (value, kind) in found(f"记：{value}。")


def test_a_former_region_counts() -> None:
    """110103 was 崇文区 until 2010: whoever was born there keeps the number."""
    assert found("110103190001010017") == [("110103190001010017", "CN_ID")]


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=300)
def test_any_text_is_scanned_and_places_lie_in_it(text: str) -> None:
    """Code points, in order, none overlapping, whatever the text."""
    last = 0
    for start, end, _ in spans([text])[0]:
        assert last <= start < end <= len(text)
        last = end


@given(st.lists(st.text(alphabet="0123456789-+() .:：@AxX*·京EGHM\u200b身份证号", max_size=60), max_size=8))
@settings(deadline=None, max_examples=300)
def test_texts_made_of_what_numbers_are_made_of_do_not_disturb_each_other(texts: list[str]) -> None:
    """Each is scanned as if it stood alone."""
    assert spans(texts) == [spans([text])[0] for text in texts]


UNSEEN = ["\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad", "\u200b\u200b"]


@pytest.mark.parametrize("sign", UNSEEN, ids=ascii)
@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (MOBILE, "CN_MOBILE"),
        ("110103190001010017", "CN_ID"),
        ("11010319000101005X", "CN_ID"),
        ("6200000000000005", "BANK_CARD"),
        ("u@mail.example", "EMAIL"),
    ],
)
def test_signs_nobody_sees_between_all_others_hide_nothing(sign: str, value: str, kind: str) -> None:
    """The place is that of the signs as they stand, from the first to the last of the value."""
    hidden = sign.join(value)
    text = f"好{sign}的，号 {sign}{hidden}{sign}。"
    assert found(text) == [(hidden, kind)]


def test_signs_nobody_sees_may_stand_between_values() -> None:
    """Then each is one all the same, as many as there are."""
    assert found(f"{MOBILE}\u200b{MOBILE}\u200b{MOBILE}") == [(MOBILE, "CN_MOBILE")] * 3


def test_a_column_of_numbers_with_signs_nobody_sees_is_one() -> None:
    """All 500 cells; random digits so written are none."""
    column = Column("号码")
    column.add(pa.array("\u200b".join(DRAW.mobile()) for _ in range(500)))
    (decided,) = column.types()
    assert (kinds()[decided.kind].name, decided.cells) == ("CN_MOBILE", 500)
    other = Column("号码")
    other.add(pa.array("\u200b".join(f"{i * 7919 % 10**11:011}") for i in range(500)))
    assert other.types() == []
