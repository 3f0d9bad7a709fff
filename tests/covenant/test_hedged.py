"""What stands right beside a number and takes some of it back is asked about."""

from __future__ import annotations

import pytest

from gongyue.covenant import assumed


def doubts(text: str) -> list[tuple[str, str]]:
    """Each number in doubt, and why."""
    return [(text[n.begin : n.end], zh) for n, zh, _ in assumed.doubts(text)]


@pytest.mark.parametrize(
    ("text", "words", "why"),
    [
        ("公示三日左右。", "三日", "前后有“左右”，是约数，照写的数读"),
        ("公示约三日。", "三日", "前后有“约”，是约数，照写的数读"),
        ("约三分之二的成员同意。", "三分之二", "前后有“约”，是约数，照写的数读"),
        ("近半数成员反对。", "半数", "前后有“近”，是约数，照写的数读"),
        ("停权一小时三十分钟。", "一小时", "后面紧接另一个数“三十分钟”，没有合起来读"),
        ("停权一年零十五日。", "一年", "后面紧接另一个数“零十五日”，没有合起来读"),
        ("每月最后一个星期五集社。", "一个星期", "读作几周，也可能是星期几"),
        ("每隔一年换届。", "每隔一年", "“每隔”读作“每”，也可能多隔一个"),
        ("每年春秋两季各举办一次活动。", "每年春秋两季各举办一次", "读作的次数可能只是其中之一，写的是分开各几次"),
        ("每天限发3条。", "每天", "读作一次，后面写的数没有读"),
        ("每月第一、三週之星期日例會。", "三週", "读作多长的期限，也可能是第几"),
        ("加入后满两个周期可参选。", "两个周", "读作期限，末字也可能属于“周期”"),
        ("小区总户数三分之二同意。", "三分之二", "读作一个机构里的户，也可能以全体的户计"),
        ("同意人数和面积均达到三分之二以上。", "三分之二", "以权重计，写的却是人数"),
        ("祠堂每年清明、冬至各议事一次。", "每年", "写的是分开各几次"),
        ("对账期为每月1日至5日。", "5日", "也可能是该月的某日"),
        ("决议须经到会会员代表1/2以上表决通过方能生效，重大事项须2/3以上通过。", "2/3", "到会的写的是代表"),
        ("楼长三年一换。", "三年", "读作多长的期限，也可能是多久一次"),
        ("每年或每两年召开一次。", "每年或每两年召开一次", "读作的次数可能只是其中之一"),
        ("表决应在提案公示满七日后的三十日内进行。", "三十日", "与起算之间另有“七日后”，没有算进去"),
        ("申请人自愿加入满一年的。", "一年", "的起算读自“申请人”，那里说的是人或物，不是起算的事"),
        ("停业三十日起至九十日。", "三十日", "读作期限，也可能是另一期限的起点"),
    ],
)
def test_it_is_in_doubt(text: str, words: str, why: str) -> None:
    """Read by its figure, and asked about."""
    assert any(quoted == words and why in zh for quoted, zh in doubts(text)), doubts(text)


@pytest.mark.parametrize(
    "text",
    [
        "出席人数未达到会员二分之一的，流会。", "到会人数须达三分之二。",
        "出席会员不足三分之二的，会议延期。", "参加投票的会员少于二分之一的无效。", "参会人数须过半。",
        "出席成员不过半数不得表决。",
    ],
)  # fmt: skip
def test_those_present_compared_with_all_are_asked_about(text: str) -> None:
    """Without a word of consent it may be a share of all the members."""
    assert [zh for _, zh in doubts(text) if "可能是与全体相比" in zh]


@pytest.mark.parametrize(
    "text",
    [
        "到会会员赞成票超过半数即通过。",
        "经到会会员三分之二以上表决通过。",
        "以出席人數過半數之同意行之。",
        "出席会员三分之二以上同意方可修改。",
        "与会者四分之三赞成即可通过。",
    ],
)
def test_those_present_who_consent_are_not(text: str) -> None:
    """A share of them."""
    assert doubts(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "解约三十日后生效。", "公约三年有效。", "违约三次以上，停权三年。", "公示三日，多方征求意见。", "两年零三个月有效。",
        "每年召开一次大会。", "每两周举行一次例会。",
        "停权一周。", "停权三个星期。", "出席会员三分之二以上同意。", "附近三户联名。",
        "每年缴纳会费一百元。", "审批机关收到材料后三日内。", "公示满三日。", "过半数户代表同意。", "每年召开大会，各部门述职一次。", "第一周公示三周。",
    ],
)  # fmt: skip
def test_a_plain_number_is_not(text: str) -> None:
    """Words that only look like it."""
    assert doubts(text) == []
