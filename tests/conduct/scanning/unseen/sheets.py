"""Tables of the unseen sets: opaque names, many clean columns, values joined, mixed, masked, full-width, damaged, rare."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa

from tests.conduct.scanning.inventing import Inventor
from tests.conduct.scanning.unseen.cast import WIDE, Cast

Maker = Callable[[Cast], str]


def _of(text: str) -> list[str]:
    return text.split(";") if ";" in text else text.split()


def _group(value: str, shape: str = r"(.{4})(?=.)", by: str = r"\1 ") -> str:
    return re.sub(shape, by, value)


def _seldom(make: Maker, rate: int, otherwise: Maker) -> Maker:
    return lambda c: make(c) if c.below(100) < rate else otherwise(c)


def _chat(c: Cast) -> str:
    return c.pick(
        (
            "已发货",
            "客户要求改天",
            "无人接听",
            "重复下单，已合并",
            "同意退款",
            "待补发票",
            "-",
            "ok",
            "破损补发1件",
            "转二线",
        )
    )


# (types, makers): one column each; the same type in several forms
FOUND: list[tuple[set[str], Maker]] = [
    ({"PERSON"}, lambda c: c.name()),
    ({"PERSON"}, lambda c: c.name() + c.pick(("", "", "（代）", " 先生", "(离职)"))),
    ({"PERSON"}, lambda c: c.name()[0] + "*" * c.pick((1, 2))),
    ({"PERSON"}, lambda c: "、".join(c.name() for _ in range(c.below(1, 4)))),
    ({"PERSON"}, lambda c: " ".join(c.english())),
    ({"PERSON"}, lambda c: ", ".join(reversed(c.english()))),
    ({"PERSON"}, _seldom(lambda c: c.name(), 30, lambda c: "")),
    ({"PERSON", "CN_MOBILE"}, lambda c: f"{c.name()} {c.number()}"),
    ({"PERSON", "CN_MOBILE", "ADDRESS"}, lambda c: f"{c.name()},{c.number()},{c.home()}"),
    ({"PERSON", "CN_ID"}, lambda c: f"{c.name()}|{c.citizen()}"),
    ({"PERSON"}, _seldom(lambda c: f"已联系{c.name()}，{_chat(c)}", 25, _chat)),
    ({"CN_ID"}, lambda c: c.citizen()),
    ({"CN_ID"}, lambda c: c.citizen().translate(WIDE)),
    ({"CN_ID"}, lambda c: c.old_citizen() if c.below(3) else c.citizen()),
    ({"CN_ID"}, lambda c: "'" + c.citizen().lower()),
    ({"CN_ID"}, lambda c: _group(c.citizen(), r"(.{6})(.{8})(.{4})", r"\1********\3")),
    ({"CN_ID"}, lambda c: _group(c.citizen(), r"(.{6})(.{8})(.{4})", r"\1-\2-\3")),
    ({"CN_ID"}, _seldom(lambda c: c.citizen(), 8, lambda c: "")),
    ({"CN_ID"}, _seldom(lambda c: c.citizen(), 6, _chat)),
    ({"CN_ID"}, lambda c: c.citizen(good=c.below(5) > 0)),
    ({"CN_ID", "PASSPORT"}, lambda c: c.citizen() if c.below(4) else "E" + c.digits(8)),
    ({"CN_MOBILE"}, lambda c: c.number()),
    ({"CN_MOBILE"}, lambda c: c.number() + ".0"),
    ({"CN_MOBILE"}, lambda c: "\t" + c.number() + " "),
    ({"CN_MOBILE"}, lambda c: _group(c.number(), r"(...)(....)(....)", r"\1****\3")),
    ({"CN_MOBILE"}, lambda c: _group(c.number(), r"(...)(....)(....)", c.pick((r"\1-\2-\3", r"\1 \2 \3", r"\1\2\3")))),
    ({"CN_MOBILE"}, lambda c: "+86" + c.number()),
    ({"CN_MOBILE"}, lambda c: c.number().translate(WIDE)),
    ({"CN_MOBILE"}, lambda c: c.number() + "/" + c.number()),
    ({"CN_MOBILE"}, _seldom(lambda c: f"回电{c.number()}", 4, _chat)),
    ({"CN_MOBILE", "LANDLINE"}, lambda c: c.number() if c.below(3) else c.landline()),
    ({"CN_MOBILE", "EMAIL"}, lambda c: c.number() if c.below(2) else c.mail()),
    ({"BANK_CARD"}, lambda c: c.pan()),
    ({"BANK_CARD"}, lambda c: _group(c.pan())),
    ({"BANK_CARD"}, lambda c: c.card("4", 16) if c.below(2) else c.card("5" + c.pick("12345"), 16)),
    ({"BANK_CARD"}, lambda c: _group(c.pan(), r"^(.{6}).*(.{4})$", r"\1*********\2")),
    ({"EMAIL"}, lambda c: c.mail()),
    ({"EMAIL"}, lambda c: c.mail().upper()),
    ({"EMAIL"}, lambda c: f"<mailto:{c.mail()}>;"),
    ({"EMAIL"}, _seldom(lambda c: f"请抄送 {c.mail()}", 5, _chat)),
    ({"LANDLINE"}, lambda c: c.landline()),
    ({"LANDLINE"}, lambda c: re.sub(r"(\d+)-(.*)", r"(\1) \2", c.landline())),
    ({"ADDRESS"}, lambda c: c.home()),
    ({"ADDRESS"}, lambda c: c.country()),
    ({"ADDRESS"}, lambda c: c.near()),
    ({"ADDRESS"}, lambda c: c.us_address()),
    ({"IPV4"}, lambda c: c.ipv4()),
    ({"IPV4"}, lambda c: f"{c.ipv4()}:{c.below(1024, 65535)}"),
    ({"IPV6"}, lambda c: c.ipv6()),
    ({"MAC"}, lambda c: c.mac("-").upper()),
    ({"IMEI"}, lambda c: c.imei()),
    ({"IMSI"}, lambda c: "4600" + c.pick("0126") + c.digits(10)),
    ({"VIN"}, lambda c: c.vin()),
    ({"PLATE"}, lambda c: c.plate()),
    ({"PLATE"}, lambda c: re.sub(r"^(..)", r"\1·", c.plate())),
    ({"USCC"}, lambda c: c.company()),
    ({"GPS"}, lambda c: f"{c.below(90, 128)}.{c.digits(6)},{c.below(22, 46)}.{c.digits(6)}"),
    ({"GPS"}, lambda c: f"POINT({c.below(90, 128)}.{c.digits(5)} {c.below(22, 46)}.{c.digits(5)})"),
    ({"DOB"}, lambda c: "{}-{:02}-{:02}".format(*c.day(1945, 2006))),
    ({"DOB"}, lambda c: "{}{:02}{:02}".format(*c.day(1945, 2006))),
    ({"DOB"}, lambda c: "{}/{}/{}".format(*c.day(1945, 2006))),
    ({"IBAN"}, lambda c: c.iban()),
    ({"US_SSN"}, lambda c: c.ssn()),
    ({"FOREIGNER_ID"}, lambda c: c.foreigner()),
    ({"PHONE_INTL"}, lambda c: f"+1-{c.below(210, 980)}-555-01{c.digits(2)}"),
    ({"SECRET"}, lambda c: "LTAI" + c.token(20)),
    ({"SECRET"}, lambda c: "ghp_" + c.token(36)),
    ({"SECRET"}, lambda c: "eyJhbGciOiJIUzI1NiJ9.eyJ" + c.token(30) + "." + c.token(43)),
    ({"CN_ID", "CN_MOBILE", "PERSON"}, lambda c: f'{{"n":"{c.name()}","i":"{c.citizen()}","m":"{c.number()}"}}'),
    ({"EMAIL", "IPV4"}, lambda c: f"login {c.mail()} from {c.ipv4()} ok"),
]
NAMED: list[tuple[set[str], str, Maker]] = [
    ({"QQ"}, "qq_no", lambda c: str(c.below(1, 9)) + c.digits(c.below(6, 10))),
    ({"WECHAT"}, "微信", lambda c: "wxid_" + c.token(13, "abcdefghjk0123456789")),
    ({"PASSPORT"}, "护照号码", lambda c: c.pick("EG") + c.digits(8)),
    ({"HKM_PERMIT"}, "回乡证", lambda c: c.pick("HM") + c.digits(8)),
    ({"TW_PERMIT"}, "台胞证", lambda c: c.digits(8)),
    ({"SOCIAL_SEC"}, "医保编号", lambda c: c.digits(10)),
    ({"SECRET"}, "login_pwd", lambda c: c.password()),
    ({"GPS"}, "latitude", lambda c: f"{c.below(22, 46)}.{c.digits(6)}"),
    ({"DOB"}, "csrq", lambda c: "{}-{:02}-{:02}".format(*c.day(1990, 2016))),
    ({"PERSON"}, "经办人", lambda c: c.two()),
]
FOUND_NEXT: list[tuple[set[str], Maker]] = [
    ({"PERSON"}, lambda c: f"{c.name()}/{c.name()}"),
    ({"PERSON"}, lambda c: c.name()[:1] + "　" + c.given()),
    ({"PERSON"}, lambda c: "*" + c.given()[-1]),
    ({"PERSON"}, lambda c: c.english()[1].upper() + " " + c.english()[0]),
    ({"PERSON"}, _seldom(lambda c: f"代收人{c.name()}", 40, _chat)),
    ({"PERSON", "CN_MOBILE"}, lambda c: f"{c.name()}（{c.number()}）"),
    ({"CN_MOBILE"}, lambda c: '="' + c.number() + '"'),
    ({"CN_MOBILE"}, lambda c: c.number() + "(微信)"),
    ({"CN_MOBILE"}, _seldom(lambda c: c.number(), 15, lambda c: c.pick(("无", "-", "未填")))),
    ({"CN_ID"}, lambda c: "身份证:" + c.citizen()),
    ({"CN_ID"}, lambda c: c.citizen() + ";"),
    ({"CN_ID"}, lambda c: c.old_citizen()),
    ({"CN_ID"}, lambda c: re.sub(r"^(.).*(.)$", r"\1****************\2", c.citizen())),
    ({"CN_ID", "CN_MOBILE"}, lambda c: c.citizen() + c.number()),
    ({"BANK_CARD"}, lambda c: "尾号" + (p := c.pan())[-4:] + " 全号" + p),
    ({"BANK_CARD"}, _seldom(lambda c: c.pan(), 12, lambda c: "")),
    ({"EMAIL"}, lambda c: f"{c.mail()};{c.mail()}"),
    ({"EMAIL"}, lambda c: f'"{c.mail()}"'),
    ({"EMAIL", "CN_MOBILE"}, lambda c: f"u={c.mail()}&m={c.number()}"),
    ({"ADDRESS"}, lambda c: c.home() + "（门口柜）"),
    ({"ADDRESS"}, _seldom(lambda c: c.near(), 60, lambda c: "自提")),
    ({"LANDLINE"}, lambda c: c.landline() + "-" + c.digits(3)),
    ({"DOB"}, lambda c: "{}年{}月{}日".format(*c.day(1930, 2004))),
    ({"DOB"}, lambda c: "{}-{:02}-{:02} 00:00:00".format(*c.day(1940, 2006))),
    ({"GPS"}, lambda c: f"[{c.below(90, 128)}.{c.digits(6)}, {c.below(22, 46)}.{c.digits(6)}]"),
    ({"SECRET"}, lambda c: "AKIA" + c.token(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")),
    ({"IPV4", "MAC"}, lambda c: f"{c.ipv4()}@{c.mac()}"),
    ({"PLATE", "PERSON"}, lambda c: f"{c.plate()} {c.name()}"),
]
"""More forms, for the second set alone."""
FOUND_FOURTH: list[tuple[set[str], Maker]] = [
    ({"PERSON"}, lambda c: " ".join(c.name())),
    ({"PERSON"}, lambda c: f"{c.name()}({c.digits(4)})"),
    ({"PERSON"}, lambda c: c.name() + c.pick(("老师", "医生", "主任", "师傅"))),
    ({"PERSON"}, lambda c: c.pick(("父", "母", "祖父", "姑")) + ":" + c.name()),
    ({"PERSON"}, lambda c: c.one("compound") + c.given()),
    ({"PERSON"}, lambda c: c.one("rare") + c.given()),
    ({"PERSON"}, lambda c: c.two()),
    ({"PERSON", "CN_MOBILE"}, lambda c: c.name() + c.number()),
    ({"PERSON", "CN_ID"}, lambda c: f"{c.citizen()}_{c.name()}"),
    ({"PERSON", "BANK_CARD"}, lambda c: f"户名:{c.name()};账号:{c.pan()}"),
    ({"PERSON", "ADDRESS", "CN_MOBILE"}, lambda c: f"{c.form('forms')} {c.name()}收 {c.number()}"),
    ({"ADDRESS"}, lambda c: c.form("forms")),
    ({"ADDRESS"}, lambda c: c.form("nears")),
    ({"ADDRESS"}, lambda c: c.form("forms").translate(WIDE)),
    ({"CN_ID"}, lambda c: c.citizen() if c.below(3) else c.old_citizen()),
    ({"CN_ID"}, lambda c: _group(c.citizen(), r"(.{3})(.{3})(.{4})(.{4})(.{4})", r"\1 \2 \3 \4 \5")),
    ({"CN_ID"}, lambda c: "ID" + c.citizen()),
    ({"CN_ID"}, lambda c: _group(c.citizen(), r"^(.{14}).*$", r"\1****")),
    ({"CN_ID"}, _seldom(lambda c: c.citizen(), 90, lambda c: f"{int(c.digits(17)):.5E}")),
    ({"CN_MOBILE"}, _seldom(lambda c: c.number(), 80, lambda c: c.number() + "," + c.number())),
    ({"CN_MOBILE"}, lambda c: "0" + c.number()),
    ({"CN_MOBILE"}, lambda c: "(+86)" + c.number()),
    ({"CN_MOBILE"}, lambda c: f"{c.number()}转{c.digits(2)}"),
    ({"CN_MOBILE"}, lambda c: "tel:" + c.number()),
    ({"CN_MOBILE"}, lambda c: _group(c.number(), r"(.{7})....", r"\1****")),
    ({"BANK_CARD"}, lambda c: _group(c.pan(), r"(.{4})(?=.)", r"\1-")),
    ({"BANK_CARD"}, lambda c: "工行" + c.pan()),
    ({"EMAIL"}, lambda c: re.sub(r"^(.).*@", r"\1***@", c.mail())),
    ({"EMAIL"}, lambda c: " " + c.mail().replace("@", "＠")),
    ({"DOB"}, lambda c: "{1}/{2}/{0}".format(*c.day(1948, 2004))),
    ({"IPV4"}, lambda c: f"::ffff:{c.ipv4()}"),
    ({"PLATE"}, lambda c: c.plate().lower()),
    ({"GPS"}, lambda c: f"{c.below(22, 46)}.{c.digits(6)};{c.below(90, 128)}.{c.digits(6)}"),
]
"""Forms of the fourth set alone: joined without a mark, prefixes, damage, what only a part shows."""
CLEAN_FOURTH: list[tuple[str, Maker]] = [
    (
        "oid",
        lambda c: (
            "{}{:02}{:02}".format(*c.day(2019, 2025))
            + f"{c.below(24):02}{c.below(60):02}{c.below(60):02}"
            + c.digits(4)
        ),
    ),
    ("sid", lambda c: f"{c.pick(('1001', '4403', '3101'))}{c.digits(14)}"),
    ("us", lambda c: "17" + c.digits(14)),
    ("ns", lambda c: "16" + c.digits(17)),
    ("acct", lambda c: c.digits(12)),
    ("semver", lambda c: f"v{c.below(4)}.{c.below(20)}.{c.below(90)}-rc{c.below(1, 5)}"),
    ("build", lambda c: f"{c.below(1, 12)}.{c.below(256)}.{c.below(5000, 9000)}.{c.below(256)}"),
    ("xy", lambda c: f"{c.below(2000)}.{c.digits(2)},{c.below(2000)}.{c.digits(2)}"),
    ("tile", lambda c: f"{c.below(8, 18)}/{c.below(9000)}/{c.below(9000)}"),
    ("pct", lambda c: f"0.{c.digits(8)}"),
    ("dim", lambda c: f"{c.below(300, 4000)}x{c.below(300, 4000)}"),
    ("skuzh", lambda c: c.pick(GOODS) + "-" + c.pick(("红", "黄", "白", "金")) + "-" + c.pick(("大", "中", "小"))),
    ("dept", lambda c: c.pick(_of("安全部 法务部 常务办 党委办 应收组 计划处 房管科 车务段 时控室 管网所"))),
    (
        "course",
        lambda c: c.pick(_of("高等数学 方程初步 常微分 解析几何 应用文 古代史 计量学 时间序列 任务驱动 石油地质")),
    ),
    ("drug", lambda c: c.pick(_of("安乃近 黄连素 金银花 连翘片 石斛 甘草片 白芍 柏子仁 康妇消 江中片 车前草 马钱子"))),
    (
        "station",
        lambda c: c.pick(_of("金运路 莘庄 龙阳路 世纪大道 陆家嘴 江苏路 东川路 祁华路 上海南站 花桥 安亭 白银路")),
    ),
    (
        "town",
        lambda c: c.pick(_of("余杭 高淳 金坛 武进 江阴 吴江 常熟 张浦 周庄 陆家 花桥 严桥 时堰 温泉镇 贾汪 柳林")),
    ),
    ("star", lambda c: c.pick(_of("白羊座 金牛座 双子座 巨蟹座 狮子座 天秤座"))),
    ("festival", lambda c: c.pick(_of("元旦 春节 清明 端午 中秋 重阳 冬至 立春 谷雨 白露 霜降"))),
    ("weekday", lambda c: c.pick(_of("周一 周二 周三 周四 周五 周六 周日"))),
    ("ganzhi", lambda c: c.pick(_of("甲子 乙丑 丙寅 丁卯 戊辰 己巳 庚午 辛未 壬申 癸酉"))),
    ("material", lambda c: c.pick(_of("石英 金属 黄铜 白铁 毛毡 皮革 麻布 水晶 竹木 云母 石棉 柳编"))),
    (
        "reply",
        lambda c: c.pick(_of("好的 方便 安排了 许可 同意 明白 常规 高兴 马上 应该可以 何时发货 万一不行呢 时间太长")),
    ),
    (
        "corp3",
        lambda c: c.pick(_of("陈 王 李 张 周")) + c.pick(_of("记 氏")) + c.pick(_of("饺子馆 牛肉面 卤味 车行 诊所")),
    ),
    ("hs", lambda c: f"{c.digits(4)}.{c.digits(2)}.{c.digits(2)}"),
    ("lot", lambda c: f"{c.pick('ABCDE')}{c.digits(2)}-{c.digits(6)}-{c.digits(2)}"),
    ("batch", lambda c: "{}{:02}{:02}".format(*c.day(2020, 2025)) + "-" + c.digits(3)),
    ("meter", lambda c: "0" + c.digits(11)),
    ("n15", lambda c: c.pick("235789") + c.digits(14)),
    ("file", lambda c: f"IMG_{c.digits(8)}_{c.digits(6)}.jpg"),
    ("ip_priv", lambda c: f"第{c.below(1, 9)}.{c.below(1, 9)}.{c.below(1, 9)}.{c.below(1, 9)}节"),
]
"""What the fourth set adds to what is clean."""
GOODS = _of(
    "苹果 白梨 石榴 黄桃 方便面 高粱酒 金针菇 白糖 万寿菊 马蹄莲 连翘 杜仲 黄连 白芷 田七 江米 安神丸 康乐球 温度计"
    " 成套桌椅 包装纸箱 路由器 常青藤 平底锅 水杯"
)
PLACE_NAMES = _of(
    "李家沟 王庄 高平 张家界 马尾 黄石 石门 白城 江门 平安 安宁 宁安 和平 金华 常山 武平 连江 罗源 余杭 成安"
)
TITLES = _of("经理 主管 专员 总监 助理工程师 高级顾问 司机 文员 会计 出纳 保安 店长 实习生 组长")
CLEAN: list[tuple[str, Maker]] = [
    ("no", lambda c: f"{c.below(2018, 2025)}{c.below(1, 13):02}{c.below(1, 29):02}{c.digits(10)}"),
    ("serial", lambda c: c.digits(18)),
    ("key", lambda c: "1" + c.digits(18)),
    ("ms", lambda c: "16" + c.digits(11)),
    ("s", lambda c: "16" + c.digits(8)),
    ("code", lambda c: c.pick(("10", "11", "12", "2", "3")) + c.digits(9)),
    ("pid", lambda c: f"1{c.digits(10)}"),
    ("num15", lambda c: c.digits(15)),
    ("num16", lambda c: c.pick("1789") + c.digits(15)),
    ("num19", lambda c: c.digits(19)),
    ("ean", lambda c: "69" + c.digits(11)),
    ("isbn", lambda c: "9787" + c.digits(9)),
    ("hash", lambda c: c.token(32, "0123456789abcdef")),
    ("uuid", lambda c: "-".join(c.token(n, "0123456789abcdef") for n in (8, 4, 4, 4, 12))),
    ("ver", lambda c: f"{c.below(1, 11)}.{c.below(9)}.{c.below(30)}"),
    ("amt", lambda c: f"{c.below(1, 99999)}.{c.digits(2)}"),
    ("rate", lambda c: f"{c.below(100)}.{c.digits(1)}%"),
    ("dt", lambda c: "{}-{:02}-{:02}".format(*c.day(2019, 2024))),
    ("dt8", lambda c: "{}{:02}{:02}".format(*c.day(2016, 2024))),
    (
        "dttm",
        lambda c: "{}-{:02}-{:02} ".format(*c.day(2019, 2024)) + f"{c.below(24):02}:{c.below(60):02}:{c.below(60):02}",
    ),
    ("goods", lambda c: c.pick(GOODS)),
    ("goods2", lambda c: c.pick(GOODS) + f"{c.below(1, 9)}00g"),
    ("place", lambda c: c.pick(PLACE_NAMES)),
    ("city", lambda c: c.pick(c.of["places"])[:3]),
    ("region", lambda c: c.pick(c.of["places"])),
    ("corp", lambda c: c.pick(c.of["companies"])),
    (
        "corp2",
        lambda c: (
            c.pick(PLACE_NAMES) + c.pick(_of("恒 盛 泰 源 通 达 信")) + c.pick(_of("丰 华 隆 诚 远")) + "商贸有限公司"
        ),
    ),
    ("title", lambda c: c.pick(TITLES)),
    ("status", lambda c: c.pick(("待付款", "已完成", "关闭", "退款中"))),
    ("note", _chat),
    ("url", lambda c: f"https://www.example.cn/p/{c.digits(8)}.html?from={c.token(5)}"),
    ("path", lambda c: f"/data/{c.token(6)}/{c.digits(4)}/img_{c.digits(6)}.jpg"),
    ("zip", lambda c: c.digits(6)),
    ("n8", lambda c: c.digits(8)),
    ("n9", lambda c: c.digits(9)),
    ("ratio", lambda c: f"{c.below(10)}.{c.digits(6)}"),
    ("temp", lambda c: f"{c.below(-20, 40)}.{c.digits(1)}"),
    ("sku", lambda c: c.pick("ABCDEFGH") + c.digits(8)),
    ("sku2", lambda c: f"{c.token(3, 'ABCDE')}-{c.digits(4)}-{c.digits(3)}"),
    ("waybill", lambda c: c.pick(("SF", "YT")) + c.digits(13)),
    ("color", lambda c: c.pick(_of("海棠红 月白 黛蓝 石青 金黄 雪白 米白 温莎灰 高级灰 马卡龙"))),
    ("school", lambda c: c.pick(PLACE_NAMES) + c.pick(_of("第一小学 实验中学 职业学院"))),
    (
        "en",
        lambda c: c.pick(_of("Spring Sale;Green Tea;Gift Card;Summer Camp;Black Friday;Golden Gate;May Flower")),
    ),
    ("enword", lambda c: c.pick(_of("active closed pending Grant Mark Bill Chase"))),
    ("mask", lambda c: "*" * c.below(3, 8)),
    ("ip10", lambda c: f"10.0.{c.below(19000, 22000)}.{c.below(100, 999)}"),
    ("bool", lambda c: c.pick("01")),
    ("phone400", lambda c: f"400-{c.digits(3)}-{c.digits(4)}"),
    ("year", lambda c: str(c.below(1990, 2024))),
    ("size", lambda c: f"{c.below(20, 300)}*{c.below(20, 300)}*{c.below(5, 90)}"),
    ("code9", lambda c: c.pick("EGH") + c.digits(9)),
    ("num11b", lambda c: c.pick("2345679") + c.digits(10)),
    ("num17", lambda c: c.digits(17)),
    ("dtslash", lambda c: "{}/{}/{}".format(*c.day(2020, 2025))),
    ("range", lambda c: f"{c.below(100, 999)}-{c.digits(4)}-{c.digits(4)}"),
    ("long", lambda c: f"第{c.below(1, 30)}批次{c.pick(GOODS)}入库{c.below(2, 900)}件，验收{c.pick(('合格', '待检'))}"),
]


def sheets(
    which: str, seed: int, *, tables: int = 40, columns: int = 10, rows: int = 200
) -> tuple[dict[str, pa.Table], dict[str, dict[str, set[str]]]]:
    """Tables and the types of their columns (none: clean)."""
    cast = Cast(seed, which)
    more, bare = {"second": (FOUND_NEXT + FOUND, CLEAN), "fourth": (FOUND_FOURTH, CLEAN_FOURTH)}.get(
        which, (FOUND, CLEAN)
    )
    found, clean = _deal(more, cast), _deal(bare, cast)
    data, labels = {}, {}
    for number in range(tables):
        chosen: list[tuple[str, set[str], Maker]] = []
        for at in range(columns):
            way = cast.below(20)
            if way < 7:
                types, make = next(found)
                chosen.append((cast.pick(("f", "col_", "x", "字段")) + str(at), types, make))
            elif way == 7:
                types, name, make = cast.pick(NAMED)
                chosen.append((name, types, make))
            else:
                name, make = next(clean)
                chosen.append((cast.pick((f"f{at}", name, f"attr{at}")), set(), make))
        chosen = list({name: (name, types, make) for name, types, make in chosen}.values())
        table = f"t{number:02}"
        data[table] = pa.table({name: [make(cast) for _ in range(rows)] for name, _, make in chosen})
        labels[table] = {name: types for name, types, _ in chosen}
    return data, labels


def _deal(of: list, cast: Inventor):  # type: ignore[no-untyped-def,type-arg]
    while True:
        yield from sorted(of, key=lambda _: cast.rng.random())
