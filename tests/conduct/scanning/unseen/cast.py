"""Values for the unseen sets: names, places, addresses and numbers by other lists and forms than `inventing` and `heldout` use."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from tests.conduct.scanning.inventing import Inventor

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")


@cache
def lists(which: str) -> dict[str, list[str]]:
    """The lists of a set, and those of both."""
    raw = tomllib.loads(Path(__file__).with_name("lists.toml").read_text("utf-8"))
    return {name: text.split(";") if ";" in text else list(text) for name, text in (raw["both"] | raw[which]).items()}


class Cast(Inventor):
    """One seed's people and numbers; each set draws from lists of its own."""

    def __init__(self, seed: int, which: str = "first") -> None:
        super().__init__(seed)
        self.of = lists(which)

    def one(self, name: str) -> str:
        """One of a list."""
        return self.pick(self.of[name])

    def given(self) -> str:
        way = self.below(20)
        if way < 5:
            return self.one("singles")
        return self.one("wholes") if way < 8 else self.one("firsts") + self.one("lasts")

    def surname(self) -> str:
        way = self.below(40)
        return self.one("compound") if way == 0 else self.one("rare") if way < 6 else self.one("common")

    def name(self) -> str:
        return self.surname() + self.given()

    def two(self) -> str:
        return self.one("common") + self.one("singles")

    def english(self) -> tuple[str, str]:
        return self.one("english_firsts"), self.one("english_lasts")

    def home(self) -> str:
        road = f"{self.one('roads')}{self.one('road_ends')}{self.below(1, 999)}号"
        tail = self.pick(
            (
                "",
                f"{self.one('estates')}{self.below(1, 40)}栋{self.below(1, 4)}单元{self.below(101, 2802)}室",
                f"{self.below(1, 30)}幢{self.below(101, 1802)}",
                f"{self.one('estates')}{self.below(1, 20)}号楼{self.below(2, 30)}层",
                f"院内平房{self.below(2, 20)}号",
            )
        )
        return self.one("places") + road + tail

    def near(self) -> str:
        return self.pick(
            (
                f"{self.one('short')}{self.one('roads')}路{self.below(2, 400)}号{self.one('estates')}",
                f"{self.one('estates')}{self.below(1, 30)}栋{self.below(101, 2000)}室",
                f"{self.one('roads')}街{self.below(2, 300)}弄{self.below(1, 80)}号",
                f"{self.one('short')}{self.one('estates')}{self.below(1, 9)}期{self.below(1, 20)}座{self.below(101, 999)}",
            )
        )

    def country(self) -> str:
        return f"{self.one('counties')}{self.one('villages')}{self.below(1, 20)}组{self.below(1, 120)}号"

    def form(self, which: str) -> str:
        """An address of a list, its signs # made digits."""
        return re.sub("#", lambda _: str(self.below(1, 10)), self.one(which))

    def us_address(self) -> str:
        street = self.pick(
            ("Maple Avenue", "Oak Street", "Elm Drive", "Sunset Boulevard", "Third Street", "Willow Lane")
        )
        unit = self.pick(("", f", Apt {self.below(1, 40)}", f", Suite {self.below(100, 900)}"))
        town = self.pick(("Springfield, IL", "Dayton, OH", "Fresno, CA", "Albany, NY", "Boise, ID", "Tulsa, OK"))
        return f"{self.below(10, 9999)} {street}{unit}, {town} {self.below(10000, 99999)}"

    def mail(self) -> str:
        user = self.pick(("w.chen", "liuyang", "service-team", "zq", "h_lin", "first.last", "no1fan", "tt+news"))
        return f"{user}{self.pick(('', str(self.below(2000))))}@{self.one('domains')}"

    def number(self) -> str:
        return self.pick(re.findall("...", "130133136139145147150152156158166173175178180185188193198")) + self.digits(
            8
        )

    def pan(self) -> str:
        prefix, length = self.pick(
            (("621700", 19), ("622848", 19), ("622202", 19), ("625800", 16), ("436742", 16), ("623052", 19))
        )
        return self.card(prefix, length)

    def token(self, n: int, alphabet: str = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") -> str:
        return "".join(self.pick(alphabet) for _ in range(n))

    def password(self) -> str:
        return self.pick(("Zx", "kQ", "tr")) + self.token(7) + self.pick("!#%&@") + self.digits(2)

    def vin(self) -> str:
        letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
        body = (
            self.pick(("LSV", "LFV", "LGX", "WDB", "LBE"))
            + self.token(5, letters)
            + "0"
            + self.token(2, letters)
            + self.digits(6)
        )
        value = {c: int(v) for c, v in zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)}
        weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
        rest = sum((int(c) if c.isdigit() else value[c]) * w for c, w in zip(body, weights, strict=True)) % 11
        return body[:8] + ("X" if rest == 10 else str(rest)) + body[9:]

    def plate(self) -> str:
        head = self.pick("京沪粤浙苏鲁豫川渝湘鄂闽皖赣晋冀辽吉黑陕甘") + self.pick("ABCDEFGH")
        return head + self.pick(
            (self.digits(5), self.pick("DF") + self.digits(5), self.pick("KLMN") + self.digits(4), self.digits(4) + "Q")
        )

    def mac(self, mark: str = ":") -> str:
        return mark.join(f"{self.below(256):02x}" for _ in range(6))

    def ipv4(self) -> str:
        return (
            f"{self.pick((36, 58, 101, 113, 183, 203, 220))}.{self.below(256)}.{self.below(256)}.{self.below(1, 255)}"
        )

    def ipv6(self) -> str:
        return "240e:" + ":".join(f"{self.below(1, 65536):x}" for _ in range(7))

    def iban(self) -> str:
        country, bank, length = self.pick((("DE", "", 18), ("FR", "", 23), ("GB", "NWBK", 14), ("NL", "INGB", 10)))
        body = bank + self.digits(length)
        number = int("".join(str(int(c, 36)) for c in body + country + "00"))
        return f"{country}{98 - number % 97:02}{body}"

    def ssn(self) -> str:
        return f"{self.below(100, 660)}-{self.below(10, 99)}-{self.below(1000, 9999)}"

    def foreigner(self) -> str:
        where = self.pick(("11", "31", "44")) + self.pick(("840", "276", "392", "250"))
        born = f"19{self.below(60, 99)}{self.below(1, 13):02}{self.below(1, 29):02}"
        body = f"9{where}{born}{self.digits(3)}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
