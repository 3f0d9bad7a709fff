"""Papers and births that nothing labels: known by the person or the paper beside them, and by what the text speaks of."""

from __future__ import annotations

import pytest

from gongyue.conduct.scanning.texts import spans


def found(text: str) -> list[tuple[str, str]]:
    """(type, value) of everything found in a text."""
    return [(kind, text[a:b]) for a, b, kind in spans([text])[0]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("湯寶珠 H04039281 6栋1201", [("PERSON", "湯寶珠"), ("HKM_PERMIT", "H04039281")]),
        ("过关要填回乡证号\n橙子：M0051839402，旧的", [("HKM_PERMIT", "M0051839402")]),
        ("法人袁乐仪（香港，H02817739）", [("PERSON", "袁乐仪"), ("HKM_PERMIT", "H02817739")]),
        ("何倩儀、何家樂（小孩） M10773520/M10773538 加床",
         [("PERSON", "何倩儀"), ("PERSON", "何家樂"), ("HKM_PERMIT", "M10773520"), ("HKM_PERMIT", "M10773538")]),
        ("台胞证过期了怎么续\n紀淑芬 02260837", [("PERSON", "紀淑芬"), ("TW_PERMIT", "02260837")]),
        ("乘客 洪麗珠　证件 05529163", [("PERSON", "洪麗珠"), ("TW_PERMIT", "05529163")]),
        ("楼栋 姓名 国籍 证件\n张晓明 巴基斯坦 BN4081927", [("PERSON", "张晓明"), ("PASSPORT", "BN4081927")]),
        ("扶国华 EL3028174 架子工", [("PERSON", "扶国华"), ("PASSPORT", "EL3028174")]),
        ("晏子墨／2001-04-19／M20981746", [("PERSON", "晏子墨"), ("DOB", "2001-04-19"), ("HKM_PERMIT", "M20981746")]),
        ("护照持有人：WANG/SHUFEN EB2730916 03NOV57",
         [("PERSON", "WANG/SHUFEN"), ("PASSPORT", "EB2730916"), ("DOB", "03NOV57")]),
        ("荷兰籍，1978-01-25，护照NX7K2B946", [("DOB", "1978-01-25"), ("PASSPORT", "NX7K2B946")]),
        ("牟宇飞 2012/02/03 110101201202033816", [("PERSON", "牟宇飞"), ("DOB", "2012/02/03"), ("CN_ID", "110101201202033816")]),
        ("Nkechi Obiora，尼日利亚，护照A08274193", [("PERSON", "Nkechi Obiora"), ("PASSPORT", "A08274193")]),
        ("旅客名单（港澳五日团）\n1 龚玉兰 C81640275 餐费\n4 褚家和 CB2917468",
         [("PERSON", "龚玉兰"), ("HKM_PERMIT", "C81640275"), ("PERSON", "褚家和"), ("HKM_PERMIT", "CB2917468")]),
        ("往来台湾通行证已办好，冉静的号码L07281946", [("PERSON", "冉静"), ("TW_PERMIT", "L07281946")]),
        ("Liu Bo, C/E, 1981-01-17, passport E71830294", [("PERSON", "Liu Bo"), ("DOB", "1981-01-17"), ("PASSPORT", "E71830294")]),
        ("Kim Do-yun M20981746", [("PERSON", "Kim Do-yun"), ("PASSPORT", "M20981746")]),
    ],
)  # fmt: skip
def test_what_stands_beside_a_person_or_a_paper_is_one(text: str, expected: list[tuple[str, str]]) -> None:
    """A permit's form beside a name; a passport's where papers are spoken of; a date between a name and a paper."""
    assert [f for f in found(text) if f[0] != "ADDRESS"] == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("张晓明 工号 E10023456", "PASSPORT"),  # a label that is none of papers
        ("张晓明 订单 H12345678", "HKM_PERMIT"),
        ("张晓明 H20240318", "HKM_PERMIT"),  # a day
        ("配件 H04039281 两件", "HKM_PERMIT"),  # nobody beside
        ("张晓明 C81640275", "HKM_PERMIT"),  # nothing speaks of Hong Kong
        ("张晓明 02260837", "TW_PERMIT"),  # nothing speaks of papers
        ("张晓明 BN4081927", "PASSPORT"),
        ("回乡证遗失。配件编号 M20240318", "HKM_PERMIT"),
        ("张晓明。H04039281", "HKM_PERMIT"),  # another sentence
        ("签证号67078148，台胞证", "TW_PERMIT"),
    ],
)
def test_without_company_a_number_stays_a_number(text: str, kind: str) -> None:
    """Another label, a day, another sentence, or a text that does not speak of papers."""
    assert kind not in {k for k, _ in found(text)}


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("护照E40918273，2008-12-31", True),
        ("护照E40918273，2009-01-01", False),  # a day of issue
        ("2008-12-31，护照E40918273", True),
        ("2009-01-01，护照E40918273", False),
        ("张晓明（2022-12-31，H11409273）", True),
        ("张晓明（2023-01-01，H11409273）", False),
        ("护照E40918273，签发2001-01-01", False),
    ],
)
def test_a_date_beside_a_paper_is_a_birth_where_it_is_long_past(text: str, born: bool) -> None:
    """Up to 2008 beside a paper, which is issued later; up to 2022 between a name and a paper."""
    assert ("DOB" in {kind for kind, _ in found(text)}) is born


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("生日85年9月30号", "85年9月30号"),
        ("民国52年8月15日生", "民国52年8月15日"),
        ("出生：101年4月7日（民国）", "101年4月7日"),
        ("民國三十八年二月十一日出生", "民國三十八年二月十一日"),
        ("该同志系一九四七年冬月十二生", "一九四七年冬月十二"),
        ("生日：九零年二月十四号", "九零年二月十四号"),
        ("出生日期 08 6月/JUN 1977", "08 6月/JUN 1977"),
        ("Date of birth of witness: 14.06.1989", "14.06.1989"),
        ("Sarah Teague, b. 2 Oct 1961", "2 Oct 1961"),
        ("BDAY:1975-12-03", "1975-12-03"),
    ],
)
def test_days_of_birth_as_people_write_them(text: str, born: str) -> None:
    """Years of two digits, of the Republic, in words; lunar months; as passports print them; after b."""
    assert ("DOB", born) in found(text)


@pytest.mark.parametrize(
    "text", ["工期85年9月30号止", "民国52年8月15日公布", "于一九四七年冬月十二开业", "生日会定在2024-05-06"]
)
def test_other_days_are_no_births(text: str) -> None:
    """No label of births, or a day of our time further on in its line."""
    assert "DOB" not in {kind for kind, _ in found(text)}


def test_the_number_after_q_is_one_of_qq() -> None:
    """Right after Chinese; a day, a part, a number that begins with 0 is none."""
    assert found("联系Q97316408") == [("QQ", "97316408")]
    for text in ("联系Q20240318", "联系Q01234567", "part Q97316408", "联系Q9731640"):
        assert "QQ" not in {kind for kind, _ in found(text)}


def test_addresses_of_devices_in_fours() -> None:
    """With stops or hyphens, in small letters; a licence's key in capitals, plain digits and a part of more are none."""
    for text in ("link 582c-8031-9b04 up", "link 0012-34ab-cdef", "link 0012.34ab.cdef"):
        assert [kind for kind, _ in found(text)] == ["MAC"]
    for text in ("key A82C-8031-9B04", "1234-5678-9012", "582c-8031-9b04-aaaa", "x-582c-8031-9b04"):
        assert "MAC" not in {kind for kind, _ in found(text)}


def test_what_a_label_says_goes_before_the_form() -> None:
    """A passport that has the form of a permit; a library's card that has the length of one; cards of social security."""
    assert ("PASSPORT", "M70425918") in found("证件 韩国 护照 M70425918")
    assert "TW_PERMIT" not in {kind for kind, _ in found("读者张晓明（证号 20180034）")}
    assert ("SOCIAL_SEC", "Y013947628") in found("医疗保险卡号Y013947628")
    assert ("SOCIAL_SEC", "638 410 277") in found("我的电脑号 638 410 277，九位数")
    assert ("SOCIAL_SEC", "N70281934") in found("社保卡制卡失败名单\nL041 N70281934 照片不合规")
    assert ("TW_PERMIT", "0 7 3 8 2 0 1 5") in found("台胞证号码是 0 7 3 8 2 0 1 5 ，名字")
    assert ("SOCIAL_SEC", "E50271846") in found("Bao Xiaoyan - social security no. E50271846 - add")
    assert ("CN_ID", "110101381004051") in found("身份证编号 110101381004051")


@pytest.mark.parametrize(
    "text", ["SELECT wx_openid, wx_nickname FROM t", "WX_APPSECRET", "def wechat_login(self):", "wx_session_key"]
)
def test_a_word_of_a_program_is_no_id_of_wechat(text: str) -> None:
    """What goes on after the label in one word is the name of a field."""
    assert found(text) == []


def test_an_id_of_wechat_stands_after_its_label() -> None:
    """Also after the names that fields have."""
    for text in (
        "wx_id = 'lily_2020'",
        "wx_account: lily_2020",
        "wechat_id=lily_2020",
        "加我wx lily_2020",
        "wxid_lily2020abc",
    ):
        assert [kind for kind, _ in found(text)] == ["WECHAT"]
