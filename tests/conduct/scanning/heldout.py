"""An evaluation set of our own, apart from what the scanner was tuned on: other sentences, other forms, other noise.

python -m tests.conduct.scanning.heldout DIR        writes texts.jsonl and tables/ with labels.json
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tests.conduct.scanning.inventing import Inventor

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")

TEXTS = """
{P}反映，其本人名下尾号不详的账户被盗刷，卡号{B}，预留手机{M}。
快递放{A}门口，打{M}找{P}就行
会议由{P}主持，{P}、{P}和{P}参加，{P}作了汇报。
经查，{P}（身份证号码：{I}）于2021年3月入职，户籍地址为{A}。
{P}告诉记者，他已经在这里住了二十多年。
昨天下午三点，{P}在{A}签收了包裹。
报名表：{P}；性别：女；手机：{M}；邮箱：{E}
收货信息：{P}，{M}，{A}
尊敬的{P}女士：您的保单已生效，如有疑问请致电{L}。
委托代理人{P}，{L2}，执业证见附件。
紧急联系人 {P} / {M} / 关系：配偶
请{P}同学尽快到教务处领取材料，联系电话{L}
{P}称，对方自称客服，要求其添加微信{W}并转账。
身份证{I}的持有人已于昨日到案。
旅客{P}持护照{H}入境。
患者{P}，出生日期{D}，主诉头痛三日。
乙方联系人为{P}，电子邮箱{E}，QQ号{Q}
车牌{K}的白色轿车停在消防通道，请{P}先生挪车。
该车车架号为{V}，登记在{P}名下。
服务器{IP}被异常登录，MAC地址{MAC}，对应员工{P}。
终端IMEI:{IM}已绑定用户{M}
统一社会信用代码{U}的企业法定代表人是{P}。
证人{P}证实，案发时{P}正在外地出差。
本院认为，被告{P}应当返还原告{P}借款本金。
审判员{P}，书记员{P}
姓名={P}&idcard={I}&phone={M}
name: {P}, mobile: {M}, addr: {A}
{{"userName":"{P}","phoneNo":"{M}","certNo":"{I}","bankCardNo":"{B}"}}
INSERT INTO t_user VALUES ('{P}','{M}','{I}','{E}');
{P}\t{M}\t{I}\t{A}
1、{P}　{M}　{E}
打款到建行{B}，户名{P}，备注货款
张总让我联系{P}，电话{M4}，谢谢
手机号：{MW}（微信同号）
我的电话是{M3}，找{P}
+86 {M} 是{P}的新号码
工资卡：{BG}，持卡人：{P}
老身份证号{I15}已换发新证
证件号{IB}校验未通过，请{P}重新填写。
社保卡号：{S}，参保人：{P}
台胞证{T}，姓名{P}
港澳居民来往内地通行证号码：{HK}
位置上报 lat={LA}, lng={LO} 设备{IM}
生日：{D2}，属相不详
他出生于{D}，籍贯湖南。
连接串 mysql://root:{PW}@10.2.3.4:3306/shop 不要外传给外部
export DB_PASSWORD='{PW}'
系统管理员密码：{PW}
机密★三年
本资料属公司商业秘密，未经书面许可不得外传
AccessKeyId: {AK}
"""
CLEAN = """
订单号{N18}已于今日发出，运单{N13}，请注意查收。
交易流水号：{N20}，金额 128.00 元。
版本 10.24.3.118 已发布，请从 9.12.0.77 升级。
温州和杭州之间的高速公路全长约三百公里，沿线设有服务区。
高新技术企业认定管理办法自发布之日起施行。
马铃薯和黄瓜价格上涨，白菜价格回落，南方雨水偏多。
方便面、金针菇、黄豆芽、白砂糖等商品参加满减活动。
安全生产责任制考核办法由安监部门负责解释。
公司高层管理人员变动公告：董事会审议通过相关议案。
时间：2024-05-12 10:23:45，批次 B{N12}，序列号 SN{N10}。
任何单位和个人不得擅自改变土地用途。
于是大家决定周末一起去爬山，顺便野餐。
常务会议强调，要严格落实各项措施，巩固扩大成果。
从上海到北京的高铁约需四个半小时，票价五百五十三元。
江苏银行、宁波银行、南京银行等城商行披露年报。
向前一步，便是万丈深渊；回头一看，才知来路漫漫。
成都平原地势平坦，土地肥沃，水利设施完善。
计算机程序的源代码、文档资料一并交付。
何时恢复供电，取决于抢修进度。
保密制度宣传月活动启动，全员签署承诺书。
本公司尊重他人的商业秘密，员工须遵守反不正当竞争法。
设备编号{N15}，资产编号{N11}，存放于三号库。
ISBN 978-7-111-{N5}-1，定价 59 元。
金额合计{N7}元，大写：叁佰贰拾元整。
电量剩余 38.5%，信号强度 -67dBm，温度 25.6 度。
温馨提示：请妥善保管好随身物品，谨防丢失。
祝您工作顺利，身体健康，阖家幸福，万事如意。
全国共有三十四个省级行政区，其中包括五个自治区。
牛奶、鸡蛋、面包是常见的早餐搭配。
乐于助人是中华民族的传统美德，应当发扬光大。
"""


def made(draw: Inventor, what: str) -> tuple[str, str]:
    """(value, type) of a placeholder."""
    rng = draw
    mobile = rng.mobile()
    y, m, d = rng.day(1940, 2010)
    card = rng.card()
    octets = [str(rng.below(11, 224)), *(str(rng.below(256)) for _ in range(3))]
    table: dict[str, Callable[[], tuple[str, str]]] = {
        "P": lambda: (rng.person(), "PERSON"), "M": lambda: (mobile, "CN_MOBILE"), "MW": lambda: (mobile.translate(WIDE), "CN_MOBILE"),
        "M3": lambda: (f"{mobile[:3]} {mobile[3:7]} {mobile[7:]}", "CN_MOBILE"), "M4": lambda: (f"{mobile[:3]}-{mobile[3:7]}-{mobile[7:]}", "CN_MOBILE"),
        "I": lambda: (rng.citizen(), "CN_ID"), "IB": lambda: (rng.citizen(good=False), "CN_ID"), "I15": lambda: (rng.old_citizen(), "CN_ID"),
        "B": lambda: (card, "BANK_CARD"), "BG": lambda: (re.sub(r"(\d{4})(?=\d)", r"\1 ", card), "BANK_CARD"), "E": lambda: (rng.email(), "EMAIL"),
        "A": lambda: (rng.address(), "ADDRESS"), "L": lambda: (rng.landline(), "LANDLINE"), "L2": lambda: ("(" + rng.landline().replace("-", ")"), "LANDLINE"),
        "W": lambda: (rng.pick(("wxid_", "sun_", "lily-")) + "".join(rng.pick("abcdefgh123") for _ in range(12)), "WECHAT"),
        "Q": lambda: (str(rng.below(10**6, 10**10)), "QQ"), "H": lambda: (rng.pick(("E", "EB", "G"))[:2], ""), "D": lambda: (f"{y}年{m}月{d}日", "DOB"),
        "D2": lambda: (f"{y}-{m:02}-{d:02}", "DOB"),
        "K": lambda: (rng.pick("京沪粤浙川") + rng.pick("ABCDE") + rng.digits(3) + rng.pick("ABCXYZ") + rng.digits(1), "PLATE"),
        "IP": lambda: (".".join(octets), "IPV4"), "MAC": lambda: (":".join(f"{rng.below(256):02x}" for _ in range(6)), "MAC"),
        "IM": lambda: (rng.imei(), "IMEI"), "U": lambda: (rng.company(), "USCC"), "S": lambda: (rng.pick("ABCDEF") + rng.digits(8), "SOCIAL_SEC"),
        "T": lambda: (rng.digits(8), "TW_PERMIT"), "HK": lambda: (rng.pick("HM") + rng.digits(8), "HKM_PERMIT"),
        "LA": lambda: (f"{rng.below(20, 50)}.{rng.digits(6)}", ""), "LO": lambda: (f"{rng.below(75, 130)}.{rng.digits(6)}", ""),
        "PW": lambda: (rng.pick(("Tr0ub4dor", "x9#Kd", "P@ssw0rd")) + rng.digits(3), "SECRET"),
        "AK": lambda: ("LTAI5t" + "".join(rng.pick("ABCDEFGHabcdefgh23456789") for _ in range(18)), "SECRET"),
    }  # fmt: skip
    if what == "H":
        head = rng.pick(("E", "EB", "G"))
        return head + rng.digits(9 - len(head)), "PASSPORT"
    if what == "V":
        return vin(rng), "VIN"
    if what.startswith("N"):
        return rng.digits(int(what[1:])).replace("0", "2", 1), ""
    return table[what]()


def vin(draw: Inventor) -> str:
    """A vehicle's number with its check digit."""
    signs = "ABCDEFGHJKLMNPRSTUVWXYZ"
    values = {c: int(v) for c, v in zip(signs, "12345678123457923456789", strict=True)} | {str(i): i for i in range(10)}
    body = list("L" + "".join(draw.pick(signs + "0123456789") for _ in range(12)) + draw.digits(4))
    body[8] = "0"
    total = sum(values[c] * w for c, w in zip(body, (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2), strict=True))
    body[8] = "0123456789X"[total % 11]
    return "".join(body)


def document(draw: Inventor, template: str) -> dict[str, Any]:
    """A text and its spans, in the form of a development set."""
    text, spans, at = "", [], 0
    template = template.replace("{{", "\x01").replace("}}", "\x02")
    for match in re.finditer(r"\{(\w+)\}", template):
        text += template[at : match.start()]
        value, kind = made(draw, match[1])
        if kind:
            spans.append([len(text), len(text) + len(value), kind])
        text += value
        at = match.end()
    text = (text + template[at:]).replace("\x01", "{").replace("\x02", "}")
    if text.startswith("机密★") or "公司商业秘密" in text:
        spans.append(
            [0, 3, "TRADE_SECRET"] if text.startswith("机密") else [text.index("未经"), len(text), "TRADE_SECRET"]
        )
    gps = re.search(r"lat=(\S+), lng=(\S+)", text)
    if gps:
        spans.append([gps.start(1), gps.end(2), "GPS"])
    return {"text": text, "spans": spans, "ignore": [], "types": "*"}


def documents(seed: int, each: int = 30) -> list[dict[str, Any]]:
    """All sentences, `each` times."""
    draw = Inventor(seed)
    lines = [line for line in (TEXTS + CLEAN).splitlines() if line.strip()]
    return [document(draw, line.replace("\\t", "\t")) for line in lines for _ in range(each)]


def tables(seed: int, rows: int = 300) -> tuple[dict[str, Any], dict[str, dict[str, list[str]]]]:
    """Tables of one column a kind, hard ones among them, and what each holds."""
    draw = Inventor(seed)
    columns: dict[str, tuple[str, Callable[[], Any], list[str]]] = {}

    def column(key: str, name: str, cell: Callable[[], Any], *types: str) -> None:
        columns[key] = (name, cell, list(types))

    some = draw.pick
    column("mixed", "证件号码", lambda: some((draw.citizen(), "E" + draw.digits(8))), "CN_ID", "PASSPORT")
    column("old", "sfz", draw.old_citizen, "CN_ID")
    column("wide", "x1", lambda: draw.mobile().translate(WIDE), "CN_MOBILE")
    column("masked", "手机号", lambda: (m := draw.mobile())[:3] + "****" + m[7:], "CN_MOBILE")
    column("masked_id", "c17", lambda: (i := draw.citizen())[:6] + "********" + i[14:], "CN_ID")
    column(
        "joined", "info", lambda: f"{draw.person()}|{draw.mobile()}|{draw.citizen()}", "CN_MOBILE", "CN_ID", "PERSON"
    )
    column("float", "phone", lambda: float(draw.mobile()), "CN_MOBILE")
    column("float_text", "x2", lambda: draw.mobile() + ".0", "CN_MOBILE")
    column("power", "手机", lambda: f"{float(draw.mobile()):.2E}", "CN_MOBILE")
    column("apostrophe", "x3", lambda: "'" + draw.citizen(), "CN_ID")
    column("zero_lost", "固定电话", lambda: draw.landline().replace("-", "")[1:], "LANDLINE")
    column("spaced", "x4", lambda: re.sub(r"(\d{4})(?=\d)", r"\1 ", draw.card()), "BANK_CARD")
    column("hidden", "x5", lambda: (m := draw.mobile())[:3] + "\u200b" + m[3:7] + "\u2011" + m[7:], "CN_MOBILE")
    column("lower_x", "x6", lambda: draw.citizen().lower(), "CN_ID")
    column("prefixed", "x7", lambda: some(("+86", "86-", "0086 ")) + draw.mobile(), "CN_MOBILE")
    column("wrong_name", "order_no", draw.mobile, "CN_MOBILE")
    column(
        "leak",
        "摘要",
        lambda: (
            f"补单，联系{draw.person()} {draw.mobile()}"
            if draw.below(40) == 0
            else some(("正常", "已处理", "缺货改期"))
        ),
        "CN_MOBILE",
    )
    column("person", "经手", draw.person, "PERSON")
    column("address", "d1", draw.address, "ADDRESS")
    column("email", "x8", draw.email, "EMAIL")
    column("company", "x9", draw.company, "USCC")
    column("born", "csrq", lambda: "-".join(f"{n:02}" for n in draw.day(1940, 2010)), "DOB")
    column("imei", "x10", draw.imei, "IMEI")
    column("vin", "x11", lambda: vin(draw), "VIN")
    column("lat", "纬度", lambda: 20 + draw.below(3 * 10**6) / 1e5, "GPS")
    column("json", "ext", lambda: json.dumps({"mobile": draw.mobile(), "n": draw.below(9)}), "CN_MOBILE")
    column("password", "password", lambda: "".join(some("abcdef0123456789") for _ in range(32)), "SECRET")
    column("order18", "bill", lambda: "2024" + draw.digits(14))
    column("random18", "y1", lambda: str(draw.below(1, 10)) + draw.digits(17))
    column("luhn16", "y2", lambda: draw.luhn("8" + draw.digits(14)))
    column("luhn15", "y3", lambda: draw.luhn("7" + draw.digits(13)))
    column("random11", "y4", lambda: str(draw.below(1, 10)) + draw.digits(10))
    column("random16", "y5", lambda: str(draw.below(1, 10)) + draw.digits(15))
    column("millis", "ts", lambda: str(1_700_000_000_000 + draw.below(10**10)))
    column("micros", "y6", lambda: str(1_700_000_000_000_000 + draw.below(10**13)))
    column("snowflake", "y7", lambda: "1" + draw.digits(18))
    column("version", "y8", lambda: f"{draw.below(1, 12)}.{draw.below(20)}.{draw.below(9)}.{draw.below(60)}")
    column(
        "product",
        "品名",
        lambda: some(
            (
                "马克杯",
                "黄桃罐头",
                "白砂糖",
                "金针菇",
                "方便面",
                "高压锅",
                "安全帽",
                "牛奶",
                "时令蔬菜",
                "毛巾",
                "石英钟",
                "江小白",
                "康师傅",
            )
        ),
    )
    column(
        "district",
        "区域",
        lambda: some(("朝阳区", "西湖区", "江宁区", "白云区", "金水区", "武侯区", "高新区", "安宁区")),
    )
    column("status", "y9", lambda: some(("已完成", "待付款", "高优先级", "平台介入", "关闭", "计划中", "全部", "成功")))
    column(
        "org",
        "承建方",
        lambda: (
            some(("华东", "金陵", "方圆", "白云", "江南"))
            + some(("建设集团有限公司", "科技股份有限公司", "物流有限公司"))
        ),
    )
    column("dates", "y10", lambda: "-".join(f"{n:02}" for n in draw.day(2018, 2026)))
    column(
        "uuid",
        "y11",
        lambda: f"{draw.digits(8)}-{draw.digits(4)}-4{draw.digits(3)}-a{draw.digits(3)}-{draw.digits(12)}",
    )
    column("hash", "y12", lambda: "".join(some("0123456789abcdef") for _ in range(32)))
    column("sku", "y13", lambda: some(("EA", "HB", "GX")) + draw.digits(7))
    column("price", "y14", lambda: f"{draw.below(10**6) / 100:.2f}")
    column("count", "y15", lambda: draw.below(10**9))
    column("url", "y16", lambda: f"https://cdn.example.cn/{draw.digits(11)}/icon@2x.png")
    column(
        "comment",
        "评价",
        lambda: some(
            (
                "质量很好，下次还来",
                "物流太慢了",
                "客服态度不错，五星好评",
                "颜色和图片不一样",
                "一般般",
                "包装完好，推荐购买",
            )
        ),
    )
    column("nation", "民族", lambda: some(("汉族", "满族", "回族", "壮族", "苗族", "白族")))
    column("job", "岗位", lambda: some(("高级工程师", "项目经理", "安全员", "程序员", "于都站站长", "方案设计师")))
    data, labels = {}, {}
    keys = list(columns)
    for number, first in enumerate(range(0, len(keys), 10)):
        part = keys[first : first + 10]
        data[f"h{number:02}"] = pa.table({columns[k][0]: [columns[k][1]() for _ in range(rows)] for k in part})
        labels[f"h{number:02}"] = {columns[k][0]: columns[k][2] for k in part}
    return data, labels


def main() -> None:
    """Write the set."""
    folder = Path(sys.argv[1])
    (folder / "tables").mkdir(parents=True, exist_ok=True)
    with (folder / "texts.jsonl").open("w") as out:
        out.writelines(json.dumps(d, ensure_ascii=False) + "\n" for d in documents(2))
    data, labels = tables(3)
    for name, table in data.items():
        pq.write_table(table, folder / "tables" / f"{name}.parquet")
    (folder / "tables" / "labels.json").write_text(json.dumps(labels, ensure_ascii=False))


if __name__ == "__main__":
    main()
