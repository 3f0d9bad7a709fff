"""Invented people and numbers: drawn at random, check digits computed, nobody's. Births lie in 1900 to 1905 in tests that name one."""

from __future__ import annotations

import random
import re
from importlib.resources import files

_AREAS = [
    line.split()[0]
    for line in files("gongyue.conduct.scanning").joinpath("data/regions.txt").read_text("utf-8").splitlines()
    if line[:1].isdigit() and line[4:6] not in {"00", "01"}
]
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CODE = "0123456789ABCDEFGHJKLMNPQRTUWXY"
SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严武戴莫孔向汤"
)
_TWO = (
    "建国建华志强志明国强国庆晓明晓东晓燕小红小兵丽华丽娟秀英秀兰桂芳桂英玉兰玉梅海燕海波文静文博文杰雅婷雅琴欣怡欣妍梓涵梓萱"
    "子轩子墨宇航宇轩浩然浩宇俊杰俊豪嘉怡嘉豪思远思琪诗涵诗雨佳琪佳慧雨桐雨欣明哲明轩晨曦晨阳天佑天宇一鸣一诺可欣可馨若曦若彤"
    "淑芬淑珍永强永福德华德胜卫东卫红立新立军振华振宇"
)
_ONE = "伟强磊军洋勇艳杰娟涛明超敏静丽芳娜霞鹏飞波斌健辉刚平宁琳婷颖雪倩晶莹慧峰凯旭昊璐蕾薇楠楚岩亮帆"
GIVEN = [*(_TWO[i : i + 2] for i in range(0, len(_TWO), 2)), *_ONE]


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
        where = self.pick(("mail.example.cn", "corp.example", "foo.example.com"))
        return f"{self.pick(('li', 'zhang', 'sunny', 'a.b', 'q_x', 'info'))}{self.below(1000)}@{where}"

    def address(self) -> str:
        where = (
            "浙江省杭州市余杭区 广东省佛山市顺德区 北京市海淀区 上海市浦东新区 成都市武侯区 湖北省武汉市洪山区 苏州市吴江区 南宁市青秀区"
            " 河北省保定市定兴县 新疆维吾尔自治区伊犁哈萨克自治州伊宁市 深圳市南山区 重庆市渝北区 辽宁省大连市沙河口区"
        )
        how = (
            "文三西路{900}号 建设二路{99}号{30}栋{2900}室 科技园南区{30}栋{40}楼 学院路丁{40}号{9}号楼{6}单元{2500}"
            " 翡翠城{9}期{60}幢{4}单元{1900}室 张江镇祖冲之路{3000}弄{90}号{1200}室 大王庄村{9}组{99}号 滨江大道{900}号天汇大厦B座{40}层"
        )
        text = self.pick(where.split()) + self.pick(how.split())
        return re.sub(r"\{(\d+)\}", lambda m: str(self.below(1, int(m[1]))), text)

    def day(self, first: int, last: int) -> tuple[int, int, int]:
        return self.below(first, last), self.below(1, 13), self.below(1, 29)
