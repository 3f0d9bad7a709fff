from __future__ import annotations

import pytest

from gongyue.conduct.scanning.texts import spans


def found(text: str, kind: str) -> list[str]:
    """The values of one type in a text."""
    return [text[a:b] for a, b, k in spans([text])[0] if k == kind]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("收件人：欧阳若曦，电话见下。", ["欧阳若曦"]),
        ("联系人：张建国、李秀兰、王磊", ["张建国", "李秀兰", "王磊"]),
        ("陈志明先生，您好！", ["陈志明"]),
        ("经办人 赵欣怡（复核）", ["赵欣怡"]),
        ("被告刘德胜应当返还借款。", ["刘德胜"]),
        ("甲方（出租方）：汤文化，乙方另列。", ["汤文化"]),
        ("被告人叶理到庭。案发后，叶理家属代为退赔。", ["叶理", "叶理"]),
        ("姓 名：祁 昀 珈", ["祁 昀 珈"]),
        ("值班表 周三洪怀娃 周日宁怡富", ["洪怀娃", "宁怡富"]),
        ("作曲：严镇　申请人：区慧仪", ["严镇", "区慧仪"]),
        ("我不认识什么柳晶晶。", ["柳晶晶"]),
        ("家属（配偶）祝刚，电话见下", ["祝刚"]),
        ("扎西多吉给家里报完平安，妻子次仁央宗在县城", ["扎西多吉", "次仁央宗"]),
        ("巴特尔和妻子其其格赶着羊", ["巴特尔", "其其格"]),
        ("阿卜杜热西提·库尔班和另外两人", ["阿卜杜热西提·库尔班"]),
        ("My name is Harriet Singh.", ["Harriet Singh"]),
        ("Mr. John Q. Smith signed.", ["John Q. Smith"]),
        ("Return it to Mrs. Delacroix.", ["Delacroix"]),
        ("姓　名：来俊峰", ["来俊峰"]),
        ("同学：周一鸣", ["周一鸣"]),
        ("三（2）班王梓涵、李欣怡请假", ["王梓涵", "李欣怡"]),
        ("经理莱布尼尔表示同意，随后埃萨特沃教授来电", ["莱布尼尔", "埃萨特沃"]),
        ("姓名：莱布尼尔，国籍略", ["莱布尼尔"]),
        ("患者佐藤美咲，由佐佐木健一陪同", ["佐藤美咲", "佐佐木健一"]),
        ("作者哈塞尔曼·奥托和乔治·帕里，副驾驶让·米歇尔·勒瓦", ["哈塞尔曼·奥托", "乔治·帕里", "让·米歇尔·勒瓦"]),
        ("我们去看吉克阿牛家，旗农牧局的赛音吉雅也在", ["吉克阿牛", "赛音吉雅"]),
        ("旅客 WANG/XIAOMEI 已值机", ["WANG/XIAOMEI"]),
        ("Prescriber: A. Feldman, MD", ["A. Feldman"]),
        ("Master    Kowalczyk, Piotr    PL", ["Kowalczyk, Piotr"]),
        ("Okafor, N.\t4,120.00", ["Okafor, N."]),
        ("See Dr. Anil Kapadia in two weeks.", ["Anil Kapadia"]),
        ("I spoke with Gemma at the front desk; Oscar said no.", ["Gemma", "Oscar"]),
        ("When could Nadia check the draft? Gareth opened the meeting.", ["Nadia", "Gareth"]),
        ("葛明德 GE MINGDE 男；徐佳宁 XU, JIANING", ["葛明德", "GE MINGDE", "徐佳宁", "XU, JIANING"]),
        ("My sister Temi still runs it.", ["Temi"]),
        ("name,email\nNguyễn Thị Hạnh,h@example.org", ["Nguyễn Thị Hạnh"]),
    ],
)
def test_names_are_found_where_they_stand(text: str, names: list[str]) -> None:
    """After a label, in a list, before a title, in a sentence; English ones by first name and surname."""
    assert found(text, "PERSON") == names


def test_a_name_known_in_one_text_is_not_known_in_the_next() -> None:
    """What a text calls somebody is forgotten where it ends."""
    first, second = spans(["被告人叶理到庭。上午叶理又来了。", "上午叶理又来了。"])
    assert len(first) == 2
    assert second == []


@pytest.mark.parametrize(
    "text",
    [
        "王府井百货与高德地图合作，方正证券给予增持评级。", "温度过高会影响钱包余额显示。", "马铃薯和黄瓜价格上涨，白菜价格回落。",
        "面试官：刘经理、李总。客服苏小姐说王姐带孩子去了", "李家沱、陈家坪两个网点将于国庆期间营业", "达瓦公司在白玛街道，扎西德勒，乌云密布",
        "高级管理层、安全生产部、华东大区", "金属螺丝、毛巾套装、白色连衣裙、马克杯", "于是大家决定周末一起去。", "任何单位和个人不得转让。",
        "请同学周一升旗时到齐", "二班车刚走，一年级1班应到35人，（3）班常规检查", "下月共读《白鹿原》", "康乃馨8元一支，郁金香12元",
        "成交价人民币叁万捌仟元整，另付柒仟伍佰元", "孕39+2周顺产一男婴", "胡萝卜、金字塔、通知书", "航班经莫斯科、布宜诺斯艾利斯到卢萨卡",
        "| 序号 | 业主 | 房号 |", "plate: /^[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-Z]/", "Lena (HR): Can you send it",
        "太原恒信会计师事务所", "顺丰速运收发室", "Morgan Stanley and Granny Smith apples from Savannah",
        "总经理安排下周开会，董事长认为可行", "JPMorgan Chase reported; Denver was cold, and with Paris it shares rain.",
        "原告向本院提出诉讼请求", "乙方：沈阳恒铸机床配件厂",
        "Apple announced on Monday that Washington and Paris would host the event.", "Contact Customer Service today.",
    ],
)  # fmt: skip
def test_words_that_begin_with_a_surname_are_no_names(text: str) -> None:
    """高, 方, 马, 温, 于, 任 begin common words too."""
    assert found(text, "PERSON") == []


@pytest.mark.parametrize(
    "text",
    [
        "浙江省杭州市余杭区文三西路12号", "广东省佛山市顺德区大良街道建设路3号2栋501室", "上海市浦东新区张江镇祖冲之路887弄25号", "人民路12号",
        "北京市海淀区学院路丁11号6号楼3单元1202", "三明市宁化县万科城市花园16栋2392", "河北省定兴县大王庄村3组", "额敏县凤凰大道120号龙湖天街7号楼",
        "上海市黄浦区南京路120号", "西安市未央区凤城八路与文景路交叉口向东80米9号", "成都市武侯区玉林街19号附2号", "广东省广州市黄埔区大沙地东845号",
        "佛山市顺德区乐从镇岭南大道南2号皇朝家私城A区5楼", "柳树沟村三组12号",
        "江苏省南京市鼓楼区汉口路22号南京大学3舍412", "6号楼412室", "Room 12, Building 5, Wuning Road, Putuo District", "Lindenstraße 14, 50674 Köln, Germany",
    ],
)  # fmt: skip
def test_an_address_is_found_whole(text: str) -> None:
    """From its first place to its last number, whatever the parts."""
    assert found(f"住址：{text}，特此说明。", "ADDRESS") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "从人民路到建设大道全长12公里。",
        "朝阳区、西湖区",
        "上海地铁12号线",
        "北京市第3号令",
        "杭州是个好地方",
        "西安市雁塔区电子城街道办事处",
        "上海市浦东新区人民法院公告",
    ],
)
def test_a_place_alone_is_no_address(text: str) -> None:
    """Cities, districts, lines of the underground, decrees."""
    assert found(text, "ADDRESS") == []


def test_an_english_address_ends_at_its_postal_code() -> None:
    """From the number of the house to the code, the label left out."""
    text = "Ship to 910 Jason Green Apt. 954, Jonesland, IL 76881 today"
    assert found(text, "ADDRESS") == ["910 Jason Green Apt. 954, Jonesland, IL 76881"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("aws_access_key_id = AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
        ('password = "DR!YQjcVajN"', "DR!YQjcVajN"),
        ("系统密码：Tr0ub4dor3", "Tr0ub4dor3"),
        ("管理员密码 D5sFYd%fVqe，请改", "D5sFYd%fVqe"),
        ("链接密码是k7p2，", "k7p2"),
        ("The password is Plum-River-4471, change it", "Plum-River-4471"),
        ("泄露凭据：root / Tz#8820lan", "Tz#8820lan"),
        ("密码已重置为 Gx9!tLw#27vQ ，请改", "Gx9!tLw#27vQ"),
        ('password: "GNmy8&RYVCb26"', "GNmy8&RYVCb26"),
        ("mysql://root:p@ss1word@db:3306/x", "p@ss1word"),
        (
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----",
        ),
    ],
)
def test_keys_and_passwords_are_found(text: str, value: str) -> None:
    """By their prefix, their label, their place in a URL, their armour."""
    assert found(text, "SECRET") == [value]


@pytest.mark.parametrize(
    "text",
    ['password = os.environ["DB_PASSWORD"]', 'api_key = config.get("api_key")', "密码错误，请重试", "password: ******", "密码 请联系管理员",
     "password strength", "token=${TOKEN}", "secret = None",
     "https://user@host/x"],
)  # fmt: skip
def test_programs_and_prose_about_passwords_hold_none(text: str) -> None:
    """References, placeholders, messages."""
    assert found(text, "SECRET") == []


@pytest.mark.parametrize(
    "text",
    [
        "核心商密▲10年",
        "【商业秘密】参数表",
        "内部资料 注意保密",
        "INTERNAL USE ONLY",
        "机密★三年",
        "【绝密·技术秘密】",
        "密级：商密AA级　保密期限：5年",
        "机密文件，仅限董事会成员传阅",
        "Proprietary and Confidential.",
        "本文件含本公司商业秘密，未经许可不得复制",
        "封面写着“绝密·仅限项目组”",
        "【商业秘密·限制传播】",
        "会议纪要　密级：内部机密",
        "This document contains trade secrets of Example AS.",
    ],
)
def test_a_marking_of_a_trade_secret_is_found(text: str) -> None:
    """A stamp, in either language."""
    assert found(text, "TRADE_SECRET")


@pytest.mark.parametrize(
    "text",
    [
        "公司披露商业秘密保护制度建设情况。",
        "This chapter discusses trade secret law and confidential information.",
        "员工须遵守保密制度。",
    ],
)
def test_prose_about_secrets_is_no_marking(text: str) -> None:
    """Law, policy, training."""
    assert found(text, "TRADE_SECRET") == []
