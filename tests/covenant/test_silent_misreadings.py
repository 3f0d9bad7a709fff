"""What was once decided in silence, found by people who saw a text for the first time: it is read right, or in doubt."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from gongyue.cli.read import read as read_command
from gongyue.covenant import assumed, numbers, numeral_account
from gongyue.covenant.binding import draft as binding_draft
from gongyue.covenant.binding import questions
from gongyue.covenant.binding.draft_file import AS_READ, NOT_SO
from gongyue.covenant.binding.records import BadBinding
from gongyue.covenant.parser import outline, read
from gongyue.covenant.text import Outline


def outlined(text: str, name: str = "小公约.md") -> Outline:
    """A text read for binding."""
    return outline(text.encode(), name)


def asked(text: str, name: str = "小公约.md") -> list[tuple[int, str]]:
    """The line of each place that is asked about, and why."""
    return [(d.line, d.why.partition(" / ")[0]) for d in outlined(text, name).assumed]


def told(text: str) -> list[tuple[str, str]]:
    """Each number in doubt, and why."""
    return [(text[n.begin : n.end], zh) for n, zh, _ in assumed.doubts(text)]


# -- numbers


@pytest.mark.parametrize(
    ("words", "bound"),
    [
        ("以下数据（最少5年）", "最少，"), ("以下情形起码保存5年", "起码，"), ("数据保存5年以下", "以下，"), ("数据至少保存5年", "至少，"),
        ("以下数据保存5年", ""),
    ],
)  # fmt: skip
def test_below_of_what_follows_bounds_no_number(tmp_path: Path, words: str, bound: str) -> None:
    """以下数据 are the data below; 最少 and 起码 bound from below as 至少 does."""
    path = tmp_path / "小公约.txt"
    path.write_text(f"小公约\n第一条 成员应当保存{words}。\n第二条 本公约自公布之日起施行。\n", "utf-8")
    assert f"60个月 ({bound}含本数)" in CliRunner().invoke(read_command, [str(path)]).stdout


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("维护者 2/3 批准", "2/3"), ("一般 RFC 需要 simple majority (>50%)。", "50%"), ("修改始终需要 2/3 supermajority。", "2/3"),
        ("2/3 LGTM 即可合并。", "2/3"), ("75% approval is needed 方可修改。", "75%"), ("重大处罚：2/3多数", "2/3"), ("维护者 60% 赞同", "60%"),
    ],
)  # fmt: skip
def test_a_fraction_beside_consent_is_a_share_and_in_doubt(text: str, share: str) -> None:
    """Whoever consents: it is no part of a thing."""
    assert [(text[n.begin : n.end], n.kind) for n in numbers.read(text)] == [(share, "share")]
    assert [words for words, _ in told(text)] == [share]


@pytest.mark.parametrize("text", ["税率20%，报经批准后执行。", "经费的20%由秘书处审核批准后支出。"])
def test_a_fraction_of_money_is_still_a_part(text: str) -> None:
    """And in doubt, where its sentence has a verb of consent."""
    assert [n.kind for n in numbers.read(text)] == ["part"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("本社每星期二、四集社。", ["每星期"]), ("每周五例会。", ["每周"]), ("每周一次例会。", []), ("每周例会。", []), ("每两周一次。", []),
        ("本章程八十九年十一月十八日订定。", ["八十九年十一月十八日"]), ("本章程民国八十九年十一月订定。", []), ("2016年3月1日施行。", []),
        ("本章程999年3月订定。", ["999年3月"]), ("本章程1000年3月订定。", []), ("二〇一六年三月施行。", []),
    ],
)  # fmt: skip
def test_days_of_the_week_and_years_without_an_era_are_in_doubt(text: str, said: list[str]) -> None:
    """每星期二、四 is not once a week, and 八十九年 is not the year 89."""
    assert [words for words, _ in told(text)] == said


def test_the_mainland_has_no_numeral_in_it() -> None:
    """陆 counts elsewhere."""
    assert numeral_account.unread("在中国大陆登陆，陆续开放，连接大陆与海岛。") == ()
    assert [n.kind for n in numeral_account.account("理事陆名。") if n.begin == 2] == ["number"]


# -- a line with several readings

TWO = (
    "小公约\n第一条 秘书处执行本公约。\n第二条 接纳掌灯须经掌灯三分之二以上同意，修改本公约须经掌灯四分之三以上同意。\n"
    "第三条 本公约自公布之日起施行。\n"
)


def test_each_reading_of_a_line_is_answered_on_its_own() -> None:
    """The one that is not so is bound to nothing; the one that is so binds."""
    d = binding_draft.begin(TWO.encode(), "小公约.txt")
    ids = [q.id for q in questions.questions(d) if q.kind == "assumed"]
    assert ids == ["assumed:3:1", "assumed:3:2"]
    d = d.resolve(3, NOT_SO + "1").resolve(3, AS_READ + "2")
    assert d.doubts == () and [x.nth for x in d.denied] == [1]
    assert "assumed" not in {f.why for f in d.bind("amendment.adoption", "掌灯四分之三以上同意").conflicts}
    with pytest.raises(BadBinding, match="不是所读的意思"):
        d.bind("amendment.adoption", "掌灯三分之二以上同意")
    with pytest.raises(BadBinding, match="数没有存疑"):
        d.resolve(3, AS_READ + "3")


def test_a_line_is_answered_at_once_as_well_and_either_answer_replaces_those_before() -> None:
    """= is for all of the line; what is said of one reading afterwards holds for that one."""
    d = binding_draft.begin(TWO.encode(), "小公约.txt").resolve(3, AS_READ + "2")
    assert [x.nth for x in d.doubts] == [1]
    d = d.resolve(3, NOT_SO)
    assert [(r.line, r.at) for r in d.draft.resolved] == [(3, "!")] and [x.nth for x in d.denied] == [1, 2]
    d = d.resolve(3, AS_READ + "1")
    assert [x.nth for x in d.denied] == [2] and d.doubts == ()


def test_a_line_with_more_readings_than_anybody_answers_is_one_question() -> None:
    """It was made to tire its reader."""
    text = (
        "小公约\n第一条 "
        + "".join(f"掌灯{n}分之一以上同意。" for n in "二三四五六七八九十")
        + "\n第二条 本公约自公布之日起施行。\n"
    )
    (doubt,) = outlined(text, "小公约.txt").assumed
    assert (doubt.line, doubt.nth) == (2, 0)


def test_a_share_that_is_affirmed_binds_as_that_of_changes() -> None:
    """对本 `GOVERNANCE.md` 的修改始终需要 2/3 supermajority."""
    text = "# 治理\n\n## 原则\n\n一般 RFC 需要 simple majority (>50%)。对本 `GOVERNANCE.md` 的修改始终需要 2/3 supermajority。\n\n## 发布\n\n公开发布。\n"
    d = binding_draft.begin(text.encode(), "治理.md").resolve(5, NOT_SO + "1").resolve(5, AS_READ + "2")
    d = d.bind("amendment.adoption", "修改始终需要 2/3 supermajority")
    (made,) = d.records.bindings
    assert (made.value, made.base) == ("2/3", "roll") and "assumed" not in {f.why for f in d.conflicts}


# -- structure


def test_words_do_not_pair_across_bullets() -> None:
    """2/3 of grave sanctions is not the share of changes on the bullet below."""
    text = (
        "# 小公约\n\n## 第一条 组织\n\n秘书处执行本公约。\n\n## 第二条 决策\n\n决策机制：\n- 普通决议：理事会简单多数（5/8）\n"
        "- 重大处罚：2/3多数（6/8）\n- 公约修订：由全体会员一致决定\n\n## 第三条 施行\n\n本公约自公布之日起施行。\n"
    )
    assert [(t.name, t.words) for t in read(text.encode(), "x.md").terms] == [("art2.1", "2/3多数（6/8）")]


def test_a_broken_line_still_pairs() -> None:
    """Whoever breaks lines breaks them at one length."""
    text = (
        "小公约\n第一条 秘书处执行本公约，负责组织实施，并向会员报告情况。\n第二条 修改本公约，须由秘书处提出，并经三分之二以上会员\n"
        "同意，方可修改，修改以后由秘书处向社会公布。\n"
    )
    assert [t.name for t in read(text.encode(), "x.txt").terms] == ["amendment.adoption"]


BULLETS = (
    "# 小公约\n\n## 第一条 总则\n\n会员守约。\n\n## 第二条 修订\n\n- 生效日期：2025年3月1日（试行）\n"
    "- 修订权限：技术委员会一致通过\n- 修订通知：提前30天公示\n"
)
SIGNED = "\n---\n\n**签署确认**：\n\n厂商名称：____________\n签署日期：____________\n"


@pytest.mark.parametrize("signed", ["", SIGNED])
def test_bullets_of_the_last_article_stay_in_it(signed: str) -> None:
    """Blanks to fill in sign it and ask nothing."""
    found = outlined(BULLETS + signed)
    assert found.parts[-1].text.endswith("修订通知：提前30天公示") and len(found.parts) == 2
    assert [d.why for d in found.assumed if "末条之后" in d.why] == []
    outside = [o.words for o in found.oddities if "末条之后" in o.why]
    assert outside == (["签署确认：\n厂商名称：__\n签署日期：__"] if signed else [])


def test_lines_that_say_who_decides_stay_without_bullets_too() -> None:
    """And a name below them does not."""
    text = (
        "小公约\n第一条 会员守约。\n第二条 本公约自公布之日起施行（试行）\n修订权限：会员大会一致通过\n某某协会秘书处\n"
    )
    found = outlined(text, "x.txt")
    assert found.parts[-1].text.endswith("修订权限：会员大会一致通过\n某某协会秘书处")
    assert outlined(text.replace("修订权限：会员大会一致通过\n", ""), "x.txt").parts[-1].text.endswith("（试行）")


def test_a_row_below_the_last_article_is_none_of_it() -> None:
    """A table of versions below a line is outside."""
    text = "# 小公约\n\n第一条 会员守约。\n\n第二条 本公约自公布之日起施行。\n\n版本历史\n\n| 版本 | 数 |\n|---|---|\n| v1 | 3 |\n"
    assert [o.article for o in outlined(text).oddities if "表格的一行" in o.why] == [None]
    within = text.replace("版本历史\n\n", "版本如下：\n\n")
    assert [o.article for o in outlined(within).oddities if "表格的一行" in o.why] == [2]


def test_a_heading_below_a_line_without_a_stop_is_one_among_its_like() -> None:
    """Blank lines set all of them off."""
    text = "小章程\n\n总则\n本会名为小会。\n\n资格\n会员可以入会。\n请先填写资料\n\n权利\n会员有权参加活动。\n\n附则\n本章程自公布之日起施行。\n"
    found = outlined(text, "x.txt")
    assert [c.title for c in found.chapters] == ["总则", "资格", "权利", "附则"]
    assert [w for _, w in asked(text, "x.txt")] == ["没有标记的短行，读作标题：请核对"]
    (doubt,) = found.assumed
    assert doubt.words == "总则……资格……权利……附则"


def test_without_blank_lines_it_stays_where_it_was() -> None:
    """A short line that nothing sets off is no heading."""
    text = "小章程\n总则\n本会名为小会。\n资格\n会员可以入会。\n请先填写资料\n权利\n会员有权参加活动。\n附则\n本章程自公布之日起施行。\n"
    assert [c.title for c in outlined(text, "x.txt").chapters] == ["总则", "资格", "附则"]


@pytest.mark.parametrize("mark", ["{}. ", "({})", "（{}）", "{})"])
def test_lines_that_count_on_outside_any_section_are_continuous(mark: str) -> None:
    """1. 2. 3. above the first chapter."""
    listed = "\n".join(f"{mark.format(n)}会员遵守第{n}类规则，维护本会声誉。" for n in (1, 2, 3))
    text = f"小章程\n本会名为小会。\n{listed}\n第二章 会员\n会员可以退会。\n"
    assert [w for _, w in asked(text, "x.txt") if "项号" in w] == []
    broken = text.replace(mark.format(3), mark.format(5))
    assert len([w for _, w in asked(broken, "x.txt") if "项号" in w]) == 1


CODE = '# 小规范\n\n## 数据\n\n数据如下。\n\n```{}\n{{\n  "任期": "三年"\n}}\n```\n\n## 施行\n\n公布后施行。\n'


def test_code_is_no_law_and_is_asked_about() -> None:
    """In a block that says its language; its lines are quoted as one."""
    found = outlined(CODE.format("json"))
    assert [p.text for p in found.parts] == ["数据如下。", "公布后施行。"]
    (doubt,) = found.assumed
    assert (doubt.line, doubt.at, doubt.structural) == (8, "", True)
    assert doubt.words == '{\n"任期": "三年"\n}' and doubt.why.startswith("代码，不属于正文")


@pytest.mark.parametrize("language", ["", "text"])
def test_a_block_without_a_language_is_text_and_is_asked_about(language: str) -> None:
    """It may be a quoted rule."""
    found = outlined(CODE.format(language))
    assert "任期" in "".join(p.text for p in found.parts)
    (doubt,) = found.assumed
    assert doubt.why.startswith("代码块里的字，读作正文")


SIDE_BY_SIDE = "# 倡议\n\n## 零、缘起\n\n需要规范。\n\n## 一、规范\n\n### 1.1 目的\n\n定义规范。\n\n#### 1.1.1 字段\n\n写明字段。\n"


def test_numbers_that_headings_print_and_no_address_has_are_asked_about() -> None:
    """1.1 and 1.1.1 read as sections side by side; below 一、 1.1 is an address and 1.1.1 none."""
    (doubt,) = outlined(SIDE_BY_SIDE).assumed
    assert (doubt.line, doubt.words) == (9, "1.1 目的……1.1.1 字段") and "没有用作地址" in doubt.why
    assert asked(SIDE_BY_SIDE.replace("1.1.1 ", "").replace("1.1 ", "")) == []
    divided = SIDE_BY_SIDE.replace("零、缘起", "一、缘起").replace("一、规范", "二、规范").replace("1.1", "2.1")
    found = outlined(divided)
    assert [p.at for p in found.parts] == ["一", "二", "二/1"] and [d.words for d in found.assumed] == ["2.1.1 字段"]


def test_letters_below_a_lead_stay_with_it() -> None:
    """a. to d. are of the item that leads up to them; the next item is not."""
    text = "# 小章程\n\n## 会员\n\n3.会员守约。\n4.失去会籍：\n  a. 逝世者。\n  b. 退会者。\n  c. 违约者。\n5.会员交费。\n\n## 附则\n\n公布后施行。\n"
    found = outlined(text)
    assert [p.text for p in found.parts][1] == "4.失去会籍：\na. 逝世者。\nb. 退会者。\nc. 违约者。"
    assert [w for _, w in asked(text) if "项号" not in w] == []


def test_a_last_article_that_is_cut_off_is_asked_about() -> None:
    """Where the others end with a stop."""
    text = "小公约\n第一条 会员守约。\n第二条 会员可以退会。\n第三条 理事长为本会的最"
    assert [(line, why.partition("：")[0]) for line, why in asked(text, "x.txt")] == [(4, "末条没有句末标点，可能不全")]
    assert [o.article for o in read(text.encode(), "x.txt").oddities if "可能不全" in o.why] == [3]
    assert asked(text + "高代表。", "x.txt") == []
    assert asked(text.replace("约。", "约").replace("会。", "会"), "x.txt") == []  # nobody writes stops here


def test_marks_within_a_line_that_are_no_items_are_asked_about() -> None:
    """一、…二、… behind a colon; a mention of 第一、二条 is none."""
    text = "小章程\n第一条 经费来源如下：一、会费。二、捐赠。三、其他。\n第二条 违反第一、二条的，除名。\n第三条 公布后施行。\n"
    assert [(line, why.partition("：")[0]) for line, why in asked(text, "x.txt")] == [
        (2, "一行之内的“一、二、”“1. 2.”“a）b）”没有分作各项")
    ]
    lettered = text.replace("一、会费。二、捐赠。三、其他。", "a）会费；b) 捐赠；c）其他。")
    assert (2, "一行之内的“一、二、”“1. 2.”“a）b）”没有分作各项") in [
        (n, w.partition("：")[0]) for n, w in asked(lettered, "x.txt")
    ]


def test_a_line_with_a_number_that_runs_into_the_next_bullet_is_asked_about() -> None:
    """It has no stop, and twelve characters: what it pairs with is for a person to say. Where the lines keep their bullets, none runs on."""
    text = (
        "# 小公约\n\n第一条 秘书处执行本公约，并就下列事项处理。\n\n第二条 处理措施：\n- 判定：偏差大，情节严重，或者重复发生轻度的违规\n"
        "- 暂停会员的全部认证资格（三个月）\n- 从公开的名册里除去其名称，并通知本人\n\n第三条 本公约自公布之日起施行。\n"
    )
    assert [(line, why.partition("：")[0]) for line, why in asked(text)] == [
        (7, "列举的上一行没有句末标点，与这一行连成一句来读"),
    ]
    assert asked(text.replace("三个月", "部分")) == []
    assert asked(text.replace("处理措施：", "处理措施")) == []


def test_a_clause_that_names_the_association_is_no_title() -> None:
    """Where none is printed the file's name stands for it, which is told; the clause is law."""
    text = "總則\n本社定名為「諾曼管樂社」（以下簡稱本社）\n本社以推廣管樂為宗旨。\n社員資格\n凡本校師生可以入社。\n退社自由。\n"
    found = outline(text.encode(), "管樂社.txt")
    assert (found.title, found.parts[0].text) == ("管樂社", "本社定名為「諾曼管樂社」（以下簡稱本社）")
