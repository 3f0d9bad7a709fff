"""Values for the unseen sets: names, places, addresses and numbers by other lists and forms than `inventing` and `heldout` use."""

from __future__ import annotations

from tests.conduct.scanning.inventing import Inventor

WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")
COMMON = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
RARE = "覃甄宫麦仇单曲游阮蓝景岑柯翁荀闵褚卫鲍连滕芦尚施解岳车涂詹牟巩聂焦殷路辛项祝阳左耿关温司"
COMPOUND = "欧阳 司马 上官 诸葛 皇甫 尉迟 令狐 慕容".split()
SINGLE = "军斌琪岚瑶菲铭炜昕蓓彬钧媛妮韬巍坤栋毅翔锐凡蓉薏曦铮璇雯彤霖耀威敬胜荣乐清鑫沁越昱"
FIRST = "建志文晓海春秀玉国永小思雨子梦俊一佳天宏光少立景世佩素云明金凤美淑亚新振伟启家宝庆继德慧若诗艺泽奕铭嘉锦书承柏瑾"
LAST = "华民芳英霞云峰杰平生祥松宁雪瑶妍琪轩涵宇豪琳贤芝兰义忠良友才福贵成昌东江林山波辉龙凤娣珍萍莲香燕敏然晨帆航远彤恩朵菁熙骏"
WORDLIKE = (
    "建国 国庆 和平 胜利 解放 爱国 红军 卫星 长江 黄河 晨光 朝阳 春风 冬梅 秋菊 致远 思源 永恒 天明 大海 小雨 家兴 向前 向阳 学文 学军 文革"
    " 援朝 跃进 新华 光明 自强 振兴 友谊 幸福 安康 如意 满仓 有才 来福 多多 果果 一凡 若水 无忌 子衿 青山 立春 元旦"
).split()
UYGHUR = "阿依古丽·买买提 买买提江·吐尔逊 古丽娜尔·艾合买提 木拉提·哈斯木 热依汗·阿不都 艾尼瓦尔·玉素甫 帕提古丽·克里木".split()
FOREIGN = "约翰·史密斯 玛丽亚·桑托斯 彼得·穆勒 安娜·科瓦奇 大卫·霍尔顿 让·杜邦 艾米丽·沃森 伊万·佩特罗夫".split()
EN_FIRST = (
    "James Oliver Charlotte Amelia Harry Isla Noah Freya Samuel Harriet Declan Siobhan Rajesh Priya Anjali Vikram Fatima Omar Yusuf Leila Mateo"
    " Lucia Javier Camila Sven Ingrid Lars Astrid Nikolai Svetlana Dmitri Olga Kwame Ama Chidi Ngozi Kenji Yuki Haruto Min-jun Giovanni Chiara"
    " Pierre Chloe Hans Greta Tom Kate Bill Sue Jack Emily Grace Victor Rose Dean Hope Mark Frank Will Dawn Austin Paris Jordan Sydney Virginia"
    " Rebecca Timothy Gwendolyn Theodore Beatrice Malcolm Fiona Angus Rhys Cerys Marjorie Clifford Dolores Eugene"
).split()
EN_LAST = (
    "Whitfield Ashworth Bainbridge Calloway Drummond Ellsworth Fairchild Goodwin Hargreaves Ibrahim Jankowski Kowalski Lindqvist Mbeki Nakamura"
    " O'Brien O'Connell Patel Quigley Ramirez Sokolov Tanaka Underwood Vasquez Wexler Yamamoto Zimmerman Adeyemi Banerjee Chatterjee D'Souza"
    " Eriksson Fernandez Gonzalez Haddad Iyer Johansson Khan Lopez MacDonald McCarthy Nguyen Okafor Petrov Rossi Schneider Thompson Ueda"
    " Van Dyke;de la Cruz;Smith-Jones;Brown;Baker;Carter;Young;King;Hill;Green;Banks;Woods;Rivers;Stone;Price;Marsh;Waters;Field;Bell;Page"
).replace(" ", ";").replace("Van;Dyke", "Van Dyke").replace("de;la;Cruz", "de la Cruz").split(";")
PINYIN = "Zhang Wei;Li Xiaoming;Wang Fang;Chen Jianguo;Liu Yang;Zhao Min;Huang Jing;Zhou Jie;Xu Tingting;Sun Haoran;Ouyang Feng;Lin Mei".split(";")
PLACES = (
    "江苏省南通市海门区 安徽省芜湖市镜湖区 福建省泉州市晋江市 江西省赣州市章贡区 山东省潍坊市寿光市 河南省洛阳市涧西区 湖南省衡阳市雁峰区"
    " 广西柳州市城中区 海南省三亚市吉阳区 四川省绵阳市涪城区 贵州省遵义市汇川区 云南省大理白族自治州大理市 陕西省咸阳市秦都区 甘肃省天水市麦积区"
    " 青海省西宁市城东区 宁夏银川市兴庆区 内蒙古包头市昆都仑区 黑龙江省哈尔滨市道里区 吉林省长春市朝阳区 天津市河西区 北京市丰台区 上海市徐汇区"
    " 重庆市江北区 东莞市厚街镇 中山市小榄镇 厦门市思明区 无锡市滨湖区 合肥市蜀山区 烟台市芝罘区 襄阳市樊城区"
).split()
SHORT = "滨湖区 朝阳区 天河区 鼓楼区 高新区 雁塔区 岳麓区".split()
ROAD_A = "人民 解放 迎宾 长江 建国 凤凰 望江 东风 桃源 学府 金沙 七里河 龙泉 和平 光华 府前 花园 白云 环城北 珠江"
ROAD_B = "路 大道 街 东路 西街 中路 南大街 巷".split()
ESTATE = "金色家园 碧水湾 锦绣华庭 幸福里小区 阳光100 世纪城 丽景苑 紫荆公寓 御龙湾 教师新村 保利花园 东方名城".split()
VILLAGE = "石桥镇柳树村 大河乡前进村 马家堡镇刘庄 双河镇永胜村 白塔乡西沟村 清水镇杨柳屯".split()
COUNTY = "湖南省岳阳市平江县 四川省宜宾市高县 河北省邢台市宁晋县 安徽省阜阳市临泉县 甘肃省定西市陇西县 贵州省毕节市威宁县".split()
COMPANIES = "江北恒丰物流有限公司 北辰云图科技股份有限公司 锦程汽配厂 某市德康医院 华信四通网络公司 金陵旧书店 石头记饰品有限责任公司".split()
DOMAINS = "example.com example.cn mail.example.org corp.example foo-bar.example.net example.com.cn".split()


NEXT_FIRST = "泓颢沐芷语怀允景昱沛知念槿苡书淮修亦昊琬叙墨清渝洛屿乔安桐祈初夏时温锡" "勇刚庭耀宪敏茂运兆仁广润培兴"
NEXT_LAST = "泽辰言之宸然阳洋舟白雅柔淇钰璇琛珂尧舒澄禾溪汐月桃棠莹瀚哲逸远成坤福魁标彪柱根栓粉妹嫂囡玲娥妮"
NEXT_SINGLE = "硕炎琦睿奕淼淳冉晗诚乔桐昀铎羽溪然朔政炳谦绮娴琬俪娅"
NEXT_WORDS = "念念 安然 子墨 清扬 如歌 知行 明理 长乐 庆丰 建社 红心 双双 福生 金锁 铁蛋 改花 招弟 来娣 大勇 二妮 卫兵 冬冬 小满 立夏 晴天 星河".split()
NEXT_EN_FIRST = (
    "Gareth Bronwyn Alasdair Morag Cormac Aoife Niamh Tobias Annika Matteo Francesca Esperanza Rodrigo Thiago Beatriz Zofia Wojciech Bogdan Ioana"
    " Dimitris Eleni Mehmet Ayse Farid Zainab Hassan Imran Sunita Arjun Lakshmi Tariq Nguyen Thanh Siti Budi Akira Sakura Jin-ho Soo-jin Tendai"
    " Thabo Nomsa Abebe Selam Peter Susan Walter Doris Roy Pearl Ivy Drew Frances Sterling Rusty Autumn Ruby Heath Cliff Skip Randolph Mabel Edith Cuthbert"
).split()
NEXT_EN_LAST = (
    "Pritchard;Llewellyn;MacAllister;Fitzgerald;O'Shea;Gallagher;Hoffmann;Bergström;Larsen;Moretti;Esposito;Carvalho;Silva;Wiśniewski;Popescu;Papadakis;"
    "Yilmaz;Hosseini;Qureshi;Sharma;Reddy;Tran;Wijaya;Sato;Watanabe;Choi;Moyo;Dlamini;Tesfaye;Abernathy;Blackwood;Cartwright;Dunmore;Everhart;Holloway;"
    "van der Berg;von Stein;Al-Rashid;Wood;Long;Rice;Cross;Lake;Pope;Bishop;Summers;Winters;Love;Day;March;Noble;Sharp;Strong;Weaver"
).split(";")
NEXT_PINYIN = "Gao Yuanyuan;Ma Qiang;Guo Zhenhua;Deng Li;Song Jiayi;Tang Bo;Xie Meng;Cai Ling;Zhu Yifan;Situ Ming".split(";")
NEXT_PLACES = (
    "浙江省嘉兴市桐乡市 湖北省宜昌市夷陵区 山西省大同市平城区 河北省唐山市路北区 辽宁省锦州市凌河区 江苏省盐城市亭湖区 安徽省黄山市屯溪区 福建省龙岩市新罗区"
    " 江西省上饶市信州区 山东省临沂市兰山区 河南省南阳市卧龙区 湖南省株洲市天元区 广东省湛江市霞山区 广西桂林市象山区 四川省乐山市市中区 贵州省安顺市西秀区"
    " 云南省曲靖市麒麟区 西藏拉萨市城关区 陕西省汉中市汉台区 甘肃省张掖市甘州区 新疆喀什地区喀什市 北京市通州区 上海市杨浦区 天津市南开区 重庆市沙坪坝区 青岛市市北区"
).split()
NEXT_SHORT = "秀洲区 吴中区 龙华区 二七区 长清区 江岸区".split()
NEXT_ROADS = "中山 建设 文化 湖滨 世纪 站前 新风 工农 延安 太行 海河 劳动 光明 青年 滨河 红旗"
NEXT_ESTATES = "枫林绿洲 万达华府 水岸名都 春江花月 省直家属院 机床厂宿舍 天鹅堡 时代广场 书香门第 云锦苑".split()


class Cast(Inventor):
    """One seed's people and numbers; the second set draws from lists of its own."""

    def __init__(self, seed: int, which: str = "first") -> None:
        super().__init__(seed)
        second = which == "second"
        self.firsts, self.lasts, self.singles = (NEXT_FIRST, NEXT_LAST, NEXT_SINGLE) if second else (FIRST, LAST, SINGLE)
        self.wholes = NEXT_WORDS if second else WORDLIKE
        self.english_firsts, self.english_lasts = (NEXT_EN_FIRST, NEXT_EN_LAST) if second else (EN_FIRST, EN_LAST)
        self.pinyin = NEXT_PINYIN if second else PINYIN
        self.places, self.short = (NEXT_PLACES, NEXT_SHORT) if second else (PLACES, SHORT)
        self.roads, self.estates = (NEXT_ROADS, NEXT_ESTATES) if second else (ROAD_A, ESTATE)

    def given(self) -> str:
        way = self.below(20)
        if way < 5:
            return self.pick(self.singles)
        return self.pick(self.wholes) if way < 8 else self.pick(self.firsts) + self.pick(self.lasts)

    def surname(self) -> str:
        way = self.below(40)
        return self.pick(COMPOUND) if way == 0 else self.pick(RARE) if way < 6 else self.pick(COMMON)

    def name(self) -> str:
        return self.surname() + self.given()

    def two(self) -> str:
        return self.pick(COMMON) + self.pick(self.singles)

    def english(self) -> tuple[str, str]:
        return self.pick(self.english_firsts), self.pick(self.english_lasts)

    def home(self) -> str:
        road = f"{self.pick(self.roads.split())}{self.pick(ROAD_B)}{self.below(1, 999)}号"
        tail = self.pick(
            (
                "",
                f"{self.pick(self.estates)}{self.below(1, 40)}栋{self.below(1, 4)}单元{self.below(101, 2802)}室",
                f"{self.below(1, 30)}幢{self.below(101, 1802)}",
                f"{self.pick(self.estates)}{self.below(1, 20)}号楼{self.below(2, 30)}层",
                f"院内平房{self.below(2, 20)}号",
            )
        )
        return self.pick(self.places) + road + tail

    def near(self) -> str:
        return self.pick(
            (
                f"{self.pick(self.short)}{self.pick(self.roads.split())}路{self.below(2, 400)}号{self.pick(self.estates)}",
                f"{self.pick(self.estates)}{self.below(1, 30)}栋{self.below(101, 2000)}室",
                f"{self.pick(self.roads.split())}街{self.below(2, 300)}弄{self.below(1, 80)}号",
                f"{self.pick(self.short)}{self.pick(self.estates)}{self.below(1, 9)}期{self.below(1, 20)}座{self.below(101, 999)}",
            )
        )

    def country(self) -> str:
        return f"{self.pick(COUNTY)}{self.pick(VILLAGE)}{self.below(1, 20)}组{self.below(1, 120)}号"

    def us_address(self) -> str:
        street = self.pick(("Maple Avenue", "Oak Street", "Elm Drive", "Sunset Boulevard", "Third Street", "Willow Lane"))
        unit = self.pick(("", f", Apt {self.below(1, 40)}", f", Suite {self.below(100, 900)}"))
        town = self.pick(("Springfield, IL", "Dayton, OH", "Fresno, CA", "Albany, NY", "Boise, ID", "Tulsa, OK"))
        return f"{self.below(10, 9999)} {street}{unit}, {town} {self.below(10000, 99999)}"

    def mail(self) -> str:
        user = self.pick(("w.chen", "liuyang", "service-team", "zq", "h_lin", "first.last", "no1fan", "tt+news"))
        return f"{user}{self.pick(('', str(self.below(2000))))}@{self.pick(DOMAINS)}"

    def number(self) -> str:
        return self.pick("130 133 136 139 145 147 150 152 156 158 166 173 175 178 180 185 188 193 198".split()) + self.digits(8)

    def pan(self) -> str:
        prefix, length = self.pick((("621700", 19), ("622848", 19), ("622202", 19), ("625800", 16), ("436742", 16), ("623052", 19)))
        return self.card(prefix, length)

    def token(self, n: int, alphabet: str = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789") -> str:
        return "".join(self.pick(alphabet) for _ in range(n))

    def password(self) -> str:
        return self.pick(("Zx", "kQ", "tr")) + self.token(7) + self.pick("!#%&@") + self.digits(2)

    def vin(self) -> str:
        letters = "ABCDEFGHJKLMNPRSTUVWXYZ0123456789"
        body = self.pick(("LSV", "LFV", "LGX", "WDB", "LBE")) + self.token(5, letters) + "0" + self.token(2, letters) + self.digits(6)
        value = {c: int(v) for c, v in zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True)}
        weights = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
        rest = sum((int(c) if c.isdigit() else value[c]) * w for c, w in zip(body, weights, strict=True)) % 11
        return body[:8] + ("X" if rest == 10 else str(rest)) + body[9:]

    def plate(self) -> str:
        head = self.pick("京沪粤浙苏鲁豫川渝湘鄂闽皖赣晋冀辽吉黑陕甘") + self.pick("ABCDEFGH")
        return head + self.pick((self.digits(5), self.pick("DF") + self.digits(5), self.pick("KLMN") + self.digits(4), self.digits(4) + "Q"))

    def mac(self, mark: str = ":") -> str:
        return mark.join(f"{self.below(256):02x}" for _ in range(6))

    def ipv4(self) -> str:
        return f"{self.pick((36, 58, 101, 113, 183, 203, 220))}.{self.below(256)}.{self.below(256)}.{self.below(1, 255)}"

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
        body = f"9{self.pick(('11', '31', '44'))}{self.pick(('840', '276', '392', '250'))}19{self.below(60, 99)}{self.below(1, 13):02}{self.below(1, 29):02}{self.digits(3)}"
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
