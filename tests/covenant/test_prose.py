"""An interpretation's prose beside bound clauses (article 25): what smuggles another number, and what does not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongyue.covenant.edition import Edition
from gongyue.covenant.numbers import Number
from gongyue.covenant.prose.bound_numbers import BoundNumber, bound_numbers
from gongyue.covenant.prose.contradictions import Against, Contradiction, contradiction
from gongyue.covenant.prose.sentences import _english, translated
from support import pace
from support.editions import edition, edition_of

SHARES_SMUGGLED = [
    "三分之二以参加表决者计。",
    "过半数同意即可。",
    "二分之一以上成员单位同意即可修改。",
    "出席会议的三分之二以上同意。",
    "“成员单位”指出席会议的成员单位。",
    "以参加表决的单位为基数。",
    "三分之二以上不包括本数。",
    "超过三分之二方为通过。",
    "三分之二以下同意即可。",
    "不足三分之二的，也不影响通过。",
    "经十分之一以上成员单位同意即可修改。",
    "百分之六十以上同意。",
    "六成以上成员单位同意。",
    "６０％以上的成员单位同意。",
    "⼆分之⼀以上同意。",
    "½以上同意。",
    "半数以上同意。",
    "多数同意即可。",
    "25 家同意即可。",
    "例如 37 家，19 家同意即通过。",
    "例如 20 家同意即可通过。",
    "原为过半数，现从其旧。",
    "原为过半数。",
    "原则上为过半数。",
    "依《民法典》第二百七十八条，经过半数同意。",
    "《民法典》第二百七十八条规定过半数，本公约从之。",
    "一致同意方可修改。",
    "无须表决即可修改。",
    "未投票的视为同意。",
    "弃权不计入总数。",
    "扣除弃权后计算三分之二。",
    "三分之 *一* 以上同意。",
    "0.5 以上同意即可。",
    "每三家中有一家同意即可。",
    "十之六七同意即可。",
    "The amendment needs a simple majority of member units.",
    "Two thirds of those voting suffice.",
    "One in three member units may adopt it.",
    "half of the members consent",
    "more than two thirds of the member units must consent",
    "三分之ニ以参与投票的单位为准。",
    "成員單位三分之二以上，係指出席者三分之二以上。",
    "叁分之壹以上同意。",
    "只看收回的票，三分之二以上同意即可。",
    "以交票单位的三分之二计。",
    "百分之六十六点七以上同意。",
    "67%以上同意。",
    "2:1 即可。",
    "三分之二以上的理事同意即可。",
    "成员单位仅指缴纳会费的成员单位。",
    "任何一家成员单位提议即可。",
    "二十分之一以上成员单位提议即可。",
    "五分之一以上成员单位提议方可。",
    "执行机构单独同意即可修改。",
    "不以全体成员单位计。",
    "不必达到三分之二。",
    "并非三分之二以上，由执行机构酌定。",
    "三分之二的要求不适用于本次修改。",
    "三分之二或者经执行机构同意。",
    "约三分之二同意即可。",
    "三分之二，尾数舍去。",
    "the amendment need not reach two thirds",
    "two thirds of the members present must consent",
    "如同一周之日数，以半数计。",
    "三分之二以上成员单位同意，是指投出的票中三分之二同意。",
    "同意票多于反对票即可。",
    "同意多于不同意的即为通过。",
    "赞成者多于反对者，修改成立。",
    "以收到的答复为分母。",
    "所称成员单位，系指在截止日前登录系统的单位。",
    "成员单位半数同意，辅以执行机构附议，即达到要求。",
    "5成以上",
    "过半",
    "一半以上同意",
    "一半加一",
    "51%",
    "半数加一家",
    "二分之一多一家",
    "三之二",
    "三分二",
    "参加者三分之二",
    "三分之二（以到场者计）",
    "三分之二以上（不含弃权者）同意",
    "三分之二以上（弃权者除外）同意",
    "三分之二的投票者",
    "投票者三分之二",
    "应到会三分之二",
    "三分之二以上表决权同意",
    "按出资比例计算三分之二",
    "持三分之二以上股权的成员单位同意",
    "十九家同意即可（全体三十七家）",
    "比如三十七家，十九家同意即为通过。",
    "假设三十七家，只须十九家同意。",
    "例如：三十七家中，同意的有十九家，已达到要求。",
    "原为四分之三，现为三分之二。",
    "由四分之三改为三分之二。",
    "旧文作四分之三。",
    "照《公司法》第六十六条，经过半数表决权通过。",
    "《公司法》第六十六条规定过半数，成员单位的修改亦然。",
    "《本公约实施细则》第三条规定，过半数同意。",
    "《大数据联盟章程规则》第三条规定，过半数同意。",
    "半數以上成員單位同意即可",
    "二分之一（含）以上",
    "五十％以上的成员单位",
    "百分之五十加一票",
    "百分之陆拾以上",
    "60 percent of the member units",
    "sixty per cent of member units",
    "three out of five members must consent",
    "a quorum of half",
    "unanimous consent is needed",
    "nineteen members suffice for adoption",
    "2/3 of votes cast",
    "two thirds of the members attending",
    "no fewer than one half of the members",
    "abstentions are not counted",
    "silence counts as consent",
    "at least three fifths",
    "2 in 3 of those present",
    "0.6667",
    "三分之贰点五",
    "百分之六十六",
    "逾半数同意",
    "绝大多数同意",
    "相当多数成员单位同意",
    "每五家有三家同意",
    "三家取其二",
    "多数决",
    "少数服从多数",
    "以同意票数多者为准",
    "简单过半数",
    "大半同意",
    "三分之二票",
    "两个三分之一",
    "三分之一的两倍",
    "二分之一强",
    "不足半数的不得通过",
    "三分之\n一以上同意。",
    "只要同意的比不同意的多就算通过。",
    "同意数超过总数一半即通过。",
    "到场单位里三分之二点头就行。",
    "开会的单位三分之二同意。",
    "与会者过三分之二。",
    "三分之二以上，名册以实际参会为准。",
    "以实际参加的单位数作为总数。",
    "名册不含连续两次未投票的单位。",
    "休眠单位不计入名册。",
    "未缴费单位不列入全体成员单位。",
    "“三分之二”应理解为“五分之三”。",
    "三分之二实为六成。",
    "百分之六十六即视为达到三分之二。",
    "满二十家即可。",
    "二十票即通过。",
    "二十位代表同意。",
    "票数过半。",
    "过半即可。",
    "赞成过半。",
    "一多半同意。",
    "同意者占六成半。",
    "同意率达到 60 %。",
    "同意率60。",
    "66.67% 以上。",
    "⅗以上同意。",
    "三/五以上同意。",
    "5分之3以上同意。",
    "五分之３以上同意。",
    "五 分 之 三 以上同意。",
    "五分之叄以上同意。",
    "提议只须两家。",
    "提议需要百分之五。",
    "提议须有五分之一。",
    "一名成员即可提议。",
    "任一成员单位均可提议修改。",
    "执行机构不得提议。",
    "理事会三分之二以上同意即可。",
    "常务理事单位的三分之二。",
    "经主管部门同意，可以不经表决。",
    "可以不经成员单位同意而修改。",
    "修改不经表决。",
    "修改由执行机构决定。",
    "分支内三分之二以上同意即可。",
    "该分支成员三分之二以上。",
    "重大修改须四分之三，一般修改从本条。",
    "修改两次投票，每次过半。",
    "三分之二是上限，不是下限。",
    "最多三分之二同意即可。",
    "三分之二以内同意即可。",
    "近三分之二同意。",
    "three-fifths of the members",
    "a supermajority of 60%",
    "at least 20 members must consent",
    "half plus one of the units",
    "any two members may propose",
    "consent of those who answered",
    "most members consent",
    "the executive may amend alone",
    "a 50% vote",
    "0.6 of the roll",
    "三分之二，指的是已经表明态度的那些单位。",
    "赞成单位数除以投了票的单位数，不小于三分之二。",
    "按回函计算，三分之二同意即通过。",
    "回函的单位过三分之二同意。",
    "四成七同意即可。",
    "同意者居多即可。",
    "同意的一方人多就算。",
    "只需要十二家点头。",
    "凡获得十五个单位支持的修改即为通过。",
    "若名册为 30 家，则 15 家同意即可。",
    "譬如 40 家，20 家赞成便可通过。",
    "设有 100 家，51 家同意，修改成立。",
    "旧制为二分之一，仍然沿用。",
    "本条原为二分之一以上。",
    "二分之一为足。",
    "一半单位的同意足矣。",
    "达半数者，修改成立。",
    "半数单位赞成。",
    "五成。",
    "同意达五成者通过。",
    "百分之五十一。",
    "超半数。",
    "超过一半。",
    "投票单位中三分之二。",
    "以选票为准，三分之二。",
    "经参会代表三分之二表决通过。",
    "创始成员三分之二同意即可。",
    "执行机构与三分之二成员二者居其一即可。",
    "成员的三分之二或发起单位的全部。",
    "提议的门槛降为五家。",
    "提议的比例为二十分之一。",
    "须有三分之一以上成员单位提议。",
    "联名单位不少于百分之八。",
    "majority rule applies",
    "a two-thirds majority of those taking part",
    "two thirds of ballots returned",
    "55% of the roll",
    "ten members",
    "the consent of thirteen units is enough",
    "more consents than objections",
    "one third may block",
    "达到应答单位的三分之二即可。",
    "三分之二按参评单位算。",
    "把弃权从总数里拿掉再算三分之二。",
    "以有表态者为全体。",
    "名册上的单位打八折计算。",
    "名册以活跃单位为限。",
    "十分之一可以放宽到二十分之一。",
    "十分之一以上提议可由三家单位联名替代。",
    "凑足七家就行。",
    "超过十九家。",
    "一半对一半时由执行机构定。",
    "票数相等时执行机构可投决定票。",
    "执行机构的一票算两票。",
    "大单位一单位两票。",
    "按单位规模加权。",
    "三分之二就是 66%。",
    "三分之二约等于百分之六十六。",
    "两成单位提议。",
    "百分之五的单位可以提议。",
    "免除提议程序。",
    "紧急情况下过半同意。",
    "紧急情况下可先修改后表决。",
    "第一轮三分之二，第二轮二分之一。",
    "二次表决时半数同意即可。",
    "three in five",
    "the majority",
    "nine tenths",
    "75 percent of the units",
    "the greater number of votes",
    "弃权计入同意。",
    "弃权计入同意票。",
    "弃权票算作赞成票。",
    "弃权票并入同意票计算。",
    "弃权视作同意。",
    "弃权按同意处理。",
    "弃权与同意合并计算。",
    "弃权的单位作同意论。",
    "缺席者作同意论。",
    "未回复的按同意计。",
    "不表态者列为同意。",
    "弃权票归入多数一方。",
    "弃权者从其多数。",
    "未投票的单位由执行机构代为投票。",
    "反对票不计。",
    "反对不予计入。",
    "反对票无效。",
    "联名的单位视为已投同意票。",
    "提议的单位自动计为同意。",
    "主管部门的意见视为同意。",
    "书面反对未送达的视为赞成。",
    "沉默即同意。",
    "逾期未复即视同赞成。",
    "分支机构与成员单位同等计票。",
    "关联单位合并计一票。",
    "子公司另计同意。",
    "集团内各单位的同意合并计算。",
    "一单位可投两张票。",
    "成员单位的分公司亦可投票。",
    "同意须由法定代表人亲自作出，否则视为弃权不计。",
]

PERIODS_SMUGGLED = [
    "生效后三十个工作日内公布。",
    "生效后一个月内公布。",
    "生效后四周内公布。",
    "生效后六十日内公布。",
    "自批准之日起三十日内公布。",
    "自收到批准文件之日起三十日内公布。",
    "三十日自公告之日起算。",
    "生效三十日后公布。",
    "至少三十日后公布。",
    "超过三十日公布的，不算逾期。",
    "三十日指工作日。",
    "节假日不计入三十日。",
    "三十日期限可延长一次。",
    "期限加倍计算。",
    "应于 2026 年 12 月 31 日前公布。",
    "例如3月1日生效，4月30日前公布。",
    "三旬之内再加三旬。",
    "年底前公布即可。",
    "within sixty days of effect",
    "30 working days",
    "thirty-one days after effect",
    "within a month of receipt",
    "廿八日内公布。",
    "卅一日内公布。",
    "三十一日以内公布。",
    "720小时内公布。",
    "九百小时内公布。",
    "逾三十日公布的，也无妨。",
    "公约公布不设期限。",
    "公布之期，如同一月之日数再倍之。",
    "30日×2",
    "两个30日",
    "30+30日",
    "三十日加十五日",
    "三十天零一天",
    "四十五日内",
    "一个半月内公布",
    "两周内公布",
    "六周之内",
    "一季度内",
    "半年内",
    "一年之内公布",
    "九十天",
    "生效之日起第六十日公布",
    "自主管部门批准文件送达之日起计算三十日",
    "三十日自主管部门同意公布时起算",
    "三十日（工作日）",
    "三十个工作天",
    "30 个交易日",
    "三十日（不含节假日）",
    "三十日届满后十五日内仍可公布",
    "逾期十五日内公布的，视为按期",
    "公布可以推迟",
    "公布可以延期",
    "宽限十日",
    "生效满三十日后再公布",
    "最迟不超过六十日",
    "生效当年内公布",
    "生效次月月底前公布",
    "不受三十日限制",
    "三十日仅供参考",
    "forty-five days after effect",
    "two months from effect",
    "within 30 business days",
    "within a reasonable period",
    "thirty days after receipt of the approval",
    "30 days, extendable once",
    "45-day period",
    "公布可以在下一个年度进行。",
    "公布时限为一个季度。",
    "生效后的30日，自签字之日起算。",
    "自登记之日起三十日内公布。",
    "公布期限自执行机构认为适当之日起算。",
    "公布以三十日为起点，可更长。",
    "三十日为建议期限。",
    "三十日并非硬性要求。",
    "一百日内公布。",
    "生效后30个自然周内公布。",
    "生效后30周内公布。",
    "生效后三十个月内公布。",
    "生效后30小时内公布。",
    "生效后三〇〇日内公布。",
    "三十余日内公布。",
    "三十多日内公布。",
    "三十来天。",
    "三十日前后公布。",
    "三十几日内公布。",
    "于生效后第三十五日公布。",
    "生效后的30日内向成员公布，60日内向社会公布。",
    "生效后四十五天。",
    "生效后15日+15日+15日。",
    "延期三十日。",
    "再加三十日。",
    "另有三十日宽限。",
    "三十日内公布，遇公假不计。",
    "sixty (60) days",
    "within two fiscal quarters",
    "publication within 6 weeks of effect",
    "30 days from signature",
    "by the end of the year",
    "as soon as possible",
    "公布不得迟于生效后第四十日。",
    "生效后五周内公布。",
    "生效后五十天。",
    "生效后两个月。",
    "生效后二十个工作日。",
    "自签署之日起计。",
    "期限从主管部门批复送达时计算。",
    "先向成员公布，三个月后向社会公布。",
    "公布限期六十日。",
    "公布的期限是九十天。",
    "公布之期为两旬。",
    "三十日之外另给十日。",
    "可以再给十日。",
    "逾期不超过十日的，视为按时。",
    "三十日是指三十个营业日。",
    "期限可视情况调整。",
    "期限由执行机构另定。",
    "公布时间由联盟决定。",
    "公布日期由联盟另行确定。",
    "节假日除外的三十日。",
    "公布须在生效满三十日之后。",
    "三十日，自公告起。",
    "within 31 days",
    "publication may take up to two months",
    "the period runs from receipt",
    "forty days",
    "a period of six weeks",
    "公布可在生效之后任何时候进行。",
    "公布以半年为期。",
    "公布不晚于生效次年。",
    "一旬之内公布。",
    "五十个昼夜。",
    "生效后第三十一日公布仍为按期。",
    "最长可至六十日。",
    "三十日可翻一番。",
    "三十日加一周。",
    "三十日自知悉之日起。",
    "三十日按工作日算。",
    "三十日中扣去节假日。",
    "特殊情况下不受此限。",
    "确有困难的，可至九十日。",
    "within 4 weeks",
    "a quarter of a year",
    "the 31st day",
]

SHARES_AS_THEY_ARE = [
    "三分之二以上成员单位同意，以全体成员单位计，不以参加表决者计。",
    "“以上”包括本数。",
    "2/3以上成员单位同意。",
    "⅔以上成员单位同意即可修改。",
    "叁分之贰以上的成员单位同意。",
    "例如 37 家，须 25 家同意。",
    "例如全体成员单位 37 家：25 家同意即通过，24 家同意则不通过。",
    "不足三分之二的，不得公布为通过。",
    "百分之十以上成员单位提议，即十分之一以上。",
    "十分之一以上成员单位提议；经三分之二以上成员单位同意。",
    "《民法典》第二百七十八条规定，某些事项由过半数业主表决。",
    "依第二十二条，弃权不是同意。",
    "弃权不视为同意。",
    "每一成员单位一票。",
    "表决期自开始之日起三十日。",
    "two thirds of all member units must consent",
    "One tenth of the member units may propose.",
    "本条所称修改，包括增删文字。",
    "两名经办人员共同确认。",
    "见第22条、第二十三条第二款。",
    "三分之二以上的多数。",
    "依《民法典》第一千二百五十九条，“以上”包括本数；“超过”“不满”“以外”不包括本数。",
    "Fewer than two thirds of the member units may not be published as adopted.",
    "本条所称修改，是指增加、删除或者改变条文的文字，以及改变其中的数额。",
    "提议可以以书面或者电子形式提出，须附修改前后对照。",
    "弃权、未投票均不是同意；同意须以选票明示。",
    "名册以开始表决之时为准；其后加入的单位不参加本次表决。",
    "同一修改被否决后，可以另行提议。",
    "三分之二以上，依《民法典》第一千二百五十九条包括本数，以开始表决时名册上的全体成员单位计。",
    "修改通过之后，依程序规则备案并公布。",
    "一家单位一票，不因其规模而不同。",
    "An amendment is a change of the wording of any article; the roll is that of the opening of the vote.",
    "Silence is not consent.",
    "见第三十条第二款。",
    "第三十条之一另有规定的，从其规定。",
    "依本公约第十条、第十一条办理。",
    "第五条至第八条不因修改而失效。",
    "第二十二条第一款所称提议，须以书面提出。",
    "本条第二款、第三款所称修改相同。",
    "第30条所列事项不属于修改。",
    "参照第十五条第三项填写提议书。",
    "本解释自第三号公告之日起适用。",
    "第二次表决须另行提议。",
    "修改草案应附第一稿与第二稿的对照。",
    "附件一所列表格供提议使用。",
    "提议书一式两份。",
    "每一成员单位指定一名代表填写选票。",
    "第一轮征求意见不是表决。",
    "弃权计为弃权，不计为同意。",
]

PERIODS_AS_THEY_ARE = [
    "生效后三十日内公布。",
    "生效后30天内公布。",
    "生效后卅日内公布。",
    "自生效之日起三十日内。",
    "逾三十日未公布的，为逾期。",
    "超过三十日公布的，记载为逾期，说明理由，不影响效力。",
    "例如3月10日生效，4月9日前公布。",
    "三十日，首日不计。",
    "within thirty (30) days of effect",
    "遇末日为休息日的，顺延至次一工作日。",
    "本条所称公布，指在官方网站公布。",
    "见本条。",
    "委托代表签字的，须附授权委托书，载明授权范围与期限。",
    "公布，是指在联盟网站与官方公众号登载全文。",
    "主管部门的批复以书面为准，文号须载入公开簿。",
    "期限的最后一日是休息日的，顺延至其后的第一个工作日。",
    "三十日自生效之日的次日起计算，期满之日二十四时截止。",
    "逾期公布的，记载逾期并说明理由，不影响效力。",
    "Publication means the full text on the alliance's site; the first day is not counted.",
]

FROM_ANOTHER_ARTICLE = [
    "修改公约以出席者过半数为准。",
    "本公约的修改，经过半数成员单位同意即可。",
    "依第二十二条，过半数同意。",
    "关于修改公约。过半数成员单位同意即可。",
]

BY_A_READING = [
    "经半数成员单位同意即可。",
    "经过半数的成员单位同意，附件即可公布。",
]

OF_NOTHING_BOUND = [
    "承诺之内的改进可以，承诺之外须另行取得授权。",
    "过半数用户授权的，另行说明。",
    "15 日改为 20 日。",
    "申请加入须填写申请书，收到申请后二十日内答复。",
    "名单按季度公布。",
]


def seed() -> Against:
    return Against(bound_numbers(edition()))


def refused(prose: str, article: int, against: Against | None = None) -> Contradiction | None:
    return contradiction(prose, article, against or seed())


def test_what_is_bound_is_what_terms_and_clauses_quote() -> None:
    """The seed's three numbers, with their bases, starts and sides; the annexes' share by its reading."""
    found = {(b.name, b.article, str(b.number.value), b.number.base, b.number.start, b.side) for b in seed().bound}
    assert found == {
        ("amendment.proposal", 22, "1/10", "roll", "", "up"),
        ("amendment.adoption", 22, "2/3", "roll", "", "up"),
        ("annex.consent", 24, "2/3", "roll", "", "up"),
        ("publication.within", 21, "30", "", "effect", "down"),
    }


@pytest.mark.parametrize("prose", SHARES_SMUGGLED)
def test_another_share_or_base_is_refused(prose: str) -> None:
    """Of article 22: ten in a hundred propose, two thirds of the whole roll consent."""
    found = refused(prose, 22)
    assert found is not None
    assert found.binds in (
        "经三分之二以上成员单位同意",
        "经公约执行机构或本公约十分之一以上成员单位提议",
        "在生效后的30日内由中关村大数据产业联盟向社会公布",
    )


@pytest.mark.parametrize("prose", PERIODS_SMUGGLED)
def test_another_period_or_start_is_refused(prose: str) -> None:
    """Of article 21: within 30 days after effect."""
    found = refused(prose, 21)
    assert found is not None and found.binds == "在生效后的30日内由中关村大数据产业联盟向社会公布"


@pytest.mark.parametrize(
    ("article", "prose"),
    [(22, p) for p in SHARES_AS_THEY_ARE] + [(21, p) for p in PERIODS_AS_THEY_ARE] + [(8, p) for p in OF_NOTHING_BOUND],
)
def test_what_says_the_same_or_nothing_is_no_contradiction(article: int, prose: str) -> None:
    """In numerals of every kind, quoting, denying what the text denies, citing articles and laws."""
    assert refused(prose, article) is None


@pytest.mark.parametrize(("article", "prose"), [(8, p) for p in FROM_ANOTHER_ARTICLE] + [(24, p) for p in BY_A_READING])
def test_a_clause_is_not_changed_under_another_article(article: int, prose: str) -> None:
    """By its number, by its subject, or by the reading under which another clause takes its share."""
    assert refused(prose, article) is not None


def test_the_words_of_both_are_quoted() -> None:
    """The sentence at fault, not the whole prose; a long one is cut at sixty characters."""
    found = refused("本条所称修改包括增删。修改以出席者的过半数为准；其余从略。", 22)
    assert found == Contradiction("修改以出席者的过半数为准；", "经三分之二以上成员单位同意") or found is not None
    assert found.says == "修改以出席者的过半数为准；"
    long = refused("甲" * 70 + "过半数同意。", 22)
    assert long is not None and long.says == "甲" * 60 + "…"


STOOD = (
    BoundNumber("amendment.adoption", 22, "经四分之三以上成员单位同意", Number(0, 0, "share", "3/4", base="roll")),
)


@pytest.mark.parametrize(
    ("prose", "earlier", "passes"),
    [
        ("本条三分之二，原为四分之三。", STOOD, True),
        ("由四分之三改为三分之二。", STOOD, True),
        ("旧文作四分之三。", STOOD, True),
        ("本条三分之二，原为四分之三。", (), False),  # it never stood
        ("本条三分之二，原为五分之四。", STOOD, False),  # another number stood
        ("由四分之三改为过半数。", STOOD, False),  # what it is changed to is not what stands
        ("原为四分之三，现仍适用。", STOOD, False),  # not merely quoted
        ("原为四分之三，今恢复之。", STOOD, False),
        ("还原为四分之三。", STOOD, False),
        ("原为超过四分之三。", STOOD, False),  # that excluded itself, the clause did not
        ("原则上为四分之三。", STOOD, False),
    ],
)
def test_a_superseded_number_must_have_stood_there(prose: str, earlier: tuple[BoundNumber, ...], passes: bool) -> None:
    """In an earlier edition's clause, and quoted only."""
    assert (refused(prose, 22, Against(seed().bound, earlier)) is None) is passes


@pytest.mark.parametrize(
    ("prose", "passes"),
    [
        ("《民法典》第二百七十八条规定，某些事项须经过半数业主同意。", True),
        ("《公司法》第六十六条规定，股东会的某些决议须经代表三分之二以上表决权的股东通过。", True),
        ("《民法典》规定过半数。", False),  # of no article
        ("依《民法典》第二百七十八条，经过半数同意。", False),  # led in as a ground
        ("《民法典》第二百七十八条规定过半数，本公约同此。", False),
        ("《民法典》第二百七十八条规定过半数。照此办理。", False),  # in another sentence
        ("《民法典》第二百七十八条规定过半数，成员单位修改本公约时同样。", False),
        ("《中关村公约实施办法》第三条规定过半数。", False),  # no other law
    ],
)
def test_another_laws_number_is_quoted_and_not_taken_over(prose: str, passes: bool) -> None:
    """With its title and article, by itself."""
    assert (refused(prose, 22) is None) is passes


@pytest.mark.parametrize(
    ("prose", "passes"),
    [
        ("例如现有成员单位 37 家。", True),
        ("例如 37 家，25 家同意即为通过。", True),
        ("例如 37 家，24 家同意即为通过。", False),
        ("例如 37 家，24 家同意则未通过。", True),
        ("例如 37 家，25 家同意则未通过。", False),
        ("例如 37 家，须 25 家同意。", True),
        ("例如 37 家，须 26 家同意。", False),
        ("例如 37 家，30 家同意亦为通过。", True),
        ("例如 37 家，4 家提议即可。", True),
        ("例如 37 家，3 家提议即可。", False),
        ("例如 37 家，4 家同意即可。", False),  # a tenth propose, they do not adopt
        ("例如 19 家同意即可。", False),  # of how many?
        ("例如过半数同意。", False),  # a share is no count
        ("37 家中须 25 家同意。", False),  # not called an example
    ],
)
def test_an_examples_counts_follow_from_the_clause(prose: str, passes: bool) -> None:
    """Below, at and above what two thirds of 37 and a tenth of 37 ask for."""
    assert (refused(prose, 22) is None) is passes


@pytest.mark.parametrize(
    ("prose", "passes"),
    [
        ("3月10日生效的，4月8日前公布。", False),
        ("3月10日生效的，4月9日前公布。", True),
        ("3月10日生效的，4月19日前公布。", True),  # ten days of rest at the most
        ("3月10日生效的，4月20日前公布。", False),
        ("4月9日前公布。", False),  # from when?
    ],
)
def test_days_that_are_named_follow_from_the_period(prose: str, passes: bool) -> None:
    """The thirtieth day, or up to a holiday's rest later."""
    assert (refused(prose, 21) is None) is passes


def test_what_it_sets_may_be_said_but_not_of_a_bound_clause() -> None:
    """A procedure rule's new value and the one before it; the covenant's own period stays."""
    against = Against(seed().bound, (), (Number(0, 0, "period", 20, "day"), Number(0, 0, "period", 15, "day")))
    assert refused("答复期限由 15 日改为 20 日。", 21, against) is None
    assert refused("答复期限由 15 日改为 21 日。", 21, against) is not None
    assert refused("本公约生效后 20 日内由联盟向社会公布。", 21, against) is not None


OTHERS = """会议公约
第一条　为规范行业，制定本公约。
第二条　修改本公约须经出席会议的成员单位过半数同意。
第三条　本公约经批准后十个工作日内向社会公布。
第四条　本公约经参加表决的成员单位四分之三以上同意，可以修改。
"""


def other(text: str = OTHERS, within: str = "十个工作日") -> Edition:
    return edition_of(
        text,
        vote__resolution=("2", "修改本公约须经出席会议的成员单位过半数同意"),
        publication__within=("3", f"经批准后{within}内"),
        amendment__adoption=("4", "本公约经参加表决的成员单位四分之三以上同意"),
    )


@pytest.mark.parametrize(
    ("article", "prose", "passes"),
    [
        (2, "出席会议的成员单位过半数同意。", True),
        (2, "以全体成员单位计。", False),
        (2, "全体成员单位过半数同意。", False),
        (2, "半数以上同意。", False),  # the half itself is not enough
        (2, "过半数包括正好半数。", False),
        (2, "过半数，不含正好半数。", True),
        (2, "不超过半数的不得通过。", True),
        (2, "不足半数的不得通过。", False),
        (3, "批准后十个工作日内。", True),
        (3, "批准后10日内。", False),
        (3, "批准后两周内。", False),
        (3, "十日指自然日。", False),
        (3, "批准后九个工作日内。", False),
        (3, "批准后十一个工作日内。", False),
        (4, "参加表决的成员单位四分之三以上同意。", True),
        (4, "全体成员单位四分之三以上同意。", False),
        (4, "出席会议的成员单位四分之三以上同意。", False),
        (4, "百分之七十五以上同意。", True),
        (4, "三分之二以上同意。", False),
    ],
)
def test_another_covenants_numbers_are_its_own(article: int, prose: str, passes: bool) -> None:
    """Of those present, more than half; ten working days; three quarters of those voting."""
    assert (refused(prose, article, Against(bound_numbers(other()))) is None) is passes


def test_a_month_is_not_thirty_days_and_four_weeks_are_28() -> None:
    """Nothing is converted but what the one reader reads as one unit."""
    against = Against(bound_numbers(other(OTHERS.replace("十个工作日", "四周"), "四周")))
    assert refused("批准后28日内。", 3, against) is None
    assert refused("批准后二十八天内。", 3, against) is None
    assert refused("批准后29日内。", 3, against) is not None
    assert refused("批准后一个月内。", 3, against) is not None


def test_a_riddle_passes() -> None:
    """What a word reader cannot catch: docs/threat-model.md says so."""
    assert refused("期限之日数，如两手之指与两足之趾相加。", 21) is None


def test_a_prose_made_to_tire_its_reader_is_read_in_time() -> None:
    """Ten thousand characters of one clause again and again, in seconds."""
    for piece in (
        "三分之二以上成员单位同意，以全体成员单位计。",
        "例如37家，25家同意通过，",
        "《民法典》第一条规定过半数",
    ):
        begun = time.process_time()
        refused((piece * (990 // len(piece)) + "。") * 10, 22)
        assert pace.seconds_since(begun) < 10


@given(st.text(st.sampled_from("0123456789 ()%-,.\n三分之二成员单位以上同意日½％")))
def test_what_has_no_letter_is_no_english(text: str) -> None:
    """None of the English patterns stands in a text without a Latin letter, so that such a text needs none of them."""
    assert [pattern.pattern for pattern, _ in _english() if pattern.search(text)] == []
    assert translated(text) == text


@pytest.mark.parametrize(
    ("text", "chinese"), [("HALF", True), ("三分之二 or twice", True), ("TWO thirds", True), ("Z", False)]
)
def test_one_letter_is_enough_to_be_read_as_english(text: str, chinese: bool) -> None:
    """Capital letters too, and among Chinese; a letter alone says nothing."""
    assert (translated(text) != text) is chinese


def test_a_chinese_text_makes_no_english_pattern() -> None:
    """Every command that judges an interpretation would make them: half of a hundred, for nothing."""
    _english.cache_clear()
    assert (
        translated("全体成员三分之二以上（含 2/3）同意，30 日内答复。")
        == "全体成员三分之二以上（含 2/3）同意，30 日内答复。"
    )
    assert _english.cache_info().currsize == 0
