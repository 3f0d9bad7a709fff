"""What texts in English and lists hold: addresses of other countries, national telephone numbers, names nothing labels."""

from __future__ import annotations

import pytest

from tests.conduct.scanning.test_names import found


@pytest.mark.parametrize(
    "address",
    [
        "Hafenstraße 88, 20457 Hamburg",
        "Mainzer Landstr. 190, 60327 Frankfurt am Main, Germany",
        "Minijos g. 180, 93269 Klaipėda",
        "12 rue de la Paix, 75002 Paris, France",
        "Keizersgracht 123, 1015 CJ Amsterdam",
        "Storgatan 15, 111 51 Stockholm",
        "Avenida da Liberdade 110, 1250-146 Lisboa",
        "14 Harbour Street, Dublin 2, D02 XY45",
        "Level 5, 100 Market Street, Sydney NSW 2000",
        "3 Smith Circuit, New Amy, NSW, 2649",
        "1200 Rue Sherbrooke Ouest, Montréal, QC H3A 1H6",
        "347 Wagner Trace, Lake Nicholas, PA 34390",
        "8 Queen's Crescent, Edinburgh EH9 2BA",
        "B-42, Greater Kailash Part 1, New Delhi 110048",
        "Blk 123 Ang Mo Kio Avenue 3 #05-12, Singapore 560123",
        "1-7-1 Nagatacho, Chiyoda-ku, Tokyo 100-0014",
        "17 Elm Grove, Leeds",
        "Prinsengracht 812-II, 1017 JL Amsterdam, Netherlands",
        "Unit 6, 3/F, Telford Industrial Building, 12 Wang Kwun Road, Kowloon Bay, Hong Kong",
        "The Old Maltings, Mill Lane, Halesworth IP19 8AD",
    ],
)
def test_an_address_is_known_by_its_postal_code_or_street(address: str) -> None:
    """Whatever the country's order of number, street, code and town; nothing labels it."""
    assert found(f"She moved to {address} last year.", "ADDRESS") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Order 20457 shipped, 20458 Boxes remain.",
        "In 2019, 12000 People attended.",
        "Section 12, 20121 Items",
        "March 5, 2024 Berlin",
        "Torque 42 Nm. Lot 240918. MOQ 500.",
        "Rated 120 V ~ 60 Hz, 1200 W.",
        "see GH 21494 and GH 16877",
        "三联第1针 批号 A552C01",
    ],
)
def test_numbers_before_words_are_no_addresses(text: str) -> None:
    """Counts, years, lots and issues have the form of a postal code too."""
    assert found(text, "ADDRESS") == []


@pytest.mark.parametrize(
    "number", ["07700 900482", "01632 960155", "0131 496 0812", "085 955 0137", "0491 570 156", "020 7946 0371"]
)
def test_a_number_dialled_within_another_country_is_one_from_abroad(number: str) -> None:
    """In text without Chinese, by its groups."""
    assert found(f"Please ring {number} after six.", "PHONE_INTL") == [number]


def test_service_numbers_and_groups_of_an_iban_are_no_persons_telephone() -> None:
    """0800, 0345 and 0845 are of firms; beside Chinese 020 is Guangzhou."""
    for number in ("0800 268 743", "03457 000 125", "0845 796 4455"):
        assert found(f"Helpline {number} (calls cost 5p)", "PHONE_INTL") == []
    assert found("account 50 K 03069 09606 at", "PHONE_INTL") == []
    assert found("广州办公室 020 7946 0371", "LANDLINE") == ["020 7946 0371"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("From: Oksana Hrytsenko <oksana.h@mail.example>", "Oksana Hrytsenko"),
        ("[10:14] Marek: vpn down again", "Marek"),
        ("Lady Grantleigh will open the fair.", "Grantleigh"),
        ("please phone Sgt. Molina at noon", "Molina"),
        ("Whitaker, Joan M.   F   b. 1947-05-30", "Whitaker, Joan M."),
        ("we interviewed Zainab Merchant on Thursday", "Zainab Merchant"),
        ("the clerk approved F. Nasrullin today", "Nasrullin"),
        ("my cousin, Farid, at the door", "Farid"),
        ("Secretary: Paulette Grange, by mail", "Paulette Grange"),
        ("Ship to: Declan Rafferty, Unit 6, 12 Main Street, Sligo", "Declan Rafferty"),
        ("another guest (Jodie, who was loud) left", "Jodie"),
        ("The signatory Mo Zhenhua has signed.", "Mo Zhenhua"),
        ("loving husband of Nuala and father of two", "Nuala"),
        ("back tonight. Cheers, Deborah", "Deborah"),
        ("[2024-03-02, 20:14] Declan R: did you see it", "Declan"),
        ("Babysitter – Keziah – 07700 900448", "Keziah"),
        ("if it rings, call Gillian first", "Gillian"),
    ],
)
def test_a_name_in_english_is_known_by_what_stands_beside_it(text: str, name: str) -> None:
    """Mail, a time of day, an honour, a surname first, initials, a sentence around, kin, a greeting at the end, a number after it."""
    assert any(name in held for held in found(text, "PERSON"))


@pytest.mark.parametrize(
    "text",
    [
        "seen on Birchwood Lane twice",
        "Free Cash Flow improved",
        "IBAN: unknown",
        "Merry Christmas to all",
        "Jenkins, Jasmine, Django",
        "parked at the Franklin Garage (north) today",
        "51 Franklin St, Fifth Floor, Boston, MA",
        "Mo Qwertan was short",
    ],
)
def test_words_with_capitals_are_no_names(text: str) -> None:
    """A street, a figure, a label, a feast, a state, what is no pinyin."""
    assert found(text, "PERSON") == []


LIST = "B1-016  浙A·3F92K   翁嘉禾   13867450218\nB1-017  浙AF05521   费晓岚   15957188360\n"


def test_a_word_among_names_in_a_list_is_a_name() -> None:
    """Where two lines have names in the same field; not what begins with no surname, is an office, or stands in no list."""
    assert "荆楚" in found(f"{LIST}B2-003  浙ADG8190   荆楚   19157724083\n", "PERSON")
    for other in ("外来访客", "黄浦区", "财务部", "联系人"):
        assert other not in found(f"{LIST}B2-003  浙ADG8190   {other}   19157724083\n", "PERSON")
    assert found("B2-003  浙ADG8190   荆楚   19157724083\n", "PERSON") == []
    assert "荆楚" not in found(f"{LIST}\n\n\n\n说明 荆楚 大地 12 处\n", "PERSON")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("niejs 密码我重置成 Hn2025@niejs 了", "Hn2025@niejs"),
        ("跳板机的 root 密码仍为 Admin@123456，未轮换", "Admin@123456"),
        ('  auth: "Rds_9f#kLm2Qx"\n', "Rds_9f#kLm2Qx"),
        ('String sk = "9aF3c7E1b5D8f2A6c0E4b9D3f7A1c5E8";', "9aF3c7E1b5D8f2A6c0E4b9D3f7A1c5E8"),
        ("webhook key=5d2e8b61-93f0-4c7a-a1be-70f4c6d9e238", "5d2e8b61-93f0-4c7a-a1be-70f4c6d9e238"),
        ("本月口令：Guest-7F0k（访客）", "Guest-7F0k"),
        ('(user "admin", password "Welcome2Acme!")', "Welcome2Acme!"),
        ("join the net, password oarsome-2024. Bye", "oarsome-2024"),
        ("requirepass rds_9fKe81LmZq", "rds_9fKe81LmZq"),
        ("snmp community gr33nheron-ro", "gr33nheron-ro"),
    ],
)
def test_passwords_are_found_as_people_tell_them(text: str, secret: str) -> None:
    """Reset to, still, by a short label in quotes, beside a bracket, with no sign after the label."""
    assert found(text, "SECRET") == [secret]


@pytest.mark.parametrize(
    "text",
    [
        "AUTH=583920|RRN=407109448213",
        "auth: basic",
        'sk = "Slovak"',
        "password = getpass(prompt)",
        "bad_password\n[2025-07-03T18]",
    ],
)
def test_what_short_labels_and_calls_set_is_no_password(text: str) -> None:
    """An approval's number, a scheme, a language, a function."""
    assert found(text, "SECRET") == []


@pytest.mark.parametrize(
    "text",
    [
        "内部使用 INTERNAL\n导出",
        "商业秘密 保密期限：合同终止后两年\n合同",
        "【公司机密】\n评审",
        "-- 公司机密，禁止拷贝出研发网\nselect 1",
        "保密等级：秘密\n协议",
        "【商业秘密·三级】\n工艺",
        "未经书面许可，严禁复印、外传。",
        "COMMERCIAL IN CONFIDENCE\nTender",
        "Do not disclose outside the evaluation panel\n",
        "Not for external circulation\n",
        "Confidential business information\nLeads",
    ],
)
def test_markings_as_firms_stamp_them(text: str) -> None:
    """With a term, a grade, a ban, in English too."""
    assert len(found(text, "TRADE_SECRET")) == 1


@pytest.mark.parametrize("text", ["报价由马晓峰编制，未经批准不得复制、摘抄。", "The Confidential information shall be returned."])  # fmt: skip
def test_prose_about_secrets_is_no_marking(text: str) -> None:
    """A clause, a term of a contract."""
    assert found(text, "TRADE_SECRET") == []


def test_passports_beside_a_person_and_a_nation_are_known() -> None:
    """PT8204913 IRL in a manifest that speaks of no papers; papers of officials."""
    manifest = "Passenger manifest, charter\n1  Niamh Gallagher   PT8204913  IRL\n2  Ravindra Kulkarni  N4827190  IND\n"
    assert found(manifest, "PASSPORT") == ["PT8204913", "N4827190"]
    assert found("1）EK2047193，庾文彬，放行。\n2）PE1928374，公务护照持有人。", "PASSPORT") == [
        "EK2047193",
        "PE1928374",
    ]


def test_tables_of_sql_label_what_stands_in_them() -> None:
    """The last column before VALUES, tables called after members; latitude and longitude, each with its name."""
    rows = (
        "INSERT INTO `t_member` (`id`,`name`,`birthday`) VALUES\n(1,'祝海燕','1987-03-15'),\n(2,'邢磊','1992-11-08');\n"
    )
    assert found(rows, "DOB") == ["1987-03-15", "1992-11-08"]
    assert found("GPSLatitude: 59.911491\nGPSLongitude: 10.757933\n", "GPS") == ["59.911491", "10.757933"]


def test_a_sim_and_a_discover_card_are_known() -> None:
    """Fifteen digits after "sim"; cards that begin with 644 to 659."""
    assert found("offline; sim 310260748392015; modem", "IMSI") == ["310260748392015"]
    assert found("已挂失：6228480010561234013、6227000132085410776。", "BANK_CARD") == [
        "6228480010561234013",
        "6227000132085410776",
    ]
    assert found("信用卡 370246 83019 2747（运通）", "BANK_CARD") == ["370246 83019 2747"]
    assert found("card 6445 0172 9904 3186 on file", "BANK_CARD") == ["6445 0172 9904 3186"]


def test_what_begins_a_count_of_names_is_one() -> None:
    """Before two names; not before one, not a firm among goods, not what begins with no surname."""
    assert found("第一工程处：雷鸣远、孟庆凯、公孙蕾", "PERSON") == ["雷鸣远", "孟庆凯", "公孙蕾"]
    assert found("第一工程处：雷鸣远、孟庆凯", "PERSON") == ["孟庆凯"]
    assert found("第一工程处：参会者、孟庆凯、公孙蕾", "PERSON") == ["孟庆凯", "公孙蕾"]
    assert found("周黑鸭、谭鸭血、陈李济、王府井。", "PERSON") == []


def test_a_label_in_a_program_is_no_id_of_wechat() -> None:
    """wx.secret= says what follows, and is not what it says."""
    assert found("wx.secret=7d41b09ce25f4a8f9cb3e6a1d2087f54", "WECHAT") == []
    assert found("wx: lan_2291", "WECHAT") == ["lan_2291"]
