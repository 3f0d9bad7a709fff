"""Invented people and numbers: drawn at random, check digits computed, nobody's. Births lie in 1900 to 1905 in tests that name one."""

from __future__ import annotations

import random
from importlib.resources import files

_AREAS = [
    line.split()[0]
    for line in files("gongyue.conduct.scanning").joinpath("data/regions.txt").read_text("utf-8").splitlines()
    if line[:1].isdigit() and line[4:6] not in {"00", "01"}
]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
GIVEN = [
    "建国",
    "建华",
    "志强",
    "志明",
    "国强",
    "国庆",
    "晓明",
    "晓东",
    "晓燕",
    "小红",
    "小兵",
    "丽华",
    "丽娟",
    "秀英",
    "秀兰",
    "桂芳",
    "桂英",
    "玉兰",
    "玉梅",
    "海燕",
    "海波",
    "文静",
    "文博",
    "文杰",
    "雅婷",
    "雅琴",
    "欣怡",
    "欣妍",
    "梓涵",
    "梓萱",
    "子轩",
    "子墨",
    "宇航",
    "宇轩",
    "浩然",
    "浩宇",
    "俊杰",
    "俊豪",
    "嘉怡",
    "嘉豪",
    "思远",
    "思琪",
    "诗涵",
    "诗雨",
    "佳琪",
    "佳慧",
    "雨桐",
    "雨欣",
    "明哲",
    "明轩",
    "晨曦",
    "晨阳",
    "天佑",
    "天宇",
    "一鸣",
    "一诺",
    "可欣",
    "可馨",
    "若曦",
    "若彤",
    "淑芬",
    "淑珍",
    "永强",
    "永福",
    "德华",
    "德胜",
    "卫东",
    "卫红",
    "立新",
    "立军",
    "振华",
    "振宇",
    "伟",
    "强",
    "磊",
    "军",
    "洋",
    "勇",
    "艳",
    "杰",
    "娟",
    "涛",
    "明",
    "超",
    "敏",
    "静",
    "丽",
    "芳",
    "娜",
    "霞",
    "鹏",
    "飞",
    "波",
    "斌",
    "健",
    "辉",
    "刚",
    "平",
    "宁",
    "琳",
    "婷",
    "颖",
    "雪",
    "倩",
    "晶",
    "莹",
    "慧",
    "峰",
    "凯",
    "旭",
    "昊",
    "璐",
    "蕾",
    "薇",
    "楠",
    "楚",
    "岩",
    "亮",
    "帆",
]


class Inventor:
    """Draws from one seed."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.pick = self.rng.choice
        self.below = self.rng.randrange

    def digits(self, n: int) -> str:
        return "".join(str(self.below(10)) for _ in range(n))

    def person(self) -> str:
        return self.pick(SURNAMES) + self.pick(GIVEN)

    def citizen(self, *, good: bool = True, first: int = 1950, last: int = 2008) -> str:
        body = (
            f"{self.pick(_AREAS)}{self.below(first, last)}{self.below(1, 13):02}{self.below(1, 29):02}{self.digits(3)}"
        )
        check = "10X98765432"[sum(int(d) * w for d, w in zip(body, _WEIGHTS, strict=True)) % 11]
        return body + (check if good else ("1" if check != "1" else "2"))

    def old_citizen(self) -> str:
        whole = self.citizen(first=1930, last=1990)
        return whole[:6] + whole[8:17]

    def mobile(self) -> str:
        return self.pick(("130", "135", "138", "150", "159", "166", "177", "182", "189", "191", "199")) + self.digits(8)

    def card(self, prefix: str = "62", n: int = 19) -> str:
        return self.luhn(prefix + self.digits(n - 1 - len(prefix)))

    def luhn(self, body: str) -> str:
        total = 0
        for i, d in enumerate(reversed(body)):
            v = int(d) * (2 if i % 2 == 0 else 1)
            total += v - 9 if v > 9 else v
        return body + str(-total % 10)

    def imei(self) -> str:
        return self.luhn(self.pick(("35", "86", "01")) + self.digits(12))

    def company(self) -> str:
        body = (
            self.pick(("91", "92", "51", "52", "12")) + self.pick(_AREAS) + "".join(self.pick(_CODE) for _ in range(9))
        )
        weights = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)
        return body + _CODE[-sum(_CODE.index(c) * w for c, w in zip(body, weights, strict=True)) % 31]

    def landline(self) -> str:
        return (
            self.pick(("010", "021", "0755", "0571", "0871", "0431", "029"))
            + "-"
            + self.pick("2345678")
            + self.digits(6 + self.below(2))
        )

    def email(self) -> str:
        return f"{self.pick(('li', 'zhang', 'sunny', 'a.b', 'q_x', 'info'))}{self.below(1000)}@{self.pick(('mail.example.cn', 'corp.example', 'foo.example.com'))}"

    def address(self) -> str:
        where = self.pick(
            ("浙江省杭州市余杭区", "广东省佛山市顺德区", "北京市海淀区", "上海市浦东新区", "成都市武侯区", "湖北省武汉市洪山区", "苏州市吴江区", "南宁市青秀区", "河北省保定市定兴县",
             "新疆维吾尔自治区伊犁哈萨克自治州伊宁市", "深圳市南山区", "重庆市渝北区", "辽宁省大连市沙河口区")
        )  # fmt: skip
        how = self.pick(
            (f"文三西路{self.below(1, 900)}号", f"建设二路{self.below(1, 99)}号{self.below(1, 30)}栋{self.below(100, 2900)}室",
             f"科技园南区{self.below(1, 30)}栋{self.below(1, 40)}楼", f"学院路丁{self.below(1, 40)}号{self.below(1, 9)}号楼{self.below(1, 6)}单元{self.below(101, 2500)}",
             f"翡翠城{self.below(1, 9)}期{self.below(1, 60)}幢{self.below(1, 4)}单元{self.below(101, 1900)}室", f"张江镇祖冲之路{self.below(100, 3000)}弄{self.below(1, 90)}号{self.below(101, 1200)}室",
             f"大王庄村{self.below(1, 9)}组{self.below(1, 99)}号", f"滨江大道{self.below(1, 900)}号天汇大厦B座{self.below(10, 40)}层")
        )  # fmt: skip
        return where + how

    def day(self, first: int, last: int) -> tuple[int, int, int]:
        return self.below(first, last), self.below(1, 13), self.below(1, 29)
